"""What the API tells of published results."""

from datetime import datetime
from typing import Any

from ninja import Schema

from leitai.rooms.contests.rules.schema import Words
from leitai.rooms.standings.models import Publication


class NoticeRowOut(Schema):
    code: str
    outcome: str
    title: Words
    scenario: Words | None = None
    by: Words
    special: str | None = None  # a special place, or "promoted" from the reserves
    why: str | None = None


class NoticeOut(Schema):
    """A notice as it was printed; the names in it are masked by the contest's rule."""

    number: int
    reason: str
    stage: Words
    notice_from: datetime
    notice_until: datetime
    rows: list[NoticeRowOut] = []


def notice_out(publication: Publication, *, with_rows: bool = True) -> dict[str, Any]:
    body = publication.body
    rows = [{**row, "scenario": row["scenario"] or None} for row in body["rows"]]
    return {
        "number": publication.number, "reason": publication.reason, "stage": body["stage"],
        "notice_from": publication.notice_from, "notice_until": publication.notice_until,
        "rows": rows if with_rows else [],
    }  # fmt: skip
