"""Heats, who pitches in them and when, and who sits on their juries."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.foundation.models import StoredFile
from leitai.foundation.words import bilingual
from leitai.rooms.contests.models import Scenario
from leitai.rooms.finals.rules import CrewRole, CueKind, HeatState, Scoring, SlotState
from leitai.rooms.jury.models import Juror
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry

HOME = "Asia/Shanghai"


class Heat(models.Model):
    """One room of a live stage: a hall, a time, a jury and the entries that pitch there."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="heats")
    number = models.PositiveSmallIntegerField()
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    scenario = models.ForeignKey(
        Scenario, models.PROTECT, null=True, blank=True, related_name="heats"
    )
    hall_zh = models.CharField(_("hall in Chinese"), max_length=80, blank=True)
    hall_en = models.CharField(_("hall in English"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default=HOME)
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("most entries"), default=20)
    state = models.CharField(max_length=10, choices=HeatState, default=HeatState.PLANNED)
    closed_at = models.DateTimeField(null=True, blank=True)

    name = bilingual("name")
    hall = bilingual("hall")

    class Meta:
        ordering = ("stage", "number")
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="heat_once")]

    def __str__(self) -> str:
        return self.name or f"#{self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id

    @property
    def local_start(self) -> datetime | None:
        """On the clock of the hall."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)) if self.starts_at else None


class Slot(models.Model):
    """An entry in a heat. `position` follows the newest order; scores never hang on it."""

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="slots")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="slots")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=40, blank=True)  # of a team that joins from afar
    is_out_of_hours = models.BooleanField(default=False)  # 08:00–22:00 there could not be kept
    state = models.CharField(max_length=10, choices=SlotState, default=SlotState.WAITING)
    scoring = models.CharField(max_length=8, choices=Scoring, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)  # first brought on stage
    revealed_at = models.DateTimeField(null=True, blank=True)  # its result is public
    why = models.CharField(max_length=300, blank=True)  # of an absence or a withdrawal
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )  # public, for the board and the jurors' screens

    class Meta:
        ordering = ("heat", "position", "pk")
        constraints = [models.UniqueConstraint(fields=["stage", "entry"], name="pitches_once")]

    def __str__(self) -> str:
        return f"{self.heat_id}/{self.position} {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id


class HallSeat(models.Model):
    """A juror on the jury of a heat. `number` is the seat as the board shows it."""

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="seats")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="hall_seats")
    number = models.PositiveSmallIntegerField()
    is_chair = models.BooleanField(default=False)
    reason = models.JSONField(default=dict)  # why this juror, as the assignment says it
    stood_down_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("heat", "number")
        constraints = [
            models.UniqueConstraint(fields=["heat", "juror"], name="seated_once"),
            models.UniqueConstraint(fields=["heat", "number"], name="seat_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.heat_id} seat {self.number}: {self.juror_id}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class Crew(models.Model):
    """Somebody helps in the hall of one heat, and may do only that there."""

    heat = models.ForeignKey(Heat, models.CASCADE, related_name="crew")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="crew")
    role = models.CharField(max_length=12, choices=CrewRole)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("heat", "role", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["heat", "user", "role"], condition=models.Q(ended_at=None),
                name="crew_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.heat_id} {self.role} {self.user_id}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class Lot(models.Model):
    """A drawing of lots: the seed's hash is told before, the seed afterwards."""

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="lots")
    number = models.PositiveSmallIntegerField()
    algorithm = models.CharField(max_length=20)
    commitment = models.CharField(max_length=64)  # SHA-256 of the seed
    seed = models.CharField(max_length=64)  # secret until it is revealed
    codes = models.JSONField()  # of the entries, sorted: what is drawn from
    order = models.JSONField(default=list)  # codes as they were drawn
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("heat", "-number")
        constraints = [models.UniqueConstraint(fields=["heat", "number"], name="lot_once")]

    def __str__(self) -> str:
        return f"{self.heat_id} lot {self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class Order(models.Model):
    """A version of the running order: entry ids, and why it is so."""

    heat = models.ForeignKey(Heat, models.PROTECT, related_name="orders")
    version = models.PositiveSmallIntegerField()
    entries = models.JSONField()  # ids, in order
    reason = models.CharField(max_length=300, blank=True)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="orders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("heat", "-version")
        constraints = [models.UniqueConstraint(fields=["heat", "version"], name="order_once")]

    def __str__(self) -> str:
        return f"{self.heat_id} order {self.version}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id


class OrderSeen(models.Model):
    """A juror has seen this version."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="seen")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="orders_seen")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "juror"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.juror_id} saw {self.order_id}"

    @property
    def book_contest_id(self) -> int:
        return self.order.heat.stage.contest_id


class Cue(models.Model):
    """A point of the run of show."""

    heat = models.ForeignKey(Heat, models.CASCADE, related_name="cues")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=CueKind)
    title_zh = models.CharField(_("title in Chinese"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    slot = models.ForeignKey(Slot, models.CASCADE, null=True, blank=True, related_name="cues")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    title = bilingual("title")

    class Meta:
        ordering = ("heat", "position", "pk")

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"

    @property
    def book_contest_id(self) -> int:
        return self.heat.stage.contest_id
