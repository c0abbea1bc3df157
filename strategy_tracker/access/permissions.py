"""Everything that somebody may be allowed to do. Named by what it is done to, then what is done."""

from enum import StrEnum


class Permission(StrEnum):
    PARTNERSHIP_READ = "partnership.read"
    PEOPLE_READ = "people.read"
    MEMBERSHIP_MANAGE = "membership.manage"
    AUTHORITY_MANAGE = "authority.manage"
    GLOSSARY_EDIT = "glossary.edit"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    PLAN_IMPORT = "plan.import"
    STRUCTURE_EDIT = "structure.edit"
    SHARE_EDIT = "share.edit"
    PROGRESS_WRITE = "progress.write"
    QUARTER_READ = "quarter.read"
    QUARTER_EDIT = "quarter.edit"
    RETURN_SUBMIT = "return.submit"
    RETURN_ACCEPT = "return.accept"
    COMMENT_READ = "comment.read"
    COMMENT_WRITE = "comment.write"
    MEETING_READ = "meeting.read"
    MEETING_EDIT = "meeting.edit"
    DECISION_WRITE = "decision.write"
    DECISION_ANSWER = "decision.answer"
