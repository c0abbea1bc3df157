"""Progress notes and events are only ever added: the database itself refuses to change or remove them."""

from peewee import PostgresqlDatabase

APPEND_ONLY = ("progress_note", "event")


def up(migrator, db):
    on_postgresql = isinstance(db, PostgresqlDatabase)
    if on_postgresql:
        db.execute_sql(
            """create function refuse_change() returns trigger language plpgsql as $$
            begin raise exception '%% is append-only', tg_table_name; end $$"""
        )
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            if on_postgresql:
                db.execute_sql(
                    f"create trigger {table}_refuses_{verb} before {verb} on {table} "
                    "for each row execute function refuse_change()"
                )
            else:
                db.execute_sql(
                    f"create trigger {table}_refuses_{verb} before {verb} on {table} "
                    f"begin select raise(abort, '{table} is append-only'); end"
                )
        if on_postgresql:
            db.execute_sql(
                f"create trigger {table}_refuses_truncate before truncate on {table} execute function refuse_change()"
            )
