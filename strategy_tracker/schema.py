"""Every table of the product, and whether the database still equals the models."""

from playhouse.schema_diff import diff_models

from strategy_tracker.accounts.models import Membership, Person, Session, SignInAttempt
from strategy_tracker.authorities.models import Authority, Partnership, Succession
from strategy_tracker.calendars.models import CalendarFeed
from strategy_tracker.db import database
from strategy_tracker.history.models import ChainHead, Event, FormKey
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.plans.comments.models import Comment, CommentRevision, Mention
from strategy_tracker.plans.dates.models import DateRevision
from strategy_tracker.plans.evidence.models import Evidence, EvidenceContent
from strategy_tracker.plans.lineage.models import CarriedForward, Origin
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.milestones.models import Milestone, MilestoneRevision
from strategy_tracker.plans.models import Abbreviation, Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rollup.models import RollUpRule
from strategy_tracker.plans.versions.models import PartRevision, PlanVersion
from strategy_tracker.quarters.models import CalendarRule, Quarter, Reopening, Return, ReturnStep
from strategy_tracker.reports.models import PublicReading, Report, ReportCirculation, ReportDraft, ReportIssue
from strategy_tracker.reports.packs.models import BoardPack, PackEdition, PackPart
from strategy_tracker.reviews.decisions.models import Decision, DecisionApplied, DecisionRevision
from strategy_tracker.reviews.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesRevision,
    Paper,
    PaperContent,
)
from strategy_tracker.reviews.reminders.models import ReminderItem, ReminderPart, ReminderRule
from strategy_tracker.reviews.risks.models import RegisterPlan, RiskLink
from strategy_tracker.risks.models import (
    Acceptance,
    Control,
    Escalation,
    Register,
    Response,
    Risk,
    RiskReview,
    RiskRevision,
    Score,
)
from strategy_tracker.risks.schemes.models import SchemeMapping, SchemeVersion, ScoringScheme
from strategy_tracker.successions.models import ShareSuccession
from strategy_tracker.transfer.models import ImportDraft, OfflineReturn, PlanExport
from strategy_tracker.transfer.risks_in.models import RiskImport

MODELS = [
    Partnership,
    Authority,
    Succession,
    Person,
    Membership,
    Session,
    SignInAttempt,
    ChainHead,
    Event,
    FormKey,
    CalendarRule,
    Quarter,
    Return,
    ReturnStep,
    Reopening,
    Job,
    Mail,
    Plan,
    Objective,
    Action,
    Outcome,
    Share,
    ProgressNote,
    Abbreviation,
    PlanVersion,
    PartRevision,
    DateRevision,
    RollUpRule,
    Milestone,
    MilestoneRevision,
    ActionLink,
    Evidence,
    EvidenceContent,
    Origin,
    CarriedForward,
    ShareSuccession,
    Comment,
    CommentRevision,
    Mention,
    ScoringScheme,
    SchemeVersion,
    SchemeMapping,
    Register,
    Risk,
    Score,
    RiskReview,
    Response,
    Control,
    RiskRevision,
    Acceptance,
    Escalation,
    RiskLink,
    RegisterPlan,
    CalendarFeed,
    ImportDraft,
    PlanExport,
    OfflineReturn,
    RiskImport,
    Meeting,
    Attendance,
    Minutes,
    MinutesRevision,
    AgendaItem,
    Paper,
    PaperContent,
    Decision,
    DecisionRevision,
    DecisionApplied,
    ReminderRule,
    ReminderItem,
    ReminderPart,
    Report,
    ReportCirculation,
    ReportDraft,
    ReportIssue,
    PublicReading,
    BoardPack,
    PackPart,
    PackEdition,
]
"""In order of dependence: a table stands after those that it refers to."""


def difference() -> str:
    """What the migrated database and the models disagree about; empty where they agree."""
    return str(diff_models(database.obj, MODELS))
