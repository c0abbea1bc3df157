"""Settings: what is taken, and what is refused by name."""

from pathlib import Path

import pytest

from strategy_tracker.config import BadSetting, Settings


def test_without_any_setting_it_is_a_sample_on_this_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({})
    assert settings.database_url == "sqlite:///var/tracker.db"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.is_sample
    key = settings.signing_key()
    assert len(key) == 64
    assert Settings.from_environment({}).signing_key() == key, "a restart keeps everybody's forms"
    assert (tmp_path / "var/secret-key").stat().st_mode & 0o077 == 0


def test_the_data_folder_holds_the_database_unless_one_is_named():
    settings = Settings.from_environment({"TRACKER_DATA_DIR": "/data", "TRACKER_PORT": "9000"})
    assert settings.database_url == "sqlite:////data/tracker.db"
    assert settings.base_url == "http://127.0.0.1:9000"
    assert settings.data_dir == Path("/data")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRACKER_DATABASE_URL", "mysql://localhost/x"),
        ("TRACKER_DATABASE_URL", "sqlite://"),
        ("TRACKER_DATABASE_URL", "tracker.db"),
        ("TRACKER_DATABASE_URL", "postgresql://host"),
        ("TRACKER_SECRET_KEY", "short"),
        ("TRACKER_BASE_URL", "tracker.example"),
        ("TRACKER_BASE_URL", "ftp://tracker.example"),
        ("TRACKER_BASE_URL", "https://tracker.example/sub"),
        ("TRACKER_BASE_URL", "https://tracker.example:port"),
        ("TRACKER_MAIL_URL", "tracker.example"),
        ("TRACKER_MAIL_URL", "smtp://"),
        ("TRACKER_MAIL_URL", "smtp://mail.example:port"),
        ("TRACKER_MAIL_URL", "smtp://mail.example?from=nobody"),
        ("TRACKER_MAIL_URL", "smtp://mail.example?from=a@b.example%0aBcc:c@d.example"),
        ("TRACKER_MAIL_URL", "smtp://mail.example?sender=a@b.example"),
        ("TRACKER_PORT", "0"),
        ("TRACKER_PORT", "65536"),
        ("TRACKER_PORT", "eight"),
        ("TRACKER_PORT", "８０"),
        ("TRACKER_WORKERS", "-1"),
    ],
)
def test_a_bad_setting_is_refused_by_name(name, value):
    with pytest.raises(BadSetting, match=name):
        Settings.from_environment({name: value})


def test_a_refused_database_address_does_not_show_its_password():
    with pytest.raises(BadSetting) as refused:
        Settings.from_environment({"TRACKER_DATABASE_URL": "mysql://tracker:s3cret@host/x"})
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["smtps://u:p%40@mail.example:465/?from=tracker@kent.example", "file:///var/mails", "file:outbox"]
)
def test_where_mails_go(url):
    assert Settings.from_environment({"TRACKER_MAIL_URL": url}).mail_url == url


def test_others_can_only_reach_it_with_a_secret_key_set():
    settings = Settings.from_environment({"TRACKER_BASE_URL": "https://tracker.example"})
    with pytest.raises(BadSetting, match="TRACKER_SECRET_KEY"):
        settings.signing_key()
