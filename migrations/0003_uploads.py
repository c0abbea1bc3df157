"""Files that wait for their import."""

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Partnership(Model):
        version = IntegerField(default=1)
        slug = CharField(unique=True, max_length=60)
        name = CharField(max_length=200)

        class Meta:
            database = db
            table_name = "partnership"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class ImportDraft(Model):
        partnership = ForeignKeyField(Partnership)
        person = ForeignKeyField(Person)
        filename = CharField(max_length=200)
        content = BlobField()
        choices = TextField()
        created_at = DateTimeField(index=True)
        applied_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "import_draft"

    db.create_tables([ImportDraft])
