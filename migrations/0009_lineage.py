"""What goes on: plans made from plans, actions carried forward, authorities taken over by others."""

from peewee import Check, DateField, DateTimeField, ForeignKeyField, Model, TextField


def up(migrator, db):
    class Authority(Model):
        class Meta:
            database = db
            table_name = "authority"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class Action(Model):
        class Meta:
            database = db
            table_name = "action"

    class Share(Model):
        class Meta:
            database = db
            table_name = "share"

    class Succession(Model):
        old = ForeignKeyField(Authority)
        new = ForeignKeyField(Authority)
        dated_on = DateField()
        reason = TextField()
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "succession"
            indexes = ((("old", "new"), True),)
            constraints = [Check("old_id <> new_id")]

    class Origin(Model):
        plan = ForeignKeyField(Plan, unique=True)
        predecessor = ForeignKeyField(Plan, null=True, unique=True)
        template = ForeignKeyField(Plan, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "origin"
            constraints = [
                Check("predecessor_id is not null or template_id is not null"),
                Check("plan_id <> predecessor_id"),
                Check("plan_id <> template_id"),
            ]

    class CarriedForward(Model):
        before = ForeignKeyField(Action)
        after = ForeignKeyField(Action)
        person = ForeignKeyField(Person, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "carried_forward"
            indexes = ((("before", "after"), True),)
            constraints = [Check("before_id <> after_id")]

    class ShareSuccession(Model):
        succession = ForeignKeyField(Succession)
        before = ForeignKeyField(Share)
        after = ForeignKeyField(Share)

        class Meta:
            database = db
            table_name = "share_succession"
            indexes = ((("before", "after"), True),)
            constraints = [Check("before_id <> after_id")]

    migrator.migrate(migrator.add_column("authority", "ended_on", DateField(null=True)))
    db.create_tables([Succession, Origin, CarriedForward, ShareSuccession])
