"""Meetings of the steering group with their papers and minutes, and what the group decided."""

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


def up(migrator, db):
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"Meta": meta})

    partnerships, authorities = known("Partnership", "partnership"), known("Authority", "authority")
    people, quarters = known("Person", "person"), known("Quarter", "quarter")
    plans, actions = known("Plan", "plan"), known("Action", "action")
    outcomes, shares = known("Outcome", "outcome"), known("Share", "share")

    class Meeting(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(partnerships)
        held_on = DateField()
        starts_at = CharField(max_length=5, default="")
        venue = CharField(max_length=300, default="")
        chair = CharField(max_length=200, default="")
        quarter = ForeignKeyField(quarters, null=True)
        others = TextField(default="")
        called_off_at = DateTimeField(null=True)
        called_off_why = TextField(default="")

        class Meta:
            database = db
            table_name = "meeting"
            indexes = ((("partnership", "held_on"), False),)

    class Attendance(Model):
        meeting = ForeignKeyField(Meeting)
        authority = ForeignKeyField(authorities)
        presence = CharField(max_length=10)
        who = CharField(max_length=300, default="")

        class Meta:
            database = db
            table_name = "attendance"
            indexes = ((("meeting", "authority"), True),)
            constraints = [Check("presence in ('present', 'apologies', 'absent')")]

    class Minutes(Model):
        version = IntegerField(default=1)
        meeting = ForeignKeyField(Meeting, unique=True)
        text = TextField(default="")
        approved_in = ForeignKeyField(Meeting, null=True)
        approved_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "minutes"
            constraints = [Check("meeting_id <> approved_in_id")]

    class MinutesRevision(Model):
        minutes = ForeignKeyField(Minutes)
        number = IntegerField()
        text = TextField()
        reason = TextField(default="")
        person = ForeignKeyField(people, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "minutes_revision"
            indexes = ((("minutes", "number"), True),)

    class AgendaItem(Model):
        version = IntegerField(default=1)
        meeting = ForeignKeyField(Meeting)
        position = IntegerField()
        stands = CharField(max_length=10, default="after")
        title = CharField(max_length=300)
        text = TextField(default="")
        asked = TextField(default="")
        asked_by = CharField(max_length=200, default="")
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "agenda_item"
            constraints = [Check("stands in ('before', 'after')")]

    class Paper(Model):
        version = IntegerField(default=1)
        meeting = ForeignKeyField(Meeting)
        title = CharField(max_length=300)
        published_on = DateField()
        address = CharField(max_length=300, default="")
        filename = CharField(max_length=120, default="")
        media_type = CharField(max_length=100, default="")
        size = IntegerField(default=0)
        sha256 = CharField(max_length=64, default="")
        person = ForeignKeyField(people, null=True)
        added_at = DateTimeField()
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "paper"
            constraints = [Check("(address = '') <> (filename = '')")]

    class PaperContent(Model):
        paper = ForeignKeyField(Paper, unique=True)
        content = BlobField()

        class Meta:
            database = db
            table_name = "paper_content"

    class Decision(Model):
        version = IntegerField(default=1)
        meeting = ForeignKeyField(Meeting)
        number = IntegerField()
        item = ForeignKeyField(AgendaItem, null=True)
        kind = CharField(max_length=20)
        words = TextField()
        action = ForeignKeyField(actions, null=True)
        outcome = ForeignKeyField(outcomes, null=True)
        share = ForeignKeyField(shares, null=True)
        new_due_on = DateField(null=True)
        new_precision = CharField(max_length=10, default="")
        new_text = TextField(default="")
        owner = ForeignKeyField(people, null=True)
        authority = ForeignKeyField(authorities, null=True)
        owner_words = CharField(max_length=200, default="")
        assigned_at = DateTimeField()
        due_on = DateField()
        state = CharField(max_length=10, default="open")
        answer = TextField(default="")
        settled_on = DateField(null=True)
        settled_by = ForeignKeyField(people, null=True)
        applied_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "decision"
            indexes = ((("meeting", "number"), True), (("owner", "state"), False))
            constraints = [
                Check("kind in ('accept', 'ask again', 'change', 'defer', 'carry forward', 'escalate', 'other')"),
                Check("state in ('open', 'done', 'dropped')"),
                Check("(state = 'open') = (settled_on is null)"),
                Check("new_precision in ('', 'day', 'month', 'quarter', 'year')"),
                Check("owner_id is not null or authority_id is not null or owner_words <> ''"),
                Check("action_id is not null or (outcome_id is null and share_id is null)"),
            ]

    class DecisionRevision(Model):
        decision = ForeignKeyField(Decision)
        number = IntegerField()
        kind = CharField(max_length=20)
        words = TextField()
        owner = CharField(max_length=420)
        due_on = DateField()
        reason = TextField(default="")
        person = ForeignKeyField(people, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "decision_revision"
            indexes = ((("decision", "number"), True),)

    class DecisionApplied(Model):
        decision = ForeignKeyField(Decision, unique=True)
        plan = ForeignKeyField(plans)
        edition = IntegerField(null=True)
        words = TextField()
        wrote = TextField()
        person = ForeignKeyField(people, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "decision_applied"

    db.create_tables(
        [
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
        ]
    )
    only_added(db, ("minutes_revision", "decision_revision", "decision_applied"))


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
