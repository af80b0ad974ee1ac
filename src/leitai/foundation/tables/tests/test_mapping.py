from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from leitai.foundation.tables import parsers
from leitai.foundation.tables.mapping import Field, check, guess_mapping
from leitai.foundation.tables.parsers import BadCell
from leitai.foundation.tables.testing import a_sheet, a_workbook, said

FIELDS = (
    Field("id", "Number", parsers.text(max_length=20), required=True, aliases=("编号", "序号")),
    Field("title", "Title", parsers.text(), required=True, aliases=("项目名称",)),
    Field("mark", "Mark", parsers.decimal(low=Decimal(1), high=Decimal(5), step=Decimal("0.1"))),
    Field("email", "E-mail", parsers.email(), aliases=("邮箱",)),
)
NINE = datetime(2026, 3, 1, 9)  # noqa: DTZ001 - a spreadsheet knows no time zones
GOOD = {"id": 0, "title": 1, "mark": 2, "email": 3}


def checked(text: str, *, keys=("id",)):
    sheet = a_sheet(f"id,title,mark,email\n{text}")
    return check(sheet, GOOD, FIELDS, keys=keys)


def reasons(text: str, **options) -> list[dict]:
    return [said(problem) for problem in checked(text, **options)[1]]


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (("id", "title", "mark", "email"), GOOD),
        (
            ("Ｅ－Ｍａｉｌ", "Mark ", "TITLE", "Number"),
            {"email": 0, "mark": 1, "title": 2, "id": 3},
        ),
        (("序号", "参赛项目名称（必填）", "联系邮箱"), {"id": 0, "title": 1, "email": 2}),
        (("identity", "subtitle x", "marker"), {"title": 1}),
        (("title", "title"), {"title": 0}),
        ((), {}),
    ],
)
def test_columns_are_guessed_by_their_names(headers, mapping):
    assert guess_mapping(headers, FIELDS) == mapping


def test_a_good_row_gives_its_values():
    rows, problems = checked("007,𠮷野家,3.5,ADA@example.org\n008,x,,\n")

    assert problems == []
    assert rows[0].values == {
        "id": "007",
        "title": "𠮷野家",
        "mark": Decimal("3.5"),
        "email": "ada@example.org",
    }
    assert (rows[1].number, rows[1]["mark"], rows[1]["email"]) == (3, None, None)


def test_every_bad_cell_is_told_with_its_place():
    text = '1,,3,x\n2,t,"3,5",\n3,t,3.25,\n4,t,7,\n5,=A1,3,\n'

    assert reasons(text) == [
        {"cell": "B2", "value": "", "reason": "“Title” is empty."},
        {"cell": "D2", "value": "x", "reason": "This is not an e-mail address."},
        {
            "cell": "C3",
            "value": "3,5",
            "reason": "“3,5” has a comma; it could mean a decimal or thousands.",
        },
        {
            "cell": "C4",
            "value": "3.25",
            "reason": "3.25 is finer than the scale, which goes in steps of 0.1.",
        },
        {"cell": "C5", "value": "7", "reason": "7 is above 5."},
        {
            "cell": "B6",
            "value": "=A1",
            "reason": "The cell holds a formula, and we take only what is written down.",
        },
    ]


def test_a_formula_in_a_column_nobody_asks_for_does_not_matter():
    sheet = a_sheet("id,title,sum\n1,t,=1+1\n")

    assert check(sheet, {"id": 0, "title": 1}, FIELDS)[1] == []


def test_a_number_that_comes_twice_is_told_with_the_first_row():
    assert reasons("a1,t,,\nb1,t,,\nA1,t,,\n") == [
        {"cell": "A4", "value": "A1", "reason": "Row 2 already has the same key."}
    ]


def test_ids_that_a_spreadsheet_made_into_numbers_are_the_same_id():
    book = a_workbook([["id", "title"], [1.0, "x"], ["1", "y"]])

    rows, problems = check(a_sheet(book), {"id": 0, "title": 1}, FIELDS, keys=("id",))

    assert [row["id"] for row in rows] == ["1"] and len(problems) == 1


def test_two_fields_together_may_name_a_row():
    text = "1,t,,\n1,u,,\n1,t,,\n"

    assert [problem["cell"] for problem in reasons(text, keys=("id", "title"))] == ["A4"]


def test_a_missing_column_and_an_empty_sheet_are_told():
    problems = check(a_sheet("id\n"), {"id": 0}, FIELDS)[1]

    assert [str(problem.reason) for problem in problems] == [
        "No column gives “Title”.",
        "The sheet has no rows.",
    ]


def test_merged_cells_stop_an_import():
    book = a_workbook([["id", "title"], [1, "x"], [2, None]], merged=["B2:B3"])

    problems = check(a_sheet(book), {"id": 0, "title": 1}, FIELDS)[1]

    assert [problem.cell for problem in problems] == ["B2", "B3"]


@pytest.mark.parametrize(
    ("parse", "value", "read"),
    [
        (parsers.text(), "  Prince\u200b ", "Prince"),
        (parsers.text(), Decimal("1.0"), "1"),
        (parsers.text(max_length=60), "名" * 60, "名" * 60),
        (parsers.decimal(), "-3.50", Decimal("-3.50")),
        (parsers.decimal(), "３．５", Decimal("3.5")),
        (parsers.integer(low=0), "1200", 1200),
        (parsers.integer(), Decimal("4.0"), 4),
        (parsers.day(), "2026年3月1日", date(2026, 3, 1)),
        (parsers.day(), "2026/3/1", date(2026, 3, 1)),
        (parsers.day(), NINE, date(2026, 3, 1)),
        (parsers.choice({"firm": ("Company", "企业"), "team": ("Team", "团队")}), " 企业 ", "firm"),
        (parsers.choice({"firm": ("Company", "企业")}), "FIRM", "firm"),
        (parsers.items(), "视觉、 语音；视觉;机器人\n规划", ["视觉", "语音", "机器人", "规划"]),
        (parsers.email(), "Ada@Example.org ", "ada@example.org"),
        (parsers.yes_no(), "是", True),
        (parsers.yes_no(), False, False),
    ],
)
def test_a_cell_is_read_as_what_it_should_be(parse, value, read):
    assert parse(value) == read


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (parsers.text(max_length=60), "名" * 61),
        (parsers.decimal(), "1,000"),
        (parsers.decimal(), "NaN"),
        (parsers.decimal(), "1e999999"),
        (parsers.decimal(), "3 分"),
        (parsers.decimal(), True),
        (parsers.decimal(low=Decimal(1)), "0.5"),
        (parsers.integer(), "1.5"),
        (parsers.day(), "01/03/2026"),
        (parsers.day(), "2026-02-30"),
        (parsers.day(), 46082),
        (parsers.choice({"firm": ("Company",)}), "Club"),
        (parsers.email(), "a@b@c"),
        (parsers.yes_no(), "maybe"),
    ],
)
def test_what_is_not_meant_is_not_guessed(parse, value):
    with pytest.raises(BadCell) as bad:
        parse(value)

    assert str(bad.value.reason) and str(bad.value.mend)


def test_problems_are_told_in_the_readers_language():
    (problem,) = checked("1,t,7,\n")[1]

    with translation.override("zh-hans"):
        assert (str(problem.reason), str(problem.mend)) == ("7 大于 5。", "请填写不大于 5 的数。")
