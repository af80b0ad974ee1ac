"""A contest's way as steps, told from its rules and the clock."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Span, StageRule


def steps(contest: Contest, *, at: datetime) -> list[dict[str, Any]]:
    """What `site/parts/steps.html` draws: label, window, and done or now."""
    return [
        {"label": label, "opens": span.opens_at, "closes": span.closes_at, "hint": hint,
         "is": _standing(span, at)}
        for label, span, hint in _stretches(contest)
    ]  # fmt: skip


def _stretches(contest: Contest) -> Iterator[tuple[str, Span, str]]:
    rules = contest.rules
    yield _("Call"), rules.entry.span, ""
    for stage in rules.stages:
        yield choose(stage.name.zh, stage.name.en), stage.span, _in_a_line(stage)
    days = rules.notice.days
    hint = _("%d working days") % days if rules.notice.working_days else _("%d days") % days
    yield _("Public notice"), Span(), hint


def _in_a_line(stage: StageRule) -> str:
    if stage.live:
        minutes = f"{stage.live.pitch_minutes}+{stage.live.questions_minutes}"
        return _("%s minutes on stage") % minutes
    return _("%d jurors an entry") % stage.panel.per_entry


def _standing(span: Span, at: datetime) -> str:
    if span.opens_at is None and span.closes_at is None:
        return ""
    if span.window.is_over(at):
        return "done"
    return "now" if at in span.window else ""
