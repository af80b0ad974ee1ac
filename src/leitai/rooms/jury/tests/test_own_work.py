"""Pace, breaks, and a juror's own sheets that are unlike the rest."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.jury import queries
from leitai.rooms.jury.queries.own_work import look_again, work_of
from leitai.rooms.jury.rules.habits import FEWEST, Own, unlike_oneself
from leitai.rooms.jury.rules.pace import Work, durations, needs_break, pace
from leitai.rooms.jury.testing import a_juror, a_sheet, sealed

MINUTE = timedelta(minutes=1)


def works(*minutes, opened=()):
    return [
        Work(sheet=n, opened_at=opened[n] if opened else None, sealed_at=NOON + at * MINUTE)
        for n, at in enumerate(minutes)
    ]


def test_a_sheet_takes_from_its_opening_or_from_the_seal_before():
    done = works(10, 22, 200, opened=[NOON, NOON, NOON + 180 * MINUTE])

    assert durations(done) == {0: 10 * MINUTE, 1: 12 * MINUTE, 2: 20 * MINUTE}


def test_a_night_between_two_seals_is_not_work():
    assert durations(works(0, 600)) == {}


def test_what_is_left_at_ones_own_pace():
    done = works(0, 10, 22, 34)

    found = pace(done, left=9, until=NOON + timedelta(days=3), at=NOON)

    assert (found.minutes, found.hours_left, found.minutes_left, found.a_day) == (12, 1, 48, 3)


def test_without_a_few_sheets_nobody_knows_the_pace():
    assert pace(works(0, 10), left=9, until=None, at=NOON).minutes is None


@pytest.mark.parametrize(
    ("minutes", "at", "tires"),
    [
        (range(0, 96, 8), 96, True),  # a dozen without a pause
        ((0, 14, 28, 42, 56, 70, 84), 95, True),  # ninety minutes
        ((0, 14, 28), 40, False),
        (range(0, 96, 8), 150, False),  # the pause was taken
        ((0, 14, 28, 42, 70, 84), 95, False),  # a pause in between
        ((), 95, False),
    ],
)
def test_a_break_is_proposed_after_long_work(minutes, at, tires):
    assert needs_break(works(*minutes), at=NOON + at * MINUTE) is tires


def own(n, total, shares=(0.2, 0.8, 0.5), took=20):
    return Own(
        sheet=n, total=Decimal(total), shares=shares, took=took * MINUTE,
        finished_at=NOON + n * 30 * MINUTE,
    )  # fmt: skip


def codes(sheets):
    return {n: [r.code for r in reasons] for n, reasons in unlike_oneself(sheets).items()}


def test_a_total_far_from_ones_own_mean_is_told():
    found = unlike_oneself([own(n, t) for n, t in enumerate([20, 21, 19, 22, 20, 8])])

    with translation.override("en"):
        told = {n: [str(reason) for reason in reasons] for n, reasons in found.items()}
    assert told == {5: ["8.0 is far below your own mean of 20.4."]}


def test_equal_marks_everywhere_are_told_and_two_criteria_prove_nothing():
    assert codes([own(1, 10, shares=(0.5, 0.5, 0.5))]) == {1: ["all_alike"]}
    assert codes([own(1, 10, shares=(0.5, 0.5))]) == {}


def test_a_sheet_done_unusually_quickly_is_told():
    sheets = [own(n, 20 + n % 2, took=20) for n in range(5)]

    assert codes([*sheets, own(9, 20, took=2)]) == {9: ["quick"]}


def test_early_sheets_against_late_ones():
    sheets = [own(n, t) for n, t in enumerate([14, 15, 13, 18, 17, 18, 21, 22, 20])]

    assert codes(sheets) == {0: ["early_low"], 1: ["early_low"], 2: ["early_low"]}


def test_few_sheets_make_no_habit():
    assert codes([own(n, n * 9) for n in range(FEWEST - 1)]) == {}


@pytest.mark.django_db
def test_nothing_of_other_jurors_goes_in():
    mine = [sealed(a_sheet(juror=a_juror("Ada")), 7, 8) for _ in range(6)]
    pile = queries.pile(mine[0].juror.user, mine[0].stage)
    before = look_again(pile, work_of(mine[0].juror.user, pile))
    for sheet in mine:
        sealed(a_sheet(juror=a_juror("Bo"), entry=sheet.entry), 0, 0)

    pile = queries.pile(mine[0].juror.user, mine[0].stage)

    assert look_again(pile, work_of(mine[0].juror.user, pile)) == before == []


@pytest.mark.django_db
def test_the_page_is_the_jurors_alone():
    sheet = sealed(a_sheet(juror=a_juror("Ada", contest=a_contest())), 7, 8)
    address = reverse("jury:look_again", args=[sheet.stage_id])
    ada, stranger = Client(), Client()
    ada.force_login(sheet.juror.user)

    assert ada.get(address).status_code == 200
    assert stranger.get(address).status_code == 302
