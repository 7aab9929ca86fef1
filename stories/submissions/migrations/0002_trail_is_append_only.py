"""The database refuses to change the audit trail, and PostgreSQL also to delete from it.

On SQLite deleting is refused by the model alone: a test run empties tables there row by row.
"""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER submission_audit_unchanged BEFORE UPDATE ON submissions_submissionentry "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION submission_audit_refuse() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'the audit trail is never changed'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER submission_audit_unchanged BEFORE UPDATE OR DELETE ON submissions_submissionentry "
    "FOR EACH ROW EXECUTE FUNCTION submission_audit_refuse()",
]
SQLITE_BACK = ["DROP TRIGGER submission_audit_unchanged"]
POSTGRESQL_BACK = [
    "DROP TRIGGER submission_audit_unchanged ON submissions_submissionentry",
    "DROP FUNCTION submission_audit_refuse()",
]


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


def forwards(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, []))


def backwards(apps, schema_editor):
    run(
        schema_editor,
        {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}.get(schema_editor.connection.vendor, []),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0001_initial"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
