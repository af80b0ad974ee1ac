"""Who may do what in a hall."""

import pytest
from django.contrib.auth.models import AnonymousUser

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import Second
from leitai.rooms.finals.testing import a_heat, a_live_stage, a_session, on_stage, scored
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.permissions import mark_sheet
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
DEEDS = ("host", "keep_time", "keep_scores", "lead_jury", "read_marks", "run_heat")


def codes(user, heat):
    return {name: getattr(permissions, name)(user, heat).code for name in DEEDS}


def may(user, heat):
    return {name for name, code in codes(user, heat).items() if not code}


def test_each_post_may_do_its_own_and_no_more():
    heat = a_heat()
    by = appointed(heat.stage.contest)
    people = {role: a_person(role.title()) for role in ("host", "timer", "scorekeeper")}
    for role, person in people.items():
        actions.appoint_crew(heat=heat, user=person, role=role, by=by, at=NOON)
    chair = heat.seats.get(is_chair=True).juror.user
    other = heat.seats.get(number=2).juror.user

    assert may(people["host"], heat) == {"host", "keep_time"}
    assert may(people["timer"], heat) == {"keep_time"}
    assert may(people["scorekeeper"], heat) == {"host", "keep_scores", "read_marks"}
    assert may(chair, heat) == {"lead_jury", "read_marks"}
    assert may(by, heat) == {"host", "keep_time", "keep_scores", "read_marks", "run_heat"}
    assert may(appointed(heat.stage.contest, Role.SUPERVISOR), heat) == set()
    assert permissions.see_desk(appointed(heat.stage.contest, Role.SUPERVISOR), heat)
    assert may(other, heat) == set()


def test_to_strangers_a_desk_is_not_there():
    heat = a_heat()
    stranger = a_person("Nosy")

    assert permissions.see_desk(stranger, heat).code == permissions.HIDDEN.code
    assert permissions.see_desk(NOBODY, heat).code == permissions.SIGN_IN.code
    assert set(codes(stranger, heat).values()) == {permissions.HIDDEN.code}


def test_a_post_ends_and_holds_in_its_own_heat_alone():
    stage = a_live_stage()
    heat, other = a_heat(stage), a_heat(stage, number=2)
    by, tim = appointed(stage.contest), a_person("Tim")
    crew = actions.appoint_crew(heat=heat, user=tim, role="timer", by=by, at=NOON)
    before = (bool(permissions.keep_time(tim, heat)), bool(permissions.keep_time(tim, other)))

    actions.end_crew(crew=crew, by=by, at=NOON)

    assert before == (True, False)
    assert not permissions.see_desk(tim, heat)


def test_a_sheet_of_the_hall_is_marked_in_the_hall_alone():
    session = on_stage(a_session())
    sheet = Sheet.objects.filter(juror__name="H1J2").get()

    assert mark_sheet(sheet.juror.user, sheet).code == "in_the_hall"
    assert permissions.mark_here(sheet.juror.user, session)
    assert permissions.mark_here(a_person("Nosy"), session).code == permissions.HIDDEN.code


def test_a_second_word_is_somebody_elses():
    session = on_stage(a_session(a_heat(a_live_stage(range_flag=6))))
    scored(session, 4, 15, 15, 16, 16)
    second = Second.objects.get()
    chair = second.sheet.juror.user

    assert permissions.say_second(chair, second).code == "own_mark"
    assert permissions.say_second(appointed(session.heat.stage.contest), second)
    assert not permissions.say_second(a_person("Nosy"), second)


def test_a_rehearsal_is_watched_by_those_with_a_post_and_the_jury():
    heat = a_heat()
    session = a_session(heat, is_rehearsal=True)

    assert permissions.watch(heat.seats.first().juror.user, session)
    assert permissions.watch(appointed(heat.stage.contest), session)
    assert not permissions.watch(a_person("Nosy"), session)
    assert permissions.watch(NOBODY, a_session(heat))
