"""When jurors may be drawn, and when a draw may be put to work."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.rooms.jury.rules.states import DrawState
from leitai.rooms.stages.rules import State as StageState
from leitai.values.verdict import YES, Verdict, no


def may_draw(*, stage: str, entries: int, jurors: int, computing: bool) -> Verdict:
    if stage == StageState.CLOSED:
        return no("stage_closed", _("This stage is closed; open it again first."))
    if computing:
        return no("computing", _("A draw is being computed; wait for it or cancel it."))
    if not entries:
        return no("no_entries", _("No entry takes part in this stage yet; let them in first."))
    if not jurors:
        return no("no_jurors", _("No juror has accepted an invitation yet."))
    return YES


def may_repair(*, sheets: int) -> Verdict:
    """A repair keeps what there is, so there must be something."""
    if not sheets:
        return no("nothing_to_repair", _("There are no sheets yet; make a new draw."))
    return YES


def may_swap(state: str, *, faults: Sequence[str], has_sheet: bool) -> Verdict:
    """`faults` are the rules that this change would break and that hold without it."""
    if state != DrawState.PROPOSED:
        return no("not_proposed", _("Only a proposal can be changed by hand."))
    if has_sheet:
        return no("sealed_seat", _("This juror has sealed the sheet; the seat stays."))
    if faults:
        words = _("That would break a rule of the panel: {rules}.")
        return no("breaks_rules", format_lazy(words, rules="; ".join(faults)))
    return YES


def reason_of_sheet(reason: Mapping[str, Any]) -> dict[str, Any]:
    """As it is kept with the sheet: its juror is not told how near the line the entry is."""
    return {key: value for key, value in reason.items() if key not in ("rank", "chance")}


def may_deploy(state: str, *, stage: str, faults: int) -> Verdict:
    """What holds when it was computed must still hold when it is put to work."""
    if state != DrawState.PROPOSED:
        return no("not_proposed", _("Only a proposal can be deployed, and only once."))
    if stage == StageState.CLOSED:
        return no("stage_closed", _("This stage is closed; open it again first."))
    if faults:
        words = ngettext_lazy(
            "Since it was computed {n} rule of this proposal has been broken; compute it again.",
            "Since it was computed {n} rules of this proposal have been broken; compute it again.",
            faults,
        )
        return no("out_of_date", format_lazy(words, n=faults))
    return YES
