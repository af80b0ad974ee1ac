"""Who may press what in a running hall; a press on an old page does nothing."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, appointed
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Cue, HallSeat, Second, Session, Slot
from leitai.rooms.finals.queries.desk import seen_now
from leitai.rooms.finals.rules import CrewRole, Scoring
from leitai.rooms.finals.testing import a_heat, a_live_stage, a_session, on_stage, scored
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db


def at(person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


FOR_LONG = {"opens_at": NOON - DAY, "closes_at": NOON + 36500 * DAY}  # doors read today's clock


def a_hall(**rules):
    """One entry on stage, open for marks."""
    return on_stage(a_session(a_heat(a_live_stage(span=FOR_LONG, **rules))))


def seat(session, number=1):
    return session.heat.seats.get(number=number)


def helper(session, role):
    person = a_person(f"helper {role}")
    session.heat.crew.create(user=person, role=role, at=NOON)
    return person


def press(client, session, door, subject=None, args=(), **said):
    session = Session.objects.get(pk=session.pk)
    if subject:
        said.setdefault("seen", seen_now(session)[subject])
    return client.post(reverse(f"finals:{door}", args=[session.pk, *args]), said,
                       headers={"X-Now": "1", "Accept": "application/json"})  # fmt: skip


def give(client, session, seat, total=(8, 7), *, order=1, seal=True, **changes):
    said = {
        "person": seat.juror.user_id, "key": str(uuid.uuid4()), "order": order, "seal": seal,
        "entry": session.slot.entry_id, "marks": {"landing": str(total[0]),
                                                  "copying": str(total[1])}, **changes,
    }  # fmt: skip
    return client.post(
        reverse("finals:scores", args=[session.pk]),
        json.dumps(said),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


def test_each_post_has_its_desk_and_reads_no_other():
    session = a_hall()
    desks = {
        CrewRole.HOST: {"host", "timer", "watch"},
        CrewRole.TIMER: {"timer", "watch"},
        CrewRole.SCOREKEEPER: {"host", "scores", "watch"},
    }
    for role, open_to in desks.items():
        client = at(helper(session, role))
        found = {
            part
            for part in ("host", "timer", "scores", "chair", "audience", "watch")
            if client.get(reverse("finals:desk", args=[session.pk, part])).status_code == 200
        }
        assert found == open_to, role
    chair = at(seat(session).juror.user)
    assert chair.get(reverse("finals:desk", args=[session.pk, "chair"])).status_code == 200
    assert chair.get(reverse("finals:desk", args=[session.pk, "scores"])).status_code == 403


def test_to_others_there_is_no_such_hall():
    session = a_hall()
    heat = a_heat(session.heat.stage, number=2, entries=1, jurors=1)
    people = {
        "stranger": None, "somebody": a_person("Nobody"),
        "other heat's juror": heat.seats.get().juror.user,
        "other contest's organiser": appointed(a_live_stage("other").contest, name="Olaf"),
    }  # fmt: skip
    for who, person in people.items():
        client = at(person)
        expected = 302 if person is None else 404
        for name in ("own_desk", "marking", "own_state"):
            address = reverse(f"finals:{name}", args=[session.pk])
            assert client.get(address).status_code == expected, (who, name)
        pressed = press(client, session, "clock", "clock", deed="start")
        assert pressed.status_code == expected, who
        assert give(client, session, seat(session)).status_code == expected, who
    assert not Sheet.objects.sealed().exists()


def test_a_supervisor_reads_everything_but_marks_and_presses_nothing():
    session = a_hall()
    contest = session.heat.stage.contest
    cue = Cue.objects.create(heat=session.heat, position=1, kind="speech", title_en="Welcome")
    watcher = appointed(contest, Role.SUPERVISOR)
    client = at(watcher)
    scored(session, 11, 12, 13, 14, 15)
    slot, first = session.slot, seat(session)
    doors = {
        "cue_play": [cue.pk], "stage": [], "stage_end": [], "clock": [], "times": [], "scene": [],
        "reveal": [], "shuffle": [], "scoring": [], "order": [], "slot_state": [slot.pk],
        "correction": [], "tie": [], "conflict": [], "seat_leaving": [], "poll": [],
        "ballots_aside": [],
    }  # fmt: skip

    for door, args in doors.items():
        said = {"slot": slot.pk, "seat": first.pk, "deed": "start", "why": "because"}
        assert press(client, session, door, "board", args, **said).status_code == 403, door
    for part in ("host", "timer", "scores", "audience", "watch"):
        page = client.get(reverse("finals:desk", args=[session.pk, part]))
        assert page.status_code == 200, part
        assert "data-deed" not in page.text
        assert "12" not in page.text.partition('id="d-journal"')[0].partition("<tbody>")[2]
    assert client.get(reverse("finals:desk", args=[session.pk, "chair"])).status_code == 403
    assert client.get(reverse("finals:desk", args=[session.pk, "nothing"])).status_code == 404


def test_a_press_on_an_old_page_is_refused_and_done_once():
    session = a_hall()
    client = at(helper(session, CrewRole.TIMER))
    seen = seen_now(Session.objects.get(pk=session.pk))["clock"]

    first = press(client, session, "clock", deed="start", seen=seen)
    again = press(client, session, "clock", deed="start", seen=seen)
    stale = press(client, session, "clock", deed="next", seen=seen)
    nothing = press(client, session, "clock", deed="pause", seen="")

    assert first.status_code == 204
    assert [r.status_code for r in (again, stale, nothing)] == [409, 409, 409]
    assert again.json()["code"] == "stale"
    session.refresh_from_db()
    assert session.clock.is_running and session.phase == 0


def test_a_score_that_arrives_takes_no_press_away():
    session = a_hall()
    client = at(helper(session, CrewRole.TIMER))
    seen = seen_now(Session.objects.get(pk=session.pk))["clock"]
    scored(session, 11, 12)

    assert press(client, session, "clock", deed="start", seen=seen).status_code == 204


def test_a_whole_turn_is_pressed_through():
    session = a_session(a_heat(a_live_stage(span=FOR_LONG)))
    org = appointed(session.heat.stage.contest)
    client = at(org)
    one, two, _three = session.heat.slots.order_by("position")
    assert press(client, session, "stage", "stage", slot=one.pk).status_code == 204
    assert press(client, session, "times", "clock", preset="5+5").status_code == 204
    assert press(client, session, "clock", "clock", deed="start").status_code == 204
    told = {"slot": one.pk, "deed": "open"}
    assert press(client, session, "scoring", "scoring", **told).status_code == 204
    session.refresh_from_db()
    early = press(client, session, "reveal", "board", what="result")
    scored(session, 11, 12, 13, 14, 15)
    told["deed"] = "close"
    assert press(client, session, "scoring", "scoring", **told).status_code == 204
    for what in ("next", "all", "result"):
        assert press(client, session, "reveal", "board", what=what).status_code == 204
    for scene in ("standing", "freeze", "thaw", "idle"):
        assert press(client, session, "scene", "board", scene=scene).status_code == 204
    assert press(client, session, "stage_end", "stage").status_code == 204
    why = {"why": "A train is late"}
    absent = press(client, session, "slot_state", "order", [two.pk], deed="absent", **why)

    assert (early.status_code, early.json()["code"]) == (409, "marks_missing")
    assert absent.status_code == 204
    session.refresh_from_db()
    assert session.phases == [["pitch", 300], ["questions", 300]]
    one.refresh_from_db()
    assert (one.scoring, one.revealed_at is not None) == (Scoring.CLOSED, True)
    assert Slot.objects.get(pk=two.pk).state == "absent"


def test_an_order_changes_and_jurors_confirm_it_before_scoring_opens():
    session = a_session(a_heat(a_live_stage(span=FOR_LONG)))
    client = at(helper(session, CrewRole.SCOREKEEPER))
    first, _second, third = session.heat.slots.order_by("position")
    actions.bring_on_stage(session=session, slot=first, by=None, at=NOON)
    told = {"entry": third.entry_id, "place": "2"}
    without = press(client, session, "order", "order", **told)
    changed = press(client, session, "order", "order", reason="A flight is late", **told)
    shut = press(client, session, "scoring", "scoring", slot=first.pk, deed="open")
    juror = seat(session)
    state = at(juror.juror.user).get(reverse("finals:own_state", args=[session.pk])).json()

    assert (without.status_code, changed.status_code) == (409, 204)
    assert shut.json()["code"] == "order_unseen"
    assert state["order"]["why"] == "A flight is late"
    assert not state["order"]["is_seen"]
    assert [e["id"] for e in state["entries"]].index(third.entry_id) == 1
    for one in session.heat.seats.all():
        said = json.dumps({"person": one.juror.user_id, "version": 2})
        answer = at(one.juror.user).post(
            reverse("finals:order_seen", args=[session.pk]), said, content_type="application/json"
        )
        assert answer.json()["order"]["is_seen"]
    assert (
        press(client, session, "scoring", "scoring", slot=first.pk, deed="open").status_code == 204
    )


def test_a_juror_sees_the_own_marks_and_nobody_elses():
    session = a_hall()
    scored(session, 11)
    first, second = seat(session, 1), seat(session, 2)

    own = at(first.juror.user).get(reverse("finals:own_state", args=[session.pk])).json()
    other = at(second.juror.user).get(reverse("finals:own_state", args=[session.pk])).json()

    assert own["entries"][0]["total"] == "11"
    assert other["entries"][0] == own["entries"][0] | {
        "total": None, "marks": {}, "is_sealed": False
    }  # fmt: skip


def test_a_score_names_its_entry_and_arrives_once():
    session = a_hall()
    first = seat(session)
    client = at(first.juror.user)
    key = str(uuid.uuid4())

    answers = [give(client, session, first, key=key).json() for _turn in range(2)]
    waiting = session.heat.slots.get(position=2)
    early = give(client, session, first, entry=waiting.entry_id)
    elsewhere = give(client, session, first, entry=987654)

    assert answers[0] == answers[1]
    assert answers[0] == {
        "entry": session.slot.entry_id, "marks": {"landing": "8", "copying": "7"}, "total": "15",
        "is_sealed": True,
    }  # fmt: skip
    assert early.json()["code"] == "scoring_not_open"
    assert elsewhere.json()["code"] == "other_heat"
    assert Sheet.objects.sealed().count() == 1


NONSENSE = [
    {"marks": {"landing": "9" * 200}}, {"marks": {"no such": "1"}}, {"marks": {"landing": "-1"}},
    {"marks": {"landing": "NaN"}}, {"marks": {"landing": ["1"]}}, {"marks": []}, {"key": "x"},
    {"order": 10**20}, {"entry": "1; DROP TABLE"}, {"entry": 2**70}, {"order": -1},
    {"marks": {str(n): "1" for n in range(200)}}, {"person": 1.5},
    {"marks": {"landing": "7\x00"}},
]  # fmt: skip


def test_nonsense_is_refused_with_words():
    session = a_hall()
    first = seat(session)
    client = at(first.juror.user)

    for said in NONSENSE:
        answer = give(client, session, first, **said)
        assert answer.status_code == 409, (said, answer.content)
        assert answer.json()["reason"]
    assert not Sheet.objects.sealed().exists()


def test_marks_of_another_account_on_this_device_are_not_taken():
    session = a_hall()
    first, second = seat(session, 1), seat(session, 2)

    answer = give(at(second.juror.user), session, first)

    assert (answer.status_code, answer.json()["code"]) == (403, "other_person")


HOSTILE = [
    ("stage", {"slot": "x"}), ("stage", {"slot": "9" * 40}), ("stage", {}),
    ("times", {"pitch": "-1", "questions": "5"}), ("times", {"pitch": "999", "questions": "0"}),
    ("times", {"preset": "8+x"}), ("clock", {"deed": "explode"}),
    ("scene", {"scene": "secret"}), ("scene", {"scene": "frozen"}), ("order", {}),
    ("order", {"entry": "1", "place": "1", "reason": "x"}),
    ("order", {"entries": ["1", "1"], "reason": "x"}), ("seat_leaving", {"seat": "0"}),
    ("conflict", {"seat": "1" * 30}), ("tie", {"place-001": "x", "why": ""}),
    ("poll", {"deed": "shut"}), ("poll", {"deed": "open", "weight": "101"}),
]  # fmt: skip


def test_hostile_presses_change_nothing():
    session = a_hall()
    org = at(appointed(session.heat.stage.contest))
    subjects = {"stage": "stage", "times": "clock", "clock": "clock", "scene": "board",
                "order": "order"}  # fmt: skip
    before = Session.objects.values().get(pk=session.pk)

    for door, said in HOSTILE:
        answer = press(org, session, door, subjects.get(door), **said)
        assert answer.status_code in (403, 404, 409), (door, said)
    assert Session.objects.values().get(pk=session.pk) == before


def test_a_mark_far_from_the_others_waits_for_a_second_person():
    session = a_hall(range_flag=5)
    scored(session, 2, 16, 16, 16, 16)
    second = Second.objects.get()
    keeper = at(helper(session, CrewRole.SCOREKEEPER))
    own = at(second.sheet.juror.user)
    session.refresh_from_db()
    assert press(keeper, session, "reveal", "board", what="all").json()["code"] == "seconds_waiting"
    assert press(own, session, "second_word", args=[second.pk], word="Mine").status_code == 403
    timer = at(helper(session, CrewRole.TIMER))
    assert press(timer, session, "second_word", args=[second.pk], word="x").status_code == 403
    assert press(keeper, session, "second_word", args=[second.pk], word="").status_code == 409
    done = press(keeper, session, "second_word", args=[second.pk], word="Meant so")

    assert done.status_code == 204
    assert press(keeper, session, "reveal", "board", what="all").status_code == 204


def test_a_tie_found_late_takes_one_mark_out():
    session = a_hall()
    scored(session, 11, 12, 13, 14)
    last = seat(session, 5)
    said = {"seat": last.pk, "slot": session.slot_id, "ground": "other", "note": "My cousin"}
    timer = at(helper(session, CrewRole.TIMER))
    assert press(timer, session, "conflict", **said).status_code == 403
    bad = press(at(last.juror.user), session, "conflict", **(said | {"ground": "made up"}))
    own = press(at(last.juror.user), session, "conflict", **said)

    assert (bad.status_code, own.status_code) == (409, 204)
    keeper = at(appointed(session.heat.stage.contest))
    told = {"slot": session.slot_id, "deed": "close"}
    assert press(keeper, session, "scoring", "scoring", **told).status_code == 204


def test_a_juror_who_leaves_is_a_juror_no_more():
    session = a_hall()
    scored(session, 11, 12, 13, 14)
    last = seat(session, 5)
    keeper = at(helper(session, CrewRole.SCOREKEEPER))

    assert press(keeper, session, "seat_leaving", seat=last.pk, why="Ill").status_code == 204
    assert give(at(last.juror.user), session, last).status_code == 404
    assert HallSeat.objects.get(pk=last.pk).stood_down_at


def test_a_rehearsal_touches_nothing_real():
    heat = a_heat()
    session = on_stage(a_session(heat, is_rehearsal=True))
    first = seat(session)
    client = at(first.juror.user)
    said = {"person": first.juror.user_id, "key": str(uuid.uuid4()), "order": 1, "seal": True,
            "entry": session.practice_id, "marks": {"landing": "8", "copying": "7"}}  # fmt: skip
    answer = client.post(reverse("finals:scores", args=[session.pk]), json.dumps(said),
                         content_type="application/json")  # fmt: skip
    org = at(appointed(heat.stage.contest))

    assert answer.json()["is_sealed"]
    assert not Sheet.objects.exists()
    assert "Rehearsal" in client.get(reverse("finals:marking", args=[session.pk])).text
    assert press(org, session, "shuffle", "order").status_code == 204
    for door in ("order", "correction", "seat_leaving", "poll", "vote"):
        assert press(org, session, door, "order", seat=first.pk).status_code == 404, door


def test_a_desk_asks_as_often_with_many_entries(django_assert_max_num_queries):
    small, large = (
        on_stage(a_session(a_heat(a_live_stage(f"size{n}"), entries=n))) for n in (1, 8)
    )
    for part, most in (("host", 40), ("scores", 40), ("watch", 40)):
        counts = []
        for session in (small, large):
            org = at(appointed(session.heat.stage.contest))
            address = reverse("finals:desk", args=[session.pk, part])
            org.get(address)
            with django_assert_max_num_queries(most) as found:
                org.get(address, headers={"X-Now": "1"})
            counts.append(len(found))
        assert counts[0] == counts[1], part


def test_a_phone_votes_once_and_may_change_its_mind(monkeypatch):
    session = a_hall()
    org = at(appointed(session.heat.stage.contest))
    phone, robot = at(), at()
    here = session.slot.entry.code
    assert press(phone, session, "vote", code=here).status_code == 404  # no vote yet
    assert press(org, session, "poll", deed="open", weight="10").status_code == 204
    phone.get(reverse("finals:hall", args=[session.pk]))
    first = press(phone, session, "vote", code=here)
    for code in ("nonsense", "", "x" * 5000):
        assert press(phone, session, "vote", code=code).status_code == 404
    later = session.heat.slots.get(position=2).entry.code
    assert press(phone, session, "vote", code=later).status_code == 302
    blind = press(robot, session, "vote", code=here)
    monkeypatch.setattr("leitai.rooms.finals.views.hall_vote.MOST_A_DEVICE", 3)
    flood = [press(phone, session, "vote", code=here).status_code for _turn in range(6)]

    assert first.status_code == 302
    assert (blind.status_code, blind.json()["code"]) == (409, "no_token")
    assert flood[-1] == 429
    assert session.heat.poll.ballots.count() == 1
    page = org.get(reverse("finals:desk", args=[session.pk, "audience"]))
    assert page.status_code == 200
    assert press(org, session, "ballots_aside", ballot="1").status_code == 204
    for deed in ("show", "hide", "close"):
        assert press(org, session, "poll", deed=deed).status_code == 204
    helper_of_scores = at(helper(session, CrewRole.SCOREKEEPER))
    assert press(helper_of_scores, session, "poll", deed="open").status_code == 404
