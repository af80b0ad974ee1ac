"""When a juror's score is taken, what lies far from the others, and what a second person says."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from statistics import median

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.rooms.finals.rules.states import (
    PITCHING,
    Scoring,
    SecondState,
    SessionState,
    SlotState,
)
from leitai.values.verdict import YES, Verdict, no


def may_open_scoring(
    session: str, *, slot: str, panel: int, unseen: Collection[str], is_marking: bool
) -> Verdict:
    """`unseen` are the jurors who have not said yet that they saw the newest order."""
    if session != SessionState.OPEN:
        return no("session_closed", _("This session is closed."))
    if slot not in (SlotState.ON_STAGE, SlotState.DONE):
        return no("not_on_stage", _("Bring the entry on stage first."))
    if not is_marking:
        return no("stage_not_open", _("The stage takes no marks now; look at its dates."))
    if not panel:
        return no("no_jury", _("No juror of this heat may mark this entry."))
    if unseen:
        words = ngettext_lazy(
            "The order has changed; {n} juror has not confirmed it yet: {names}.",
            "The order has changed; {n} jurors have not confirmed it yet: {names}.",
            len(unseen),
        )
        return no("order_unseen", format_lazy(words, n=len(unseen), names=", ".join(unseen)))
    return YES


def may_score(
    session: str, *, scoring: str, slot: str, sits: bool, is_tied: bool, order: int, newest: int,
    has_seen: bool,
) -> Verdict:  # fmt: skip
    """A juror's score of one entry. The refused one loses nothing: it stays on the device."""
    if not sits:
        return no("not_seated", _("You are not on the jury of this heat."))
    if is_tied:
        return no("tied", _("You do not mark this entry, because of a tie to it."))
    if session != SessionState.OPEN:
        return no("session_closed", _("This session is closed."))
    if slot not in PITCHING:
        return no("not_pitching", _("This entry does not pitch."))
    if order != newest:
        words = _("The running order has changed since (now version {n}). Look at the number "
                  "and the name of the entry, confirm the order and send your score "
                  "again.")  # fmt: skip
        return no("order_changed", format_lazy(words, n=newest))
    if not has_seen:
        return no("order_unseen", _("Please confirm the new running order first."))
    if scoring == Scoring.SHUT:
        return no("scoring_not_open", _("Scoring of this entry is not open yet."))
    if scoring == Scoring.CLOSED:
        words = _("Scoring of this entry is closed. Ask the scorekeeper to open it again; your "
                  "score is kept on this device.")  # fmt: skip
        return no("scoring_closed", words)
    return YES


def may_close_scoring(*, scoring: str, missing: int) -> Verdict:
    """Only when everybody who marks the entry has confirmed; a juror who cannot stands down."""
    if scoring != Scoring.OPEN:
        return no("scoring_not_open", _("Scoring of this entry is not open yet."))
    if missing:
        words = ngettext_lazy(
            "{n} juror has not confirmed yet. Wait, or let the juror stand down.",
            "{n} jurors have not confirmed yet. Wait, or let the jurors stand down.",
            missing,
        )
        return no("marks_missing", format_lazy(words, n=missing))
    return YES


def outliers(totals: Mapping[int, Decimal], *, flag: Decimal) -> dict[int, Decimal]:
    """Totals at least `flag` away from the middle of the panel, with their distance; 0: none.

    >>> outliers({1: Decimal(80), 2: Decimal(82), 3: Decimal(55)}, flag=Decimal(20))
    {3: Decimal('-25')}
    """
    if not flag or len(totals) < 3:
        return {}
    middle = Decimal(median(totals.values()))
    return {who: total - middle for who, total in totals.items() if abs(total - middle) >= flag}


def may_say_second(state: str, *, is_own: bool, word: str) -> Verdict:
    if state != SecondState.WAITING:
        return no("said", _("A second person has looked at this mark already."))
    if is_own:
        return no("own_mark", _("Somebody else has to look at your mark."))
    if not word.strip():
        return no("no_word", _("Please say in a few words what you found; the record keeps it."))
    return YES


def may_talk_tie(order: Sequence[int], *, tied: Collection[Collection[int]], why: str) -> Verdict:
    """The order names exactly the entries of one tie."""
    if not any(set(group) == set(order) for group in tied) or len(set(order)) != len(order):
        return no("not_this_tie", _("The order has to name exactly the entries that are level."))
    if not why.strip():
        return no("no_reason", _("Please say why in this order; the record keeps it."))
    return YES
