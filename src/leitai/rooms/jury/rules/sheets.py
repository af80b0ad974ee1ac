"""What may be done with a sheet, and when."""

from collections.abc import Collection
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.rooms.jury.rules.states import SHEET_MOVES, SheetState
from leitai.rooms.stages.rules import State as StageState
from leitai.values.verdict import YES, Verdict, no
from leitai.values.window import Window


def may_mark(state: str, *, stage: str, window: Window, at: datetime) -> Verdict:
    """Marks change while the sheet is open, the stage is open, and the window holds."""
    if state != SheetState.ASSIGNED:
        return no("not_open", _("This sheet is closed; its marks stand still."))
    if stage == StageState.PLANNED or window.is_before(at):
        return no("stage_not_open", _("Scoring for this stage has not begun."))
    if stage == StageState.CLOSED or window.is_over(at):
        late = _("Scoring for this stage has closed. Ask the organiser to open this sheet again.")
        return no("stage_closed", late)
    return YES


def may_seal(
    state: str,
    *,
    marked: Collection[str],
    criteria: Collection[str],
    stage: str,
    window: Window,
    at: datetime,
) -> Verdict:
    """Only a whole sheet is sealed."""
    if not (may := may_mark(state, stage=stage, window=window, at=at)):
        return may
    if missing := len(set(criteria) - set(marked)):
        words = ngettext_lazy(
            "{n} criterion still needs a mark.", "{n} criteria still need a mark.", missing
        )
        return no("marks_missing", format_lazy(words, n=missing))
    return YES


def may_recuse(state: str) -> Verdict:
    """At any time, also after sealing: a conflict found late is still a conflict."""
    if SheetState.RECUSED not in SHEET_MOVES[state]:
        return no("not_yours_any_more", _("This sheet is not with this juror any more."))
    return YES


def may_reopen(state: str, *, why: str, until: datetime | None, at: datetime) -> Verdict:
    """With a reason, and with time left: its juror's last marks may have been kept from us by a
    dead network when the stage closed. What is sealed takes a second person instead."""
    if state == SheetState.SEALED:
        return no("second_person", _("A sealed sheet is opened again by two people; ask for it."))
    if state != SheetState.ASSIGNED:
        return no("not_open", _("This sheet is closed; its marks stand still."))
    if not why.strip():
        return no("reason_missing", _("Say why the sheet is opened again; the reason is kept."))
    if until is None:
        return no("time_missing", _("This sheet is still open; say until when it may be marked."))
    if until <= at:
        return no("no_time_left", _("Give the juror a moment in the future to finish by."))
    return YES


def may_restore_seal(state: str, *, has_seal: bool, is_over: bool) -> Verdict:
    """Opened again and not sealed in time: what was sealed last counts again."""
    if state != SheetState.ASSIGNED or not has_seal:
        return no("not_reopened", _("This sheet does not wait to be sealed again."))
    if not is_over:
        return no("still_time", _("The juror still has time to seal it again."))
    return YES
