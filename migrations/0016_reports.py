"""Reports with what was circulated and published of them; whether everybody may read the public copies."""

from peewee import (
    BlobField,
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

AUDIENCES = "audience in ('full', 'board', 'public', 'extract')"


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

    class Quarter(Model):
        class Meta:
            database = db
            table_name = "quarter"

    class Meeting(Model):
        class Meta:
            database = db
            table_name = "meeting"

    class Report(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        quarter = ForeignKeyField(Quarter, null=True)
        kind = CharField(max_length=10, default="quarterly")
        slug = CharField(max_length=60)
        title = CharField(max_length=300)
        summary = TextField(default="")
        sections = TextField(default="[]")
        audiences = TextField(default="[]")
        state = CharField(max_length=10, default="draft")
        draft = IntegerField(default=1)
        approved_on = DateField(null=True)
        approved_at = CharField(max_length=300, default="")
        meeting = ForeignKeyField(Meeting, null=True)
        approved_by = ForeignKeyField(Person, null=True)
        asked_at = DateTimeField(null=True)
        published_at = DateTimeField(null=True)
        replaces = ForeignKeyField("self", null=True, unique=True)
        why = TextField(default="")

        class Meta:
            database = db
            table_name = "report"
            indexes = ((("partnership", "slug"), True),)
            constraints = [
                Check("kind in ('quarterly', 'pack')"),
                Check("state in ('draft', 'circulated', 'approved', 'published')"),
            ]

    class ReportCirculation(Model):
        report = ForeignKeyField(Report)
        number = IntegerField()
        at = DateTimeField()
        person = ForeignKeyField(Person, null=True)
        note = TextField()

        class Meta:
            database = db
            table_name = "report_circulation"
            indexes = ((("report", "number"), True),)

    class ReportDraft(Model):
        circulation = ForeignKeyField(ReportCirculation)
        audience = CharField(max_length=10)
        authority = ForeignKeyField(Authority, null=True)
        content = TextField()
        html = TextField()

        class Meta:
            database = db
            table_name = "report_draft"
            indexes = ((("circulation", "audience", "authority"), True),)
            constraints = [Check(AUDIENCES)]

    class ReportIssue(Model):
        report = ForeignKeyField(Report)
        audience = CharField(max_length=10)
        whose = CharField(max_length=60, default="")
        name = CharField(max_length=200)
        title = CharField(max_length=300)
        partnership = CharField(max_length=200)
        issued_at = DateTimeField()
        content = TextField()
        html = TextField()
        pdf = BlobField()
        content_sha256 = CharField(max_length=64)
        html_sha256 = CharField(max_length=64)
        pdf_sha256 = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "report_issue"
            indexes = ((("report", "audience", "whose"), True),)
            constraints = [Check(AUDIENCES)]

    class PublicReading(Model):
        partnership = ForeignKeyField(Partnership)
        since = DateField()
        allowed = BooleanField()
        reason = TextField()
        person = ForeignKeyField(Person, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "public_reading"

    db.create_tables([Report, ReportCirculation, ReportDraft, ReportIssue, PublicReading])
    only_added(db, ("report_circulation", "report_draft", "report_issue", "public_reading"))


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
