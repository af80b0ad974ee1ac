"""What the API tells of contests."""

from datetime import datetime
from typing import Any

from ninja import Schema

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules.schema import Words


class StageOut(Schema):
    code: str
    name: Words
    opens_at: datetime | None
    closes_at: datetime | None


class ContestOut(Schema):
    edition: str
    contest: str
    state: str
    name: Words
    about: Words
    rules_version: int
    entries_open_at: datetime | None
    entries_close_at: datetime | None
    stages: list[StageOut]


def contest_out(contest: Contest) -> dict[str, Any]:
    assert contest.ruleset is not None
    rules = contest.rules
    return {
        "edition": contest.edition.slug,
        "contest": contest.slug,
        "state": contest.state,
        "name": Words(zh=contest.name_zh, en=contest.name_en),
        "about": Words(zh=contest.about_zh, en=contest.about_en),
        "rules_version": contest.ruleset.version,
        "entries_open_at": rules.entry.span.opens_at,
        "entries_close_at": rules.entry.span.closes_at,
        "stages": [
            {
                "code": stage.code, "name": stage.name,
                "opens_at": stage.span.opens_at, "closes_at": stage.span.closes_at,
            }
            for stage in rules.stages
        ],
    }  # fmt: skip
