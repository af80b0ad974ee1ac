"""Teams: invitations that last two weeks, sizes, captains."""

import re

import pytest

from leitai.foundation.models import Letter
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import DAY, NOON
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people.models import Consent
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation
from leitai.rooms.submissions import actions, permissions
from leitai.rooms.submissions.testing import a_draft, an_open_contest, handed_in

pytestmark = pytest.mark.django_db


def invited(entry, email="bo@example.org", *, at=NOON, name="Bo", role="member"):
    return actions.add_member(
        entry=entry, name=name, email=email, role=role, about="", by=entry.begun_by, at=at
    )


def opened(member):
    token = actions.invitation_token(member)
    return actions.read_invitation(token)


def test_an_invitation_is_a_letter_with_a_link_that_seats_whoever_opens_it():
    entry = a_draft()
    invited(entry)
    letter = Letter.objects.get(to="bo@example.org")
    token = re.search(r"/invitations/([^/\s]+)/", letter.text)[1]
    member, token_at = actions.read_invitation(token)

    actions.join(member=member, token_at=token_at, by=a_person("Bo Under Another Address"), at=NOON)

    assert member.user.name == "Bo Under Another Address"
    assert permissions.edit(member.user, entry)


def test_an_invitation_expires():
    member, token_at = opened(invited(a_draft()))

    with pytest.raises(NotPossible) as refusal:
        actions.join(member=member, token_at=token_at, by=a_person("Bo"), at=NOON + 14 * DAY)

    assert refusal.value.verdict.code == "invitation_expired"


def test_a_new_letter_kills_the_old_link():
    member, old = opened(invited(a_draft()))
    actions.invite_again(member=member, by=a_person("Ada"), at=NOON + DAY / 2)

    with pytest.raises(NotPossible) as refusal:
        actions.join(member=member, token_at=old, by=a_person("Bo"), at=NOON + DAY / 2)

    assert refusal.value.verdict.code == "invitation_replaced"


def test_letters_do_not_rain():
    member = invited(a_draft())

    with pytest.raises(NotPossible) as refusal:
        actions.invite_again(member=member, by=a_person("Ada"), at=NOON)

    assert refusal.value.verdict.code == "too_soon"
    assert Letter.objects.count() == 1


def test_a_made_up_link_leads_nowhere():
    assert actions.read_invitation("made:up:link") is None


def test_a_seat_is_taken_once():
    member, token_at = opened(invited(a_draft()))
    actions.join(member=member, token_at=token_at, by=a_person("Bo"), at=NOON)

    with pytest.raises(NotPossible) as refusal:
        actions.join(member=member, token_at=token_at, by=a_person("Eve"), at=NOON)

    assert refusal.value.verdict.code == "seat_taken"


def test_names_without_an_address_are_listed_and_get_no_letter():
    entry = a_draft()

    member = invited(entry, "", name="𠮷田")

    assert (member.name, member.user) == ("𠮷田", None)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ({"email": "ada@example.org"}, "already_there"),
        ({"email": "not an address"}, "bad_email"),
        ({"email": "", "name": " "}, "no_name"),
        ({"role": "captain"}, "no_such_role"),
    ],
)
def test_seats_that_cannot_be(seat, code):
    with pytest.raises(NotPossible) as refusal:
        invited(a_draft(), **seat)

    assert refusal.value.verdict.code == code


def test_a_team_grows_no_larger_than_the_rules_say_but_advisors_do_not_count():
    entry = a_draft(an_open_contest(team_max=2))
    invited(entry)

    with pytest.raises(NotPossible) as refusal:
        invited(entry, "cy@example.org")
    invited(entry, "doc@example.org", role="advisor")

    assert refusal.value.verdict.code == "team_too_big"
    assert entry.members.count() == 3


def test_the_captaincy_is_handed_over_to_somebody_who_joined():
    entry = a_draft()
    bo = invited(entry)
    with pytest.raises(NotPossible):
        actions.change_captain(entry=entry, to=bo, by=entry.begun_by, at=NOON)
    member, token_at = opened(bo)
    actions.join(member=member, token_at=token_at, by=a_person("Bo"), at=NOON)

    actions.change_captain(entry=entry, to=member, by=entry.begun_by, at=NOON)

    assert permissions.lead(member.user, entry)
    assert permissions.lead(entry.begun_by, entry).code == "captain_only"


def test_the_captain_cannot_be_removed():
    entry = a_draft()

    with pytest.raises(NotPossible) as refusal:
        actions.remove_member(member=entry.members.get(), by=entry.begun_by, at=NOON)

    assert refusal.value.verdict.code == "is_captain"


def answered(shows):
    entry = a_draft(summary="S")
    demand = a_demand(entry.contest)
    owner = a_speaker(a_person("Olga"), demand.owner)
    answer = actions.answer_demand(
        entry=entry, demand=demand, shows=shows, note="≤ 0.3", by=entry.begun_by, at=NOON
    )
    handed_in(entry)
    return entry, answer, owner


@pytest.mark.parametrize(
    ("shows", "teaser", "confidential"),
    [("public", False, False), ("teaser", True, False), ("confidential", True, True)],
)
def test_a_demands_owner_reads_as_far_as_the_team_agreed(shows, teaser, confidential):
    entry, _answer, owner = answered(shows)

    assert bool(permissions.read_teaser(owner, entry)) is teaser
    assert bool(permissions.read_confidential(owner, entry)) is confidential
    stranger = a_speaker(a_person("Nosy"), an_organisation("Other Harbour"))
    assert permissions.read_teaser(stranger, entry).code == "hidden"


def test_a_consent_taken_back_closes_the_door_at_once():
    entry, answer, owner = answered("confidential")

    actions.take_back_consent(answer=answer, by=entry.begun_by, at=NOON + 5 * DAY)

    assert permissions.read_teaser(owner, entry).code == "hidden"
    consent = Consent.objects.about(answer).get()
    assert (consent.receiver, consent.withdrawn_at) == (answer.demand.owner, NOON + 5 * DAY)


def test_no_more_demands_than_the_rules_allow():
    entry = a_draft()
    for _i in range(2):
        actions.answer_demand(
            entry=entry,
            demand=a_demand(entry.contest),
            shows="teaser",
            note="",
            by=entry.begun_by,
            at=NOON,
        )

    with pytest.raises(NotPossible) as refusal:
        actions.answer_demand(
            entry=entry,
            demand=a_demand(entry.contest),
            shows="teaser",
            note="",
            by=entry.begun_by,
            at=NOON,
        )

    assert refusal.value.verdict.code == "too_many_answers"
