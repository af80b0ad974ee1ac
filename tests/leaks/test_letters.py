"""Letters go to those they are for, and hold no word that their reader may not read."""

import pytest

from leitai.foundation.models import Letter
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.messages.testing import a_mailing, confirmed
from leitai.rooms.submissions.models import Member
from leitai.rooms.submissions.rules import MemberRole
from leitai.rooms.submissions.rules import State as EntryState
from tests.leaks import crawl, mutants
from tests.leaks.canaries import WORD
from tests.leaks.test_side_channels import undone

pytestmark = pytest.mark.django_db
WORDS = {
    "subject_zh": "您好 {name}", "body_zh": "{name}：{contest} {link}",
    "subject_en": "Dear {name}", "body_en": "{name}, about {contest}: {link}",
}  # fmt: skip


def meant(world, audience):
    """Addresses, found without the code that finds receivers."""
    if audience == "jurors_active":
        rows = Juror.objects.filter(contest=world.contest, state=JurorState.ACTIVE)
        return {juror.user.email for juror in rows}
    captains = Member.objects.filter(
        entry__contest=world.contest, entry__state=EntryState.ACCEPTED, role=MemberRole.CAPTAIN
    )
    return {member.user.email for member in captains}


def astray(world, audience):
    """Who got a letter and should not, who got none and should, and what somebody read."""
    with undone():
        before = set(Letter.objects.values_list("pk", flat=True))
        confirmed(a_mailing(world.contest, audience=audience, **WORDS))
        letters = list(Letter.objects.exclude(pk__in=before))
    found = {letter.to for letter in letters} ^ meant(world, audience)
    for role, person in world.roles.items():
        for letter in letters:
            if person is not None and letter.to == person.email:
                words = {word.lower() for word in WORD.findall(letter.subject + letter.text)}
                read = [world.canaries[w] for w in words if w in world.canaries]
                found |= {c for c in read if not crawl.is_allowed(world, role, c)}
    return found


@pytest.mark.parametrize("audience", ["accepted", "jurors_active"])
def test_a_mailing_reaches_those_it_is_for_and_tells_them_nothing_else(world, audience):
    assert astray(world, audience) == set()


def test_a_mailing_to_the_wrong_people_is_found(world, monkeypatch):
    mutants.mail_to_all_the_others(monkeypatch)

    assert astray(world, "accepted")
