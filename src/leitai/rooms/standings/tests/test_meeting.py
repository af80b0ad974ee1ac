"""The committee meets: who is present, what it may change, and what if."""

from datetime import timedelta

import pytest
from django.urls import reverse

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.actions import Vacancy
from leitai.rooms.standings.models import Attendee, SpecialPlace, Standing
from leitai.rooms.standings.testing import a_meeting, a_standing, decided, judged, level
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db
RULES = some_rules(
    decision={"wild_cards": 1, "nominations": 1, "direct_entries": 1, "signatures": 2}
)


@pytest.fixture
def stage():
    """Two places and a reserve: entries 2 and 4 go on, 1 waits, 3 is out."""
    return judged(a_contest(rules=RULES), level(7), level(9), level(5), level(8))


def entry(stage, number):
    return stage.contest.entries.get(code__endswith=f"-000{number}")


def refused(action, **arguments):
    with pytest.raises(NotPossible) as refusal:
        action(**{"by": None, "at": NOON, **arguments})
    return refusal.value.verdict.code


def outcomes(standing):
    return {int(p.entry.code[-1]): p.outcome for p in standing.places.select_related("entry")}


def a_wild_card(stage, number=3, **fields):
    told = {"kind": "wild_card", "why": "The only one from a village.", "proposer": "Chair"}
    return actions.propose_special(
        stage=stage, entry=entry(stage, number), by=None, at=NOON, **{**told, **fields}
    )


# --- who is present


def test_a_decision_needs_enough_people_who_can_sign(stage):
    standing = a_standing(stage)
    a_meeting(stage, "Chair")
    by = appointed(stage.contest)
    actions.enter_room(stage=stage, name="Notary Wang", title="Notary", by=by, at=NOON)

    assert refused(actions.decide, standing=standing, text="So be it.") == "too_few_present"
    a_meeting(stage, "Clerk")
    decision = actions.decide(standing=standing, text="So be it.", by=by, at=NOON)

    assert [p[0] for p in decision.particulars["present"]] == ["Chair", "Notary Wang", "Clerk"]
    assert not queries.attendees(stage).exists(), "the next meeting begins with an empty room"


def test_whoever_has_a_tie_leaves_the_room_and_does_not_sign(stage):
    standing = a_standing(stage)
    tied = entry(stage, 4).members.get(role="captain").user
    a_meeting(stage, "Chair", "Clerk")
    by = appointed(stage.contest)
    actions.enter_room(stage=stage, name="", title="Member", user=tied, by=by, at=NOON)

    assert queries.present_for(stage, entry(stage, 4)) == 2
    assert queries.present_for(stage, entry(stage, 3)) == 3
    decision = actions.decide(standing=standing, text="So be it.", by=by, at=NOON)

    assert decision.particulars["present"][-1][2] == [entry(stage, 4).code]
    assert refused(actions.sign, decision=decision, by=tied) == "tied"
    assert permissions.read_record(tied, decision.standing).code == "tied"


def test_each_signs_once_with_the_own_account_and_publishing_waits_for_all(stage):
    standing = decided(a_standing(stage), signed_by="")
    decision, chair, clerk = standing.decision, a_person("Chair"), a_person("Clerk")

    actions.sign(decision=decision, by=chair, at=NOON)
    assert refused(actions.sign, decision=decision, by=chair) == "signed"
    assert refused(actions.sign, decision=decision, by=a_person("Passer-by")) == "not_present"
    assert refused(actions.publish, standing=standing) == "not_signed"
    actions.sign(decision=decision, by=clerk, at=NOON)

    assert actions.publish(standing=standing, by=None, at=NOON).number == 1


def test_records_from_before_people_were_listed_are_still_signed_and_published(stage):
    standing = a_standing(stage)
    digest = actions.digest(standing, "As computed.")
    decision = standing.__class__.decision.related.related_model.objects.create(
        standing=standing, text="As computed.", digest=digest, at=NOON
    )
    Standing.objects.filter(pk=standing.pk).update(state="decided")

    actions.sign(decision=decision, by=a_person("Chair"), at=NOON)

    assert actions.publish(standing=standing, by=None, at=NOON).number == 1
    assert decision.digest == actions.digest(standing, "As computed.", {})


# --- what the committee changes


def test_a_wild_card_comes_on_top_and_is_published_with_its_reason(stage):
    a_standing(stage)
    place = a_wild_card(stage)
    a_meeting(stage, "Chair", "Clerk")

    assert refused(
        actions.decide, standing=queries.newest(stage), text="So be it."
    ) == "vote_open"  # fmt: skip
    actions.settle_special(place=place, votes_for=2, votes_against=0, by=None, at=NOON)
    standing = decided(queries.newest(stage))
    publication = actions.publish(standing=standing, by=None, at=NOON)

    assert outcomes(standing) == {1: "reserve", 2: "in", 3: "in", 4: "in"}
    row = next(r for r in publication.body["rows"] if r["code"] == place.entry.code)
    assert (row["special"], row["why"]) == ("wild_card", "The only one from a village.")
    assert queries.differs(standing) == []
    assert standing.amends.state == "superseded" and outcomes(standing.amends)[3] == "out"


def test_a_vote_that_is_lost_changes_nothing(stage):
    a_standing(stage)
    a_meeting(stage, "Chair", "Clerk")
    place = a_wild_card(stage)
    many = {"place": place, "votes_for": 3, "votes_against": 0}

    assert refused(actions.settle_special, **many) == "too_many_votes"
    actions.settle_special(place=place, votes_for=1, votes_against=1, by=None, at=NOON)
    standing = decided(queries.newest(stage))

    assert standing.amends is None and outcomes(standing)[3] == "out"


def test_special_places_keep_to_the_rules(stage):
    a_standing(stage)
    late = NOON + timedelta(days=2)

    assert refused(a_wild_card_as, stage=stage, number=3, why=" ") == "no_reason"
    assert refused(a_wild_card_as, stage=stage, number=4) == "chosen_already"
    assert refused(a_wild_card_as, stage=stage, number=3, kind="nomination") == "no_answer"
    assert refused(a_wild_card_as, stage=stage, number=3, kind="direct", at=late) == "too_late"
    a_wild_card(stage)
    assert refused(a_wild_card_as, stage=stage, number=1) == "limit_reached"
    assert SpecialPlace.objects.count() == 1


def a_wild_card_as(*, stage, number, by, at, **fields):
    told = {"kind": "wild_card", "why": "Good.", "proposer": "Chair", **fields}
    return actions.propose_special(stage=stage, entry=entry(stage, number), by=by, at=at, **told)


def test_an_earlier_winner_who_was_listed_in_time_goes_on_without_a_mark(stage):
    winner = an_entry(stage.contest)
    place = actions.propose_special(
        stage=stage, entry=winner, kind="direct", why="Won last year.", proposer="Host", by=None,
        at=NOON,
    )  # fmt: skip
    a_standing(stage)
    a_meeting(stage, "Chair", "Clerk")
    actions.settle_special(place=place, votes_for=2, votes_against=0, by=None, at=NOON)

    standing = decided(queries.newest(stage))

    assert standing.places.get(entry=winner).outcome == "in"
    assert queries.differs(standing) == []


def test_a_place_may_stay_empty_with_a_reason(stage):
    standing = a_standing(stage)
    a_meeting(stage, "Chair", "Clerk")

    vacancy = {"vacancy": Vacancy(places=1)}
    assert refused(actions.decide, standing=standing, text="One.", **vacancy) == "no_reason"
    made = decided(standing, vacancy=Vacancy(places=1, why="None is ready."))
    publication = actions.publish(standing=made, by=None, at=NOON)

    assert outcomes(made) == {1: "out", 2: "in", 3: "out", 4: "out"}
    assert publication.body["vacant"] == [{"group": "", "places": 1, "why": "None is ready."}]


# --- doors


@pytest.fixture
def boss(stage, client, settings):
    settings.LANGUAGE_CODE = "en"
    client.force_login(user := appointed(stage.contest))
    return user


def meeting_of(stage):
    return reverse("standings:meeting", args=[stage.pk])


def test_what_if_shows_who_would_come_in_and_keeps_nothing(stage, client, boss):
    standing = a_standing(stage)

    text = client.get(meeting_of(stage), {"total": "3", "reserves": "0"}).content.decode()

    assert "What if; not the rule" in text
    assert "1 would come in and 0 would drop out" in text
    assert outcomes(standing) == {1: "reserve", 2: "in", 3: "out", 4: "in"}
    assert stage.standings.count() == 1


def test_a_rule_that_cannot_be_says_why(stage, client, boss):
    a_standing(stage)

    text = client.get(meeting_of(stage), {"formula": "z_mean"}).content.decode()

    assert 'class="note"' in text and "would come in and" not in text
    assert client.get(meeting_of(stage), {"total": "many"}).status_code == 200


def test_the_committee_is_listed_votes_and_decides_on_one_page(stage, client, boss):
    standing = a_standing(stage)
    for person in (boss, a_person("Clerk")):
        enter = reverse("standings:enter", args=[stage.pk])
        client.post(enter, {"email": person.email, "title": "Committee"})
    told = {"code": entry(stage, 3).code, "kind": "wild_card", "why": "Rare.", "proposer": "Lin"}
    client.post(reverse("standings:propose", args=[stage.pk]), told)
    place = SpecialPlace.objects.get()
    vote = reverse("standings:vote_special", args=[place.pk])
    client.post(vote, {"votes_for": 2, "votes_against": 0})
    client.post(reverse("standings:decide", args=[standing.pk]), {"text": "Three go on."})

    held = queries.newest(stage)
    assert (held.state, outcomes(held)[3]) == ("decided", "in")
    record = reverse("standings:record_print", args=[held.pk])
    assert client.get(record).getvalue().startswith(b"%PDF")
    client.force_login(a_person("Clerk"))
    assert client.get(reverse("standings:record", args=[held.pk])).status_code == 200
    assert client.get(meeting_of(stage)).status_code == 404


def test_unknown_people_and_entries_are_told_on_the_page(stage, client, boss):
    a_standing(stage)
    enter = reverse("standings:enter", args=[stage.pk])
    propose = reverse("standings:propose", args=[stage.pk])

    assert client.post(enter, {"email": "nobody@example.org", "title": "x"}).status_code == 422
    assert client.post(propose, {"code": "XX-1", "kind": "wild_card"}).status_code == 422
    client.post(enter, {"name": "Notary Wang", "title": "Notary"})
    assert client.post(reverse("standings:leave", args=[Attendee.objects.get().pk]))
    assert Attendee.objects.count() == 0


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.SUPERVISOR])
def test_the_meeting_is_not_open_to_those_who_see_no_scores(stage, client, role):
    a_standing(stage)
    a_meeting(stage, "Chair")
    place = a_wild_card(stage)
    client.force_login(appointed(stage.contest, role))
    names = {"enter": stage.pk, "leave": Attendee.objects.get().pk, "propose": stage.pk,
             "vote_special": place.pk}  # fmt: skip

    found = {client.post(reverse(f"standings:{n}", args=[pk])).status_code
             for n, pk in names.items()}  # fmt: skip
    assert found | {client.get(meeting_of(stage)).status_code} == {403}


def test_an_organiser_with_a_tie_does_not_see_the_meeting(stage, client):
    tied = entry(stage, 4).members.get(role="captain").user
    appointed(stage.contest, name=tied.name)
    a_standing(stage)
    client.force_login(tied)

    assert client.get(meeting_of(stage)).status_code in (403, 404)
