"""Owners of demands name an entry that answers theirs, while its stage is not decided."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from leitai.rooms.demands.models import Demand
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.standings.models import Decision, SpecialPlace
from leitai.rooms.standings.queries.deciding import special_limit, special_used
from leitai.rooms.standings.rules import SpecialKind, SpecialState, may_nominate
from leitai.rooms.submissions.models import Answer, Entry
from leitai.values.verdict import Verdict


def undecided() -> QuerySet[Participation]:
    decided = Decision.objects.filter(standing__stage=OuterRef("stage"))
    here = Participation.objects.filter(~Exists(decided), taken_out_at=None)
    return here.select_related("stage__contest__edition", "stage__contest__ruleset")


def stage_to_nominate(entry: Entry) -> Stage | None:
    """The furthest stage it takes part in, before the committee has decided on it."""
    last = undecided().filter(entry=entry).order_by("-stage__order").first()
    return last.stage if last else None


def may_nominate_answer(answer: Answer, *, by: Any, stage: Stage | None, why: str) -> Verdict:
    """Asks nothing of marks: a refusal would tell of a result that is not public."""
    entry, contest = answer.entry, answer.entry.contest
    listed = SpecialPlace.objects.exclude(state=SpecialState.REJECTED).filter(entry=entry)
    used = special_used(stage, SpecialKind.NOMINATION) if stage else 0
    is_own = entry.organisation_id == answer.demand.owner_id
    return may_nominate(
        limit=special_limit(contest, SpecialKind.NOMINATION), used=used,
        is_open=stage is not None, is_listed=listed.exists(),
        is_own=is_own or entry.members.filter(user=by).exists(), why=why,
    )  # fmt: skip


def nominations_owed(user: Any) -> list[Demand]:
    """Demands of which this person may nominate an answer, and nobody has nominated any yet."""
    open_here = undecided().filter(entry__answers__demand=OuterRef("pk"))
    used = SpecialPlace.objects.exclude(state=SpecialState.REJECTED).filter(
        kind=SpecialKind.NOMINATION, stage__contest=OuterRef("contest")
    )
    ours = Demand.objects.filter(
        owner__affiliations__user=user, owner__affiliations__speaks_for_it=True,
        contest__ruleset__body__decision__nominations__gt=0,
    )  # fmt: skip
    found = ours.filter(Exists(open_here), ~Exists(used)).select_related("contest__edition")
    return list(found.distinct().order_by("pk")[:6])
