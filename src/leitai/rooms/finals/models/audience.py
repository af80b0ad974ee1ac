"""What the audience likes best: a number of its own, which gives nobody a place."""

from django.conf import settings
from django.db import models

from leitai.rooms.finals.models.heats import Heat
from leitai.rooms.finals.rules import PollState
from leitai.rooms.submissions.models import Entry


class Poll(models.Model):
    """The audience of a heat may vote."""

    heat = models.OneToOneField(Heat, models.PROTECT, related_name="poll")
    state = models.CharField(max_length=8, choices=PollState, default=PollState.OPEN)
    weight = models.PositiveSmallIntegerField(default=0)  # per cent of a number shown beside
    needs_account = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=False)  # counts stand on the board
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.heat_id} {self.state}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class Ballot(models.Model):
    """One vote: of a signed-in person, or of a device that holds a token of ours.

    A doubtful one is kept and flagged, and counts no more once somebody has set it aside.
    """

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="ballots")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    device = models.CharField(max_length=64, blank=True)  # keyed hash of the token
    origin = models.CharField(max_length=64, blank=True)  # keyed hash of the network address
    flags = models.JSONField(default=list)  # codes: crowded, hasty
    set_aside_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "user"], condition=models.Q(user__isnull=False),
                name="one_ballot_a_person",
            ),
            models.UniqueConstraint(
                fields=["poll", "device"], condition=~models.Q(device=""),
                name="one_ballot_a_device",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["poll", "origin", "at"])]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.poll.heat.stage.contest_id
