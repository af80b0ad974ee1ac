import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.foundation.tables.table import BadTable
from leitai.foundation.tables.testing import read
from leitai.foundation.tables.write import GUARDED, UNPRINTABLE, write_csv, write_xlsx

HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "+86 100",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'=1",
    "=cmd|' /C calc'!A0",
]
words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@\t\"',;\n"), max_size=40
).filter(lambda s: not UNPRINTABLE.search(s))


def as_csv(headers, rows, **options) -> bytes:
    return b"".join(write_csv(headers, rows, **options))


def as_xlsx(headers, rows) -> bytes:
    target = io.BytesIO()
    write_xlsx(target, headers, rows)
    return target.getvalue()


@pytest.mark.parametrize("word", HOSTILE)
def test_a_name_cannot_become_a_command_in_csv(word):
    (_, (cell,)) = csv.reader(
        io.StringIO(as_csv(["name"], [[word]], bom=False).decode(), newline="")
    )

    assert cell == f"'{word}"


@pytest.mark.parametrize("word", HOSTILE)
def test_a_name_cannot_become_a_command_in_xlsx(word):
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(["name"], [[word]])))

    assert book.active["A2"].data_type == "s"


def test_numbers_and_dates_stay_what_they_are():
    row = [-3, Decimal("-2.50"), date(2026, 3, 1)]

    assert as_csv(["a", "b", "c"], [row], bom=False) == b"a,b,c\r\n-3,-2.50,2026-03-01\r\n"
    assert read(as_xlsx(["a", "b", "c"], [row])).first.rows[0].cells == (
        -3,
        Decimal("-2.5"),
        date(2026, 3, 1),
    )


def test_the_byte_order_mark_is_for_excel():
    assert as_csv(["甲"], []).startswith(b"\xef\xbb\xbf")


def test_characters_a_workbook_cannot_hold_are_left_out():
    assert read(as_xlsx(["a"], [["x\x00\x0by\ud800"]])).first.rows[0].cells == ("xy",)


def test_a_text_too_long_for_a_workbook_is_not_cut_in_silence():
    with pytest.raises(BadTable) as refusal:
        as_xlsx(["a"], [["x" * 32_768]])

    assert refusal.value.code == "cell_too_long"


def test_csv_is_written_piece_by_piece():
    pieces = write_csv(["a"], ([i] for i in iter(int, 1)))

    assert [next(pieces) for _ in range(3)] == [b"\xef\xbb\xbf", b"a\r\n", b"0\r\n"]


@settings(deadline=None)
@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
def test_what_is_written_as_csv_reads_the_same(rows):
    sheet = read(as_csv(["first", "second"], rows)).first

    assert [row.cells for row in sheet.rows] == tidied(rows)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
def test_what_is_written_as_xlsx_reads_the_same(rows):
    sheet = read(as_xlsx(["first", "second"], rows)).first

    assert [row.cells for row in sheet.rows] == tidied(rows)


def tidied(rows) -> list[tuple]:
    """Blank cells are None, and none stand at the end of a row; blank rows are left out."""
    out = []
    for row in rows:
        cells = [cell or None for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        out += [tuple(cells)] if cells else []
    return out


@given(words)
def test_the_guard_is_taken_off_exactly_once(word):
    guarded = f"'{word}" if GUARDED.match(word) else word

    assert (guarded[1:] if guarded.startswith("'") and GUARDED.match(guarded) else guarded) == word
