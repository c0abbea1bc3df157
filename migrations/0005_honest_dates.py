"""Versions of agreed plans, what a timescale was before it was changed, and the rules of the roll-up.

A plan that is agreed already begins with the version that it has now: what it said before was not kept.
"""

import datetime as dt
import json

from peewee import (
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

KINDS = "('plan', 'objective', 'action', 'outcome', 'share')"
COLUMNS = {
    "plan": ("title", "strategy", "period_from", "period_to"),
    "objective": ("number", "title", "lead_id", "position"),
    "action": ("objective_id", "number", "text", "lead_id", "owner_kind", "owner_name", "position"),
    "outcome": (
        *("action_id", "text", "lead_id", "position"),
        *("timescale_kind", "due_on", "due_precision", "timescale_words"),
    ),
    "share": ("action_id", "authority_id", "owner_kind", "owner_name"),
}
WITHIN = {
    "plan": "select {} from plan p where p.id = ?",
    "objective": "select {} from objective p where p.plan_id = ? and p.removed_at is null",
    "action": "select {} from action p join objective o on p.objective_id = o.id where o.plan_id = ? "
    "and p.removed_at is null",
    "outcome": "select {} from outcome p join action a on p.action_id = a.id join objective o on a.objective_id = o.id "
    "where o.plan_id = ? and p.removed_at is null",
    "share": "select {} from share p join action a on p.action_id = a.id join objective o on a.objective_id = o.id "
    "where o.plan_id = ? and p.removed_at is null",
}


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Partnership(Model):
        class Meta:
            database = db
            table_name = "partnership"

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class Outcome(Model):
        class Meta:
            database = db
            table_name = "outcome"

    class PlanVersion(Model):
        plan = ForeignKeyField(Plan)
        number = IntegerField()
        dated_on = DateField()
        recorded_at = DateTimeField()
        person = ForeignKeyField(Person, null=True)
        reason = TextField()
        approved_by = CharField(max_length=300, default="")

        class Meta:
            database = db
            table_name = "plan_version"
            indexes = ((("plan", "number"), True),)

    class PartRevision(Model):
        version = ForeignKeyField(PlanVersion)
        kind = CharField(max_length=10)
        row_id = IntegerField()
        data = TextField(null=True)

        class Meta:
            database = db
            table_name = "part_revision"
            constraints = [Check(f"kind in {KINDS}")]

    class DateRevision(Model):
        outcome = ForeignKeyField(Outcome)
        number = IntegerField()
        dated_on = DateField()
        recorded_at = DateTimeField()
        person = ForeignKeyField(Person, null=True)
        reason = TextField()
        old_kind = CharField(max_length=10)
        old_due_on = DateField(null=True)
        old_precision = CharField(max_length=10, default="")
        old_words = CharField(max_length=300, default="")
        new_kind = CharField(max_length=10)
        new_due_on = DateField(null=True)
        new_precision = CharField(max_length=10, default="")
        new_words = CharField(max_length=300, default="")

        class Meta:
            database = db
            table_name = "date_revision"
            indexes = ((("outcome", "number"), True),)
            constraints = [
                Check("(old_kind = 'date') = (old_due_on is not null)"),
                Check("(new_kind = 'date') = (new_due_on is not null)"),
            ]

    class RollUpRule(Model):
        partnership = ForeignKeyField(Partnership)
        since = DateField()
        grace = IntegerField()
        overdue_as = CharField(max_length=30, default="")
        worst_first = TextField()
        reason = TextField()
        person = ForeignKeyField(Person, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "roll_up_rule"
            constraints = [Check("grace between 0 and 92"), Check("overdue_as in ('', 'off track', 'at risk')")]

    db.create_tables([PlanVersion, PartRevision, DateRevision, RollUpRule])
    for plan_id, edition, agreed_on, period_from in db.execute_sql(
        "select id, edition, agreed_on, period_from from plan where state <> 'draft' order by id"
    ).fetchall():
        version = PlanVersion.create(
            plan=plan_id,
            number=edition,
            dated_on=agreed_on or period_from,
            recorded_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
            reason="As it stood when versions began to be kept",
        )
        keep(db, version, plan_id, PartRevision)
    only_added(db, ("plan_version", "part_revision", "date_revision", "roll_up_rule"))


def keep(db, version, plan_id, revision):
    mark = "%s" if isinstance(db, PostgresqlDatabase) else "?"
    for kind, columns in COLUMNS.items():
        wanted = ", ".join(f"p.{column}" for column in ("id", *columns))
        query = WITHIN[kind].format(wanted).replace("?", mark) + " order by p.id"
        for row_id, *values in db.execute_sql(query, (plan_id,)).fetchall():
            data = dict(zip(columns, values, strict=True))
            words = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
            revision.create(version=version, kind=kind, row_id=row_id, data=words)


def only_added(db, tables):
    for table in tables:
        for verb in ("update", "delete"):
            if isinstance(db, PostgresqlDatabase):
                db.execute_sql(
                    f"create trigger {table}_refuses_{verb} before {verb} on {table} "
                    "for each row execute function refuse_change()"
                )
            else:
                db.execute_sql(
                    f"create trigger {table}_refuses_{verb} before {verb} on {table} "
                    f"begin select raise(abort, '{table} is append-only'); end"
                )
        if isinstance(db, PostgresqlDatabase):
            db.execute_sql(
                f"create trigger {table}_refuses_truncate before truncate on {table} execute function refuse_change()"
            )
