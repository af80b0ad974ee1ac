from datetime import date

import pytest
from django.urls import reverse

from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.rules import Role, State
from leitai.rooms.contests.testing import NOON, an_edition
from leitai.rooms.partners import actions, queries
from leitai.rooms.partners.testing import a_partner
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)


def a_secretary(edition):
    sam = a_person("Sam")
    contests.appoint(edition=edition, user=sam, role=Role.SECRETARIAT, by=None, at=NOON)
    return sam


def test_an_organisation_is_partner_once():
    partner = a_partner()

    with pytest.raises(NotPossible) as refusal:
        actions.welcome_partner(
            edition=partner.edition, organisation=partner.organisation, kind="bank",
            by=None, at=NOON,
        )  # fmt: skip

    assert refusal.value.verdict.code == "partner_already"


def test_what_was_promised_and_has_not_come_is_overdue():
    partner = a_partner()
    kept, late = (
        actions.make_commitment(
            partner=partner, what_en=what, quantity=3, due_on=date(2026, 5, 1), by=None, at=NOON
        )
        for what in ("Mentor hours", "Cloud credits")
    )
    actions.record_delivery(commitment=kept, delivered=3, by=None, at=NOON)
    actions.record_delivery(commitment=late, delivered=1, by=None, at=NOON)

    assert queries.overdue(partner.edition, on=TODAY) == [late]
    assert Line.objects.latest("pk").data["before"] == 0


def test_plaques_are_numbered_within_the_edition_and_given_once():
    first, second = a_partner("A"), a_partner("B")

    one = actions.issue_plaque(partner=first, issued_on=TODAY, by=None, at=NOON)
    two = actions.issue_plaque(partner=second, issued_on=TODAY, by=None, at=NOON)
    with pytest.raises(NotPossible) as refusal:
        actions.issue_plaque(partner=first, issued_on=TODAY, by=None, at=NOON)

    assert (one.number, two.number) == ("haiwan-3-P001", "haiwan-3-P002")
    assert refusal.value.verdict.code == "has_plaque"


def test_the_public_sees_public_partners_by_kind(client):
    a_partner("Harbour Fund")
    a_partner("Quiet Bank", kind="bank", is_public=False)

    page = client.get(reverse("partners:list", args=["haiwan-3"])).content.decode()

    assert "Harbour Fund" in page
    assert "Quiet Bank" not in page


def test_partners_of_a_draft_edition_are_not_public(client):
    a_partner(edition=an_edition("secret", state=State.DRAFT))
    client.force_login(a_person("Mallory"))

    assert client.get(reverse("partners:list", args=["secret"])).status_code == 404


def test_a_plaque_can_be_checked_by_its_number(client):
    partner = a_partner()
    plaque = actions.issue_plaque(
        partner=partner, issued_on=TODAY, until=date(2026, 6, 1), by=None, at=NOON
    )

    page = client.get(reverse("partners:plaque", args=[plaque.number]))

    assert page.status_code == 200
    assert page.context["is_over"] in {True, False}
    assert client.get(reverse("partners:plaque", args=["haiwan-3-P999"])).status_code in {302, 404}


def test_the_secretariat_keeps_the_list(client):
    edition = an_edition()
    client.force_login(a_secretary(edition))
    desk = reverse("partners:desk", args=[edition.slug])
    sent = {
        "name": "临潮港孵化器", "organisation_kind": "incubator", "kind": "incubator",
        "is_public": "on",
    }  # fmt: skip

    client.post(desk, sent)
    partner = edition.partners.get()
    client.post(
        reverse("partners:commitments", args=[partner.pk]), {"what_zh": "工位", "quantity": "20"}
    )
    promise = partner.commitments.get()
    client.post(reverse("partners:delivery", args=[promise.pk]), {"delivered": "8"})
    client.post(reverse("partners:designation", args=[partner.pk]), {"issued_on": "2026-05-04"})
    client.post(reverse("partners:partner", args=[partner.pk]), {"kind": "service"})

    partner.refresh_from_db()
    promise.refresh_from_db()
    assert (partner.kind, partner.is_public) == ("service", False)
    assert (promise.quantity, promise.delivered) == (20, 8)
    assert partner.plaque.number == "haiwan-3-P001"
    for door in (desk, reverse("partners:partner", args=[partner.pk])):
        assert client.get(door).status_code == 200


def test_a_known_organisation_is_not_made_twice(client):
    edition = an_edition()
    known = Organisation.objects.create(name_zh="砺石智能有限公司", kind="company")
    client.force_login(a_secretary(edition))
    sent = {"name": "砺石智能有限公司", "organisation_kind": "company", "kind": "large"}

    client.post(reverse("partners:desk", args=[edition.slug]), sent)

    assert edition.partners.get().organisation == known


def test_others_do_not_keep_the_list(client):
    partner = a_partner()
    promise = actions.make_commitment(partner=partner, what_en="Space", by=None, at=NOON)
    doors = [
        reverse("partners:desk", args=[partner.edition.slug]),
        reverse("partners:partner", args=[partner.pk]),
        reverse("partners:commitments", args=[partner.pk]),
        reverse("partners:delivery", args=[promise.pk]),
        reverse("partners:designation", args=[partner.pk]),
    ]
    client.force_login(a_person("Mallory"))
    assert {client.post(door).status_code for door in doors} == {404}

    sue = a_person("Sue")
    contests.appoint(edition=partner.edition, user=sue, role=Role.SUPERVISOR, by=None, at=NOON)
    client.force_login(sue)
    assert {client.post(door).status_code for door in doors} == {403}


def test_the_list_asks_as_much_for_one_as_for_twenty(client, django_assert_max_num_queries):
    edition = an_edition()
    client.force_login(a_secretary(edition))
    counts: dict[str, list[int]] = {}
    for more in (1, 2, 17):
        for n in range(more):
            a_partner(f"Fund {more} {n}", edition=edition)
        for name in ("list", "desk"):
            with django_assert_max_num_queries(30) as asked:
                client.get(reverse(f"partners:{name}", args=[edition.slug]))
            counts.setdefault(name, []).append(len(asked))

    assert {len(set(found)) for found in counts.values()} == {1}
