"""What somebody sees of a stage, and the entries of which they see nothing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from leitai.rooms.contests import queries as contests
from leitai.rooms.contests.rules import Role
from leitai.rooms.jury.models import Conflict, Discussion, Judging, Sheet
from leitai.rooms.jury.rules import JudgingState, JurorState, Sight, Viewer, seen_by, sees
from leitai.rooms.people.models import Organisation
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.submissions.models import Entry, Member

VIEWERS = {
    Role.ORGANISER: Viewer.ORGANISER, Role.SECRETARIAT: Viewer.SECRETARIAT,
    Role.SUPERVISOR: Viewer.SUPERVISOR, Role.CO_HOST: Viewer.CO_HOST,
}  # fmt: skip


def phase(stage: Stage) -> str:
    judging: Judging | None = getattr(stage, "judging", None)
    return judging.state if judging else JudgingState.INDEPENDENT


def viewers(user: Any, stage: Stage) -> set[Viewer]:
    """Everything this person is at the stage. A juror is who holds a sheet there, a chair who leads
    the stage's discussions or one of them. One query."""
    if not user.is_authenticated:
        return {Viewer.ANYBODY}
    found = {VIEWERS[role] for role in contests.roles(user, stage.contest)}
    here, active = OuterRef("pk"), JurorState.ACTIVE
    sheets = Sheet.objects.standing().filter(stage=here, juror__state=active, juror__user=user)
    leads = {"stage": here, "chair__state": active, "chair__user": user}
    asked = (sheets, Judging.objects.filter(**leads), Discussion.objects.filter(**leads))
    row = Stage.objects.filter(pk=stage.pk).values_list(*(Exists(a.order_by()) for a in asked))
    marks, *chairs = row.get()
    found |= {Viewer.JUROR} if marks else set()
    found |= {Viewer.CHAIR} if any(chairs) else set()
    return found or {Viewer.ANYBODY}


def sight_of(found: Iterable[Viewer], stage: Stage) -> Sight:
    return seen_by(found, phase(stage), blind=stage.rule.panel.blind)


def sight(user: Any, stage: Stage) -> Sight:
    return sight_of(viewers(user, stage), stage)


def jurors_sight(stage: Stage) -> Sight:
    """What those see who mark here."""
    return sees(Viewer.JUROR, phase(stage), blind=stage.rule.panel.blind)


def tied_entries(user: Any) -> QuerySet[Entry]:
    """Entries with which somebody has a tie, as a juror or otherwise: one's own, one's own
    organisation's, and those with a conflict in force. Use it as a subquery."""
    if not user.is_authenticated:
        return Entry.objects.none()
    at_work = Q(affiliations__until=None) | Q(affiliations__until__gte=TruncDate(Now()))
    houses = Organisation.objects.filter(at_work, affiliations__user=user).order_by()
    firm = Q(organisation__in=houses.values("pk"))
    for sign in ("key", "code"):  # one firm may stand in the register twice
        known = houses.exclude(**{sign: ""}).values(sign)
        firm |= Q(**{f"organisation__{sign}__in": known})
    teams = Member.objects.filter(Q(user=user) | Q(email__iexact=user.email or "-")).order_by()
    ties = Conflict.objects.in_force().filter(juror__user=user).order_by()
    found = firm | Q(pk__in=teams.values("entry")) | Q(pk__in=ties.values("entry"))
    return Entry.objects.filter(found).order_by().values("pk")


def is_tied(user: Any, entry_id: int) -> bool:
    return tied_entries(user).filter(pk=entry_id).exists()


def is_tied_at(user: Any, stage: Stage) -> bool:
    """To any entry that takes part."""
    here = Participation.objects.filter(stage=stage, taken_out_at=None)
    return here.filter(entry__in=tied_entries(user)).exists()
