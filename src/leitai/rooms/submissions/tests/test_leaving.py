"""Consents taken back, entries withdrawn, people who want to be forgotten."""

import pytest
from django.urls import reverse

from leitai.foundation import journal
from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people import actions as people
from leitai.rooms.people.models import Consent, User
from leitai.rooms.people.testing import a_person, a_speaker
from leitai.rooms.submissions import actions, permissions, queries
from leitai.rooms.submissions.models import Answer, Member
from leitai.rooms.submissions.testing import a_draft, handed_in

pytestmark = pytest.mark.django_db


def answered(shows):
    entry = a_draft(summary="S")
    demand = a_demand(entry.contest)
    owner = a_speaker(a_person("Olga"), demand.owner)
    answer = actions.answer_demand(
        entry=entry, demand=demand, shows=shows, note="≤ 0.3", by=entry.begun_by, at=NOON
    )
    handed_in(entry)
    return entry, answer, owner


def test_a_consent_withdrawn_on_the_page_of_consents_counts_as_well(client):
    entry, answer, owner = answered("confidential")
    given = Consent.objects.about(answer).get()
    client.force_login(given.person)

    client.post(reverse("people:withdraw", args=[given.pk]))

    answer.refresh_from_db()
    assert answer.shows == "public"
    client.force_login(owner)
    page = client.get(reverse("submissions:answered", args=[answer.demand_id])).content.decode()
    assert "≤ 0.3" not in page
    assert entry.title_zh not in page


def test_a_card_goes_with_its_consent():
    entry = handed_in(a_draft())
    entry.state = "accepted"
    entry.save()
    assert entry in queries.cards(entry.contest)

    card = Consent.objects.about(entry).get(purpose="public_card")
    people.withdraw_consent(consent=card, by=entry.begun_by, at=NOON)

    assert entry not in queries.cards(entry.contest)
    card.refresh_from_db()
    assert card.withdrawn_at == NOON


def test_an_entry_that_was_withdrawn_is_no_longer_the_demand_owners_business():
    entry, _answer, owner = answered("confidential")

    actions.withdraw_entry(entry=entry, reason="sold", by=entry.begun_by, at=NOON)

    assert permissions.read_teaser(owner, entry).code == "hidden"


def test_who_was_not_invited_reads_no_title_of_a_demand_by_invitation(client):
    entry = a_draft()
    demand = a_demand(entry.contest, visibility="invited", title_zh="秘密需求", title_en="Secret")
    Answer.objects.create(entry=entry, demand=demand, shows="teaser", at=NOON)
    client.force_login(entry.begun_by)

    page = client.get(reverse("submissions:answers", args=[entry.pk])).content.decode()

    assert "秘密需求" not in page
    assert "Secret" not in page


def test_an_erased_person_leaves_the_team_whole_and_the_chain_unbroken(client):
    entry = handed_in(a_draft(by=a_person("Ada", email="ada@example.org")))
    ada = entry.begun_by
    client.force_login(ada)

    told = client.get(reverse("people:own_data")).json()
    assert told["person"]["email"] == "ada@example.org"
    assert told["entries"][0]["code"] == entry.code
    wrong = client.post(reverse("people:data"), {"email": "bo@example.org"})
    assert wrong.status_code == 422
    client.post(reverse("people:data"), {"email": "Ada@example.org"})

    ada.refresh_from_db()
    seat = entry.members.get()
    assert "Ada" not in ada.name + seat.name + ada.email + seat.email
    assert seat.user == ada
    assert "Ada" not in str(entry.versions.get().body)
    assert not ada.is_active
    assert not ada.consents.in_force().exists()
    assert client.get(reverse("people:data")).status_code == 302
    for book in set(Line.objects.values_list("book", flat=True)):
        assert not list(journal.breaks(Line.objects.filter(book=book).order_by("number")))


def test_a_captain_of_others_hands_the_team_over_before_leaving():
    entry = a_draft()
    Member.objects.create(entry=entry, user=a_person("Bo"), name="Bo", role="member")

    with pytest.raises(NotPossible, match=entry.code):
        people.erase_person(person=entry.begun_by, by=entry.begun_by, at=NOON)

    assert User.objects.get(pk=entry.begun_by_id).is_active
