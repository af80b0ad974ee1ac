"""Do the raw marks give the places that were kept, and do the notices say the same?"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop
from pydantic import ValidationError

from leitai.algorithms.formulas import MissingMark, NotComparable
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.contests.rules.cutting import PlacesDoNotFit
from leitai.rooms.standings.rules import (
    EntryIn,
    Outcome,
    PlaceOut,
    Ruling,
    SheetIn,
    fingerprint,
    group_of,
    places,
    reckon,
)
from leitai.rooms.standings.rules.amending import amended
from leitai.site.verify.findings import Check, Row
from leitai.site.verify.rows import LINE, Rows
from leitai.site.verify.story import Moment, Story
from leitai.site.verify.tables import number, pairs

INPUTS = gettext_noop(
    "Standing {number}: the marks that were sealed when it was computed have the fingerprint "
    "{found}; it was made of {expected}."
)
UNREADABLE = gettext_noop("Standing {number} cannot be computed again: {why}")
PLACE = gettext_noop("{code}: its {column} is {found}; the marks give {expected}.")
STRANGER = gettext_noop("{code} has a place here and took no part.")
NO_PLACE = gettext_noop("{code} took part and has no place in standing {number}.")
NOTICE = gettext_noop("The notice says “{found}” of {code}; the standing says “{expected}”.")
ROUNDED = Decimal("0.0001")  # as wide as the columns are
COLUMNS = ("rank", "group_rank", "score", "raw", "sheets", "spread", "outcome", "broken_by")


def recomputed(check: Check, rows: Rows, story: Story) -> None:
    for standing in rows.of("standings").values():
        moment = story.computed.get(_root(rows, standing))
        if moment is not None:
            _compare(check, rows, standing, moment)
    _notices(check, rows)


def _root(rows: Rows, standing: Row) -> int:
    """The standing that was computed; those that people amended keep its marks and scores."""
    seen = {standing["id"]}
    while (before := standing["amends_id"]) in rows.of("standings") and before not in seen:
        standing = rows.of("standings")[before]
        seen.add(before)
    return standing["id"]


def _compare(check: Check, rows: Rows, standing: Row, moment: Moment) -> None:
    number_ = standing["number"]
    try:
        sheets = _sheets(rows, moment)
        if (found := fingerprint(sheets)) != standing["inputs"]:
            check.say(INPUTS, "standings", standing[LINE], standing["id"], number=number_,
                      found=found, expected=standing["inputs"])  # fmt: skip
        again = _again(rows, standing, moment, sheets)
    except (ValidationError, NotComparable, MissingMark, PlacesDoNotFit, ArithmeticError,
            ValueError, TypeError, KeyError) as error:  # fmt: skip
        check.say(UNREADABLE, "standings", standing[LINE], standing["id"], number=number_,
                  why=f"{type(error).__name__}: {error}"[:300])  # fmt: skip
        return
    kept = {p["entry_id"]: p for p in rows.by("places", "standing_id").get(standing["id"], ())}
    for entry, place in kept.items():
        check.looked_at += 1
        _place(check, rows, place, again.get(entry))
    for entry in sorted(again.keys() - kept.keys()):
        check.say(NO_PLACE, "standings", standing[LINE], standing["id"], number=number_,
                  code=_code(rows, entry))  # fmt: skip


def _sheets(rows: Rows, moment: Moment) -> list[SheetIn]:
    """Marks as they were sealed then, of entries that took part then."""
    seals, found = rows.by("seals", "sheet_id"), []
    for pk, n in sorted(moment.sealed.items()):
        sheet, given = rows.of("sheets").get(pk), seals.get(pk, [])
        if sheet is None or sheet["entry_id"] not in moment.inside or len(given) < n:
            continue
        marks = {code: Decimal(str(value)) for code, value in pairs(given[n - 1]["marks"])}
        found.append(SheetIn(sheet["entry_id"], sheet["juror_id"], marks))
    return found


def _again(rows: Rows, standing: Row, moment: Moment, sheets: list[SheetIn]) -> dict[int, PlaceOut]:
    rule = StageRule.model_validate(standing["body"])
    heats = _heats(rows, standing["stage_id"]) if rule.quota.by == "heat" else {}
    entries = {e: _entry(rows, e, moment, heats.get(e)) for e in sorted(moment.inside)}
    rulings = [Ruling(tuple(r["order"])) for r in standing["rulings"]]
    made = reckon(rule, sheets=sheets, entries=entries, seed=standing["seed"], rulings=rulings)
    found = {p.entry: p for p in places(made, entries=entries, digits=rule.places)}
    outcomes = {entry: place.outcome.value for entry, place in found.items()}
    for entry, outcome in amended(outcomes, standing["amendments"] or ()).items():
        found.setdefault(entry, PlaceOut(entry)).outcome = Outcome(outcome)
    return found


def _heats(rows: Rows, stage: int) -> dict[int, int]:
    """The room of each entry; older exports have no such column."""
    found = rows.by("participations", "stage_id").get(stage, ())
    return {p["entry_id"]: int(p["heat"]) for p in found if p.get("heat") is not None}


def _entry(rows: Rows, pk: int, moment: Moment, heat: int | None) -> EntryIn:
    entry = rows.of("entries")[pk]
    scenario = rows.of("scenarios").get(entry["scenario_id"], {}).get("code")
    group = group_of("heat" if heat else "", scenario=scenario, heat=heat)
    return EntryIn(group, _handed_in(rows, entry, moment))


def _handed_in(rows: Rows, entry: Row, moment: Moment) -> datetime | None:
    """When it was handed in last before then; an entry may be returned and come again later."""
    last, then = entry["handed_in_at"], datetime.fromisoformat(moment.at)
    if last is None or datetime.fromisoformat(last) <= then:
        return datetime.fromisoformat(last) if last else None
    earlier = [datetime.fromisoformat(v["at"])
               for v in rows.by("versions", "entry_id").get(entry["id"], ())]  # fmt: skip
    return max((at for at in earlier if at <= then), default=None)


def _place(check: Check, rows: Rows, place: Row, again: PlaceOut | None) -> None:
    code = _code(rows, place["entry_id"])
    if again is None:
        check.say(STRANGER, "places", place[LINE], place["id"], code=code)
        return
    for column in COLUMNS:
        found, expected = place[column], getattr(again, column)
        if not _is_same(found, expected):
            check.say(PLACE, "places", place[LINE], place["id"], code=code, column=column,
                      found=found, expected=expected)  # fmt: skip
            return


def _is_same(found: Any, expected: Any) -> bool:
    if isinstance(expected, Decimal):
        kept = number(found)
        return kept is not None and abs(kept - expected) <= ROUNDED / 2
    return found == (str(expected) if isinstance(expected, Outcome) else expected)


def _notices(check: Check, rows: Rows) -> None:
    """A notice prints who goes on and the reserves, and nobody else."""
    shown = (Outcome.IN.value, Outcome.RESERVE.value)
    for publication in rows.of("publications").values():
        places = rows.by("places", "standing_id").get(publication["standing_id"], ())
        kept = {_code(rows, p["entry_id"]): p["outcome"] for p in places if p["outcome"] in shown}
        said = {
            r.get("code"): r.get("outcome") for r in (publication["body"] or {}).get("rows", ())
        }
        check.looked_at += len(said)
        for code in sorted(kept.keys() | said.keys(), key=str):
            if kept.get(code) != said.get(code):
                check.say(NOTICE, "publications", publication[LINE], publication["id"], code=code,
                          found=said.get(code, "–"), expected=kept.get(code, "–"))  # fmt: skip


def _code(rows: Rows, entry: int) -> str:
    return rows.of("entries").get(entry, {}).get("code") or f"#{entry}"
