"""The secret address of a person's calendar."""

from peewee import CharField, DateTimeField, ForeignKeyField, Model


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class CalendarFeed(Model):
        person = ForeignKeyField(Person, unique=True)
        digest = CharField(max_length=64, unique=True)
        made_at = DateTimeField()
        fetched_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "calendar_feed"

    db.create_tables([CalendarFeed])
