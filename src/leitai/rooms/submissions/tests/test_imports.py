"""Tables of entries: all rows or none, every bad cell named."""

import csv
import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.foundation.tables.read import read_table
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions
from leitai.rooms.submissions.models import Entry, Version
from leitai.rooms.submissions.testing import an_open_contest

pytestmark = pytest.mark.django_db
HEAD = "编号,项目名称,场景,关键词,单位名称\n"
GOOD = HEAD + "7,城市交通信号,TRF,AI；交通,砺石智能有限公司\n8,Weld ears,MFG,weld,砺石智能\n"


def preview(contest, text):
    data = text if isinstance(text, bytes) else text.encode()
    return actions.preview_import(contest, read_table(io.BytesIO(data), "t.csv").first)


def taken(contest, text, *, state="submitted"):
    return actions.import_entries(
        contest=contest, preview=preview(contest, text), state=state, kind="company",
        by=a_person("Ora"), at=NOON,
    )  # fmt: skip


def test_a_table_becomes_entries_with_receipts_and_a_journal():
    contest = an_open_contest()

    made = taken(contest, GOOD)

    assert [e.code for e in made] == ["TRF-0001", "MFG-0002"]
    first, second = Entry.objects.order_by("pk")
    assert (first.title_zh, first.tags, first.state) == (
        "城市交通信号",
        ["AI", "交通"],
        "submitted",
    )
    assert second.title_en == "Weld ears"
    assert first.organisation == second.organisation == Organisation.objects.get()
    assert Version.objects.count() == 2
    assert Line.objects.filter(verb="submissions.entry_imported").count() == 2


def test_cards_stay_hidden_unless_somebody_answers_for_the_teams_consent():
    contest = an_open_contest()
    shown = preview(contest, GOOD)
    told = {"contest": contest, "state": "accepted", "kind": "company", "by": None, "at": NOON}

    hidden = actions.import_entries(preview=shown, **told)
    again = preview(contest, GOOD.replace("\n7,", "\n17,").replace("\n8,", "\n18,"))
    open_ones = actions.import_entries(preview=again, shows_cards=True, **told)

    assert [e.shows_card for e in hidden + open_ones] == [False, False, True, True]
    lines = Line.objects.filter(verb="submissions.entry_imported").order_by("number")
    assert [line.data["cards"] for line in lines] == [False, False, True, True]


def test_the_same_table_twice_is_taken_once():
    contest = an_open_contest()
    taken(contest, GOOD)

    assert preview(contest, GOOD).known == 2
    assert taken(contest, GOOD + "9,Third,MED,,\n")[0].external_id == "9"
    assert Entry.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (GOOD + "8,Again,MED,,\n", ["A4"]),
        (GOOD + ",No number,MED,,\n", ["A4"]),
        (GOOD + "9,,MED,,\n", ["B4"]),
        (GOOD + "9,Title,SPACE,,\n10,=1+1,MED,,\n", ["C4", "B5"]),
        (GOOD + f"9,{'长' * 201},MED,,\n", ["B4"]),
        ("项目名称,场景\nA,MED\n", [""]),
        (HEAD, [""]),
    ],
)
def test_every_bad_cell_is_named_and_nothing_comes_in(text, cells):
    contest = an_open_contest()

    shown = preview(contest, text)

    assert [p.cell for p in shown.problems] == cells
    assert all(p.reason and p.mend and p.sheet for p in shown.problems)
    with pytest.raises(NotPossible):
        taken(contest, text)
    assert not Entry.objects.exists()


def test_chinese_tables_in_gb18030_come_in():
    contest = an_open_contest()

    taken(contest, GOOD.encode("gb18030"))

    assert Entry.objects.filter(title_zh="城市交通信号").exists()


def test_columns_nobody_asked_for_are_named_and_passed_over():
    shown = preview(an_open_contest(), "id,title,ratings\n1,A,4;6\n")

    assert (shown.ignored, shown.problems, shown.new) == (["ratings"], [], 1)


# --- in the browser


def signed_in(person):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


def sent(client, contest, data, name="t.csv"):
    page = reverse("submissions:import", args=[contest.pk])
    return client.post(page, {"file": SimpleUploadedFile(name, data)})


def test_an_organiser_looks_first_and_then_takes_it():
    contest = an_open_contest()
    client = signed_in(appointed(contest))

    looked = sent(client, contest, GOOD.encode())
    page = client.get(looked.url)

    assert b"Import 2 entries" in page.content
    assert not Entry.objects.exists()
    columns = {
        f"map_{key}": str(i) for i, key in enumerate(["id", "title", "scenario", "keywords"])
    }
    client.post(looked.url, {**columns, "do": "import", "state": "accepted", "kind": "company"})
    client.post(looked.url, {**columns, "do": "import", "state": "accepted", "kind": "company"})
    assert set(Entry.objects.values_list("state", flat=True)) == {"accepted"}
    assert Entry.objects.count() == 2


def test_a_table_with_problems_shows_them_and_has_no_button():
    contest = an_open_contest()
    client = signed_in(appointed(contest))

    page = client.get(sent(client, contest, (GOOD + "9,,MED,,\n").encode()).url).content.decode()

    assert "B4" in page and 'value="import"' not in page


@pytest.mark.parametrize(
    "data", [b"", b"<!doctype html><p>", b"%PDF-1.4", b"PK\x03\x04broken", b"\x00\xff"]
)
def test_what_is_no_table_is_refused_with_the_mend(data):
    contest = an_open_contest()

    response = sent(signed_in(appointed(contest)), contest, data)

    assert response.status_code == 422
    assert b"errorlist" in response.content


def test_only_organisers_import_and_only_their_own_upload():
    contest = an_open_contest()
    link = sent(signed_in(appointed(contest)), contest, GOOD.encode()).url
    page = reverse("submissions:import", args=[contest.pk])

    assert signed_in(a_person("Nosy")).get(page).status_code == 404
    assert signed_in(a_person("Nosy")).get(link).status_code == 404
    assert signed_in(appointed(contest, Role.SUPERVISOR)).get(page).status_code == 403
    assert signed_in(appointed(contest, name="Other Organiser")).get(link).status_code == 404


# --- by command


def a_file(tmp_path, text):
    path = tmp_path / "entries.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_command_takes_a_file(tmp_path):
    an_open_contest("venture")
    told = io.StringIO()

    call_command("import_entries", a_file(tmp_path, GOOD), contest="venture", stdout=told)

    assert Entry.objects.count() == 2
    assert "2" in told.getvalue()


def test_the_command_lists_bad_cells_and_takes_nothing(tmp_path):
    an_open_contest("venture")

    with pytest.raises(CommandError) as refused:
        call_command("import_entries", a_file(tmp_path, GOOD + "9,,MED,,\n"), contest="venture")

    assert "B4" in str(refused.value)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("name", ["nowhere.csv", "/"])
def test_the_command_says_when_there_is_no_file(name):
    an_open_contest("venture")

    with pytest.raises(CommandError):
        call_command("import_entries", name, contest="venture")


REAL = Path(os.environ.get("LEITAI_REAL_DATA", "/nowhere")) / "iclr2018_submissions.csv"


@pytest.mark.skipif(not REAL.exists(), reason="LEITAI_REAL_DATA names no folder with ICLR 2018")
def test_926_real_submissions_go_in():
    contest = an_open_contest("iclr")
    began = time.monotonic()

    call_command(
        "import_entries", str(REAL), contest="iclr", state="accepted", stdout=io.StringIO()
    )

    with REAL.open(encoding="utf-8") as real:
        rows = list(csv.DictReader(real))
    assert time.monotonic() - began < 30
    titles = set(Entry.objects.filter(contest=contest).values_list("title_en", flat=True))
    assert {" ".join(r["title"].split()) for r in rows} == {" ".join(t.split()) for t in titles}
    assert len(rows) == 926 == Entry.objects.count()
