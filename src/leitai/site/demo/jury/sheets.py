"""The first round in progress: about 92 of 100 sheets sealed, three jurors behind, a few slips."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from leitai.site.demo.jury.comments import comment
from leitai.site.demo.jury.marks import LIMITS, Leanings, marks, quality, split
from leitai.site.demo.jury.people import HARSH
from leitai.site.demo.jury.seats import Seater, seat
from leitai.site.demo.jury.tie import at_the_cut
from leitai.site.demo.names import HOME
from leitai.site.demo.plan import SHORTLIST, Plan
from leitai.site.demo.shapes import Conflict, Entry, Juror, Sheet, Situation
from leitai.site.demo.words import child, pair

CUT = "MFG"  # the scenario whose domestic cut line is tied
OPEN_SHARE, LATE_OPEN, SLIPS = 0.08, 0.75, 0.015


@dataclass(frozen=True, slots=True)
class Round:
    jurors: list[Juror]
    sheets: list[Sheet]
    situations: list[Situation]


def first_round(
    plan: Plan,
    *,
    jurors: Sequence[Juror],
    entries: Sequence[Entry],
    conflicts: Sequence[Conflict],
    seater: Seater = seat,
) -> Round:
    """`seater` decides who marks what; any seating finds its marks here."""
    rng = child(plan.seed, "round")
    valid = {entry.number: entry for entry in entries if entry.status == "valid"}
    tied = _tied(rng, valid, conflicts)
    seats = seater(plan, jurors=jurors, entries=entries, conflicts=conflicts, together=tied)
    late_conflict = next(conflict for conflict in conflicts if conflict.is_late)
    behind, harsh, biased = _cast(rng, jurors, busy={late_conflict.juror, *seats[tied[0]]})
    jurors = [replace(j, severity=HARSH) if j.number == harsh else j for j in jurors]
    leanings = _leanings(plan, harsh, biased, seats, valid)
    given = _given(plan, {j.number: j for j in jurors}, valid, seats, leanings)
    given |= _tie(plan, given, tied, seats[tied[0]], valid)
    sheets = _sheets(plan, rng, jurors, valid, given, behind, late_conflict, tied)
    return Round(jurors, sheets, _situations(tied, late_conflict, behind, leanings))


def _tied(rng: Random, valid: dict[int, Entry], conflicts: Sequence[Conflict]) -> tuple[int, int]:
    barred = {conflict.entry for conflict in conflicts if conflict.is_late}
    rivals = [n for n in rivals_at_cut(valid) if n not in barred]
    one, two = sorted(rng.sample(rivals, 2))
    return one, two


def rivals_at_cut(valid: dict[int, Entry]) -> list[int]:
    return [n for n, e in valid.items() if e.scenario == CUT and e.country == HOME]


def places_at_cut(plan: Plan) -> int:
    return 2 if plan.size == "tiny" else SHORTLIST[CUT]


def _cast(rng: Random, jurors: Sequence[Juror], busy: set[int]) -> tuple[tuple[int, ...], int, int]:
    """Who is behind, who is harsh, who is biased. Those of the tie are kept plain."""
    active = [j.number for j in jurors if j.state == "active"]
    free = [number for number in active if number not in busy]
    count = 3 if len(free) > 5 else 1
    *behind, harsh, biased = rng.sample(free, count + 2)
    return tuple(behind), harsh, biased


def _leanings(
    plan: Plan, harsh: int, biased: int, seats: dict[int, tuple[int, ...]], valid: dict[int, Entry]
) -> Leanings:
    """The favoured entry is a middling one, so that its 98 stands out."""
    pile = sorted(
        (n for n, panel in seats.items() if biased in panel), key=lambda n: quality(plan, valid[n])
    )
    return Leanings(harsh=harsh, biased=biased, park="ZX", favoured=pile[len(pile) // 2])


def _given(
    plan: Plan, jurors: dict[int, Juror], valid: dict[int, Entry], seats: dict, leanings: Leanings
) -> dict[tuple[int, int], tuple[int, ...]]:
    found = {}
    for number, panel in seats.items():
        worth = quality(plan, valid[number])
        for juror in panel:
            found[number, juror] = marks(
                plan, valid[number], jurors[juror], worth=worth, leanings=leanings
            )
    return found


def _tie(
    plan: Plan, given: dict, tied: tuple[int, int], panel: tuple[int, ...], valid: dict[int, Entry]
) -> dict[tuple[int, int], tuple[int, ...]]:
    """Equal totals, unequal split: the tie-break chain has something to decide by."""
    totals = at_the_cut(
        {key: sum(split_marks) for key, split_marks in given.items()},
        tied=tied, panel=panel, rivals=rivals_at_cut(valid), places=places_at_cut(plan),
    )  # fmt: skip
    return {
        (entry, juror): split(child(plan.seed, f"tie/{entry}/{juror}"), total)
        for entry in tied
        for juror, total in zip(panel, totals, strict=True)
    }


def _sheets(
    plan: Plan, rng: Random, jurors: Sequence[Juror], valid: dict[int, Entry], given: dict,
    behind: tuple[int, ...], late: Conflict, tied: tuple[int, int],
) -> list[Sheet]:  # fmt: skip
    people = {juror.number: juror for juror in jurors}
    keys = list(given)
    must_open = {(late.entry, late.juror)}
    must_open |= {
        k for k in keys if k[1] in behind and rng.random() < LATE_OPEN and k[0] not in tied
    }
    others = [k for k in keys if k not in must_open and k[0] not in tied and k[1] not in behind]
    more = max(0, round(OPEN_SHARE * len(keys)) - len(must_open))
    still_open = must_open | set(rng.sample(others, min(more, len(others))))
    return [
        _sheet(
            plan,
            rng,
            valid[entry],
            people[juror],
            given[entry, juror],
            (entry, juror) in still_open,
        )
        for entry, juror in sorted(keys)
    ]


def _sheet(
    plan: Plan, rng: Random, entry: Entry, juror: Juror, given: tuple[int, ...], is_open: bool
) -> Sheet:
    words = comment(rng, entry=entry, juror=juror, marks=given)
    if is_open:
        state = "started" if rng.random() < 0.3 else "assigned"
        return Sheet(entry.number, juror.number, state, given, words, None, None)
    slip = _slip(rng, given) if rng.random() < SLIPS else None
    return Sheet(entry.number, juror.number, "sealed", given, words, _sealed(plan, rng), slip)


def _sealed(plan: Plan, rng: Random) -> datetime:
    opens = plan.when("review_opens")
    return opens + (plan.now - opens) * rng.betavariate(1.4, 1.2) * 0.999 + timedelta(seconds=1)


def _slip(rng: Random, given: tuple[int, ...]) -> tuple[int, int]:
    """A digit lost while typing: 24 becomes 2, 9 becomes 0."""
    criterion = rng.randrange(len(LIMITS))
    return criterion, given[criterion] // 10


def _situations(
    tied: tuple[int, int], late: Conflict, behind: tuple[int, ...], leanings: Leanings
) -> list[Situation]:
    def note(key: str, title: str, entries: tuple = (), jurors: tuple = ()) -> Situation:
        return Situation(key, pair(title), entries=entries, jurors=jurors)

    return [
        note("tie_at_cut", "入围线上同分|A tie at the cut line", tied),
        note("conflict_after_draw", "抽签后发现的回避关系|A conflict found after the draw",
             (late.entry,), (late.juror,)),
        note("late_jurors", "进度落后的评委|Jurors behind with their pile", (), behind),
        note("harsh_juror", "明显偏严的评委|A harsh juror", (), (leanings.harsh,)),
        note("biased_juror", "偏向一园一项的评委|A juror who favours one park and one entry",
             (leanings.favoured,), (leanings.biased,)),
    ]  # fmt: skip
