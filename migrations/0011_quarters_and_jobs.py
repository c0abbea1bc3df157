"""Quarters with the returns of each authority; jobs and mails."""

from peewee import (
    BooleanField,
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


def up(migrator, db):
    class Partnership(Model):
        class Meta:
            database = db
            table_name = "partnership"

    class Authority(Model):
        class Meta:
            database = db
            table_name = "authority"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class CalendarRule(Model):
        partnership = ForeignKeyField(Partnership)
        since = DateField()
        first_month = IntegerField()
        opens_after = IntegerField()
        due_after = IntegerField()
        meeting_after = IntegerField()
        reason = TextField()
        person = ForeignKeyField(Person, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "calendar_rule"
            constraints = [Check("first_month between 1 and 12")]

    class Quarter(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        slug = CharField(max_length=20)
        year = CharField(max_length=10)
        number = IntegerField()
        period_from = DateField()
        period_to = DateField()
        opens_on = DateField()
        due_on = DateField()
        meeting_on = DateField(null=True)
        closed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "quarter"
            indexes = ((("partnership", "slug"), True), (("partnership", "period_from"), True))
            constraints = [
                Check("number between 1 and 4"),
                Check("period_from <= period_to"),
                Check("opens_on <= due_on"),
            ]

    class Return(Model):
        version = IntegerField(default=1)
        quarter = ForeignKeyField(Quarter)
        authority = ForeignKeyField(Authority)
        state = CharField(max_length=10, default="open")

        class Meta:
            database = db
            table_name = "quarter_return"
            indexes = ((("quarter", "authority"), True),)
            constraints = [Check("state in ('open', 'submitted', 'sent back', 'accepted')")]

    class ReturnStep(Model):
        of = ForeignKeyField(Return)
        verb = CharField(max_length=20)
        at = DateTimeField()
        person = ForeignKeyField(Person, null=True)
        on_behalf = BooleanField(default=False)
        note = TextField(default="")
        figures = TextField(default="{}")

        class Meta:
            database = db
            table_name = "return_step"
            constraints = [
                Check(
                    "verb in ('submitted', 'taken back', 'sent back', 'accepted', 'reopened', 'reopening ended', "
                    "'closed')"
                )
            ]

    class Reopening(Model):
        version = IntegerField(default=1)
        of = ForeignKeyField(Return)
        person = ForeignKeyField(Person, null=True)
        until = DateField()
        reason = TextField()
        opened_by = ForeignKeyField(Person, null=True)
        opened_at = DateTimeField()
        ended_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "reopening"

    class Job(Model):
        version = IntegerField(default=1)
        kind = CharField(max_length=40)
        key = CharField(max_length=120, unique=True)
        arguments = TextField(default="{}")
        state = CharField(max_length=10, default="queued", index=True)
        attempts = IntegerField(default=0)
        run_after = DateTimeField()
        worker = CharField(max_length=40, default="")
        lease_until = DateTimeField(null=True)
        partnership = ForeignKeyField(Partnership, null=True)
        person = ForeignKeyField(Person, null=True)
        created_at = DateTimeField()
        finished_at = DateTimeField(null=True)
        error = TextField(default="")
        result = TextField(default="{}")

        class Meta:
            database = db
            table_name = "job"
            constraints = [Check("state in ('queued', 'running', 'done', 'failed')")]

    class Mail(Model):
        person = ForeignKeyField(Person)
        kind = CharField(max_length=40)
        dated_on = DateField()
        address = CharField(max_length=254)
        subject = CharField(max_length=300)
        text = TextField()
        html = TextField()
        written_at = DateTimeField()
        begun_at = DateTimeField(null=True)
        sent_at = DateTimeField(null=True)
        error = TextField(default="")

        class Meta:
            database = db
            table_name = "mail"
            indexes = ((("person", "kind", "dated_on"), True),)

    db.create_tables([CalendarRule, Quarter, Return, ReturnStep, Reopening, Job, Mail])
    only_added(db, ("calendar_rule", "return_step"))


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
