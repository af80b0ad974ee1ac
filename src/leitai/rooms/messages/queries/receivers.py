"""One person a message would go to, and what fills its blanks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from leitai.rooms.contests.models import Contest
from leitai.rooms.messages.rules import Blank, Language
from leitai.rooms.people.models import Affiliation, User
from leitai.rooms.submissions.models import Entry, Member
from leitai.rooms.submissions.rules import EntrantKind, MemberRole

LOCAL = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    address: str
    about: str  # entry:12, juror:3: the same person may be written to about several things
    name: str
    language: str
    user_id: int | None = None
    values: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.address, self.about


def at_home(path: str) -> str:
    return (settings.ORIGIN or LOCAL) + path


def language_of(user: User | None, *, reads_chinese: bool = True) -> str:
    """As people set it; strangers by what is known of them."""
    told = user.language if user else ""
    told = told or (settings.LANGUAGE_CODE if reads_chinese else Language.EN)
    return Language.ZH.value if told.startswith("zh") else Language.EN.value


def on_the_clock(at: datetime | None, contest: Contest) -> str:
    """The same in every language, on the edition's clock; midnight ends a day, as deadlines do."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(contest.edition.time_zone))
    clock, offset = f"{local:%H:%M}", f"{local:%z}"
    if clock == "00:00":
        local, clock = local - timedelta(days=1), "24:00"
    return f"{local:%Y-%m-%d} {clock} (UTC{offset[:3]}:{offset[3:]})"


def receiver(
    contest: Contest, *, address: str, about: Any, name: str, user: User | None, language: str,
    link: str, **values: Any,
) -> Receiver:  # fmt: skip
    """The blanks every audience has, and its own; values with two languages give the reader's."""
    with translation.override(language):
        told = {
            Blank.NAME.value: name, Blank.CONTEST.value: contest.name,
            Blank.EDITION.value: contest.edition.name, Blank.LINK.value: at_home(link),
            **{key: str(value() if callable(value) else value) for key, value in values.items()},
        }  # fmt: skip
    return Receiver(
        address=address.lower(), about=f"{about._meta.model_name}:{about.pk}", name=name,
        language=language, user_id=user.pk if user else None, values=told,
    )  # fmt: skip


def captains(contest: Contest, entries: Iterable[Any], **more: Any) -> Iterator[Receiver]:
    """The captain of each entry: one query more, whatever their number. `more` are values made
    of the entry."""
    rows = {entry.pk: entry for entry in entries}
    members = Member.objects.filter(entry__in=rows, role=MemberRole.CAPTAIN).exclude(email="")
    for member in members.select_related("user").order_by("entry__code", "pk"):
        yield of_team(contest, member, rows[member.entry_id], **more)


def of_team(contest: Contest, member: Member, entry: Entry, **more: Any) -> Receiver:
    user = member.user
    address = user.email if user else member.email
    reads_chinese = entry.kind != EntrantKind.OVERSEAS
    return receiver(
        contest, address=address, about=entry, name=member.name, user=user,
        language=language_of(user, reads_chinese=reads_chinese),
        link=reverse("submissions:entry", args=[entry.pk]), code=entry.code,
        team=entry.team_name, **{key: made(entry) for key, made in more.items()},
    )  # fmt: skip


def speakers(organisations: Iterable[int]) -> dict[int, list[Affiliation]]:
    """Who speaks for each organisation, with an account in use; one query."""
    rows = Affiliation.objects.filter(
        organisation__in=set(organisations), speaks_for_it=True, user__is_active=True
    )
    found: dict[int, list[Affiliation]] = {}
    for row in rows.select_related("user").order_by("pk"):
        found.setdefault(row.organisation_id, []).append(row)
    return found
