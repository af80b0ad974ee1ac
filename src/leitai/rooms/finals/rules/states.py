"""What heats, slots and sessions may go through."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HeatState(TextChoices):
    PLANNED = "planned", pgettext_lazy("heat", "planned")
    READY = "ready", pgettext_lazy("heat", "ready")
    LIVE = "live", pgettext_lazy("heat", "live")
    CLOSED = "closed", pgettext_lazy("heat", "closed")


HEAT_MOVES: dict[str, set[str]] = {
    HeatState.PLANNED: {HeatState.READY},
    HeatState.READY: {HeatState.PLANNED, HeatState.LIVE},
    HeatState.LIVE: {HeatState.CLOSED},
    HeatState.CLOSED: {HeatState.LIVE},  # a mark has to be corrected
}


class SlotState(TextChoices):
    WAITING = "waiting", pgettext_lazy("slot", "waiting")
    ON_STAGE = "on_stage", pgettext_lazy("slot", "on stage")
    DONE = "done", pgettext_lazy("slot", "done")
    ABSENT = "absent", pgettext_lazy("slot", "absent")
    WITHDRAWN = "withdrawn", pgettext_lazy("slot", "withdrawn")


SLOT_MOVES: dict[str, set[str]] = {
    SlotState.WAITING: {SlotState.ON_STAGE, SlotState.ABSENT, SlotState.WITHDRAWN},
    SlotState.ON_STAGE: {SlotState.DONE, SlotState.WAITING, SlotState.ABSENT, SlotState.WITHDRAWN},
    SlotState.DONE: {SlotState.ON_STAGE, SlotState.WITHDRAWN},  # shown once more
    SlotState.ABSENT: {SlotState.WAITING},  # came after all
    SlotState.WITHDRAWN: set(),
}
PITCHING = frozenset({SlotState.WAITING, SlotState.ON_STAGE, SlotState.DONE})


class SessionState(TextChoices):
    OPEN = "open", pgettext_lazy("session", "open")
    CLOSED = "closed", pgettext_lazy("session", "closed")


SESSION_MOVES: dict[str, set[str]] = {
    SessionState.OPEN: {SessionState.CLOSED},
    SessionState.CLOSED: {SessionState.OPEN},
}


class Scene(TextChoices):
    """What the board shows."""

    IDLE = "idle", _("title")
    CUE = "cue", _("point of the programme")
    PITCH = "pitch", _("entry and clock")
    MARKS = "marks", _("marks")
    STANDING = "standing", _("running standing")
    FROZEN = "frozen", _("frozen standing")
    RESULTS = "results", _("results")


class CueKind(TextChoices):
    SPEECH = "speech", _("speech")
    VIDEO = "video", _("video")
    PITCH = "pitch", _("pitch")
    BREAK = "break", _("break")
    AWARDS = "awards", _("awards")


class Scoring(TextChoices):
    """Whether jurors may give marks to one entry now."""

    SHUT = "", pgettext_lazy("scoring", "not open yet")
    OPEN = "open", pgettext_lazy("scoring", "open")
    CLOSED = "closed", pgettext_lazy("scoring", "closed")


class SecondState(TextChoices):
    """A second person looks at a mark far from the others."""

    WAITING = "waiting", _("waits for a second person")
    CONFIRMED = "confirmed", pgettext_lazy("second", "confirmed")
    RETURNED = "returned", pgettext_lazy("second", "given back")


SECOND_MOVES: dict[str, set[str]] = {
    SecondState.WAITING: {SecondState.CONFIRMED, SecondState.RETURNED},
    SecondState.CONFIRMED: set(),
    SecondState.RETURNED: set(),
}


class CrewRole(TextChoices):
    """People who help in the hall and need not be organisers."""

    HOST = "host", _("host")
    TIMER = "timer", _("timer")
    SCOREKEEPER = "scorekeeper", _("scorekeeper")


class PollState(TextChoices):
    OPEN = "open", pgettext_lazy("poll", "open")
    CLOSED = "closed", pgettext_lazy("poll", "closed")


POLL_MOVES: dict[str, set[str]] = {
    PollState.OPEN: {PollState.CLOSED},
    PollState.CLOSED: {PollState.OPEN},
}


class DiligenceState(TextChoices):
    """The further check of an entry in line for a prize."""

    OPEN = "open", _("being checked")
    PASSED = "passed", pgettext_lazy("diligence", "passed")
    FAILED = "failed", pgettext_lazy("diligence", "failed")


DILIGENCE_MOVES: dict[str, set[str]] = {
    DiligenceState.OPEN: {DiligenceState.PASSED, DiligenceState.FAILED},
    DiligenceState.PASSED: {DiligenceState.OPEN},
    DiligenceState.FAILED: set(),
}
