"""What each team is told of its marks, reckoned for the whole field at once; and the comments that
wait for somebody to read them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Avg, QuerySet

from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules.schema import FeedbackRule, JuryRule
from leitai.rooms.jury.models import Juror, Mark, Sheet
from leitai.rooms.jury.rules import tags_of
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings.models import Feedback, Place, Publication
from leitai.rooms.standings.queries.standing import comments
from leitai.rooms.standings.rules.feedback import (
    Band,
    Doubt,
    Third,
    band,
    doubts,
    names_in,
    third,
)
from leitai.rooms.submissions.models import Entry
from leitai.values.score import publish


def bodies(publication: Publication) -> dict[int, dict[str, Any]]:
    """The feedback of every entry that was marked; four queries, whatever the size."""
    standing, rule = publication.standing, publication.contest.rules.feedback
    sign = 1 if standing.rule.direction == "up" else -1
    scored = Place.objects.filter(standing=standing, score__isnull=False)
    scores = {e: sign * s for e, s in scored.values_list("entry", "score")}
    field = sorted(scores.values())
    means, criteria = _means(standing.stage), list(standing.stage.criteria.all())
    fields = {
        c.pk: sorted(sign * m[c.pk] for e, m in means.items() if e in scores and c.pk in m)
        for c in criteria
    }
    told, ticked = {}, _ticked(standing.stage)
    for entry, score in scores.items():
        own = means.get(entry, {})
        where = band(score, field, least=rule.least_group) if rule.in_bands else None
        told[entry] = {
            "band": where.value if where else "",
            "field": len(field),
            "tags": dict(ticked.get(entry, {})),
            "criteria": [
                {
                    "code": c.code,
                    "mean": str(publish(own[c.pk], places=1)) if rule.own_means else "",
                    "third": _third(sign * own[c.pk], fields[c.pk], rule),
                }
                for c in criteria
                if c.pk in own
            ],
        }
    return told


def _third(mean: Decimal, field: list[Decimal], rule: FeedbackRule) -> str:
    where = third(mean, field, least=rule.least_group) if rule.in_bands else None
    return where.value if where else ""


def _means(stage: Stage) -> dict[int, dict[int, Decimal]]:
    given = Mark.objects.filter(sheet__stage=stage, sheet__state="sealed", value__isnull=False)
    rows = given.order_by().values_list("sheet__entry", "criterion").annotate(mean=Avg("value"))
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for entry, criterion, mean in rows:
        found[entry][criterion] = mean
    return found


def _ticked(stage: Stage) -> dict[int, Counter[str]]:
    """How many jurors of an entry ticked what."""
    sealed = Sheet.objects.sealed().filter(stage=stage).exclude(tags=[])
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for entry, tags in sealed.order_by().values_list("entry", "tags"):
        found[entry].update(tags)
    return found


def ticked_in_field(stage: Stage) -> list[tuple[str, int, int]]:
    """For organisers: each reason in the order of the rules, on how many sheets and of how many
    entries it was ticked."""
    ticked = _ticked(stage)
    rows = (
        (code, words, [tags[code] for tags in ticked.values() if tags[code]])
        for code, words in tags_of(stage.contest.rules.jury)
    )
    return [(choose(w.zh, w.en) or code, sum(each), len(each)) for code, w, each in rows]


def told_tags(given: Feedback | None, rule: JuryRule) -> list[tuple[str, int]]:
    """What jurors ticked, in the order of the rules, and how many of them. Older feedback was
    released without."""
    if given is None:
        return []
    ticked = given.body.get("tags", {})
    return [
        (choose(words.zh, words.en) or code, ticked[code])
        for code, words in tags_of(rule)
        if code in ticked
    ]


def feedback(entry: Entry) -> Feedback | None:
    """The newest; its publication is of the newest version that has some."""
    rows = Feedback.objects.filter(entry=entry).select_related("publication__standing__stage")
    return rows.order_by("-publication__number").first()


def told_thirds(given: Feedback | None) -> list[tuple[str, str, str]]:
    """Each criterion's name, its mean if it is told, and the words for where it stands."""
    if given is None:
        return []
    names = {c.code: c.name for c in given.publication.standing.stage.criteria.all()}
    return [
        (names.get(c["code"], c["code"]), c["mean"], str(Third(c["third"]).label))
        for c in given.body["criteria"]
        if c["third"]
    ]


def told_band(given: Feedback | None) -> str:
    return str(Band(given.body["band"]).label) if given and given.body["band"] else ""


def without_comment(publication: Publication) -> QuerySet[Entry]:
    """Teams whose feedback would hold no word of a juror."""
    stage = publication.standing.stage
    marked = Entry.objects.filter(
        places__standing=publication.standing, places__score__isnull=False
    )
    told = Sheet.objects.filter(stage=stage, released_comment__isnull=False).values("entry")
    return marked.exclude(pk__in=told).order_by("code")


def queue(stage: Stage, *, state: str) -> QuerySet[Sheet]:
    """Comments by what became of them: waiting, released or held."""
    rows = comments(stage).select_related("entry", "released_comment", "held_comment")
    if state == "released":
        return rows.filter(released_comment__isnull=False)
    if state == "held":
        return rows.filter(held_comment__isnull=False)
    return rows.filter(released_comment=None, held_comment=None)


def doubted(contest: Contest, sheets: Iterable[Sheet]) -> dict[int, set[Doubt]]:
    """Of these comments, those that somebody should read first, and why."""
    jurors = Juror.objects.filter(contest=contest).values_list("name", flat=True)
    names = names_in(jurors)
    found = {s.pk: doubts(s.comment, own_code=s.entry.code, names=names) for s in sheets}
    return {pk: why for pk, why in found.items() if why}
