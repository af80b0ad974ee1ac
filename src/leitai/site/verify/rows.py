"""The rows the checks ask for, by id, each with the line it stands in."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from leitai.site.verify.findings import Row, Source

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
    "seals": ("sheet_id", "number", "marks", "evidence", "total", "comment", "salt", "digest",
              "at"),
    "standings": ("stage_id", "number", "state", "formula", "body", "notes", "rulings", "inputs",
                  "seed", "at"),
    "places": ("standing_id", "entry_id", "rank", "group_rank", "score", "raw", "sheets",
               "spread", "outcome", "broken_by", "why"),
    "decisions": ("standing_id", "text", "digest"),
    "publications": ("standing_id", "number", "body"),
    "rules": ("version",),
}  # fmt: skip


class Rows:
    """Loaded once and asked by several checks."""

    def __init__(self, source: Source) -> None:
        self.source, self.is_public = source, source.is_public
        self._kept: dict[str, dict[int, Row]] = {}
        self._groups: dict[tuple[str, str], Mapping[Any, list[Row]]] = {}

    def of(self, kind: str) -> dict[int, Row]:
        if kind not in self._kept:
            columns = COLUMNS[kind]
            self._kept[kind] = {
                row["id"]: {name: row.get(name) for name in columns} | {"id": row["id"], LINE: n}
                for n, row in self.source.rows(kind)
                if isinstance(row.get("id"), int)
            }
        return self._kept[kind]

    def by(self, kind: str, column: str) -> Mapping[Any, list[Row]]:
        """In the order of their ids."""
        if (kind, column) not in self._groups:
            groups: dict[Any, list[Row]] = defaultdict(list)
            for row in self.of(kind).values():
                groups[row[column]].append(row)
            self._groups[kind, column] = groups
        return self._groups[kind, column]
