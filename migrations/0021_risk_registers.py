"""Scoring schemes in versions, risk registers, risks and what is said of each."""

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

OWNER_KINDS = Check("owner_kind in ('', 'post', 'person', 'team')")


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

    class ScoringScheme(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        authority = ForeignKeyField(Authority, null=True)
        slug = CharField(max_length=60)
        name = CharField(max_length=200)
        retired_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "scoring_scheme"
            indexes = ((("partnership", "slug"), True),)

    class SchemeVersion(Model):
        scheme = ForeignKeyField(ScoringScheme)
        number = IntegerField()
        name = CharField(max_length=200)
        definition = TextField()
        reason = TextField(default="")
        person = ForeignKeyField(Person, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "scheme_version"
            indexes = ((("scheme", "number"), True),)

    class SchemeMapping(Model):
        old = ForeignKeyField(SchemeVersion)
        new = ForeignKeyField(SchemeVersion)
        impact = TextField()
        likelihood = TextField()
        person = ForeignKeyField(Person, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "scheme_mapping"
            indexes = ((("old", "new"), False),)

    class Register(Model):
        version = IntegerField(default=1)
        partnership = ForeignKeyField(Partnership)
        authority = ForeignKeyField(Authority, null=True)
        slug = CharField(max_length=60)
        title = CharField(max_length=300)
        scheme = ForeignKeyField(ScoringScheme)
        body = CharField(max_length=200, default="")
        goes_to = ForeignKeyField("self", null=True)
        top = IntegerField(default=3)
        review_months = IntegerField(default=3)
        as_at = DateField(null=True)
        closed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "register"
            indexes = ((("partnership", "slug"), True),)
            constraints = [Check("top between 1 and 20"), Check("review_months between 1 and 24")]

    class Risk(Model):
        version = IntegerField(default=1)
        register = ForeignKeyField(Register)
        slug = CharField(max_length=16, unique=True)
        number = IntegerField()
        outer_number = IntegerField(null=True)
        raised_number = IntegerField(null=True)
        event = TextField()
        cause = TextField(default="")
        effect = TextField(default="")
        category = CharField(max_length=60, default="")
        owner_kind = CharField(max_length=10, default="")
        owner_name = CharField(max_length=200, default="")
        proximity = CharField(max_length=30, default="")
        is_opportunity = BooleanField(default=False)
        assumptions = TextField(default="")
        review_months = IntegerField(null=True)
        opened_on = DateField()
        reviewed_on = DateField(null=True)
        review_due_on = DateField()
        is_shared = BooleanField(default=False)
        is_raised = BooleanField(default=False)
        told_at = DateTimeField(null=True)
        closed_on = DateField(null=True)
        closed_why = TextField(default="")

        class Meta:
            database = db
            table_name = "risk"
            indexes = (
                (("register", "number"), True),
                (("register", "outer_number"), True),
                (("register", "raised_number"), True),
            )
            constraints = [
                OWNER_KINDS,
                Check("proximity in ('', 'now', 'within three months', 'within a year', 'later than a year')"),
                Check("review_months between 1 and 24"),
            ]

    class Score(Model):
        risk = ForeignKeyField(Risk)
        kind = CharField(max_length=10)
        scheme_version = ForeignKeyField(SchemeVersion)
        impact = IntegerField()
        likelihood = IntegerField()
        impact_label = CharField(max_length=80)
        likelihood_label = CharField(max_length=80)
        band = IntegerField()
        band_name = CharField(max_length=60)
        tone = IntegerField()
        value = IntegerField(null=True)
        scored_on = DateField()
        reason = TextField(default="")
        person = ForeignKeyField(Person, null=True)
        on_behalf = BooleanField(default=False)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "risk_score"
            indexes = ((("risk", "kind"), False),)
            constraints = [Check("kind in ('inherent', 'current', 'target')"), Check("tone between 1 and 4")]

    class RiskReview(Model):
        risk = ForeignKeyField(Risk)
        reviewed_on = DateField()
        score = ForeignKeyField(Score, null=True)
        note = TextField(default="")
        person = ForeignKeyField(Person, null=True)
        on_behalf = BooleanField(default=False)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "risk_review"

    class Response(Model):
        version = IntegerField(default=1)
        risk = ForeignKeyField(Risk)
        number = IntegerField()
        kind = CharField(max_length=10)
        text = TextField()
        owner_kind = CharField(max_length=10, default="")
        owner_name = CharField(max_length=200, default="")
        due_on = DateField(null=True)
        state = CharField(max_length=10, default="under way")
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "risk_response"
            indexes = ((("risk", "number"), True),)
            constraints = [
                OWNER_KINDS,
                Check("kind in ('treat', 'tolerate', 'transfer', 'terminate')"),
                Check("state in ('planned', 'under way', 'done', 'dropped')"),
            ]

    class Control(Model):
        version = IntegerField(default=1)
        risk = ForeignKeyField(Risk)
        number = IntegerField()
        text = TextField()
        effectiveness = CharField(max_length=12, default="not tested")
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "risk_control"
            indexes = ((("risk", "number"), True),)
            constraints = [Check("effectiveness in ('not tested', 'weak', 'partial', 'good')")]

    class RiskRevision(Model):
        risk = ForeignKeyField(Risk)
        part = CharField(max_length=10)
        number = IntegerField(default=0)
        data = TextField(null=True)
        person = ForeignKeyField(Person, null=True)
        on_behalf = BooleanField(default=False)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "risk_revision"
            constraints = [Check("part in ('risk', 'response', 'control')")]

    class Acceptance(Model):
        version = IntegerField(default=1)
        risk = ForeignKeyField(Risk)
        score = ForeignKeyField(Score)
        accepted_by = CharField(max_length=200)
        accepted_on = DateField()
        until = DateField()
        reason = TextField()
        person = ForeignKeyField(Person, null=True)
        on_behalf = BooleanField(default=False)
        recorded_at = DateTimeField()
        ended_on = DateField(null=True)
        ended_at = DateTimeField(null=True)
        ended_why = TextField(default="")
        void_by = ForeignKeyField(Score, null=True)
        followed_by = ForeignKeyField("self", null=True)

        class Meta:
            database = db
            table_name = "risk_acceptance"

    class Escalation(Model):
        version = IntegerField(default=1)
        risk = ForeignKeyField(Risk)
        to = ForeignKeyField(Register)
        slug = CharField(max_length=16, unique=True)
        state = CharField(max_length=10, default="nominated")
        event = TextField()
        score = ForeignKeyField(Score, null=True)
        words = TextField(default="")
        nominated_on = DateField()
        nominated_by = ForeignKeyField(Person, null=True)
        decided_on = DateField(null=True)
        decided_by = ForeignKeyField(Person, null=True)
        decided_words = TextField(default="")
        ended_on = DateField(null=True)
        ended_by = ForeignKeyField(Person, null=True)
        ended_words = TextField(default="")

        class Meta:
            database = db
            table_name = "escalation"
            constraints = [Check("state in ('nominated', 'accepted', 'declined', 'returned', 'withdrawn')")]

    db.create_tables(
        [
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
        ]
    )
    only_added(db, ("scheme_version", "scheme_mapping", "risk_score", "risk_review", "risk_revision"))


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
