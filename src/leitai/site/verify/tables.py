"""Do the tables say what the journal says?"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_noop

from leitai.rooms.jury.rules.seals import digest
from leitai.site.verify.findings import Check, Row
from leitai.site.verify.rows import LINE, Rows
from leitai.site.verify.story import UNKNOWN, Story

ABOUT = {"sheets": "jury.sheet", "draws": "jury.draw", "stages": "stages.stage",
         "entries": "submissions.entry"}  # fmt: skip
FIRST_STATE = {"stages": "planned"}  # of rows that come into being without a line of their own
STATE = gettext_noop(
    "It is “{found}” here; by line {told} of the journal it should be “{expected}”."
)
NO_LINE = gettext_noop("It is “{found}” here, and the journal has no line about it.")
NO_ROW = gettext_noop(
    "Line {told} of the journal ({verb}) tells of {about} {which}, and there is none."
)
INSIDE = gettext_noop(
    "By the journal entry {entry} takes part in stage {stage}; by this row it does not."
)
OUTSIDE = gettext_noop(
    "By this row entry {entry} takes part in stage {stage}; by the journal it does not."
)
VALUE = gettext_noop("Its {column} is {found}; line {told} of the journal says {expected}.")
SEALS = gettext_noop("The sheet has {found} seals; the journal tells of {expected}.")
HAND_INS = gettext_noop("The entry has {found} versions; the journal tells of {expected}.")
MARK = gettext_noop("The mark for {criterion} is {found}; the sheet was sealed with {expected}.")
NO_MARK = gettext_noop(
    "The sheet was sealed with {expected} for {criterion}; that mark is missing."
)
TOTAL = gettext_noop("The total is {found}; the sheet was sealed with {expected}.")
WORDS = gettext_noop(
    "The sheet was sealed with the hash {found}; its marks and words here give {expected}."
)
SEATS = gettext_noop("The draw has {found} seats; the journal tells of {expected}.")
DECISION = gettext_noop("Its digest is {found}; places and text give {expected}.")


def agree(check: Check, rows: Rows, story: Story) -> None:
    for kind in ABOUT:
        _states(check, rows, story, kind)
    _nothing_missing(check, rows, story)
    _inside(check, rows, story)
    _versions(check, rows, story)
    _seals(check, rows, story)
    _marks(check, rows)
    _draws(check, rows, story)
    _results(check, rows, story)


def _states(check: Check, rows: Rows, story: Story, kind: str) -> None:
    for pk, row in rows.of(kind).items():
        check.looked_at += 1
        state, line = story.states.get((ABOUT[kind], pk), (FIRST_STATE.get(kind, ""), 0))
        if state == UNKNOWN:
            continue
        if not state:
            check.say(NO_LINE, kind, row[LINE], pk, found=row["state"])
        elif row["state"] != state:
            check.say(STATE, kind, row[LINE], pk, found=row["state"], expected=state, told=line)


def _nothing_missing(check: Check, rows: Rows, story: Story) -> None:
    """Rows of these kinds are never deleted."""
    for kind, about in ABOUT.items():
        for (name, pk), (_state, line) in story.states.items():
            if name == about and pk not in rows.of(kind):
                check.say(NO_ROW, "journal", line, told=line, verb="…", about=about, which=pk)
    kinds = {"standings.standing_computed": "standings", "standings.standing_decided": "decisions",
             "standings.standing_published": "publications"}  # fmt: skip
    for (verb, pk), told in story.told.items():
        kind = kinds.get(verb, "")
        if kind and pk not in rows.of(kind):
            check.say(NO_ROW, "journal", told.line, told=told.line, verb=verb, about=kind, which=pk)


def _inside(check: Check, rows: Rows, story: Story) -> None:
    here: dict[int, set[int]] = {}
    for row in rows.of("participations").values():
        check.looked_at += 1
        stage, entry, by_journal = row["stage_id"], row["entry_id"], story.inside
        here.setdefault(stage, set()).add(entry)
        is_inside = row["taken_out_at"] is None
        if is_inside != (entry in by_journal.get(stage, {})):
            check.say(OUTSIDE if is_inside else INSIDE, "participations", row[LINE], row["id"],
                      entry=entry, stage=stage)  # fmt: skip
    for stage, entries in story.inside.items():
        for entry, line in entries.items():
            if entry not in here.get(stage, ()):
                check.say(NO_ROW, "journal", line, verb="stages.entry_let_in",
                          about="participation", told=line, which=entry)  # fmt: skip


def _versions(check: Check, rows: Rows, story: Story) -> None:
    of_entry = rows.by("versions", "entry_id")
    for pk, row in rows.of("entries").items():
        told, kept = story.hand_ins.get(pk, ()), of_entry.get(pk, ())
        check.looked_at += len(kept)
        if len(told) != len(kept):
            check.say(HAND_INS, "entries", row[LINE], pk, found=len(kept), expected=len(told))


def _seals(check: Check, rows: Rows, story: Story) -> None:
    kept = rows.by("seals", "sheet_id")
    for pk, sheet in rows.of("sheets").items():
        told, seals = story.seals.get(pk, []), kept.get(pk, [])
        check.looked_at += len(seals)
        if len(told) != len(seals):
            check.say(SEALS, "sheets", sheet[LINE], pk, found=len(seals), expected=len(told))
        for seal, line in zip(seals, told, strict=False):
            promised = line.data.get("digest", "")
            if promised and promised != seal["digest"]:
                check.say(VALUE, "seals", seal[LINE], seal["id"], column="digest",
                          found=seal["digest"], expected=promised, told=line.line)  # fmt: skip
            elif promised and not rows.is_public:
                _sealed_words(check, rows, sheet, seal)


def _sealed_words(check: Check, rows: Rows, sheet: Row, seal: Row) -> None:
    """The hash that stands in the journal is that of the marks and words in the seal."""
    try:
        expected = digest(
            salt=seal["salt"], sheet=sheet["id"], number=seal["number"],
            entry=rows.of("entries")[sheet["entry_id"]]["code"], juror=sheet["juror_id"],
            marks=seal["marks"], evidence=seal["evidence"], comment=seal["comment"],
            tags=seal["tags"] or (),  # an older archive has no such column
            total=Decimal(seal["total"]), at=datetime.fromisoformat(seal["at"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, ArithmeticError):
        expected = "?"
    if expected != seal["digest"]:
        check.say(WORDS, "seals", seal[LINE], seal["id"], found=seal["digest"], expected=expected)


def _marks(check: Check, rows: Rows) -> None:
    """What a sealed sheet says now is what was sealed last."""
    codes = {pk: row["code"] for pk, row in rows.of("criteria").items()}
    given, seals = rows.by("marks", "sheet_id"), rows.by("seals", "sheet_id")
    for pk, sheet in rows.of("sheets").items():
        if sheet["state"] != "sealed" or not seals.get(pk):
            continue
        sealed = {code: number(value) for code, value in pairs(seals[pk][-1]["marks"])}
        for mark in given.get(pk, ()):
            check.looked_at += 1
            code = codes.get(mark["criterion_id"], "?")
            value, expected = number(mark["value"]), sealed.pop(code, None)
            if value != expected:
                check.say(MARK, "marks", mark[LINE], mark["id"], criterion=code,
                          found=mark["value"], expected=expected)  # fmt: skip
        for code, expected in sealed.items():
            check.say(NO_MARK, "sheets", sheet[LINE], pk, criterion=code, expected=expected)
        if number(sheet["total"]) != number(seals[pk][-1]["total"]):
            check.say(TOTAL, "sheets", sheet[LINE], pk, found=sheet["total"],
                      expected=seals[pk][-1]["total"])  # fmt: skip


def _draws(check: Check, rows: Rows, story: Story) -> None:
    seats = rows.by("seats", "draw_id")
    for pk, draw in rows.of("draws").items():
        told = story.told.get(("jury.draw_proposed", pk))
        check.looked_at += len(seats.get(pk, ()))
        if told and told.data.get("seats") != len(seats.get(pk, ())):
            check.say(SEATS, "draws", draw[LINE], pk, found=len(seats.get(pk, ())),
                      expected=told.data.get("seats"))  # fmt: skip


def _results(check: Check, rows: Rows, story: Story) -> None:
    """What the lines of standings, decisions, publications and rules say of their rows."""
    facts = {
        "standings": ("standings.standing_computed", ("number", "formula", "inputs")),
        "decisions": ("standings.standing_decided", ("digest",)),
        "publications": ("standings.standing_published", ("number", "standing")),
        "rules": ("contests.rules_written", ("version",)),
    }
    for kind, (verb, columns) in facts.items():
        for pk, row in rows.of(kind).items():
            check.looked_at += 1
            told = story.told.get((verb, pk))
            if told is None:
                check.say(NO_LINE, kind, row[LINE], pk, found=row.get("state") or row.get("number")
                          or row.get("version") or "…")  # fmt: skip
                continue
            for column in columns:
                found = row["standing_id" if column == "standing" else column]
                if found != told.data.get(column):
                    check.say(VALUE, kind, row[LINE], pk, column=column, found=found,
                              expected=told.data.get(column), told=told.line)  # fmt: skip
    _standing_states(check, rows, story)
    _decisions(check, rows)


def _standing_states(check: Check, rows: Rows, story: Story) -> None:
    states: dict[int, str] = {}
    stage_of = {pk: row["stage_id"] for pk, row in rows.of("standings").items()}
    for verb, pk in _in_order(story):
        if verb == "standings.standing_computed" and pk in stage_of:
            _supersede(states, stage_of, pk, was="draft")
            states[pk] = "draft"
        elif verb == "standings.standing_decided" and pk in rows.of("decisions"):
            states[rows.of("decisions")[pk]["standing_id"]] = "decided"
        elif verb == "standings.standing_published" and pk in rows.of("publications"):
            standing = rows.of("publications")[pk]["standing_id"]
            _supersede(states, stage_of, standing, was="published")
            states[standing] = "published"
    for pk, row in rows.of("standings").items():
        if row["state"] != states.get(pk, row["state"]):
            last = story.told["standings.standing_computed", pk].line
            check.say(STATE, "standings", row[LINE], pk, found=row["state"], expected=states[pk],
                      told=last)  # fmt: skip


def _in_order(story: Story) -> Iterator[tuple[str, int]]:
    yield from sorted(story.told, key=lambda key: story.told[key].line)


def _supersede(states: dict[int, str], stage_of: dict[int, int], pk: int, *, was: str) -> None:
    for other, state in states.items():
        if state == was and other != pk and stage_of.get(other) == stage_of.get(pk):
            states[other] = "superseded"


def _decisions(check: Check, rows: Rows) -> None:
    """The digest that was signed covers every place, the text and who was present."""
    if rows.is_public:
        if rows.of("decisions"):
            check.pass_over(gettext_noop("Whether decisions keep their words: a public export "
                                         "leaves them out."))  # fmt: skip
        return
    places = rows.by("places", "standing_id")
    for pk, decision in rows.of("decisions").items():
        standing = rows.of("standings").get(decision["standing_id"])
        if standing is None:
            continue
        ranked = sorted(places.get(standing["id"], ()), key=lambda p: p["entry_id"])
        body = [standing["inputs"], [_ranked(p) for p in ranked], decision["text"]]
        body += [decision["particulars"]] if decision["particulars"] else []
        words = json.dumps(body, ensure_ascii=False, sort_keys=True)
        expected = hashlib.sha256(words.encode()).hexdigest()
        if decision["digest"] != expected:
            check.say(DECISION, "decisions", decision[LINE], pk, found=decision["digest"],
                      expected=expected)  # fmt: skip


def _ranked(place: Row) -> list[Any]:
    return [place["entry_id"], place["rank"], str(place["score"]), place["outcome"]]


def pairs(marks: Any) -> list[tuple[str, Any]]:
    return list(marks.items()) if isinstance(marks, dict) else []


def number(value: Any) -> Decimal | None:
    """A number as it was written; nothing where there is none."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
