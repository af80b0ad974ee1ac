import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.foundation.files.testing import a_pdf, a_zip_bomb, an_office
from leitai.foundation.tables.read import read_table
from leitai.foundation.tables.table import BadTable, Flaw
from leitai.foundation.tables.testing import a_sheet, a_workbook, read, saved

CHINESE = "项目名称,负责人\n智慧城市,张伟\n无人配送,𠮷田\n"
HALF_PAST_NINE = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones
TRADITIONAL = "項目名稱,負責人\n智慧城市,陳大文\n無人配送,黃小明\n"


def cells(sheet) -> list[tuple]:
    return [row.cells for row in sheet.rows]


def refused(content: bytes, **options: int) -> str:
    with pytest.raises(BadTable) as refusal:
        read_table(io.BytesIO(content), "table", **options)
    assert str(refusal.value.reason) and str(refusal.value.mend)
    return refusal.value.code


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5"),
    ],
)
def test_the_encoding_is_found(text, encoding):
    table = read(text.encode(encoding))

    assert table.first.headers == tuple(text.split("\n")[0].split(","))
    assert cells(table.first)[1] == tuple(text.split("\n")[2].split(","))
    assert str(table.notes[0]) == f"Read as {encoding.upper()}."


@pytest.mark.parametrize("text", ["Name,City\nMüller,Köln\n", "Prénom\nÉlodie\nAndré\nZoë\n"])
def test_an_encoding_that_cannot_be_told_is_asked_for(text):
    assert refused(text.encode("cp1252")) == "encoding"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(delimiter, end):
    lines = [delimiter.join(row) for row in (["a", "b"], ["1,5;x", '"say ""hi"""'], ["", "2"])]
    lines[1] = delimiter.join(['"1,5;x"', '"say ""hi"""'])

    sheet = a_sheet(end.join(lines))

    assert (sheet.headers, cells(sheet)) == (("a", "b"), [("1,5;x", 'say "hi"'), (None, "2")])


def test_mixed_line_ends_and_breaks_inside_quotes():
    sheet = a_sheet('a,b\r\n1,"two\nlines"\n3,4\r5,6')

    assert cells(sheet) == [("1", "two\nlines"), ("3", "4"), ("5", "6")]


def test_a_first_line_that_names_the_delimiter_is_believed():
    assert a_sheet("sep=;\na,b;c\n1;2\n").headers == ("a,b", "c")


def test_rows_keep_the_numbers_people_see():
    sheet = a_sheet("a,b\n\n1,2\n,\n3,4\n,,\n\n")

    assert [row.number for row in sheet.rows] == [3, 5]


def test_unclosed_quotes_are_explained():
    assert refused(b'a,b\n1,"2\n') == "bad_csv"


def test_a_formula_in_a_csv_is_not_believed():
    flaw = a_sheet("a,b\n=1+1,2\n").rows[0][0]

    assert isinstance(flaw, Flaw) and "formula" in str(flaw.reason)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"<html><table><tr><td>1</td></tr></table>", "not_a_table"),
        (a_pdf(), "not_a_table"),
        (an_office("docx"), "not_a_table"),
        (an_office("xlsx"), "broken"),
        (b"PK\x03\x04 nothing", "broken"),
        (b"a,b\n1,\x00\n", "encoding"),
        (a_zip_bomb(), "bomb"),
    ],
)
def test_what_is_no_table_is_refused(content, code):
    assert refused(content) == code


def test_a_table_that_is_too_long_or_too_wide_is_refused():
    assert refused(b"a,b\n" + b"1,2\n" * 20, max_rows=20) == "too_many_cells"
    assert refused(b"a,b\n" + b"1,2\n" * 20, max_cells=20) == "too_many_cells"
    assert refused(b"," * 1_000 + b"1\n") == "too_many_cells"
    assert refused(b"a,b\n1,2\n", max_bytes=4) == "too_large"


def test_blank_rows_at_the_end_are_free():
    assert cells(a_sheet(b"a,b\n1,2\n" + b",\n" * 1_000, max_rows=3)) == [("1", "2")]


def test_xlsx_cells_come_out_as_they_were_typed():
    book = a_workbook([["id", "x"], [1.0, 0.1 + 0.2], ["007", 42], [date(2026, 3, 1), True]])
    book.active["B3"].number_format = "0000"
    book.active.append([HALF_PAST_NINE, None])

    assert cells(a_sheet(book)) == [
        (1, Decimal("0.3")),
        ("007", "0042"),
        (date(2026, 3, 1), True),
        (HALF_PAST_NINE,),
    ]


def test_xlsx_cells_that_cannot_be_trusted_are_flaws():
    book = a_workbook([["a", "b", "c"], ["=HYPERLINK(1)", 110101199001011234, "#N/A"]])
    book.active["C2"].data_type = "e"

    row = a_sheet(book).rows[0]

    words = ["formula", "15 digits", "#N/A"]
    assert [word in str(flaw.reason) for word, flaw in zip(words, row.cells)] == [True] * 3


def test_a_text_that_begins_with_an_equals_sign_is_a_text():
    book = a_workbook([["a"], ["x"]])
    book.active["A2"].value, book.active["A2"].data_type = "=not a formula", "s"

    assert cells(a_sheet(book)) == [("=not a formula",)]


def test_merged_headers_over_two_rows_are_joined():
    rows = [
        ["2026 报名汇总表"],
        ["项目", "负责人", None, "备注"],
        [None, "姓名", "电话", None],
        ["甲", "张", "100", None],
    ]

    sheet = a_sheet(a_workbook(rows, merged=["A1:D1", "A2:A3", "B2:C2", "D2:D3"]))

    assert sheet.headers == ("项目", "负责人 / 姓名", "负责人 / 电话", "备注")
    assert (sheet.header_row, cells(sheet)) == (2, [("甲", "张", "100")])
    assert "Row 1" in str(sheet.notes[0])


def test_merged_cells_among_the_rows_are_a_problem():
    rows = [["unit", "person"], ["North", "Ada"], [None, "Ben"]]

    (problem,) = a_sheet(a_workbook(rows, merged=["A2:A3"])).problems

    assert (problem.cell, problem.row, problem.value) == ("A2", 2, "North")
    assert "A2 to A3" in str(problem.reason)


def test_headers_that_come_twice_are_noted():
    (note,) = a_sheet("name,phone,name\n1,2,3\n").notes

    assert "A, C" in str(note)


def test_hidden_rows_and_sheets_are_noted_and_the_first_visible_sheet_is_taken():
    book = a_workbook([["secret"], ["x"]])
    book.active.sheet_state = "hidden"
    page = book.create_sheet("Entries")
    for row in (["title"], ["one"], ["two"]):
        page.append(row)
    page.row_dimensions[2].hidden = True

    table = read(book)

    assert (table.first.name, len(table.first.rows)) == ("Entries", 2)
    assert [str(note) for note in chain(table.notes, table.first.notes)] == [
        "The workbook has hidden sheets: Sheet.",
        "Hidden rows: 1, the first is row 2; they are read too.",
    ]


def test_a_sheet_that_lies_about_its_size_does_no_harm():
    source = zipfile.ZipFile(io.BytesIO(saved(a_workbook([["a"], [1]]))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, content.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))

    assert cells(a_sheet(target.getvalue())) == [(1,)]


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="=,;\t\"'\r\n1甲a", max_size=80)))
def test_arbitrary_content_is_read_or_politely_refused(content):
    try:
        read(content)
    except BadTable as bad:
        assert str(bad.mend)


BOOK = saved(a_workbook([["a", "b"], [1, "=A1"], ["x", None]], merged=["A1:B1"]))


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_workbook_is_read_or_politely_refused(data):
    """Damage inside the parts, with checksums that fit, so that it reaches the reader."""
    source = zipfile.ZipFile(io.BytesIO(BOOK))
    names = source.namelist()
    hurt = data.draw(st.sampled_from(names))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            content = bytearray(source.read(name))
            for _ in range(data.draw(st.integers(1, 4)) if name == hurt else 0):
                content[data.draw(st.integers(0, len(content) - 1))] = data.draw(
                    st.sampled_from(b'<>/"=&A1\x00 \xff')
                )
            archive.writestr(name, bytes(content))

    try:
        read(target.getvalue())
    except BadTable as bad:
        assert str(bad.mend)
