"""A board pack holds registers of risks and the top risks of its partnership too."""

from peewee import Check, DateField, ForeignKeyField, IntegerField, Model

PARTS = ("issue", "plan", "register", "top_of")
COUNT = " + ".join(f"case when {name}_id is null then 0 else 1 end" for name in PARTS)


def up(migrator, db):
    class BoardPack(Model):
        class Meta:
            database = db
            table_name = "board_pack"

    class Partnership(Model):
        class Meta:
            database = db
            table_name = "partnership"

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class Register(Model):
        class Meta:
            database = db
            table_name = "register"

    class ReportIssue(Model):
        class Meta:
            database = db
            table_name = "report_issue"

    class PackPart(Model):
        pack = ForeignKeyField(BoardPack)
        position = IntegerField()
        issue = ForeignKeyField(ReportIssue, null=True)
        plan = ForeignKeyField(Plan, null=True)
        register = ForeignKeyField(Register, null=True)
        top_of = ForeignKeyField(Partnership, null=True)
        number = IntegerField(null=True)
        as_at = DateField(null=True)

        class Meta:
            database = db
            table_name = "pack_part"
            indexes = ((("pack", "position"), True),)
            constraints = [Check(f"{COUNT} = 1")]

    # SQLite cannot change a check of a table; no other table names these rows.
    columns = ("pack_id", "position", "issue_id", "plan_id", "number", "as_at")
    rows = db.execute_sql(
        "select pack_id, position, issue_id, plan_id, number, as_at from pack_part order by id"
    ).fetchall()
    db.execute_sql("drop table pack_part")
    db.create_tables([PackPart])
    for row in rows:
        PackPart.insert(dict(zip(columns, row, strict=True))).execute()
