"""Comments on actions, what they said before, and the colleagues they name."""

from peewee import DateTimeField, ForeignKeyField, IntegerField, Model, PostgresqlDatabase, TextField


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Action(Model):
        class Meta:
            database = db
            table_name = "action"

    class Comment(Model):
        version = IntegerField(default=1)
        action = ForeignKeyField(Action)
        person = ForeignKeyField(Person, null=True)
        text = TextField()
        written_at = DateTimeField()
        edited_at = DateTimeField(null=True)
        withdrawn_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "comment"

    class CommentRevision(Model):
        comment = ForeignKeyField(Comment)
        number = IntegerField()
        text = TextField()
        said_at = DateTimeField()

        class Meta:
            database = db
            table_name = "comment_revision"
            indexes = ((("comment", "number"), True),)

    class Mention(Model):
        comment = ForeignKeyField(Comment)
        person = ForeignKeyField(Person)
        named_at = DateTimeField()
        seen_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "mention"
            indexes = ((("comment", "person"), True),)

    db.create_tables([Comment, CommentRevision, Mention])
    refuse_change(db, "comment_revision")


def refuse_change(db, table):
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
