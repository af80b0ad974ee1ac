"""The examples of docs/spreadsheets.md do what they say, without a database."""

import csv
import io
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from leitai.site import cli

PROJECT = Path(__file__).resolve().parents[5]
PAGE = (PROJECT / "docs" / "spreadsheets.md").read_text()
FILES = dict(re.findall(r"^(\S+\.csv)\n\n```csv\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE))
SHOWN = dict(re.findall(r"in (\S+\.csv):\n\n```csv\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = {line.split()[1]: line for line in re.findall(r"```sh\n(leitai .*?)\n```", PAGE)}
COMMANDS |= {"panel": next(c for c in re.findall(r"```sh\n(.*?)\n```", PAGE) if "panel.csv" in c)}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line, *more):
    return cli.main([*line.split()[1:], *more])


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.seen, self.links = set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.links += [v for k, v in attrs if k in {"src", "href"} or k.startswith("on")]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("word", ["assign", "lookalikes", "meetings"])
def test_a_report_is_one_file_that_fetches_nothing(folder, word, language):
    assert run(COMMANDS[word], "--language", language) == 0

    report = next(folder.glob("*.html")).read_text()
    tags = Tags(report)
    assert "script" not in tags.seen and tags.links == []
    assert {"h1", "table", "style"} <= tags.seen
    assert ("规则" in report) == (language == "zh")
    assert "{" not in re.sub(r"(?s)<style>.*?</style>", "", report)


def test_the_plan_keeps_the_rules_of_the_example(folder):
    assert run(COMMANDS["assign"]) == 0

    rows = table(folder / "plan.csv")
    assert len(rows) == 12
    assert ("E2", "Dora") not in {(r["entry"], r["juror"]) for r in rows}
    assert ("E1", "Chen") not in {(r["entry"], r["juror"]) for r in rows}
    kinds = [r["kind"] for r in rows if r["entry"] == "E3"]
    assert kinds.count("technical") >= 2 and "investor" in kinds
    assert all("tags" in r["reason"] for r in rows)
    assert "<svg" in (folder / "plan.html").read_text()


def test_places_are_those_the_page_shows(folder):
    line = next(c for c in re.findall(r"```sh\n(.*?)\n```", PAGE) if "marks.csv" in c)
    assert run(line) == 0

    assert (folder / "places.csv").read_text(encoding="utf-8-sig") == SHOWN["places.csv"]
    assert "city: 1 places for 2 candidates" in (folder / "places.html").read_text()


def test_an_empty_chair_is_passed_over(folder):
    assert run(COMMANDS["panel"]) == 0

    rows = {r["entry"]: r for r in table(folder / "panel-places.csv")}
    assert rows["Mei"]["score"] == "9.38" and rows["Mei"]["sheets"] == "4"
    assert rows["Lin"]["score"] == "9.08" and rows["Lin"]["left out"] == "j3, j4"


def test_the_copy_is_found_with_its_passage(folder):
    assert run(COMMANDS["lookalikes"]) == 0

    (pair,) = table(folder / "pairs.csv")
    assert (pair["entry"], pair["other entry"]) == ("E1", "E2")
    assert "lengthen the green when an ambulance" in pair["the longest"]


def test_meetings_use_the_interpreter_where_one_is_needed(folder):
    assert run(COMMANDS["meetings"]) == 0

    rows = {(r["host"], r["team"]): r for r in table(folder / "meetings.csv")}
    assert rows["Harbour Fund", "Meeting Trains"]["slot"] == "14:40"
    assert {team for _, team in rows} == {"Listening Lights", "Quiet Wards", "Meeting Trains"}
    helped = rows.get(("Harbour Fund", "Quiet Wards"))
    assert helped is None or (helped["interpreter"], helped["slot"]) == ("Yan", "14:20")
    assert "In each of" in (page := (folder / "meetings.html").read_text()) or "has all of" in page


def test_a_workbook_goes_in_and_comes_out(folder):
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(FILES["marks.csv"])):
        book.active.append(row)
    book.save("marks.xlsx")

    assert run("leitai rank marks.xlsx --scale 0-100 --criteria idea,use -o out.xlsx") == 0

    values = list(openpyxl.load_workbook("out.xlsx").active.iter_rows(values_only=True))
    assert values[1][:3] == (1, "E3", 87.5)


def test_the_chance_to_belong_stands_beside_the_place(folder):
    assert run("leitai rank marks.csv --scale 0-100 --criteria idea,use --places 2 -o o.csv") == 0

    rows = table(folder / "o.csv")
    assert sum(float(r["chance"]) for r in rows) == pytest.approx(2, abs=0.01)


REFUSED = {
    "marks.csv --scale 0-10 --criteria idea -o o.csv": "marks.csv C2: '80' 80 is above 10.",
    "marks.csv --scale 100-0 --criteria idea -o o.csv": "--scale 100-0: write it as 0-100",
    "marks.csv --scale 0-100 -o o.csv": "There are: idea, use, track",
    "marks.csv --scale 0-100 --criteria style -o o.csv": "No column style. There are: entry,",
    "marks.csv --scale 0-100 --criteria idea": "Say where the result goes",
    "marks.csv --scale 0-100 --criteria idea -o o.pdf": "write .xlsx or .csv",
    "marks.csv --scale 0-100 --criteria idea -o nowhere/o.csv": "there is no such folder",
    "nothing.csv --scale 0-100 -o o.csv": "nothing.csv cannot be read",
    "marks.csv --scale 0-100 --criteria idea --formula z_mean -o o.csv": "would not be fair",
    "marks.csv --scale 0-100 --criteria idea --quota track -o o.csv": "say how many with --places",
    "marks.csv --scale 0-100 --jurors idea,use -o o.csv": "row 3: entry E1 stands in row 2 already",
    "marks.csv --scale 0-100 --criteria idea --weights x -o o.csv": "--weights x: write it as",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_wrong_is_told_and_nothing_written(folder, capsys, words):
    before = set(folder.iterdir())

    assert run(f"leitai rank {words}") == 1

    assert REFUSED[words] in capsys.readouterr().err
    assert set(folder.iterdir()) == before


def test_too_few_jurors_are_told_in_numbers(folder, capsys):
    assert run("leitai assign entries.csv jurors.csv --mix investor=3 -o plan.csv") == 1

    told = capsys.readouterr().err
    assert "investor" in told and re.search(r"\d", told)


def test_a_missing_column_is_told_once(folder, capsys):
    assert run("leitai meetings hosts.csv jurors.csv wishes.csv --slots 3 --tables 2 -o o.csv") == 1

    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("jurors.csv row 1: '' No column gives “team”.")
    assert told[1:] == ["Nothing was written."]


def test_a_misspelt_name_is_told(folder, capsys):
    (folder / "wishes.csv").write_text("who,whom,wish\nHarbor Fund,Quiet Wards,3\n")

    assert run(COMMANDS["meetings"]) == 1

    assert "wishes.csv row 2: Harbor Fund and Quiet Wards are not" in capsys.readouterr().err


def test_fixed_meetings_that_cannot_stand_are_told(folder, capsys):
    (folder / "fixed.csv").write_text("slot,host,team\n1,Harbour Fund,Meeting Trains\n")

    assert run(COMMANDS["meetings"], "--fixed", "fixed.csv") == 1

    assert "Meeting Trains is not free in slot 1: choose another" in capsys.readouterr().err


def test_it_needs_no_database_and_no_settings(folder):
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("LEITAI", "DATABASE", "DJ"))}
    bare |= {"LEITAI_DATA": "/nonexistent", "DATABASE_URL": "nonsense"}
    words = "rank marks.csv --scale 0-100 --criteria idea,use --language zh -o o.csv"

    done = subprocess.run(
        [sys.executable, "-m", "leitai", *words.split()], env=bare, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "o.csv").read_text(encoding="utf-8-sig").startswith("名次,")
