"""When more reviews may be asked for, how many, and of which kinds of jurors."""

from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no

MOST_EACH = 9


def may_look_again(*, sealed: int, entries: int, each: int, budget: int, room: int) -> Verdict:
    """`entries` with `each` more reviews, or a `budget` that goes where it tells most."""
    if not sealed:
        return no("no_sheets", _("No sheet is sealed yet, so nobody knows where the line is."))
    if each and not entries:
        return no("no_band", _("The band is empty: no entry has a rank in it."))
    if each > MOST_EACH:
        return no("too_many_each", _("Ask for at most nine more reviews of each entry."))
    wanted = entries * each if each else budget
    if wanted < 1:
        return no("no_reviews", _("Ask for at least one more review."))
    if wanted > room:
        words = _("{wanted} more reviews are asked for and jurors can take {room} more. "
                  "Ask for fewer, raise loads, or invite more jurors.")  # fmt: skip
        return no("no_room", format_lazy(words, wanted=wanted, room=room))
    return YES


def kinds_of_band(
    entries: int, *, each: int, mix: Mapping[str, int], per_entry: int
) -> list[dict[str, int]]:
    """For each entry of the band how many of its new jurors are of which kind, so that together
    they keep the shares the panel's rule asks for.

    >>> kinds_of_band(3, each=1, mix={"technical": 2}, per_entry=3)
    [{'technical': 1}, {'technical': 1}, {}]
    >>> kinds_of_band(1, each=3, mix={"technical": 2, "investor": 1}, per_entry=3)
    [{'technical': 2, 'investor': 1}]
    """
    panel = [kind for kind, least in mix.items() for _ in range(least)]
    turns = cycle([*panel, *[""] * (per_entry - len(panel))])
    found = []
    for _entry in range(entries):
        new = [kind for kind in islice(turns, each) if kind]
        found.append({kind: new.count(kind) for kind in dict.fromkeys(new)})
    return found


def most_of_kinds(budget: int, *, mix: Mapping[Any, int], per_entry: int) -> dict[str, int]:
    """How many of a budget's reviews each kind may give so that the others get their share.

    >>> most_of_kinds(90, mix={"technical": 1, "investor": 1}, per_entry=3)
    {'technical': 60, 'investor': 60}
    """
    least = {kind: budget * n // per_entry for kind, n in mix.items()}
    return {kind: budget - sum(least.values()) + own for kind, own in least.items()}
