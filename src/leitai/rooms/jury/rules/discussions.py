"""When a jury may talk, what a juror may change then, and when it is over."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from leitai.rooms.jury.rules.sight import JudgingState
from leitai.rooms.jury.rules.states import SheetState
from leitai.values.verdict import YES, Verdict, no

LONGEST = 4000


class DiscussionState(TextChoices):
    OPEN = "open", pgettext_lazy("a discussion", "open")
    CLOSED = "closed", pgettext_lazy("a discussion", "closed")


DISCUSSION_MOVES: dict[str, set[str]] = {
    DiscussionState.OPEN: {DiscussionState.CLOSED},
    DiscussionState.CLOSED: set(),
}


def may_begin_discussion(
    phase: str, *, open_sheets: int, is_over: bool, flagged: int, has_chair: bool
) -> Verdict:
    """Only when nobody marks any more: who has read the others no longer marks independently."""
    if phase == JudgingState.DISCUSSION:
        return no("discussing", _("The jury is discussing already."))
    if phase == JudgingState.CLOSED:
        return no("judging_closed", _("The judging of this stage is closed."))
    if open_sheets and not is_over:
        words = ngettext_lazy(
            "{n} sheet is still open. Discussion begins when all are sealed or the time is up.",
            "{n} sheets are still open. Discussion begins when all are sealed or the time is up.",
            open_sheets,
        )
        return no("sheets_open", format_lazy(words, n=open_sheets))
    if not flagged:
        return no("nobody_differs", _("On no entry do the totals differ so widely."))
    if not has_chair:
        return no("no_chair", _("Appoint a chair first; the chair leads the discussions."))
    return YES


def may_open_discussion(phase: str, *, sealed: int, is_known: bool) -> Verdict:
    """One more entry, by an organiser's choice."""
    if phase != JudgingState.DISCUSSION:
        return no("not_discussing", _("The jury is not in its discussion."))
    if is_known:
        return no("known", _("This entry is or was discussed already."))
    if sealed < 2:
        return no("too_few_sheets", _("This entry has fewer than two sealed sheets to talk about."))
    return YES


def may_appoint_chair(phase: str) -> Verdict:
    if phase == JudgingState.CLOSED:
        return no("judging_closed", _("The judging of this stage is closed."))
    return YES


def may_speak(state: str, *, text: str) -> Verdict:
    if state != DiscussionState.OPEN:
        return no("discussion_closed", _("This discussion is closed."))
    if not text.strip():
        return no("nothing_said", _("Please write something first."))
    if len(text) > LONGEST:
        return no("too_long", _("This text is too long; please shorten it."))
    return YES


def may_change_marks(
    state: str, *, sheet: str, why: str, changes: Mapping[str, tuple[Decimal | None, Decimal]]
) -> Verdict:
    """`changes` are the criteria whose mark would be another one: (before, after)."""
    if state != DiscussionState.OPEN:
        return no("discussion_closed", _("This discussion is closed."))
    if sheet != SheetState.SEALED:
        return no("not_sealed", _("Only a sealed sheet is changed in a discussion."))
    if not changes:
        return no("nothing_changed", _("No mark is another one than before."))
    if not why.strip():
        return no("reason_missing", _("Say why the marks change; the reason is kept."))
    return YES


def may_end_discussion(state: str, *, summary: str, has_chair: bool) -> Verdict:
    if state != DiscussionState.OPEN:
        return no("discussion_closed", _("This discussion is closed."))
    if not has_chair:
        return no("no_chair", _("Appoint a chair first; the chair leads the discussions."))
    if not summary.strip():
        return no("summary_missing", _("Sum the discussion up first; the summary is kept."))
    return YES


def may_close_judging(phase: str, *, open_discussions: int) -> Verdict:
    """A closed judging stays closed; closing it once more changes nothing."""
    if phase == JudgingState.CLOSED:
        return no("judging_closed", _("The judging of this stage is closed."))
    if open_discussions:
        words = ngettext_lazy(
            "{n} discussion is still open; its chair closes it with a summary.",
            "{n} discussions are still open; their chair closes them with a summary.",
            open_discussions,
        )
        return no("discussions_open", format_lazy(words, n=open_discussions))
    return YES
