"""Standings and their places, comments and results."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from leitai.foundation import search as words
from leitai.foundation.near import kept
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import Mark, Sheet
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Criterion, Participation, Stage
from leitai.rooms.standings.models import Place, Publication, ReleasedComment, Standing
from leitai.rooms.standings.rules import (
    EntryIn,
    Outcome,
    PlaceOut,
    Ruling,
    SheetIn,
    State,
    amended,
    group_of,
    reckon,
)
from leitai.rooms.standings.rules import places as places_of
from leitai.rooms.submissions.models import Entry


def sheets(stage: Stage) -> list[SheetIn]:
    """The sealed marks of a stage, as values; two queries, whatever the size."""
    return [SheetIn(s.entry, s.juror, s.marks) for s in jury.marks(stage)]


def entries(stage: Stage) -> dict[int, EntryIn]:
    """Everything that takes part, with what quotas and tie-breaks ask of it; one query."""
    by = stage.rule.quota.by
    rows = Participation.objects.filter(stage=stage, taken_out_at=None).values_list(
        "entry_id", "entry__scenario__code", "heat", "entry__handed_in_at"
    )
    return {
        entry: EntryIn(group_of(by, scenario=scenario, heat=heat), at)
        for entry, scenario, heat, at in rows
    }


def seed_of(stage: Stage) -> str:
    """For drawing lots among the level: fixed by the stage and the rules in force."""
    return hashlib.sha256(f"{stage.pk}:{stage.ruleset_id}".encode()).hexdigest()[:16]


def newest(stage: Stage) -> Standing | None:
    return stage.standings.order_by("-number").first()


def places(
    standing: Standing, *, outcome: str = "", group: str = "", text: str = ""
) -> QuerySet[Place]:
    """In order of rank; those without a place come last."""
    rows = standing.places.select_related("entry__scenario", "entry__organisation")
    if outcome:
        rows = rows.filter(outcome=outcome)
    if group:
        rows = rows.filter(entry__scenario__code=group)
    if text.strip():
        asked = words.query(text)
        by_code = Q(entry__code__istartswith=text.strip())
        rows = rows.filter(by_code | Q(entry__search=asked)) if asked else rows.filter(by_code)
    return rows


def counts(standing: Standing) -> dict[str, int]:
    found = standing.places.order_by().values("outcome").annotate(n=Count("pk"))
    numbers = dict(found.values_list("outcome", "n"))
    return {outcome: numbers.get(outcome, 0) for outcome in Outcome.values}


def compare(standing: Standing, formula: str) -> tuple[dict[int, PlaceOut], set[int], set[int]]:
    """The same marks by another formula: the places, who would come in, who would drop out."""
    return what_if(standing, standing.rule.model_copy(update={"formula": formula}))


def what_if(standing: Standing, rule: StageRule) -> tuple[dict[int, PlaceOut], set[int], set[int]]:
    """The same marks by another rule, beside what the stage's own rule gives; nothing is kept."""
    given = _kept(standing.stage)
    then = _again(standing, rule, given)
    if standing.amendments:  # the rule's own outcome is not the list that holds
        now = _chosen(_again(standing, standing.rule, given))
    else:
        now = set(standing.places.filter(outcome=Outcome.IN).values_list("entry_id", flat=True))
    chosen = _chosen(then)
    return then, chosen - now, now - chosen


def _chosen(places: dict[int, PlaceOut]) -> set[int]:
    return {entry for entry, place in places.items() if place.outcome == Outcome.IN}


def _kept(stage: Stage) -> list[SheetIn]:
    """Read once for as many rules as a committee tries; nobody changes the list."""
    return kept(f"sheets-{stage.pk}", jury.stamp(stage), lambda: sheets(stage))


def _again(standing: Standing, rule: StageRule, given: Sequence[SheetIn]) -> dict[int, PlaceOut]:
    """Everything from the raw marks once more."""
    taking_part = entries(standing.stage)
    made = reckon(
        rule, sheets=given, entries=taking_part, seed=standing.seed, rulings=rulings(standing)
    )
    return {p.entry: p for p in places_of(made, entries=taking_part, digits=rule.places)}


def differs(standing: Standing) -> list[int]:
    """Entries whose stored place is not what the raw marks give today; empty when all is well.
    The marks are read anew, also those that somebody moved behind our backs."""
    given = sheets(standing.stage)
    again = with_changes(_again(standing, standing.rule, given), standing.amendments)
    kept = {p.entry_id: (p.rank, p.score, p.outcome) for p in standing.places.all()}
    fresh = {e: (p.rank, p.score, p.outcome) for e, p in again.items()}
    return sorted(e for e in kept.keys() | fresh.keys() if kept.get(e) != fresh.get(e))


def with_changes(
    places: dict[int, PlaceOut], amendments: list[dict[str, Any]]
) -> dict[int, PlaceOut]:
    """What the marks give, and then what people changed."""
    outcomes = amended({e: p.outcome for e, p in places.items()}, amendments)
    for entry, outcome in outcomes.items():
        places.setdefault(entry, PlaceOut(entry)).outcome = Outcome(outcome)
    return places


def rulings(standing: Standing) -> list[Ruling]:
    return [Ruling(tuple(r["order"]), r["why"]) for r in standing.rulings]


def last_publication(contest: Contest) -> Publication | None:
    return contest.publications.order_by("-number").first()


def result(entry: Entry) -> Place | None:
    """The entry's place in the newest published standing it has one in."""
    published = Place.objects.filter(entry=entry, standing__state=State.PUBLISHED)
    return published.select_related("standing__stage").order_by("-standing__stage__order").first()


def own_means(place: Place) -> list[tuple[Criterion, Decimal]]:
    """For the team: each criterion with the mean of its jurors' marks, nobody named.

    Of this entry's sheets only: on the day of a result every team opens its page at once.
    """
    stage = place.standing.stage
    own = Sheet.objects.sealed().filter(stage=stage, entry=place.entry_id).order_by()
    given = Mark.objects.filter(sheet__in=own, value__isnull=False).order_by()
    means = dict(given.values_list("criterion").annotate(mean=Avg("value")))
    return [(c, means[c.pk]) for c in stage.criteria.all() if c.pk in means]


def released(entry: Entry) -> QuerySet[ReleasedComment]:
    return ReleasedComment.objects.filter(sheet__entry=entry).order_by("pk")


def comments(stage: Stage, *, is_released: bool | None = None) -> QuerySet[Sheet]:
    """Sealed sheets with words to the team."""
    rows = Sheet.objects.sealed().filter(stage=stage).exclude(comment="")
    if is_released is not None:
        rows = rows.filter(released_comment__isnull=not is_released)
    if is_released is False:
        rows = rows.filter(held_comment=None)
    return rows.select_related("entry", "released_comment").order_by("entry__code", "pk")


def results_of(user: User) -> QuerySet[Place]:
    mine = Place.objects.filter(entry__members__user=user, standing__state=State.PUBLISHED)
    return mine.select_related("entry", "standing__stage").distinct()
