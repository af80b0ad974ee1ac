"""What sheets say about jurors: for organisers, never a verdict, and never to jurors."""

import csv
from datetime import timedelta
from random import Random

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import queries
from leitai.rooms.jury.models import Mark, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    caches["near"].clear()


def a_marked_stage(*, entries=24, jurors=6, slug="venture"):
    """Every juror marks every entry; J1 gives three marks less than the others."""
    stage = a_stage(a_contest(slug=slug, rules=some_rules(stage={})), state=StageState.OPEN)
    people = [a_juror(f"J{n}", contest=stage.contest) for n in range(1, jurors + 1)]
    criteria, dice = list(stage.criteria.all()), Random(4)
    for n in range(entries):
        entry = an_entry(stage.contest)
        takes_part(stage, entry)
        for k, juror in enumerate(people):
            mark = min(max(5 + n % 4 + dice.choice([-1, 0, 0, 1]) - 3 * (k == 0), 0), 10)
            sheet = Sheet.objects.create(
                stage=stage, entry=entry, juror=juror, state=SheetState.SEALED, total=2 * mark,
                assigned_at=NOON, changed_at=NOON, sealed_at=NOON + timedelta(minutes=n),
            )  # fmt: skip
            Mark.objects.bulk_create([Mark(sheet=sheet, criterion=c, value=mark) for c in criteria])
    return stage


def page(stage):
    return reverse("jury:report", args=[stage.pk])


def test_the_strict_juror_is_told_with_a_range_and_stands_lowest_in_the_picture(client):
    stage = a_marked_stage()
    client.force_login(appointed(stage.contest))

    context = client.get(page(stage)).context

    first = context["rows"][0]
    assert first["juror"].name == "J1"
    assert first["line"].severity.high < -2
    assert "lower than an average juror" in first["notes"][0]
    assert context["picture"]["dots"][0]["name"] == "J1"
    assert context["picture"]["dots"][0]["is_apart"]
    assert [dot["y"] for dot in context["picture"]["dots"]] == sorted(
        (dot["y"] for dot in context["picture"]["dots"]), reverse=True
    )


def test_words_are_chinese_for_who_reads_chinese(client, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    stage = a_marked_stage(entries=12, jurors=4)
    client.force_login(appointed(stage.contest))

    notes = [note for row in client.get(page(stage)).context["rows"] for note in row["notes"]]

    assert notes
    assert not [note for note in notes if "juror" in note or "sheets" in note]


def test_the_report_goes_away_as_a_table(client):
    stage = a_marked_stage(entries=12, jurors=4)
    client.force_login(appointed(stage.contest))

    text = b"".join(client.get(page(stage), {"format": "csv"}).streaming_content).decode(
        "utf-8-sig"
    )
    book = client.get(page(stage), {"format": "xlsx"}).content

    rows = list(csv.DictReader(text.splitlines()))
    assert [row["juror"] for row in rows] == ["J1", "J2", "J3", "J4"]
    assert all(
        row["severity_low"] <= row["severity_high"] or float(row["severity_low"]) for row in rows
    )
    assert book.startswith(b"PK")


def test_copied_words_are_shown_with_the_jurors_names(client):
    stage = a_marked_stage(entries=12, jurors=4)
    words = "技术路线清楚，数据充分，建议尽快找到第二个付费用户并补充对照实验。"
    copied = Sheet.objects.filter(juror__name__in=["J2", "J3"], entry__code__endswith="01")
    copied.update(comment=words)
    client.force_login(appointed(stage.contest))

    [copy] = client.get(page(stage)).context["copies"]

    assert "J2" in copy["said"] and "J3" in copy["said"]
    assert {juror.name for juror, _entries in copy["pairs"]} == {"J2", "J3"}


def test_a_stage_without_sealed_sheets_says_what_will_be_here(client):
    stage = a_stage(a_contest())
    client.force_login(appointed(stage.contest))

    assert b"none is sealed yet" in client.get(page(stage)).content


def test_few_jurors_and_many_cost_the_same_questions(client):
    counts = []
    for entries, jurors in ((3, 2), (20, 7)):
        stage = a_marked_stage(entries=entries, jurors=jurors, slug=f"with-{jurors}")
        client.force_login(appointed(stage.contest))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page(stage)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_juror_who_left_is_still_in_the_report():
    stage = a_marked_stage(entries=12, jurors=4)
    stage.contest.jurors.filter(name="J1").update(state="left")

    assert len(queries.jury_report(stage).lines) == 4


@pytest.mark.parametrize("who", ["juror", "secretariat", "supervisor", "stranger"])
def test_nobody_but_organisers_reads_it(client, who):
    stage = a_marked_stage(entries=3, jurors=2)
    people = {
        "juror": lambda: stage.contest.jurors.first().user,
        "secretariat": lambda: appointed(stage.contest, Role.SECRETARIAT),
        "supervisor": lambda: appointed(stage.contest, Role.SUPERVISOR),
        "stranger": lambda: a_juror("X", contest=a_contest(slug="other")).user,
    }
    client.force_login(people[who]())

    assert client.get(page(stage)).status_code in (403, 404)
