from datetime import UTC, datetime

import pytest
from django.urls import reverse

from leitai.foundation.models import Line
from leitai.rooms.people import actions, queries
from leitai.rooms.people.models import Consent
from leitai.rooms.people.rules import normal_name
from leitai.rooms.people.testing import a_person, an_organisation

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("砺石智能（苏州）有限公司", "砺石智能(苏州) 有限公司"),
        ("ＬＩＳＨＩ Co., Ltd.", "Lishi Co Ltd"),
        ("衡序数据股份有限公司", "衡序数据"),
    ],
)
def test_two_spellings_of_one_organisation_meet(one, other):
    assert normal_name(one) == normal_name(other)


def test_the_code_decides_before_the_name():
    by_name = an_organisation("Lishi")
    by_code = an_organisation("Lishi Group Holding", code="91X")

    assert queries.same_organisation(name="Lishi", code="91X") == by_code
    assert queries.same_organisation(name="LISHI Ltd") == by_name


def test_typing_another_firms_name_does_not_open_its_doors(client):
    theirs, nosy = an_organisation("Big Harbour"), a_person("Nosy")
    client.force_login(nosy)

    form = {"name_en": "Big Harbour", "kind": "company", "country": "CN"}
    client.post(reverse("people:organisations"), form)

    mine = nosy.affiliations.get().organisation
    assert (mine.name_en, mine.country) == ("Big Harbour", "CN")
    assert mine != theirs


def test_a_consent_is_given_once_and_taken_back_in_one_click(client):
    ada = a_person("Ada")
    for _ in range(2):
        consent = actions.give_consent(person=ada, purpose="terms", version="1", by=ada, at=NOON)
    client.force_login(ada)

    client.post(reverse("people:withdraw", args=[consent.pk]))

    assert Consent.objects.get().withdrawn_at is not None
    assert [line.verb for line in Line.objects.order_by("number")] == [
        "people.consent_given", "people.consent_withdrawn",
    ]  # fmt: skip


def test_nobody_withdraws_for_somebody_else(client):
    ada = a_person("Ada")
    consent = actions.give_consent(person=ada, purpose="terms", version="1", by=ada, at=NOON)
    client.force_login(a_person("Nosy"))

    assert client.post(reverse("people:withdraw", args=[consent.pk])).status_code == 404


@pytest.mark.parametrize("name", ["profile", "organisations", "consents"])
def test_strangers_are_asked_to_sign_in_and_others_are_let_in(client, name):
    page = reverse(f"people:{name}")
    assert client.get(page).headers["Location"].startswith(reverse("account_login"))

    client.force_login(a_person("Ada"))

    assert client.get(page).status_code == 200


def test_the_profile_takes_one_word_names(client):
    ada = a_person("Ada")
    client.force_login(ada)

    client.post(reverse("people:profile"), {"name": "Sutomo𠮷", "name_latin": "Sutomo"})

    ada.refresh_from_db()
    assert ada.name == "Sutomo𠮷"
