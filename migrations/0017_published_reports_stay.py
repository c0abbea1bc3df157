"""A published report is no longer changed: what it says lies in its issues, and where it lies stays too."""

from peewee import PostgresqlDatabase


def up(migrator, db):
    for verb in ("update", "delete"):
        name = f"published_report_refuses_{verb}"
        if isinstance(db, PostgresqlDatabase):
            db.execute_sql(
                f"create trigger {name} before {verb} on report for each row "
                "when (old.state = 'published') execute function refuse_change()"
            )
        else:
            db.execute_sql(
                f"create trigger {name} before {verb} on report when old.state = 'published' "
                "begin select raise(abort, 'a published report is append-only'); end"
            )
