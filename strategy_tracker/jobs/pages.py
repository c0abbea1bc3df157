"""A job and a mail as the pages show them."""

import datetime as dt
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.operations import arguments_of, result_of
from strategy_tracker.jobs.rules import JobState, looks_again_after, own_address


@dataclass(frozen=True)
class JobView:
    """`told` is how it stands, in a sentence; `address` where it leads on, "" where nowhere.

    `looks_again` is in seconds; None: the page stands still. `said` is what came of it where it did not do its work.
    """

    id: int
    title: str
    state: JobState
    told: str
    error: str
    address: str
    looks_again: int | None
    said: str = ""

    @property
    def is_under_way(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def is_page(self) -> bool:
        """Whether it leads on to a page, and not to a file, with nothing to say before."""
        return not self.said and self.address.partition("?")[0].endswith("/")


def job_view(job: Job) -> JobView:
    state = JobState(job.state)
    under_way = state in (JobState.QUEUED, JobState.RUNNING)
    return JobView(
        id=job.id,
        title=str(arguments_of(job).get("title") or _name(job.kind)),
        state=state,
        told=_told(job, state),
        error=_sentence(job.error),
        address=own_address(result_of(job)) if state is JobState.DONE else "",
        looks_again=looks_again_after(clock.now() - job.created_at) if under_way else None,
        said=str(result_of(job).get("said") or "") if state is JobState.DONE else "",
    )


@dataclass(frozen=True)
class MailView:
    """A mail that was not sent. What it says is not shown: it may tell of another partnership."""

    id: int
    title: str
    name: str
    address: str
    error: str


def mail_view(mail: Mail) -> MailView:
    title = f"{_name(mail.kind)} of {clock.long_date(mail.dated_on)}"
    return MailView(mail.id, title, mail.person.name, mail.address, _sentence(mail.error))


def _told(job: Job, state: JobState) -> str:
    match state:
        case JobState.QUEUED if job.run_after > clock.now():
            begins = "Put off: it is begun again" if job.attempts else "It is begun"
            return f"{begins} at {_clock_time(job.run_after)}"
        case JobState.QUEUED:
            return "Waiting for its turn"
        case JobState.RUNNING:
            return "Being worked on" if job.attempts == 1 else f"Being worked on, attempt {job.attempts}"
        case JobState.DONE:
            return f"Done at {_clock_time(job.finished_at)}"
        case JobState.FAILED:
            return f"Failed at {_clock_time(job.finished_at)}"


def _clock_time(instant: dt.datetime) -> str:
    local = clock.in_london(instant)
    day = "" if local.date() == clock.today() else f" on {clock.long_date(local.date())}"
    return f"{local:%H:%M}{day}"


def _sentence(words: str) -> str:
    """With a capital, and without the full stop that the pages add."""
    return words[:1].upper() + words[1:].rstrip(".")


def _name(kind: str) -> str:
    return kind.replace("-", " ").replace("_", " ").capitalize()
