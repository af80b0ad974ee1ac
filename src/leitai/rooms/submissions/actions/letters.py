"""The letters this room writes, in the transaction of the deed."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from leitai.foundation import mail
from leitai.rooms.people.models import User
from leitai.rooms.submissions.models import Member, Version
from leitai.rooms.submissions.rules import INVITATION_LASTS

LOCAL = "http://127.0.0.1:8000"


def address(name: str, *args: object) -> str:
    return (settings.ORIGIN or LOCAL) + reverse(name, args=args)


def invited(member: Member, *, token: str, by: User, at: datetime) -> None:
    entry = member.entry
    mail.send(
        to=member.email,
        template="submissions/mail/invited",
        context={
            "member": member, "entry": entry, "contest": entry.contest, "by": by,
            "title": told_title(entry.draft) or entry.code,
            "until": at + INVITATION_LASTS, "link": address("submissions:join", token),
        },
        at=at,
    )  # fmt: skip


def handed_in(version: Version, *, at: datetime) -> None:
    """The receipt, to everybody who writes in this entry."""
    entry = version.entry
    link = address("submissions:receipt", entry.pk, version.number)
    for member in entry.members.exclude(user=None).select_related("user"):
        mail.send(
            to=member.user.email,
            template="submissions/mail/handed_in",
            context={"version": version, "entry": entry, "contest": entry.contest, "link": link},
            at=at,
            language=member.user.language,
        )


def told_title(draft: dict) -> str:
    keys = ("title_zh", "title_en", "title_en_overseas", "title_zh_overseas")
    return next((str(draft[key]) for key in keys if draft.get(key)), "")
