"""A report may confirm what was said before: "no change" is a report, not silence."""

from peewee import ForeignKeyField, Model


def up(migrator, db):
    class ProgressNote(Model):
        class Meta:
            database = db
            table_name = "progress_note"

    confirms = ForeignKeyField(ProgressNote, field=ProgressNote.id, null=True)
    migrator.migrate(migrator.add_column("progress_note", "confirms_id", confirms))
