"""Letters addressed to somebody, and what is known of addresses."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower

from leitai.foundation.models import Letter, LetterState, Suppression
from leitai.rooms.messages.models import Preference
from leitai.rooms.messages.rules import Rhythm


def own(user: Any) -> QuerySet[Letter]:
    """Letters to addresses this person has proved to be theirs; whoever holds the mailbox has
    them anyway."""
    addresses = EmailAddress.objects.filter(user=user.pk, verified=True)
    small = addresses.annotate(small=Lower("email")).values("small")
    return Letter.objects.annotate(small=Lower("to")).filter(small__in=small)


def inbox(user: Any, *, at: datetime, is_unread: bool = False) -> QuerySet[Letter]:
    rows = own(user).arrived(at).select_related("recipient__mailing__contest__edition")
    return rows.filter(read_at=None) if is_unread else rows


def unread(user: Any, *, at: datetime) -> int:
    return own(user).arrived(at).filter(read_at=None).count()


def rhythm(user: Any) -> str:
    found = Preference.objects.filter(user=user.pk).values_list("rhythm", flat=True)
    return next(iter(found), Rhythm.AS_THEY_COME.value)


def own_addresses(user: Any) -> list[str]:
    rows = EmailAddress.objects.filter(user=user.pk, verified=True)
    return [address.lower() for address in rows.values_list("email", flat=True)]


def suppressions(*, text: str = "") -> QuerySet[Suppression]:
    rows = Suppression.objects.select_related("by")
    return rows.filter(address__icontains=text.strip()) if text.strip() else rows


def loose_ends() -> QuerySet[Letter]:
    """The platform's own letters of which nobody knows whether they arrived."""
    return Letter.objects.filter(state=LetterState.UNCERTAIN, recipient=None).order_by("-pk")


def letters_of(user: Any) -> list[dict[str, Any]]:
    """For people who ask what we know of them."""
    return list(own(user).order_by("pk").values("subject", "text", "written_at", "read_at"))
