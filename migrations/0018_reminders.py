"""The partnership's own reminder days, and what each person was told of."""

from peewee import (
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)


def up(migrator, db):
    class Partnership(Model):
        class Meta:
            database = db
            table_name = "partnership"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Quarter(Model):
        class Meta:
            database = db
            table_name = "quarter"

    class Mail(Model):
        class Meta:
            database = db
            table_name = "mail"

    class ReminderRule(Model):
        partnership = ForeignKeyField(Partnership)
        since = DateField()
        days_before = CharField(max_length=60)
        days_after = CharField(max_length=60)
        reason = TextField()
        person = ForeignKeyField(Person, null=True)
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "reminder_rule"

    class ReminderItem(Model):
        person = ForeignKeyField(Person)
        partnership = ForeignKeyField(Partnership)
        quarter = ForeignKeyField(Quarter, null=True)
        occasion = CharField(max_length=40)
        item = CharField(max_length=60)
        dated_on = DateField()
        days = IntegerField(null=True)
        mail = ForeignKeyField(Mail, null=True)
        why = TextField()
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "reminder_item"
            indexes = ((("person", "item", "dated_on"), True), (("person", "occasion", "dated_on"), False))

    class ReminderPart(Model):
        mail = ForeignKeyField(Mail)
        partnership = ForeignKeyField(Partnership)
        subject = CharField(max_length=300)
        text = TextField()

        class Meta:
            database = db
            table_name = "reminder_part"
            indexes = ((("mail", "partnership"), True),)

    db.create_tables([ReminderRule, ReminderItem, ReminderPart])
    only_added(db, ("reminder_rule", "reminder_item", "reminder_part"))


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
