"""The chosen accept; what they leave goes to the reserves, once, and in a new version."""

from datetime import timedelta

import pytest
from django.urls import reverse

from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings import actions, queries
from leitai.rooms.standings.models import Extension, Offer, Publication
from leitai.rooms.standings.testing import judged, level, published

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)
ANSWER_IN = some_rules(decision={"accept_days": 5}, stage={"quota": {"total": 2, "reserves": 2}})


@pytest.fixture
def stage():
    """Two places, two reserves, one out: entries 2 and 4 go on, 1 and 5 wait, in that order."""
    contest = a_contest(rules=ANSWER_IN)
    return judged(contest, level(7), level(9), level(5), level(8), level(6))


def codes(publication, outcome):
    rows = [row for row in publication.body["rows"] if row["outcome"] == outcome]
    return [int(row["code"][-1]) for row in rows]


def offer_to(stage, number):
    return stage.offers.get(entry__code__endswith=f"-000{number}")


def captain(offer):
    return offer.entry.members.get(role="captain").user


def refused(action, **arguments):
    with pytest.raises(NotPossible) as refusal:
        action(by=None, at=NOON, **arguments)
    return refusal.value.verdict.code


def test_every_chosen_entry_is_asked_once_and_told(stage):
    publication = published(stage)

    offers = stage.offers.order_by("pk")
    assert [int(o.entry.code[-1]) for o in offers] == [2, 4]
    assert {o.publication for o in offers} == {publication}
    assert Letter.objects.filter(to=captain(offers[0]).email, subject__contains="-0002").exists()


def test_without_days_in_the_rules_nobody_is_asked():
    published(judged(a_contest(), level(7), level(9), level(5)))

    assert Offer.objects.count() == 0


def test_who_gives_a_place_back_makes_room_for_the_first_reserve(stage):
    first = published(stage)

    second = actions.decline_place(offer=offer_to(stage, 2), why="Sold.", by=None, at=NOON)

    assert (codes(first, "in"), codes(second, "in")) == ([2, 4], [4, 1])
    assert codes(second, "reserve") == [5]
    assert second.number == 2 and "1 place was not taken; 1 reserve moves up." in second.reason
    assert offer_to(stage, 1).instead_of == offer_to(stage, 2).entry
    assert queries.differs(second.standing) == []
    assert [row.get("special") for row in second.body["rows"]] == [None, "promoted", None]
    first.standing.refresh_from_db()
    assert first.standing.state == "superseded" and first.standing.places.count() == 5


def test_silence_past_the_deadline_lets_all_move_up_at_once_and_only_once(stage):
    published(stage)
    actions.accept_place(offer=offer_to(stage, 4), by=None, at=NOON)

    made = actions.fill_places(stage=stage, by=None, at=LATER)
    again = actions.fill_places(stage=stage, by=None, at=LATER)

    assert codes(made, "in") == [4, 1] and again is None
    assert Publication.objects.count() == 2
    assert [o.state for o in stage.offers.order_by("pk")] == ["lapsed", "accepted", "waiting"]


def test_the_chain_ends_when_no_reserve_is_left(stage):
    published(stage)
    places = []
    for days in (10, 20, 30, 40):
        made = actions.fill_places(stage=stage, by=None, at=NOON + timedelta(days=days))
        places.append(codes(made, "in") if made else None)

    assert places == [[1, 5], [], None, None]
    asked = [int(o.entry.code[-1]) for o in stage.offers.order_by("pk")]
    assert asked == [2, 4, 1, 5], "never the same entry twice, and in the order of the list"


def test_who_leaves_the_contest_leaves_the_place_too_and_no_reserve_that_left_moves_up(stage):
    published(stage)
    offer = offer_to(stage, 4)
    actions.accept_place(offer=offer, by=None, at=NOON)
    for number in (4, 1):
        entry = stage.contest.entries.get(code__endswith=f"-000{number}")
        entry.state = "withdrawn"
        entry.save()

    assert [s.pk for s in queries.stages_due(at=NOON)] == [stage.pk]
    made = actions.fill_places(stage=stage, by=None, at=NOON)

    assert codes(made, "in") == [2, 5]


def test_too_late_and_twice_are_refused(stage):
    published(stage)
    offer = offer_to(stage, 2)
    with pytest.raises(NotPossible) as late:
        actions.accept_place(offer=offer, by=None, at=LATER)
    actions.accept_place(offer=offer, by=None, at=NOON)

    assert late.value.verdict.code == "too_late"
    assert refused(actions.accept_place, offer=offer) == "accepted"


def test_more_time_has_a_reason_and_keeps_the_earlier_deadline(stage):
    published(stage)
    offer = offer_to(stage, 2)
    before = offer.until

    assert refused(actions.extend_offer, offer=offer, until=LATER, why=" ") == "no_reason"
    assert refused(actions.extend_offer, offer=offer, until=before, why="Ill.") == "not_later"
    actions.extend_offer(offer=offer, until=LATER, why="The captain is ill.", by=None, at=NOON)

    made = actions.fill_places(stage=stage, by=None, at=LATER - timedelta(days=1))
    assert codes(made, "in") == [2, 1], "the one with more time stays"
    assert Extension.objects.get().before == before


def test_a_later_decision_does_not_bring_back_who_has_left(stage):
    published(stage)
    actions.decline_place(offer=offer_to(stage, 2), by=None, at=NOON)

    third = published(stage, reason="A sheet was mended.")

    assert codes(third, "in") == [4, 1] and third.number == 3
    assert queries.differs(third.standing) == []
    assert Line.objects.filter(verb="standings.reserve_promoted").count() == 1


# --- doors


def test_the_captain_answers_and_nobody_else_learns_of_it(stage, client, settings):
    settings.LANGUAGE_CODE = "en"
    published(stage)
    offer = offer_to(stage, 2)
    accept = reverse("standings:accept", args=[offer.entry_id])
    decline = reverse("standings:decline", args=[offer.entry_id])
    page = reverse("standings:result", args=[offer.entry_id])
    Offer.objects.update(until=NOON + timedelta(days=4000))

    for stranger in (a_person("Stranger"), captain(offer_to(stage, 4))):
        client.force_login(stranger)
        assert [client.post(a).status_code for a in (accept, decline)] == [404, 404]
    client.force_login(captain(offer))
    assert "We accept the place" in client.get(page).content.decode()
    client.post(accept)
    assert offer_to(stage, 2).state == "accepted"
    client.post(decline, {"why": "Sold."})

    assert offer_to(stage, 2).state == "declined"
    assert "The place has gone to a reserve." in client.get(page).content.decode()


def test_a_reserve_has_no_place_to_answer(stage, client):
    published(stage)
    reserve = stage.contest.entries.get(code__endswith="-0001")
    client.force_login(reserve.members.get(role="captain").user)

    assert client.post(reverse("standings:accept", args=[reserve.pk])).status_code == 404


def test_the_secretariat_sees_the_answers_and_gives_more_time(stage, client, settings):
    settings.LANGUAGE_CODE = "en"
    published(stage)
    offer = offer_to(stage, 2)
    listed = reverse("standings:offers", args=[stage.pk])
    extend = reverse("standings:extend_offer", args=[offer.pk])
    Offer.objects.update(until=NOON + timedelta(days=4000))

    for role, status in ((Role.SUPERVISOR, 403), (Role.CO_HOST, 404)):
        client.force_login(appointed(stage.contest, role))
        assert (client.get(listed).status_code, client.post(extend).status_code) == (status, status)
    client.force_login(appointed(stage.contest, Role.SECRETARIAT))
    assert offer.entry.code in client.get(listed).content.decode()
    client.post(extend, {"until": "2040-01-01T12:00", "why": "Visa"})

    assert offer_to(stage, 2).until.year == 2040
