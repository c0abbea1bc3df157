"""The first schema: partnerships, people, history and plans."""

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def up(migrator, db):
    class Partnership(Model):
        version = IntegerField(default=1)
        slug = CharField(unique=True, max_length=60)
        name = CharField(max_length=200)

        class Meta:
            database = db
            table_name = "partnership"

    class Abbreviation(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        short = CharField(max_length=40)
        meaning = CharField(max_length=300)

        class Meta:
            database = db
            table_name = "abbreviation"
            indexes = ((("partnership", "short"), True),)

    class Plan(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        slug = CharField(max_length=60)
        title = CharField(max_length=300)
        strategy = CharField(max_length=300)
        period_from = DateField()
        period_to = DateField()
        state = CharField(max_length=10, default="draft")
        edition = IntegerField(default=1)
        agreed_on = DateField(null=True)
        as_at = DateField(null=True)

        class Meta:
            database = db
            table_name = "plan"
            constraints = [
                Check("state in ('draft', 'agreed', 'closed')"),
                Check("period_from <= period_to"),
            ]
            indexes = ((("partnership", "slug"), True),)

    class Authority(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        slug = CharField(max_length=60)
        name = CharField(max_length=200)
        short_name = CharField(max_length=20)
        nation = CharField(max_length=20)
        position = IntegerField()

        class Meta:
            database = db
            table_name = "authority"
            constraints = [
                Check("nation in ('england', 'wales', 'scotland', 'northern-ireland')"),
            ]
            indexes = ((("partnership", "slug"), True), (("partnership", "short_name"), True))

    class Objective(Model):
        version = IntegerField(default=1)
        plan = ForeignKeyField(Plan)
        number = CharField(max_length=20)
        title = TextField()
        lead = ForeignKeyField(Authority, null=True)
        position = IntegerField()
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "objective"

    class Action(Model):
        version = IntegerField(default=1)
        objective = ForeignKeyField(Objective)
        number = CharField(max_length=20)
        text = TextField()
        lead = ForeignKeyField(Authority, null=True)
        owner_kind = CharField(max_length=10, default="")
        owner_name = CharField(max_length=200, default="")
        position = IntegerField()
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "action"
            constraints = [
                Check("owner_kind in ('', 'post', 'person', 'team')"),
            ]

    class ChainHead(Model):
        chain = CharField(unique=True, max_length=40)
        sequence = IntegerField()
        hash = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "chain_head"

    class Person(Model):
        version = IntegerField(default=1)
        email = CharField(unique=True, max_length=254)
        name = CharField(max_length=200)
        password_hash = CharField(null=True, max_length=200)
        token = CharField(unique=True, max_length=64)
        salt = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "person"

    class Event(Model):
        chain = CharField(max_length=40)
        sequence = IntegerField()
        partnership = ForeignKeyField(Partnership, null=True)
        at = DateTimeField()
        verb = CharField(max_length=60)
        subject_type = CharField(max_length=40)
        subject_id = IntegerField()
        person = ForeignKeyField(Person, null=True)
        actor = CharField(null=True, max_length=64)
        data = TextField()
        previous = CharField(max_length=64)
        hash = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "event"
            indexes = ((("chain", "sequence"), True), (("subject_type", "subject_id"), False))

    class FormKey(Model):
        person = ForeignKeyField(Person)
        key = CharField(max_length=64)
        at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "form_key"
            indexes = ((("person", "key"), True),)

    class Membership(Model):
        version = IntegerField(default=1)
        person = ForeignKeyField(Person)
        role = CharField(max_length=20)
        partnership = ForeignKeyField(Partnership, null=True)
        authority = ForeignKeyField(Authority, null=True)
        started_at = DateTimeField()
        ended_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "membership"
            constraints = [
                Check(
                    "role in ('officer', 'lead', 'viewer', 'coordinator', "
                    "'steering-member', 'provider', 'administrator')"
                ),
                Check("authority_id is null or partnership_id is not null"),
            ]

    class Outcome(Model):
        version = IntegerField(default=1)
        action = ForeignKeyField(Action)
        text = TextField()
        lead = ForeignKeyField(Authority, null=True)
        position = IntegerField()
        timescale_kind = CharField(max_length=10, default="none")
        due_on = DateField(null=True)
        due_precision = CharField(max_length=10, default="")
        timescale_words = CharField(max_length=300, default="")
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "outcome"
            constraints = [
                Check("timescale_kind in ('none', 'date', 'condition', 'recurring')"),
                Check("due_precision in ('', 'day', 'month', 'quarter', 'year')"),
                Check("(timescale_kind = 'date') = (due_on is not null)"),
            ]

    class Share(Model):
        version = IntegerField(default=1)
        action = ForeignKeyField(Action)
        authority = ForeignKeyField(Authority)
        owner_kind = CharField(max_length=10, default="")
        owner_name = CharField(max_length=200, default="")
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "share"
            constraints = [
                Check("owner_kind in ('', 'post', 'person', 'team')"),
            ]
            indexes = ((("action", "authority"), True),)

    class ProgressNote(Model):
        share = ForeignKeyField(Share)
        outcome = ForeignKeyField(Outcome)
        as_at = DateField()
        status = CharField(null=True, max_length=30)
        text = TextField()
        reason = TextField(default="")
        person = ForeignKeyField(Person, null=True)
        on_behalf = BooleanField(default=False)
        recorded_at = DateTimeField()
        replaces = ForeignKeyField("self", unique=True, null=True)

        class Meta:
            database = db
            table_name = "progress_note"
            constraints = [
                Check(
                    "status in ('not started', 'on track', 'at risk', 'off track', 'achieved', 'ongoing', "
                    "'achieved and ongoing', 'deferred', 'carried forward', 'stopped')"
                ),
            ]
            indexes = ((("outcome", "share", "as_at"), False),)

    class Session(Model):
        digest = CharField(unique=True, max_length=64)
        person = ForeignKeyField(Person, null=True, on_delete="CASCADE")
        data = TextField()
        created_at = DateTimeField()
        seen_at = DateTimeField(index=True)
        ended_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "session"

    class SignInAttempt(Model):
        account = CharField(index=True, max_length=64)
        address = CharField(index=True, max_length=64)
        at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "sign_in_attempt"

    db.create_tables(
        [
            Partnership,
            Abbreviation,
            Plan,
            Authority,
            Objective,
            Action,
            ChainHead,
            Person,
            Event,
            FormKey,
            Membership,
            Outcome,
            Share,
            ProgressNote,
            Session,
            SignInAttempt,
        ]
    )
