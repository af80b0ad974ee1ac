"""Who is told about a check?"""

from datetime import datetime
from typing import Any

from leitai.foundation import mail
from leitai.rooms.screening.models import Check
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import MemberRole


def checked(check: Check, *, at: datetime) -> None:
    _to_captain(check.entry, f"screening/mail/{check.finding}", {"check": check}, at=at)


def merged(entry: Entry, stays: Entry, *, at: datetime) -> None:
    _to_captain(entry, "screening/mail/merged", {"stays": stays}, at=at)


def _to_captain(entry: Entry, template: str, context: dict[str, Any], *, at: datetime) -> None:
    captain = entry.members.filter(role=MemberRole.CAPTAIN).select_related("user").first()
    if captain is None or not captain.email:
        return
    language = captain.user.language if captain.user else ""
    language = language or ("en" if entry.kind == "overseas" else "")
    context |= {"entry": entry, "name": captain.name}
    mail.send(to=captain.email, template=template, context=context, at=at, language=language)
