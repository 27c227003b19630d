"""The gate's own tables, in the server's database so that they commit with the annotation they speak of."""

from django.db import models


class Duty(models.Model):
    """The one function of a person in a batch (一人一职), taken with the first annotation and never given back."""

    batch = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    function = models.CharField(max_length=16)

    class Meta:
        """A second function finds the place taken, whichever of two requests comes first."""

        app_label = "yuliao_gate"
        constraints = (models.UniqueConstraint(fields=("batch", "person"), name="yuliao_one_function"),)


class Served(models.Model):
    """When a task was first shown to a person: the server's own clock of AR-10, which outlives a restart."""

    task = models.BigIntegerField()
    person = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """One first time."""

        app_label = "yuliao_gate"
        constraints = (models.UniqueConstraint(fields=("task", "person"), name="yuliao_first_served"),)


class Outbox(models.Model):
    """One link of the chain that the platform collects: what was written, changed or deleted, without any text."""

    seq = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    project = models.BigIntegerField(null=True)
    body = models.BinaryField()
    """The very bytes that were hashed."""

    class Meta:
        """Rows are appended only; triggers of the database refuse the rest."""

        app_label = "yuliao_gate"
