"""What the API tells of published results."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from leitai.rooms.contests.rules.schema import Words
from leitai.rooms.standings.models import Appeal, Publication
from leitai.rooms.standings.rules.appeals import AppealState


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


class IdentityIn(Schema):
    """Objections are raised by real name; who marks and who runs the contest never read it, but
    for those who run the case."""

    kind: Literal["person", "unit"] = "person"
    name: str = Field(max_length=120)
    unit: str = Field(max_length=200)
    contact: str = Field(max_length=120)
    address: str = Field("", max_length=300)


class AppealIn(Schema):
    """Without files: plagiarism and units, which need one, go by the page."""

    entry: str = Field("", max_length=40)  # its code; empty: the whole notice
    ground: Literal["slip", "eligibility", "plagiarism", "conflict", "procedure", "other"]
    text: str = Field(max_length=4000)
    source: str = Field("", max_length=500)
    identity: IdentityIn


class AppealOut(Schema):
    """One's own objection, and how far it is."""

    id: int
    number: int
    contest: str
    notice: int
    entry: str
    ground: str
    text: str
    state: str
    due_at: datetime | None
    asked_for: str
    reply: str  # why it was refused
    finding: str
    answer: str


class WordsIn(Schema):
    text: str = Field(max_length=4000)


class HearingOut(Schema):
    """What is held against an entry; of the objector nothing."""

    id: int
    entry: str
    charge: str
    due_at: datetime
    statement: str
    is_over: bool


class TickedOut(Schema):
    name: str
    jurors: int


class ThirdOut(Schema):
    criterion: str
    mean: str
    place: str


class OfferOut(Schema):
    state: str
    until: datetime


class ResultOut(Schema):
    """What a team is told of its own entry."""

    code: str
    stage: str
    outcome: str
    score: Decimal | None
    band: str
    criteria: list[ThirdOut]
    ticked: list[TickedOut]
    comments: list[str]
    offer: OfferOut | None = None


class WhyIn(Schema):
    why: str = Field("", max_length=300)


def appeal_out(appeal: Appeal) -> dict[str, Any]:
    """Answers and findings are the objector's to read when they are given, and not before."""
    is_answered = appeal.state == AppealState.ANSWERED
    return {
        "id": appeal.pk, "number": appeal.number, "contest": appeal.publication.contest.name,
        "notice": appeal.publication.number, "entry": appeal.entry.code if appeal.entry else "",
        "ground": appeal.ground, "text": appeal.text, "state": appeal.state,
        "due_at": appeal.due_at, "asked_for": appeal.asked_for, "reply": appeal.reply,
        "finding": appeal.finding if is_answered else "",
        "answer": appeal.answer if is_answered else "",
    }  # fmt: skip


def notice_out(publication: Publication, *, with_rows: bool = True) -> dict[str, Any]:
    body = publication.body
    rows = [{**row, "scenario": row["scenario"] or None} for row in body["rows"]]
    return {
        "number": publication.number, "reason": publication.reason, "stage": body["stage"],
        "notice_from": publication.notice_from, "notice_until": publication.notice_until,
        "rows": rows if with_rows else [],
    }  # fmt: skip
