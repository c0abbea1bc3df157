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
    COMMENT_READ = "comment.read"
    COMMENT_WRITE = "comment.write"
