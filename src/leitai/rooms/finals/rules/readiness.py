"""What a heat still needs before it may go live, each point with where it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

How = Literal["done", "missing", "advice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a heat, in numbers."""

    has_hall: bool
    has_time: bool
    is_in_stage: bool  # it begins while the stage takes marks
    is_stage_open: bool
    entries: int
    capacity: int
    seats: int
    wanted: int
    kinds_missing: Mapping[str, int]  # a kind's name: how many more of it
    ties: int  # between jurors seated here and entries that pitch here
    has_chair: bool
    has_order: bool
    asks_for_lot: bool
    has_lot: bool
    out_of_hours: int
    pictures_missing: int
    cues: int
    pitches_missing: int  # entries that no cue brings on stage
    rehearsals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """`code` says which page mends it: place, roster, jury, lot, show, rehearsal or stage."""

    code: str
    how: How
    words: Any


def points(facts: Facts) -> list[Point]:
    """In the order in which a heat is prepared."""
    return [_place(facts), _stage(facts), _roster(facts), _order(facts), *_jury(facts),
            _hours(facts), *_show(facts), _rehearsal(facts)]  # fmt: skip


def is_ready(facts: Facts) -> bool:
    """Nothing is missing; what is only advised may stay undone."""
    return all(point.how != "missing" for point in points(facts))


def _point(code: str, is_done: bool, done: Any, missing: Any, *, advice: bool = False) -> Point:
    how: How = "done" if is_done else "advice" if advice else "missing"
    return Point(code=code, how=how, words=done if is_done else missing)


def _place(facts: Facts) -> Point:
    return _point("place", facts.has_hall and facts.has_time, _("Hall and time are set."),
                  _("Say in which hall and when the heat begins."))  # fmt: skip


def _stage(facts: Facts) -> Point:
    if facts.has_time and not facts.is_in_stage:
        words = _("The heat begins outside the stage's dates; no marks are taken then.")
        return Point(code="stage", how="missing", words=words)
    return _point("stage", facts.is_stage_open, _("The stage is open."),
                  _("The stage is not open yet; open it on the day at the latest."))  # fmt: skip


def _roster(facts: Facts) -> Point:
    if facts.entries > facts.capacity:
        words = _("{n} entries pitch here, and there is room for {capacity}.")
        told = format_lazy(words, n=facts.entries, capacity=facts.capacity)
        return Point(code="roster", how="missing", words=told)
    done = ngettext_lazy("{n} entry pitches here.", "{n} entries pitch here.", facts.entries)
    return _point("roster", facts.entries > 0, format_lazy(done, n=facts.entries),
                  _("No entry pitches in this heat yet."))  # fmt: skip


def _order(facts: Facts) -> Point:
    if facts.has_order and facts.asks_for_lot and not facts.has_lot:
        words = _("The rules ask for a drawing of lots; this order was set by hand.")
        return Point(code="lot", how="advice", words=words)
    return _point("lot", facts.has_order, _("The running order is known."),
                  _("There is no running order yet; draw lots."))  # fmt: skip


def _jury(facts: Facts) -> list[Point]:
    words = _("{n} of {wanted} jurors are seated.")
    told = format_lazy(words, n=facts.seats, wanted=facts.wanted)
    found = [_point("jury", facts.seats >= facts.wanted, told, told)]
    if facts.seats >= facts.wanted and facts.kinds_missing:
        kinds = ", ".join(f"{kind} +{n}" for kind, n in facts.kinds_missing.items())
        text = format_lazy(_("The rules ask for other kinds of jurors: {kinds}."), kinds=kinds)
        found.append(Point(code="jury", how="missing", words=text))
    if facts.seats:
        found.append(_point("jury", facts.has_chair, _("The jury has a chair."),
                            _("Name a chair; the chair settles ties.")))  # fmt: skip
    if facts.ties:
        tied = ngettext_lazy(
            "{n} juror has a tie to an entry here and will not mark it.",
            "{n} ties between jurors and entries here; those jurors will not mark those entries.",
            facts.ties,
        )
        found.append(Point(code="jury", how="advice", words=format_lazy(tied, n=facts.ties)))
    return found


def _hours(facts: Facts) -> Point:
    words = ngettext_lazy(
        "{n} team from afar pitches in its night; another beginning may help.",
        "{n} teams from afar pitch in their night; another beginning may help.",
        facts.out_of_hours,
    )
    return _point("roster", not facts.out_of_hours, _("Teams from afar pitch by day."),
                  format_lazy(words, n=facts.out_of_hours), advice=True)  # fmt: skip


def _show(facts: Facts) -> list[Point]:
    if not facts.cues:
        words = _("There is no run of show yet; write a first one from the order.")
        found = [Point(code="show", how="advice", words=words)]
    else:
        words = ngettext_lazy(
            "{n} entry is missing from the run of show.",
            "{n} entries are missing from the run of show.",
            facts.pitches_missing,
        )
        found = [_point("show", not facts.pitches_missing, _("The run of show is written."),
                        format_lazy(words, n=facts.pitches_missing), advice=True)]  # fmt: skip
    lacking = ngettext_lazy(
        "{n} entry has no picture; jurors tell entries apart by it.",
        "{n} entries have no picture; jurors tell entries apart by it.",
        facts.pictures_missing,
    )
    found.append(_point("roster", not facts.pictures_missing, _("Every entry has a picture."),
                        format_lazy(lacking, n=facts.pictures_missing), advice=True))  # fmt: skip
    return found


def _rehearsal(facts: Facts) -> Point:
    return _point("rehearsal", facts.rehearsals > 0, _("The hall has been rehearsed."),
                  _("Nobody has rehearsed in this hall yet."), advice=True)  # fmt: skip
