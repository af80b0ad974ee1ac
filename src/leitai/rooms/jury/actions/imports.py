"""Marks that come as a table: given on paper, on another platform, or in an earlier year."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold
from leitai.foundation.tables import mapping as tables
from leitai.foundation.tables import parsers
from leitai.foundation.tables.table import Problem, Row, address, column_letter
from leitai.foundation.tables.table import Sheet as Page
from leitai.foundation.words import choose
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.models import Contest, Edition, Programme
from leitai.rooms.contests.rules import Rules, StageRule
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Juror, Mark, Seal, Sheet
from leitai.rooms.jury.rules import JurorKind, JurorState, SheetState
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State as EntryState

BATCH = 2000


@dataclass(frozen=True)
class Reviews:
    """What would come of a table of marks. It may be imported only when there are no problems."""

    sheet: Page
    fields: list[tables.Field]
    mapping: Mapping[str, int]
    rows: list[tables.Checked]
    problems: list[Problem]
    ignored: list[str]  # headers nobody asked for
    entries: int = 0  # new ones
    jurors: int = 0

    @property
    def fewest(self) -> int:
        """Sheets of the entry that has the fewest; 1 where there are no rows."""
        return min(Counter(_key(row["entry"]) for row in self.rows).values(), default=1)


def review_fields(rule: StageRule) -> list[tables.Field]:
    """What a table of marks may tell: one column for each criterion, on its scale."""
    text = parsers.text
    criteria = [
        tables.Field(
            rules.mark_key(c.code), choose(c.name.zh, c.name.en),
            parsers.decimal(low=c.low, high=c.high, step=c.step), required=not c.optional,
            aliases=(c.code, c.name.zh, c.name.en),
        )
        for c in rule.criteria
    ]  # fmt: skip
    return [
        tables.Field("entry", _("Entry"), text(max_length=80), required=True,
                     aliases=("proposal", "submission", "paper", "entry id", "project", "id",
                              "项目编号", "参赛项目", "项目", "编号")),
        tables.Field("juror", _("Juror"), text(max_length=80), required=True,
                     aliases=("reviewer", "judge", "referee", "评委", "专家", "评委编号")),
        *criteria,
        tables.Field("expertise", _("Juror's expertise"), text(max_length=80), default="",
                     aliases=("self_expertise", "confidence", "熟悉程度")),
        tables.Field("overall", _("Overall"), text(max_length=80), default="",
                     aliases=("overall score", "overall impact", "总体评价", "总评")),
        tables.Field("group", _("Panel or group"), text(max_length=80), default="",
                     aliases=("panel", "section", "评审组", "组别", "分组")),
        tables.Field("comment", _("Comment to the team"), text(max_length=4000), default="",
                     aliases=("comments", "feedback", "评语", "意见")),
    ]  # fmt: skip


def read_reviews(rule: StageRule, sheet: Page, mapping: Mapping[str, int] | None = None) -> Reviews:
    """The table by itself: bad cells, marks off the scale, a juror twice on one entry."""
    fields = review_fields(rule)
    mapping = tables.guess_mapping(sheet.headers, fields) if mapping is None else mapping
    rows, problems = tables.check(sheet, mapping, fields, keys=["entry", "juror"])
    ignored = [h for i, h in enumerate(sheet.headers) if h and i not in mapping.values()]
    rows = rows if {"entry", "juror"} <= mapping.keys() else []  # else no row says what it is
    return Reviews(sheet, fields, mapping, rows, problems, ignored)


def preview_reviews(stage: Stage, sheet: Page, mapping: Mapping[str, int] | None = None) -> Reviews:
    """The table against what the stage has already."""
    read = read_reviews(stage.rule, sheet, mapping)
    entries, jurors = _known_entries(stage, read.rows), _known_jurors(stage, read.rows)
    return Reviews(
        read.sheet, read.fields, read.mapping, read.rows,
        [*read.problems, *_clashes(stage, read, entries, jurors)], read.ignored,
        entries=len({_key(row["entry"]) for row in read.rows} - entries.keys()),
        jurors=len({_key(row["juror"]) for row in read.rows} - jurors.keys()),
    )  # fmt: skip


@transaction.atomic
def import_reviews(
    *, stage: Stage, sheet: Page, mapping: Mapping[str, int] | None = None, by: Any, at: datetime
) -> list[Sheet]:
    """All rows or none. Entries and jurors nobody knows come into being: entries as valid ones
    under their number in the file, jurors without an account or an address. Every row is a sealed
    sheet, and the stage is open from then on."""
    hold(stage.contest)
    hold(stage)
    preview = preview_reviews(stage, sheet, mapping)
    require(rules.may_import(stage.state, problems=len(preview.problems)))
    entries = _entries(stage, preview.rows, by=by, at=at)
    jurors = _jurors(stage, preview.rows, by=by, at=at)
    if stage.state == StageState.PLANNED:
        stages.open_stage(stage=stage, by=by, at=at)
    stages.let_in(stage=stage, entries=entries.values(), by=by, at=at)
    return _seal(stage, preview.rows, entries, jurors, by=by, at=at)


@transaction.atomic
def found_contest(
    *, edition: str, slug: str, reviewed_by: Rules, name: str = "", by: Any, at: datetime
) -> Contest:
    """A contest for marks from elsewhere, and what it stands in, as far as that is missing."""
    programme = Programme.objects.filter(slug=edition).first()
    held = Edition.objects.filter(slug=edition).first()
    if held is None:
        told = edition.replace("-", " ").title()
        programme = programme or contests.found_programme(slug=edition, name_en=told, by=by, at=at)
        held = contests.found_edition(
            programme=programme, slug=edition, year=at.year, name_en=told, by=by, at=at
        )
    return stages.open_contest(
        edition=held, slug=slug, rules=reviewed_by, name_en=name or slug, by=by, at=at
    )


# --- what is here already


def _key(words: str) -> str:
    return words.strip().casefold()


def _known_entries(stage: Stage, rows: Sequence[tables.Checked]) -> dict[str, Entry]:
    """By their number in an earlier file, else by their code."""
    named = {row["entry"] for row in rows}
    found = Entry.objects.filter(contest=stage.contest_id)
    found = found.filter(Q(external_id__in=named) | Q(code__in=named))
    by_code = {_key(entry.code): entry for entry in found}
    return by_code | {_key(e.external_id): e for e in found if e.external_id}


def _known_jurors(stage: Stage, rows: Sequence[tables.Checked]) -> dict[str, Juror]:
    """By their e-mail address, or by the one that an earlier import gave them."""
    keys = {_key(row["juror"]) for row in rows}
    addresses = {rules.address_of(key): key for key in keys} | {k: k for k in keys if "@" in k}
    found = Juror.objects.filter(contest=stage.contest_id, email__in=addresses)
    return {addresses[juror.email]: juror for juror in found}


def _clashes(
    stage: Stage, read: Reviews, entries: Mapping[str, Entry], jurors: Mapping[str, Juror]
) -> Iterator[Problem]:
    here = Sheet.objects.standing().filter(stage=stage)
    taken = set(here.values_list("entry_id", "juror_id")) if jurors else set()
    for row in read.rows:
        entry, juror = entries.get(_key(row["entry"])), jurors.get(_key(row["juror"]))
        if entry and entry.state != EntryState.ACCEPTED:
            reason = format_lazy(
                _("The entry is “{state}”; only valid ones are marked."),
                state=entry.get_state_display(),
            )
            yield _problem(read, row, "entry", reason, _("Check the entry, or leave the row out."))
        if entry and juror and (entry.pk, juror.pk) in taken:
            reason = _("This juror has a sheet on this entry already.")
            yield _problem(read, row, "juror", reason, _("Leave the row out."))


def _problem(read: Reviews, row: tables.Checked, field: str, reason: Any, mend: Any) -> Problem:
    column = read.mapping[field]
    cell, letter = address(column, row.number), column_letter(column)
    return Problem(read.sheet.name, row.number, letter, cell, row[field], reason, mend)


# --- what comes into being


def _entries(
    stage: Stage, rows: Sequence[tables.Checked], *, by: Any, at: datetime
) -> dict[str, Entry]:
    known = _known_entries(stage, rows)
    new = {_key(row["entry"]): row for row in reversed(rows)}
    new = {key: row for key, row in reversed(new.items()) if key not in known}
    if new:
        headers = ("id", "title", "title_en")
        lines = [
            Row(row.number, (row["entry"], f"项目 {row['entry']}", f"Entry {row['entry']}"))
            for row in new.values()
        ]
        page = Page("", headers, lines)
        contest = stage.contest
        submissions.import_entries(
            contest=contest, preview=submissions.preview_import(contest, page),
            state=EntryState.ACCEPTED, kind=contest.rules.entry.kinds[0], by=by, at=at,
        )  # fmt: skip
        known = _known_entries(stage, rows)
    return {_key(row["entry"]): known[_key(row["entry"])] for row in rows}


def _jurors(
    stage: Stage, rows: Sequence[tables.Checked], *, by: Any, at: datetime
) -> dict[str, Juror]:
    known = _known_jurors(stage, rows)
    new = {_key(row["juror"]): row["juror"] for row in rows if _key(row["juror"]) not in known}
    made = [
        Juror(
            contest=stage.contest, email=rules.address_of(key), kind=JurorKind.TECHNICAL,
            name=name if any(c.isalpha() for c in name) else f"№ {name}",
            state=JurorState.ACTIVE, invited_at=at, answered_at=at,
        )
        for key, name in new.items()
    ]  # fmt: skip
    Juror.objects.bulk_create(made, batch_size=BATCH)
    _tell(stage, "jury.juror_imported", made, by=by, at=at)
    return known | dict(zip(new, made, strict=True))


def _seal(
    stage: Stage, rows: Sequence[tables.Checked], entries: Mapping[str, Entry],
    jurors: Mapping[str, Juror], *, by: Any, at: datetime,
) -> list[Sheet]:  # fmt: skip
    criteria = {criterion.code: criterion for criterion in stage.criteria.all()}
    weights = {code: criterion.weight for code, criterion in criteria.items()}
    given = [_given(row, criteria) for row in rows]
    made = Sheet.objects.bulk_create(
        [
            Sheet(
                stage=stage, entry=entries[_key(row["entry"])], juror=jurors[_key(row["juror"])],
                reason=rules.facts(row.values), state=SheetState.SEALED, comment=row["comment"],
                total=rules.total(marks, weights=weights, how=stage.rule.total),
                assigned_at=at, changed_at=at, sealed_at=at,
            )
            for row, marks in zip(rows, given, strict=True)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    sheets = list(zip(made, given, strict=True))
    Mark.objects.bulk_create(
        [Mark(sheet=s, criterion=criteria[c], value=v) for s, m in sheets for c, v in m.items()],
        batch_size=BATCH,
    )
    Seal.objects.bulk_create((_seal_of(s, m, by=by, at=at) for s, m in sheets), batch_size=BATCH)
    _tell(stage, "jury.sheet_imported", made, by=by, at=at)
    journal.write("jury.reviews_imported", about=stage, by=by, at=at, n=len(made))
    return made


def _given(row: tables.Checked, criteria: Collection[str]) -> dict[str, Decimal]:
    marks = {code: row[rules.mark_key(code)] for code in criteria}
    return {code: mark for code, mark in marks.items() if mark is not None}


def _seal_of(sheet: Sheet, marks: Mapping[str, Decimal], *, by: Any, at: datetime) -> Seal:
    told = {code: rules.plain(mark) for code, mark in marks.items()}
    return Seal(sheet=sheet, number=1, marks=told, total=sheet.total, comment=sheet.comment,
                by=by, at=at)  # fmt: skip


def _tell(stage: Stage, verb: str, made: Sequence[Any], *, by: Any, at: datetime) -> None:
    book = journal.book_of(stage)
    lines = [journal.compose(verb, about=row, by=by, at=at, book=book) for row in made]
    if lines:
        journal.append(book, lines)
