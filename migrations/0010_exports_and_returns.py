"""What went out as a file, to compare an edited copy with; and offline returns that wait for their report."""

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, Model, TextField


def up(migrator, db):
    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class Authority(Model):
        class Meta:
            database = db
            table_name = "authority"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class PlanExport(Model):
        plan = ForeignKeyField(Plan)
        stamp = CharField(max_length=7, unique=True)
        digest = CharField(max_length=64)
        content = BlobField()
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "plan_export"
            indexes = ((("plan", "digest"), True),)

    class OfflineReturn(Model):
        plan = ForeignKeyField(Plan)
        authority = ForeignKeyField(Authority)
        person = ForeignKeyField(Person)
        filename = CharField(max_length=200)
        content = BlobField()
        choices = TextField(default="{}")
        created_at = DateTimeField(index=True)
        applied_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "offline_return"

    db.create_tables([PlanExport, OfflineReturn])
