"""Stages to tell stories with."""

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.stages.models import Criterion, Participation, Stage
from leitai.rooms.stages.rules import State
from leitai.rooms.submissions.models import Entry


def a_stage(contest: Contest | None = None, *, state: State = State.OPEN) -> Stage:
    """The first stage of the contest, as its rules describe it."""
    contest = contest or Contest.objects.first() or a_contest()
    rule = contest.rules.stages[0]
    stage, made = Stage.objects.get_or_create(
        contest=contest, code=rule.code,
        defaults={
            "ruleset": contest.ruleset, "order": 1, "name_zh": rule.name.zh,
            "name_en": rule.name.en, "opens_at": rule.span.opens_at,
            "closes_at": rule.span.closes_at, "state": state,
            "body": rule.model_dump(mode="json"),
        },
    )  # fmt: skip
    if made:
        for order, c in enumerate(rule.criteria):
            Criterion.objects.create(
                stage=stage, code=c.code, order=order, name_zh=c.name.zh, name_en=c.name.en,
                low=c.low, high=c.high, step=c.step, weight=c.weight,
                bands=[b.model_dump(mode="json") for b in c.bands],
            )  # fmt: skip
    return stage


def takes_part(stage: Stage, entry: Entry) -> Participation:
    return Participation.objects.create(stage=stage, entry=entry, at=NOON)
