"""A sitting of a heat: who is on stage, the clock, the board, and rehearsals of all that."""

from django.conf import settings
from django.db import models

from leitai.foundation.words import bilingual
from leitai.rooms.finals.models.heats import Cue, HallSeat, Heat, Slot
from leitai.rooms.finals.rules import Clock, Scene, Scoring, SessionState, SlotState
from leitai.rooms.jury.models import Juror
from leitai.rooms.submissions.models import Entry


class Session(models.Model):
    """What happens in a hall now. `version` counts every change of what is shown.

    A rehearsal has its own made-up entries (`PracticeSlot`) and touches nothing real.
    """

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="sessions")
    is_rehearsal = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.OPEN)
    version = models.PositiveIntegerField(default=0)
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, blank=True, related_name="+")
    practice = models.ForeignKey(
        "PracticeSlot", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # what is on stage in a rehearsal
    cue = models.ForeignKey(Cue, models.SET_NULL, null=True, blank=True, related_name="+")
    cue_ends_at = models.DateTimeField(null=True, blank=True)
    phases = models.JSONField(default=list)  # [[code, seconds], …]
    phase = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)  # the clock runs since then
    left = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)  # or stands
    scene = models.CharField(max_length=10, choices=Scene, default=Scene.IDLE)
    shown = models.JSONField(default=list)  # seats whose marks of the entry on stage are revealed
    is_result_shown = models.BooleanField(default=False)
    frozen = models.JSONField(null=True, blank=True)  # the standing as it was frozen
    order_version = models.PositiveSmallIntegerField(default=1)  # of a rehearsal
    seen = models.JSONField(default=list)  # jurors who saw a rehearsal's order
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)  # with a smaller jury than the rules ask for
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["heat"], condition=models.Q(is_rehearsal=False), name="one_real_session"
            ),
            models.UniqueConstraint(
                fields=["heat"], condition=models.Q(is_rehearsal=True, state="open"),
                name="one_open_rehearsal",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.heat_id} {'rehearsal' if self.is_rehearsal else 'session'} {self.pk}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id

    @property
    def clock(self) -> Clock:
        return Clock(
            phases=tuple((code, int(seconds)) for code, seconds in self.phases),
            phase=self.phase, started_at=self.started_at, left=self.left,
        )  # fmt: skip

    def topic(self, of: str) -> str:
        """`board`, `public` or `desk`, as the live process calls it."""
        return f"finals/{self.pk}/{of}"


class Arrival(models.Model):
    """A juror's score that has arrived, by the name its device gave it: never applied twice.

    In a rehearsal `practice` stands in for the entry.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="arrivals")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="arrivals")
    key = models.UUIDField()
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    practice = models.ForeignKey("PracticeSlot", models.CASCADE, null=True, related_name="+")
    is_seal = models.BooleanField(default=False)
    order_version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "juror", "key"], name="arrived_once")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} {self.key}"

    @property
    def book_contest_id(self) -> int:
        return self.session.heat.stage.contest_id


class PracticeSlot(models.Model):
    """A made-up entry of a rehearsal."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="practice_slots")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=SlotState, default=SlotState.WAITING)
    scoring = models.CharField(max_length=8, choices=Scoring, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    title = bilingual("title")

    class Meta:
        ordering = ("session", "position", "pk")
        constraints = [models.UniqueConstraint(fields=["session", "code"], name="practises_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.code}"

    @property
    def book_contest_id(self) -> int:
        return self.session.heat.stage.contest_id


class PracticeSheet(models.Model):
    """What a juror gave a made-up entry; lies apart from sheets, so nothing can count it."""

    slot = models.ForeignKey(PracticeSlot, models.CASCADE, related_name="sheets")
    seat = models.ForeignKey(HallSeat, models.CASCADE, related_name="practice_sheets")
    marks = models.JSONField(default=dict)  # {criterion code: "value"}
    total = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "seat"], name="practice_once")]

    def __str__(self) -> str:
        return f"{self.seat_id} practises {self.slot_id}"

    @property
    def book_contest_id(self) -> int:
        return self.seat.heat.stage.contest_id
