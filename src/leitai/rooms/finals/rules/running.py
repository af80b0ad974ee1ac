"""When heats may be changed, sessions opened and closed, and entries brought on stage."""

from collections.abc import Collection, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.rooms.finals.rules.states import HeatState, PollState, SessionState, SlotState
from leitai.values.verdict import YES, Verdict, no

SESSION_CLOSED = no("session_closed", _("This session is closed."))


def may_change_heat(state: str) -> Verdict:
    """Its roster, hall and jury, until the hall is open."""
    if state in (HeatState.LIVE, HeatState.CLOSED):
        return no("heat_begun", _("This heat has begun; its roster stands."))
    return YES


def may_plan_again(states: Collection[str], *, is_drawn: bool) -> Verdict:
    if any(state in (HeatState.LIVE, HeatState.CLOSED) for state in states):
        return no("heat_begun", _("A heat of this stage has begun; the plan stands."))
    if is_drawn:
        words = _("Lots are drawn; the plan stands. Move single entries by adding them later.")
        return no("is_drawn", words)
    return YES


def may_move_slot(here: str, there: str, *, inside: int, capacity: int) -> Verdict:
    if not (may := may_change_heat(here)) or not (may := may_change_heat(there)):
        return may
    if inside >= capacity:
        words = _("That heat has {n} entries and room for {capacity}.")
        return no("over_capacity", format_lazy(words, n=inside, capacity=capacity))
    return YES


def may_reorder(
    state: str, *, before: Sequence[int], after: Sequence[int], fixed: Collection[int],
    is_first: bool, reason: str,
) -> Verdict:  # fmt: skip
    """All entries once; those that have pitched stay where they are; a later order says why."""
    if state == HeatState.CLOSED:
        return no("heat_closed", _("This heat is closed; its order stands."))
    if sorted(before) != sorted(after):
        return no("not_the_roster", _("The order has to name every entry of the heat once."))
    moved = [e for n, e in enumerate(before) if e in fixed and after[n] != e]
    if moved and not is_first:
        return no("has_pitched", _("An entry that has been on stage keeps its place."))
    if not is_first and list(before) == list(after):
        return no("nothing_changed", _("This is the order in force."))
    if not is_first and not reason.strip():
        return no("no_reason", _("Please say why the order changes; the jurors read it."))
    return YES


def may_open_session(
    state: str, *, is_rehearsal: bool, has_order: bool, seats: int, wanted: int, is_open: bool,
    is_marking: bool, why: str = "",
) -> Verdict:  # fmt: skip
    """With a smaller jury than the rules ask for only with a reason, for the record."""
    if is_open:
        return no("is_open", _("There is an open session already."))
    if is_rehearsal:
        closed = no("heat_begun", _("This heat has begun; its roster stands."))
        return YES if state in (HeatState.PLANNED, HeatState.READY) else closed
    if state == HeatState.CLOSED:
        return no("heat_closed", _("This heat is closed."))
    if not has_order:
        return no("no_order", _("There is no running order yet; draw lots or set one."))
    if not seats or (seats < wanted and not why.strip()):
        words = _("The rules ask for a jury of {wanted}; {n} are seated.")
        return no("jury_too_small", format_lazy(words, wanted=wanted, n=seats))
    if not is_marking:
        return no("stage_not_open", _("The stage takes no marks now; look at its dates."))
    return YES


def may_close_session(
    state: str, *, waiting: int, unsealed: int, seconds: int, is_rehearsal: bool
) -> Verdict:
    """Everybody has pitched, or is absent or gone, and every mark is confirmed."""
    if state != SessionState.OPEN:
        return SESSION_CLOSED
    if is_rehearsal:
        return YES
    if waiting:
        words = ngettext_lazy(
            "{n} entry has not pitched yet.", "{n} entries have not pitched yet.", waiting
        )
        return no("not_all_pitched", format_lazy(words, n=waiting))
    if unsealed:
        words = ngettext_lazy(
            "{n} mark is not confirmed yet.", "{n} marks are not confirmed yet.", unsealed
        )
        return no("marks_missing", format_lazy(words, n=unsealed))
    if seconds:
        words = ngettext_lazy(
            "{n} mark waits for a second person.", "{n} marks wait for a second person.", seconds
        )
        return no("seconds_waiting", format_lazy(words, n=seconds))
    return YES


def may_bring_on(session: str, *, slot: str, is_here: bool) -> Verdict:
    if session != SessionState.OPEN:
        return SESSION_CLOSED
    if not is_here:
        return no("other_heat", _("This entry does not pitch in this heat."))
    if slot in (SlotState.ABSENT, SlotState.WITHDRAWN):
        return no("not_pitching", _("This entry does not pitch."))
    return YES


def may_reveal(
    session: str, *, has_entry: bool, missing: int, seconds: int, is_frozen: bool, shown: str,
    scored: bool,
) -> Verdict:  # fmt: skip
    """Marks of the entry on stage go on the board when all are in."""
    if session != SessionState.OPEN:
        return SESSION_CLOSED
    if not has_entry:
        return no("nobody_on_stage", _("No entry is on stage."))
    if shown != "on_the_spot":
        return no("after_close", _("By the rules marks are shown after the close."))
    if is_frozen:
        return no("frozen", _("The board is frozen; thaw it first."))
    if not scored or missing:
        words = ngettext_lazy(
            "{n} juror has not confirmed yet.", "{n} jurors have not confirmed yet.", missing
        )
        return no("marks_missing", format_lazy(words, n=missing))
    if seconds:
        words = ngettext_lazy(
            "{n} mark waits for a second person.", "{n} marks wait for a second person.", seconds
        )
        return no("seconds_waiting", format_lazy(words, n=seconds))
    return YES


def may_show_results(session: str, *, waiting: int, unsealed: int, seconds: int) -> Verdict:
    return may_close_session(
        session, waiting=waiting, unsealed=unsealed, seconds=seconds, is_rehearsal=False
    )


def may_vote(state: str, *, needs_account: bool, has_account: bool, is_here: bool) -> Verdict:
    if state != PollState.OPEN:
        return no("poll_closed", _("The vote is not open."))
    if needs_account and not has_account:
        return no("account_needed", _("Please sign in to vote."))
    if not is_here:
        return no("other_heat", _("This entry does not pitch in this heat."))
    return YES
