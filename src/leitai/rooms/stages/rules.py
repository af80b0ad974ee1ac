"""What a stage may go through, and when."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.values.verdict import YES, Verdict, no
from leitai.values.window import Window


class State(TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", pgettext_lazy("a stage", "open")
    CLOSED = "closed", _("closed")


MOVES: dict[str, set[str]] = {
    State.PLANNED: {State.OPEN},
    State.OPEN: {State.CLOSED},
    State.CLOSED: {State.OPEN},
}


def may_open(state: str, *, window: Window, at: datetime) -> Verdict:
    """Before its window too: the jury may then be called, though nobody can mark yet."""
    if state == State.OPEN:
        return no("open_already", _("This stage is open already."))
    if window.is_over(at):
        return no("window_over", _("The window of this stage is over; please extend it first."))
    return YES


def may_close(state: str) -> Verdict:
    if state != State.OPEN:
        return no("not_open", _("Only an open stage can be closed."))
    return YES


def may_extend(*, window: Window, until: datetime, at: datetime) -> Verdict:
    """Only later, and only into the future: nobody loses time they were promised."""
    if window.closes_at is None:
        return no("never_closes", _("This stage has no end that could be moved."))
    if until <= window.closes_at:
        return no("not_later", _("The new end must be later than the present one."))
    if until <= at:
        return no("in_the_past", _("The new end must be in the future."))
    return YES


def may_let_in(state: str) -> Verdict:
    if state == State.CLOSED:
        return no("stage_closed", _("This stage is closed; nobody can be let in any more."))
    return YES


def is_marking(state: str, *, window: Window, at: datetime) -> bool:
    """Open, and within its window: the end of the window closes the stage by itself."""
    return state == State.OPEN and at in window
