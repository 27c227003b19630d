"""The first tables, and the triggers that keep the outbox append-only."""

from typing import ClassVar

from django.db import migrations, models

_SQLITE = (
    """CREATE TRIGGER yuliao_outbox_no_update BEFORE UPDATE ON yuliao_gate_outbox
    BEGIN SELECT RAISE(ABORT, 'the outbox is append-only'); END""",
    """CREATE TRIGGER yuliao_outbox_no_delete BEFORE DELETE ON yuliao_gate_outbox
    BEGIN SELECT RAISE(ABORT, 'the outbox is append-only'); END""",
    """CREATE TRIGGER yuliao_outbox_no_replace BEFORE INSERT ON yuliao_gate_outbox
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM yuliao_gate_outbox)
        OR EXISTS (SELECT 1 FROM yuliao_gate_outbox WHERE previous = NEW.previous)
    BEGIN SELECT RAISE(ABORT, 'the outbox is append-only'); END""",
)
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION yuliao_outbox_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the outbox is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER yuliao_outbox_no_change BEFORE UPDATE OR DELETE ON yuliao_gate_outbox
    FOR EACH ROW EXECUTE FUNCTION yuliao_outbox_refuse()""",
    """CREATE TRIGGER yuliao_outbox_no_truncate BEFORE TRUNCATE ON yuliao_gate_outbox
    EXECUTE FUNCTION yuliao_outbox_refuse()""",
)


def _guard(apps: object, editor: object) -> None:
    del apps
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:  # type: ignore[attr-defined]
        editor.execute(statement)  # type: ignore[attr-defined]


def _key() -> models.Field:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    """Duty, Served, Outbox."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[object]] = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", _key()),
                ("batch", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("function", models.CharField(max_length=16)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "person"), name="yuliao_one_function")],
            },
        ),
        migrations.CreateModel(
            name="Served",
            fields=[
                ("id", _key()),
                ("task", models.BigIntegerField()),
                ("person", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "person"), name="yuliao_first_served")],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.CharField(max_length=64, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("project", models.BigIntegerField(null=True)),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.RunPython(_guard, migrations.RunPython.noop),
    ]
