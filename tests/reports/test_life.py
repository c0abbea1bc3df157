"""From a draft to what is published, and what of it can no longer be changed."""

from tests.reports.making import a_report, published


def test_it_works(database):
    report = published(a_report())
    assert report.state == "published"
