"""Finding the header in what people put above their rows."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.table import Problem, Row, Sheet, address, column_letter

# First column, first row, last column, last row; columns from 0, rows from 1.
Area = tuple[int, int, int, int]


def take_headers(sheet: Sheet, *, merged: list[Area]) -> None:
    """Move the header out of the rows: a title line above it is passed over, merged cells in it
    are spread out and a header over several rows is joined, as in "Team / Phone"."""
    _pass_titles(sheet)
    if not sheet.rows:
        return
    top = sheet.rows[0].number
    bottom = _last_header_row(top, merged)
    header = [row for row in sheet.rows if row.number <= bottom]
    sheet.rows = sheet.rows[len(header) :]
    sheet.header_row = top
    sheet.headers = _joined(header, [area for area in merged if area[1] <= bottom])
    _report_merged(sheet, [area for area in merged if area[3] > bottom])
    _note_twins(sheet)


def _pass_titles(sheet: Sheet) -> None:
    """A line with one cell above a line with several is the table's title."""
    while len(sheet.rows) > 1 and _filled(sheet.rows[0]) == 1 and _filled(sheet.rows[1]) > 1:
        title = sheet.rows.pop(0)
        note = _("Row {row} is taken for a title and passed over.")
        sheet.notes.append(format_lazy(note, row=title.number))


def _filled(row: Row) -> int:
    return sum(cell is not None for cell in row.cells)


def _last_header_row(top: int, merged: list[Area]) -> int:
    """A header merged downwards is as deep as that; one merged only sideways has names below."""
    areas = [area for area in merged if area[1] == top]
    deepest = max((area[3] for area in areas), default=top)
    is_sideways = any(area[2] > area[0] and area[3] == deepest for area in areas)
    return min(deepest + is_sideways, top + 4)


def _joined(header: list[Row], merged: list[Area]) -> tuple[str, ...]:
    shown = {(row.number, i): cell for row in header for i, cell in enumerate(row.cells)}
    for left, top, right, bottom in merged:
        for row in range(top, min(bottom, top + 4) + 1):
            shown |= {(row, i): shown.get((top, left)) for i in range(left, min(right, 999) + 1)}
    width = max(len(row.cells) for row in header)
    columns = ([shown.get((row.number, i)) for row in header] for i in range(width))
    return tuple(" / ".join(dict.fromkeys(_words(c) for c in column if c)) for column in columns)


def _words(cell: object) -> str:
    return " ".join(str(cell).split())


def _report_merged(sheet: Sheet, areas: list[Area]) -> None:
    for left, top, right, bottom in areas:
        value = next((str(row[left] or "") for row in sheet.rows if row.number == top), "")
        reason = format_lazy(
            _("The cells {first} to {last} are merged, so most of them are empty."),
            first=address(left, top),
            last=address(right, bottom),
        )
        mend = _("Unmerge them and fill in every cell.")
        where = (sheet.name, top, column_letter(left), address(left, top), value[:80])
        sheet.problems.append(Problem(*where, reason, mend))


def _note_twins(sheet: Sheet) -> None:
    for header in dict.fromkeys(h for h in sheet.headers if h and sheet.headers.count(h) > 1):
        letters = [column_letter(i) for i, h in enumerate(sheet.headers) if h == header]
        note = _("The columns {letters} are all called “{header}”; please check which is meant.")
        sheet.notes.append(format_lazy(note, letters=", ".join(letters), header=header))
