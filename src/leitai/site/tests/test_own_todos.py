"""What waits for one person by name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.rules import ConflictGround, ConflictSource
from leitai.rooms.jury.testing import a_juror, a_sheet, sealed
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings import actions
from leitai.rooms.standings.testing import (
    a_meeting,
    a_standing,
    an_appeal,
    judged,
    level,
    published,
    taken_up,
)
from leitai.rooms.submissions.testing import an_entry
from leitai.site.pages import own_todos, todos

pytestmark = pytest.mark.django_db


def waits_for(user, at=NOON):
    return [(todo.url, todo.until) for todo in own_todos.of(user, at=at)]


def asked_again(contest=None, at=NOON):
    """Otto wants a sealed sheet opened again."""
    sheet = sealed(a_sheet(juror=a_juror(contest=contest)), 7, 8)
    by = appointed(sheet.stage.contest, Role.ORGANISER, "Otto")
    until = at + timedelta(days=30)
    return jury.ask_reopening(sheet=sheet, why="A slip", until=until, by=by, at=at)


def test_the_second_person_is_waited_for_until_the_request_lapses():
    asked = asked_again()
    contest = asked.sheet.stage.contest
    second = appointed(contest, Role.ORGANISER, "Second")
    page = reverse("jury:second_person", args=[asked.pk])

    (todo,) = own_todos.of(second, at=NOON)

    assert todo.url == page and NOON < todo.until < NOON + timedelta(days=30)
    assert waits_for(asked.by) == []
    assert waits_for(appointed(contest, Role.SECRETARIAT, "Clerk")) == []
    assert waits_for(second, at=todo.until) == []


def test_a_tied_organiser_is_no_second_person():
    asked = asked_again()
    contest = asked.sheet.stage.contest
    second = appointed(contest, Role.ORGANISER, "Second")
    tied = a_juror("Second", contest=contest)
    contest.entries.get().conflicts.create(
        juror=tied, ground=ConflictGround.OTHER, source=ConflictSource.DECLARED, at=NOON
    )

    assert waits_for(second) == []


def test_whoever_was_present_signs_until_the_record_has_enough_signatures():
    standing = a_standing(judged(a_contest(), level(8), level(6)))
    ada, bo = a_meeting(standing.stage, "Ada", "Bo")
    by = appointed(standing.stage.contest)
    assert waits_for(ada) == []
    decision = actions.decide(standing=standing, text="As computed.", by=by, at=NOON)
    page = reverse("standings:record", args=[standing.pk])

    assert waits_for(ada) == waits_for(bo) == [(page, None)]
    actions.sign(decision=decision, by=ada, at=NOON)

    assert waits_for(ada) == []
    assert waits_for(a_person("Nosy")) == []


def test_the_panel_votes_until_the_case_is_due():
    publication = published(judged(a_contest(), level(8), level(6)))
    contest = publication.contest
    appeal = taken_up(an_appeal(publication, contest.entries.first()))
    person = a_person("Outsider")
    seat = actions.seat_panelist(appeal=appeal, user=person, by=appointed(contest), at=NOON)
    appeal.refresh_from_db()

    assert waits_for(person) == [(reverse("standings:appeal", args=[appeal.pk]), appeal.due_at)]
    actions.vote(panelist=seat, finding="upheld", reason="So.", by=person, at=NOON)

    assert waits_for(person) == []


def test_what_is_due_soonest_stands_first_on_the_desk_of_a_contest():
    publication = published(judged(a_contest(), level(8), level(6)))
    contest = publication.contest
    an_entry(contest, state="submitted")
    an_appeal(publication, contest.entries.first())
    by = appointed(contest)

    found = todos.of_contest(by, contest)

    assert [todo.until is None for todo in found] == [False] + [True] * (len(found) - 1)
    assert found[0].url.startswith(reverse("standings:appeals", args=[contest.pk]))


def test_a_desk_shows_what_one_person_alone_can_do_and_asks_as_much_for_one_as_for_three(client):
    contest = a_contest()
    asked_again(contest, timezone.now())
    second = appointed(contest, Role.ORGANISER, "Second")
    client.force_login(second)
    client.cookies["leitai_language"] = "en"
    page = reverse("site:desk")
    text = client.get(page).content.decode()
    assert "Only you can do this" in text and "again?" in text

    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for _ in range(2):
        asked_again(contest, timezone.now())
    with CaptureQueriesContext(connection) as three:
        client.get(page)

    assert len(one) == len(three)
