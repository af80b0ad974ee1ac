"""Jurors, conflicts, draws, sheets and marks."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.foundation.models import Job
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import rules
from leitai.rooms.jury.rules import (
    ConflictGround,
    ConflictSource,
    DrawState,
    JurorKind,
    JurorState,
    SheetState,
)
from leitai.rooms.people.models import Organisation
from leitai.rooms.stages.models import Criterion, Stage
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict
from leitai.values.window import Window


class Juror(models.Model):
    """A person on the jury of one contest; without an account until the invitation is taken up."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="jurors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="juries"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    kind = models.CharField(_("kind"), max_length=12, choices=JurorKind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="jurors"
    )
    title = models.CharField(max_length=80, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # expertise
    about = models.TextField(blank=True, max_length=2000)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    load_min = models.PositiveSmallIntegerField(null=True, blank=True)  # None: the stage's
    load_max = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=JurorState, default=JurorState.INVITED)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["contest", "email"], name="juror_once")]

    def __str__(self) -> str:
        return self.name

    def may_answer(self, at: datetime) -> Verdict:
        return rules.may_answer(self.state, invited_at=self.invited_at, at=at)

    def may_leave(self) -> Verdict:
        return rules.may_leave(self.state)


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def in_force(self) -> "ConflictQuerySet":
        return self.filter(lifted_at=None)


class Conflict(models.Model):
    """Why a juror may not mark an entry, nor see anything of it. Lifted, never deleted."""

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="conflicts")
    source = models.CharField(max_length=10, choices=ConflictSource)
    ground = models.CharField(max_length=20, choices=ConflictGround)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_why = models.CharField(max_length=300, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "entry", "source", "ground"], name="one_conflict_a_ground"
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} × {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.juror.contest_id


class Draw(models.Model):
    """One proposal of who marks what, computed in the background, previewed, then deployed."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField()
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="draws")
    state = models.CharField(max_length=10, choices=DrawState, default=DrawState.COMPUTING)
    seed = models.BigIntegerField()
    keeps_seats = models.BooleanField(default=False)  # a repair: moves as few seats as possible
    figures = models.JSONField(default=dict)  # total, bound, loads, moved, components
    shortages = models.JSONField(default=list)  # why it is not possible, in numbers
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    deployed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("stage", "-number")
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="draw_once")]

    def __str__(self) -> str:
        return f"{self.stage_id} #{self.number}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id

    @property
    def may_be_deployed(self) -> Verdict:
        """As far as the row knows; deploying looks once more at every rule."""
        return rules.may_deploy(self.state, stage=self.stage.state, faults=0)


class Seat(models.Model):
    """A draw proposes that this juror marks this entry, and says why."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="seats")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="+")
    reason = models.JSONField(default=dict)  # code and numbers; printed in the reader's language
    is_new = models.BooleanField(default=True)  # False: the juror already has this sheet

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "entry", "juror"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.juror_id} on {self.entry_id}"


class SheetQuerySet(models.QuerySet["Sheet"]):
    def open(self) -> "SheetQuerySet":
        return self.filter(state=SheetState.ASSIGNED)

    def sealed(self) -> "SheetQuerySet":
        return self.filter(state=SheetState.SEALED)

    def standing(self) -> "SheetQuerySet":
        """Sheets that count, or will when they are sealed."""
        return self.filter(state__in=[SheetState.ASSIGNED, SheetState.SEALED])

    def of(self, juror: Juror) -> "SheetQuerySet":
        return self.filter(juror=juror)


class Sheet(models.Model):
    """One juror's verdict on one entry at one stage."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="sheets")
    reason = models.JSONField(default=dict)  # why this juror, from the draw
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.ASSIGNED)
    comment = models.TextField(blank=True, max_length=4000)  # to the team, after moderation
    note = models.TextField(blank=True, max_length=4000)  # for the juror alone
    total = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # counts drafts saved
    revisions = models.JSONField(default=dict)  # {field: the revision that changed it last}
    assigned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    extended_until = models.DateTimeField(null=True, blank=True)  # reopened: time to finish

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "entry", "juror"],
                condition=models.Q(state__in=["assigned", "sealed"]),
                name="one_standing_sheet",
            )
        ]
        indexes = [models.Index(fields=["juror", "state"]), models.Index(fields=["stage", "state"])]

    def __str__(self) -> str:
        return f"{self.juror_id} on {self.entry_id}"

    @property
    def book_contest_id(self) -> int:
        return self.stage.contest_id

    @property
    def window(self) -> Window:
        """The stage's window; a sheet that was opened again may have longer."""
        stage = self.stage.window
        if self.extended_until is None or stage.closes_at is None:
            return stage
        return Window(stage.opens_at, max(stage.closes_at, self.extended_until))

    def given(self) -> dict[str, Decimal]:
        """The marks by criterion code."""
        marks = self.marks.select_related("criterion").exclude(value=None)
        return {mark.criterion.code: mark.value for mark in marks}

    def may_mark(self, at: datetime) -> Verdict:
        return rules.may_mark(self.state, stage=self._stage_state, window=self.window, at=at)

    def may_seal(self, at: datetime) -> Verdict:
        return rules.may_seal(
            self.state,
            marked=self.given(),
            criteria={c.code for c in self.stage.rule.criteria if not c.optional},
            stage=self._stage_state,
            window=self.window,
            at=at,
        )

    def may_recuse(self) -> Verdict:
        return rules.may_recuse(self.state)

    @property
    def _stage_state(self) -> str:
        """A sheet opened again with time to finish does not ask whether the stage is closed."""
        return self.stage.state if self.extended_until is None else StageState.OPEN


class Mark(models.Model):
    """What a sheet says about one criterion now; a draft until the sheet is sealed."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    value = models.DecimalField(max_digits=8, decimal_places=3, null=True)  # evidence came first
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_a_criterion")
        ]

    def __str__(self) -> str:
        return str(self.value)


class Seal(models.Model):
    """The marks as they stood when the juror sealed the sheet. Kept for ever."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="seals")
    number = models.PositiveSmallIntegerField()
    marks = models.JSONField()  # {criterion code: "value"}
    total = models.DecimalField(max_digits=9, decimal_places=3)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("sheet", "number")
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="seal_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} seal {self.number}"


class Reopening(models.Model):
    """The organiser opened a sealed sheet again, and said why."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="reopenings")
    why = models.CharField(max_length=300)
    until = models.DateTimeField(null=True, blank=True)  # None: until the stage closes
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.why
