"""The rows the checks ask for, by id, each with the line it stands in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from leitai.site.verify.findings import Check, Row, Source

LINE = "#"
COLUMNS: dict[str, tuple[str, ...]] = {
    "scenarios": ("code",),
    "entries": ("code", "state", "scenario_id", "handed_in_at", "organisation_id", "version"),
    "versions": ("entry_id", "number", "at"),
    "stages": ("code", "state", "body"),
    "criteria": ("stage_id", "code"),
    "participations": ("stage_id", "entry_id", "taken_out_at"),
    "jurors": ("kind", "organisation_id", "load_min", "load_max", "state", "answered_at",
               "left_at"),
    "conflicts": ("juror_id", "entry_id", "at"),
    "draws": ("stage_id", "number", "state", "deployed_at", "second_look", "keeps_seats"),
    "seats": ("draw_id", "entry_id", "juror_id"),
    "sheets": ("stage_id", "entry_id", "juror_id", "state", "total"),
    "marks": ("sheet_id", "criterion_id", "value"),
    "seals": ("sheet_id", "number", "marks", "evidence", "total", "comment", "tags", "salt",
              "digest", "at"),
    "standings": ("stage_id", "number", "state", "formula", "body", "notes", "rulings", "inputs",
                  "amends_id", "amendments", "seed", "at"),
    "places": ("standing_id", "entry_id", "rank", "group_rank", "score", "raw", "sheets",
               "spread", "outcome", "broken_by", "why"),
    "decisions": ("standing_id", "text", "particulars", "digest"),
    "publications": ("standing_id", "number", "body"),
    "rules": ("version",),
}  # fmt: skip


WHOLE = frozenset(
    {"version", "load_min", "load_max", "number", "rank", "group_rank", "sheets", "about_id"}
)
NAMES = frozenset(
    {"code", "state", "kind", "formula", "inputs", "outcome", "digest", "seed", "book", "verb",
     "about_type", "hash"}
)  # fmt: skip
HEAPS: dict[str, type] = {"body": dict, "marks": dict, "evidence": dict, "data": dict,
                          "particulars": dict, "notes": list, "rulings": list,
                          "amendments": list, "tags": list}  # fmt: skip
NEVER_BLANK = frozenset({"number", "state", "code", "hash", "verb", "marks"}) | {
    "entry_id", "juror_id", "stage_id", "sheet_id", "standing_id", "draw_id", "criterion_id",
}  # fmt: skip
UNFIT = gettext_noop("Its {column} holds {found}, which cannot be.")


def unfit(row: Row, columns: Iterable[str]) -> str:
    """The first column that holds what such a column cannot hold; empty when all is well."""
    return next((c for c in columns if not _fits(c, row.get(c))), "")


def _fits(column: str, value: Any) -> bool:
    if value is None:
        return column not in NEVER_BLANK
    if column.endswith("_id") or column in WHOLE:
        return type(value) is int and abs(value) < 2**63
    if column == "at" or column.endswith("_at"):
        return isinstance(value, str) and _is_moment(value)
    if column in HEAPS:
        return isinstance(value, HEAPS[column])
    return isinstance(value, str) or column not in NAMES


def _is_moment(words: str) -> bool:
    try:
        return datetime.fromisoformat(words).tzinfo is not None
    except ValueError:
        return False


class Rows:
    """Loaded once and asked by several checks. Rows that cannot be what they say are left out."""

    def __init__(self, source: Source) -> None:
        self.source, self.is_public = source, source.is_public
        self.check = Check("rows")
        self._kept: dict[str, dict[int, Row]] = {}
        self._groups: dict[tuple[str, str], Mapping[Any, list[Row]]] = {}

    def of(self, kind: str) -> dict[int, Row]:
        if kind not in self._kept:
            columns = COLUMNS[kind]
            self._kept[kind] = {
                row["id"]: {name: row.get(name) for name in columns} | {"id": row["id"], LINE: n}
                for n, row in self.source.rows(kind)
                if self._is_fit(kind, n, row)
            }
        return self._kept[kind]

    def _is_fit(self, kind: str, n: int, row: Row) -> bool:
        self.check.looked_at += 1
        bad = "id" if type(row.get("id")) is not int else unfit(row, COLUMNS[kind])
        if bad:
            self.check.say(UNFIT, kind, n, column=bad, found=repr(row.get(bad))[:80])
        return not bad

    def by(self, kind: str, column: str) -> Mapping[Any, list[Row]]:
        """In the order of their ids."""
        if (kind, column) not in self._groups:
            groups: dict[Any, list[Row]] = defaultdict(list)
            for row in self.of(kind).values():
                groups[row[column]].append(row)
            self._groups[kind, column] = groups
        return self._groups[kind, column]
