"""What a risk is about, and which plan a register is about."""

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, Model


def up(migrator, db):
    class Risk(Model):
        class Meta:
            database = db
            table_name = "risk"

    class Register(Model):
        class Meta:
            database = db
            table_name = "register"

    class Objective(Model):
        class Meta:
            database = db
            table_name = "objective"

    class Action(Model):
        class Meta:
            database = db
            table_name = "action"

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class RiskLink(Model):
        version = IntegerField(default=1)
        risk = ForeignKeyField(Risk)
        slug = CharField(max_length=16, unique=True)
        objective = ForeignKeyField(Objective, null=True)
        action = ForeignKeyField(Action, null=True)
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "risk_link"
            indexes = ((("risk", "objective"), True), (("risk", "action"), True))
            constraints = [
                Check(
                    "case when objective_id is null then 0 else 1 end "
                    "+ case when action_id is null then 0 else 1 end = 1"
                )
            ]

    class RegisterPlan(Model):
        version = IntegerField(default=1)
        register = ForeignKeyField(Register, unique=True)
        plan = ForeignKeyField(Plan, null=True)

        class Meta:
            database = db
            table_name = "register_plan"

    db.create_tables([RiskLink, RegisterPlan])
