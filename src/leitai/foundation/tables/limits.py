"""How much of a table we are willing to read."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.table import BadTable, Row, Sheet, Value

MAX_COLUMNS = 1_000
MAX_SHEETS = 50


@dataclass(slots=True)
class Limits:
    """Counts rows and cells over all sheets and stops at the first one too many.

    Blank rows at the end cost nothing, and a blank row amid others is kept out of the rows.
    """

    max_rows: int
    max_cells: int

    def add(self, sheet: Sheet, number: int, cells: list[Value]) -> None:
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            return
        self.max_rows -= 1
        self.max_cells -= len(cells)
        if self.max_rows < 0 or self.max_cells < 0 or len(cells) > MAX_COLUMNS:
            raise BadTable(
                "too_many_cells",
                _("Sheet “{sheet}” goes on past row {row}; that is more than we read at once."),
                _("Split it into several files, and delete columns that are not needed."),
                sheet=sheet.name,
                row=number,
            )
        sheet.rows.append(Row(number, tuple(cells)))
