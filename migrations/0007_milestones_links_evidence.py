"""Milestones with what their dates were, links between actions, and files that show what was done."""

from peewee import (
    BlobField,
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

PRECISIONS = "('day', 'month', 'quarter', 'year')"


def up(migrator, db):
    class Action(Model):
        class Meta:
            database = db
            table_name = "action"

    class Share(Model):
        class Meta:
            database = db
            table_name = "share"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Milestone(Model):
        version = IntegerField(default=1)
        action = ForeignKeyField(Action)
        share = ForeignKeyField(Share, null=True)
        removed_at = DateTimeField(null=True)
        text = CharField(max_length=300)
        due_on = DateField()
        due_precision = CharField(max_length=10, default="day")
        owner_kind = CharField(max_length=10, default="")
        owner_name = CharField(max_length=200, default="")
        done_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "milestone"
            constraints = [
                Check(f"due_precision in {PRECISIONS}"),
                Check("owner_kind in ('', 'post', 'person', 'team')"),
            ]

    class MilestoneRevision(Model):
        milestone = ForeignKeyField(Milestone)
        number = IntegerField()
        dated_on = DateField()
        recorded_at = DateTimeField()
        person = ForeignKeyField(Person, null=True)
        reason = TextField()
        old_due_on = DateField()
        old_precision = CharField(max_length=10)
        new_due_on = DateField()
        new_precision = CharField(max_length=10)

        class Meta:
            database = db
            table_name = "milestone_revision"
            indexes = ((("milestone", "number"), True),)
            constraints = [Check(f"old_precision in {PRECISIONS}"), Check(f"new_precision in {PRECISIONS}")]

    class ActionLink(Model):
        version = IntegerField(default=1)
        action = ForeignKeyField(Action)
        other = ForeignKeyField(Action)
        kind = CharField(max_length=20)
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "action_link"
            indexes = ((("action", "other", "kind"), True),)
            constraints = [
                Check("kind in ('depends on', 'contributes to', 'see also')"),
                Check("action_id <> other_id"),
            ]

    class Evidence(Model):
        version = IntegerField(default=1)
        action = ForeignKeyField(Action)
        share = ForeignKeyField(Share, null=True)
        removed_at = DateTimeField(null=True)
        title = CharField(max_length=300)
        filename = CharField(max_length=120)
        media_type = CharField(max_length=100)
        size = IntegerField()
        sha256 = CharField(max_length=64)
        person = ForeignKeyField(Person, null=True)
        added_at = DateTimeField()

        class Meta:
            database = db
            table_name = "evidence"

    class EvidenceContent(Model):
        evidence = ForeignKeyField(Evidence, unique=True)
        content = BlobField()

        class Meta:
            database = db
            table_name = "evidence_content"

    db.create_tables([Milestone, MilestoneRevision, ActionLink, Evidence, EvidenceContent])
    refuse(db, "milestone_revision", "update", "is append-only")
    refuse(db, "milestone_revision", "delete", "is append-only")
    refuse(db, "evidence_content", "update", "is append-only")


def refuse(db, table, verb, why):
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql(
            f"create trigger {table}_refuses_{verb} before {verb} on {table} "
            "for each row execute function refuse_change()"
        )
        if verb == "delete":
            db.execute_sql(
                f"create trigger {table}_refuses_truncate before truncate on {table} execute function refuse_change()"
            )
    else:
        db.execute_sql(
            f"create trigger {table}_refuses_{verb} before {verb} on {table} "
            f"begin select raise(abort, '{table} {why}'); end"
        )
