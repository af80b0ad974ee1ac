"""Who works for an edition or a contest."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.contests.models import Appointment, Contest, Edition
from leitai.rooms.contests.rules import Role
from leitai.values.verdict import no


@transaction.atomic
def appoint(
    *,
    edition: Edition,
    contest: Contest | None = None,
    user: Any,
    role: str,
    region: str = "",
    by: Any,
    at: datetime,
) -> Appointment:
    """For one contest, or for the whole edition when none is named; a co-host for one region."""
    appointment, made = Appointment.objects.get_or_create(
        user=user,
        edition=edition,
        contest=contest,
        role=role,
        defaults={"since": at, "region": region.strip()},
    )
    user.__dict__.pop("_appointments", None)  # what the permissions remembered of this person
    if made:
        journal.write(
            "contests.person_appointed", about=contest or edition, by=by, at=at,
            person=user.pk, role=str(role),
        )  # fmt: skip
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: Any, at: datetime) -> None:
    """The last organiser of an edition stays, or nobody could appoint the next."""
    edition = appointment.edition
    hold(edition)
    others = Appointment.objects.filter(edition=edition, contest=None, role=Role.ORGANISER)
    is_organiser = appointment.contest_id is None and appointment.role == Role.ORGANISER
    if is_organiser and not others.exclude(pk=appointment.pk).exists():
        reason = _("This is the edition's last organiser; please appoint another one first.")
        raise NotPossible(no("last_organiser", reason))
    journal.write(
        "contests.appointment_ended", about=appointment.contest or edition, by=by, at=at,
        person=appointment.user_id, role=appointment.role,
    )  # fmt: skip
    appointment.delete()


@transaction.atomic
def forget_person(*, person: Any, by: Any, at: datetime) -> None:
    """Whoever leaves works for nothing any more."""
    for appointment in person.appointments.select_related("edition", "contest").order_by("pk"):
        end_appointment(appointment=appointment, by=by, at=at)
