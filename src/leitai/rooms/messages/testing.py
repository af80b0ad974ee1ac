"""Messages to tell stories with."""

from typing import Any

from allauth.account.models import EmailAddress

from leitai.foundation.models import Letter
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.messages import actions
from leitai.rooms.messages.models import Mailing
from leitai.rooms.people.models import User

TEXT = {
    "subject_zh": "请尽快提交 {code}", "body_zh": "{name}，您好：请在 {deadline} 前提交。{link}",
    "subject_en": "Please hand in {code}", "body_en": "Dear {name}, until {deadline}: {link}",
}  # fmt: skip


def a_mailing(contest: Contest | None = None, **fields: Any) -> Mailing:
    """A draft to teams that have not handed in."""
    contest = contest or Contest.objects.first() or a_contest()
    values = {"sender": "organiser", "audience": "drafts", **TEXT, **fields}
    return actions.draft_mailing(contest=contest, values=values, by=appointed(contest), at=NOON)


def frozen(mailing: Mailing) -> Mailing:
    return actions.freeze_mailing(mailing=mailing, by=appointed(mailing.contest), at=NOON)


def confirmed(mailing: Mailing, typed: str = "") -> Mailing:
    """Frozen, counted and confirmed."""
    if mailing.state == "draft":
        frozen(mailing)
    typed = typed or str(mailing.recipients.count())
    by = appointed(mailing.contest)
    return actions.confirm_mailing(mailing=mailing, typed=typed, by=by, at=NOON)


def verified(person: User) -> User:
    """The person has proved that the address is theirs."""
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person


def a_letter(to: str, **fields: Any) -> Letter:
    told = {"subject": "Hello", "text": "Dear reader", "written_at": NOON, "state": "sent",
            "sent_at": NOON, **fields}  # fmt: skip
    return Letter.objects.create(to=to, **told)
