"""Board packs: their parts, and what was made of them."""

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


def up(migrator, db):
    class Partnership(Model):
        class Meta:
            database = db
            table_name = "partnership"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class ReportIssue(Model):
        class Meta:
            database = db
            table_name = "report_issue"

    class BoardPack(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        title = CharField(max_length=300)
        for_whom = CharField(max_length=300, default="")
        meeting = CharField(max_length=300, default="")
        meeting_on = DateField(null=True)
        audience = CharField(max_length=10)
        asked = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "board_pack"
            constraints = [Check("audience in ('full', 'board', 'public')")]

    class PackPart(Model):
        pack = ForeignKeyField(BoardPack)
        position = IntegerField()
        issue = ForeignKeyField(ReportIssue, null=True)
        plan = ForeignKeyField(Plan, null=True)
        number = IntegerField(null=True)
        as_at = DateField(null=True)

        class Meta:
            database = db
            table_name = "pack_part"
            indexes = ((("pack", "position"), True),)
            constraints = [Check("(issue_id is null) <> (plan_id is null)")]

    class PackEdition(Model):
        pack = ForeignKeyField(BoardPack)
        number = IntegerField()
        asked = IntegerField()
        made_at = DateTimeField()
        person = ForeignKeyField(Person, null=True)
        contents = TextField()
        for_viewers = BooleanField()
        size = IntegerField()
        pdf = BlobField()
        contents_sha256 = CharField(max_length=64)
        pdf_sha256 = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "pack_edition"
            indexes = ((("pack", "number"), True), (("pack", "asked"), True))

    db.create_tables([BoardPack, PackPart, PackEdition])
    only_added(db, "pack_edition")


def only_added(db, table):
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
