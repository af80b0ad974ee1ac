"""An invited person proposes somebody else; the organiser decides, and only then goes a letter."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import rules
from leitai.rooms.jury.actions.jurors import Invited, invite_juror
from leitai.rooms.jury.models import Colleague, Juror
from leitai.rooms.jury.rules import ColleagueState
from leitai.values.verdict import no


@transaction.atomic
def propose_colleague(
    *, juror: Juror, name: str, email: str, kind: str, why: str, by: Any, at: datetime
) -> Colleague:
    """Whoever holds the letter may; the colleague hears nothing of it."""
    hold(juror)
    require(juror.may_propose(at))
    email = email.strip().lower()
    if juror.colleagues.filter(email=email).exists():
        raise NotPossible(no("proposed_already", _("You have proposed this person already.")))
    colleague = Colleague.objects.create(
        juror=juror, name=name.strip(), email=email, kind=kind, why=why.strip()[:300], at=at
    )
    journal.write("jury.colleague_proposed", about=colleague, by=by, at=at)
    return colleague


@transaction.atomic
def invite_colleague(*, colleague: Colleague, by: Any, at: datetime) -> Juror:
    _decide(colleague, ColleagueState.INVITED, by=by, at=at)
    invited = Invited(name=colleague.name, email=colleague.email, kind=colleague.kind)
    juror = invite_juror(contest=colleague.juror.contest, invited=invited, by=by, at=at)
    journal.write("jury.colleague_invited", about=colleague, by=by, at=at, juror=juror.pk)
    return juror


@transaction.atomic
def refuse_colleague(*, colleague: Colleague, by: Any, at: datetime) -> Colleague:
    """Nobody is told, since nobody was asked; the address is forgotten."""
    _decide(colleague, ColleagueState.REFUSED, by=by, at=at)
    Colleague.objects.filter(pk=colleague.pk).update(email=rules.forgotten_address(colleague.email))
    journal.write("jury.colleague_refused", about=colleague, by=by, at=at)
    return colleague


def _decide(colleague: Colleague, to: str, *, by: Any, at: datetime) -> None:
    hold(colleague)
    move(colleague, to, moves=rules.COLLEAGUE_MOVES)
    colleague.decided_by, colleague.decided_at = by, at
    colleague.save(update_fields=["decided_by", "decided_at"])
