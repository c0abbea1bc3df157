"""Keeping what was circulated, so that it can be read again, and telling the group."""

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.jobs import mail
from strategy_tracker.jobs.letters import letter
from strategy_tracker.reports.copies import copies_wanted
from strategy_tracker.reports.making import made_now
from strategy_tracker.reports.models import Report, ReportCirculation, ReportDraft
from strategy_tracker.reports.queries import the_group


def keep_draft(person: Acting, report: Report, note: str) -> ReportCirculation:
    """What each audience gets of the draft, as it is now. Inside the transaction of the circulation."""
    circulation = ReportCirculation.create(
        report=report, number=report.draft, at=clock.now(), person=person.id, note=note
    )
    for copy in copies_wanted(report):
        made = made_now(report, copy)
        ReportDraft.create(
            circulation=circulation,
            audience=copy.audience.value,
            authority=copy.authority_id,
            content=made.content,
            html=made.html,
        )
    return circulation


def tell_the_group(person: Acting, circulation: ReportCirculation, base_url: str) -> None:
    """A mail to each member with the link, but not to who circulates it."""
    report: Report = circulation.report
    subject = f"{report.title}: draft {circulation.number}"
    address = f"{base_url}/p/{report.partnership.slug}/reports/{report.slug}/"
    for member in the_group(report.partnership_id):
        if member.id == person.id:
            continue
        words = letter(
            "report_circulated",
            subject=subject,
            name=member.name,
            partnership=report.partnership.name,
            title=report.title,
            number=circulation.number,
            note=circulation.note,
            address=address,
        )
        today = clock.in_london(circulation.at).date()
        mail.write(member, f"report-{report.id}-{circulation.number}", today, subject, words.text, words.html)
