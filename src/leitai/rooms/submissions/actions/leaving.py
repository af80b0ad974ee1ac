"""What becomes of entries when somebody takes a consent back, or asks to be forgotten."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.people import queries as people
from leitai.rooms.people.models import Consent, User
from leitai.rooms.people.rules import Purpose
from leitai.rooms.submissions.actions.answers import take_back_consent
from leitai.rooms.submissions.actions.drafts import show_card
from leitai.rooms.submissions.models import Answer, Entry, Member, Version
from leitai.rooms.submissions.rules import MemberRole
from leitai.values.verdict import no


def hand_on_no_more(*, consent: Consent, by: Any, at: datetime) -> None:
    """Wherever the consent is taken back, the card goes and the demand's owner sees no more."""
    kinds = {Purpose.PUBLIC_CARD: Entry, Purpose.DEMAND_OWNER: Answer}
    kind = kinds.get(consent.purpose)
    if kind is None or consent.withdrawn_at or consent.about_type != kind._meta.label_lower:
        return
    about = kind.objects.filter(pk=consent.about_id).first()
    if isinstance(about, Entry):
        show_card(entry=about, shown=False, by=by, at=at)
    elif about:
        take_back_consent(answer=about, by=by, at=at)


@transaction.atomic
def forget_person(*, person: User, by: Any, at: datetime) -> None:
    """The seat stays, with a number in it; also in what was handed in, and its teams stay whole."""
    name, _email = people.pseudonym(person)
    for seat in Member.objects.filter(user=person).select_related("entry").order_by("entry", "pk"):
        hold(seat.entry)
        hold(seat)
        _require_captain(seat)
        seat.name, seat.email, seat.about = name, "", ""
        seat.save(update_fields=["name", "email", "about"])
        for version in Version.objects.filter(entry=seat.entry_id):
            _forget_in(version, person, name)
    for seat in Member.objects.filter(user=None, email__iexact=person.email):
        seat.email = ""
        seat.save(update_fields=["email"])


def _require_captain(seat: Member) -> None:
    others = seat.entry.members.exclude(pk=seat.pk).exclude(user=None)
    if seat.role == MemberRole.CAPTAIN and others.exists():
        reason = _("You are the captain of %s; please hand the captaincy over first.")
        raise NotPossible(no("is_captain", reason % seat.entry.code))


def _forget_in(version: Version, person: User, name: str) -> None:
    mine = [m for m in version.body.get("members", ()) if m.get("user") == person.pk]
    for member in mine:
        member |= {"name": name, "about": ""}
    if mine:
        version.save(update_fields=["body"])
