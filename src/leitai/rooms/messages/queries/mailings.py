"""What do we know about a mailing, its receivers, and what became of its letters?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from leitai.foundation import mail
from leitai.foundation.models import (
    STOPS_ALL,
    LetterState,
    Suppression,
    SuppressionReason,
)
from leitai.rooms.contests.models import Contest
from leitai.rooms.messages.models import Mailing, Preference, Recipient, Sender, Undo
from leitai.rooms.messages.queries.audiences import receivers
from leitai.rooms.messages.queries.receivers import Receiver
from leitai.rooms.messages.rules import UNDO_MINUTES, Language, Rhythm, SenderRole

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the audience since the receivers were frozen."""

    new: list[Receiver]
    gone: list[Recipient]
    other: list[Recipient]  # still in it, with another value, name or language

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.other)


def changes(mailing: Mailing) -> Changes:
    now = {found.key: found for found in current(mailing)}
    frozen = {(r.address, r.about): r for r in mailing.recipients.all()}
    return Changes(
        new=[found for key, found in now.items() if key not in frozen],
        gone=[r for key, r in frozen.items() if key not in now],
        other=[r for key, r in frozen.items() if key in now and _differs(r, now[key])],
    )


def _differs(row: Recipient, now: Receiver) -> bool:
    return (row.values, row.language) != (now.values, now.language)


def current(mailing: Mailing) -> list[Receiver]:
    return receivers(mailing.contest, mailing.audience, mailing.of_id)


def outbox(contest: Contest, *, audiences: Iterable[str], senders: Iterable[str]) -> QuerySet:
    """The contest's mailings, as far as the reader may write such ones."""
    rows = contest.mailings.filter(audience__in=audiences, sender__in=senders)
    return rows.select_related("made_by").annotate(
        receivers=Count("recipients"),
        sent=Count("recipients", filter=Q(recipients__letter__state=LetterState.SENT)),
        back=Count(
            "recipients",
            filter=Q(recipients__letter__state__in=[LetterState.REFUSED, LetterState.UNCERTAIN]),
        ),
    )


def recipients(mailing: Mailing, *, text: str = "", state: str = "") -> QuerySet[Recipient]:
    """In their frozen order; `blocked` tells why an address gets nothing."""
    rows = mailing.recipients.select_related("letter").annotate(blocked=_blocked(mailing))
    for word in text.split()[:5]:
        rows = rows.filter(
            Q(address__icontains=word) | Q(name__icontains=word) | Q(values__code__icontains=word)
        )
    if state == "blocked":
        return rows.exclude(blocked=None)
    return rows.filter(letter__state=state) if state else rows


def _blocked(mailing: Mailing) -> Subquery:
    hits = Suppression.objects.annotate(small=Lower("address")).filter(small=OuterRef("address"))
    if mailing.is_necessary:
        hits = hits.filter(reason__in=STOPS_ALL)
    return Subquery(hits.values("reason")[:1])


def blocked_addresses(mailing: Mailing) -> set[str]:
    """Of the frozen receivers, those who get nothing by mail."""
    rows = mail.suppressed(mailing.recipients.values_list("address", flat=True))
    stops = STOPS_ALL if mailing.is_necessary else set(SuppressionReason)
    return {address for address, row in rows.items() if row.reason in stops}


def count(mailing: Mailing) -> int:
    """How many letters would go out."""
    return mailing.recipients.annotate(blocked=_blocked(mailing)).filter(blocked=None).count()


def lacking(mailing: Mailing) -> list[Recipient]:
    """Receivers for whom a value is missing that their text uses."""
    rows = mailing.recipients.order_by("pk")
    for row in rows:
        row.mailing = mailing
    return [row for row in rows if row.missing]


def figures(mailing: Mailing) -> Counter[str]:
    """How many letters are in each state."""
    rows = mailing.recipients.order_by().values_list("letter__state").annotate(n=Count("pk"))
    return Counter({state: n for state, n in rows if state})


def uncertain(mailing: Mailing) -> QuerySet[Recipient]:
    rows = mailing.recipients.filter(letter__state=LetterState.UNCERTAIN)
    return rows.select_related("letter").order_by("pk")


def neighbours(mailing: Mailing, row: Recipient) -> tuple[Recipient | None, Recipient | None]:
    rows = mailing.recipients
    before = rows.filter(pk__lt=row.pk).order_by("-pk").first()
    return before, rows.filter(pk__gt=row.pk).order_by("pk").first()


def sender(mailing: Mailing) -> Sender:
    """As the edition set it; without that, the edition's own name and no other answers."""
    return senders(mailing.contest)[mailing.sender]


def senders(contest: Contest) -> dict[str, Sender]:
    edition = contest.edition
    kept = {row.role: row for row in edition.senders.all()}
    return {
        role: kept.get(role)
        or Sender(edition=edition, role=role, name_zh=edition.name_zh, name_en=edition.name_en)
        for role in SenderRole.values
    }


def sender_name(row: Sender, language: str) -> str:
    zh, en = row.name_zh, row.name_en
    name = (zh or en) if language == Language.ZH else (en or zh)
    return " ".join(name.split())[:120]


def undo_minutes(contest: Contest) -> int:
    found = Undo.objects.filter(edition=contest.edition_id).values_list("minutes", flat=True)
    return next(iter(found), UNDO_MINUTES)


def daily_readers(mailing: Mailing) -> set[int]:
    rows = Preference.objects.filter(
        user__in=mailing.recipients.exclude(user=None).values("user"), rhythm=Rhythm.DAILY
    )
    return set(rows.values_list("user", flat=True))
