"""Files of risks that were uploaded and wait for their import."""

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, Model, TextField


def up(migrator, db):
    class Register(Model):
        class Meta:
            database = db
            table_name = "register"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class RiskImport(Model):
        register = ForeignKeyField(Register)
        person = ForeignKeyField(Person)
        filename = CharField(max_length=200)
        content = BlobField()
        choices = TextField(default="{}")
        created_at = DateTimeField(index=True)
        applied_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "risk_import"

    db.create_tables([RiskImport])
