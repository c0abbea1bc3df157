"""A draft of a report that was begun by mistake is discarded; its row stays for the history."""

from peewee import DateTimeField


def up(migrator, db):
    migrator.migrate(migrator.add_column("report", "discarded_at", DateTimeField(null=True)))
