"""What browsers have already handed in, so that nothing is applied twice."""

from django.db import models

from leitai.rooms.jury.models.sheets import Sheet


class Change(models.Model):
    """One change that a browser made, perhaps long before it could send it.

    The browser names it. A name that is known was applied: sending it again changes nothing, even
    when somebody has written something else into the field meanwhile.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="changes")
    key = models.UUIDField()
    field = models.CharField(max_length=60)  # or "seal"
    revision = models.PositiveIntegerField()  # of the sheet, once it was applied
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="change_once")]

    def __str__(self) -> str:
        return f"{self.field} → {self.revision}"
