"""What programs are told about entries, and what they may say."""

from datetime import datetime
from typing import Any

from ninja import Schema

from leitai.rooms.submissions.models import Entry


class CardOut(Schema):
    """The public card."""

    code: str
    contest: str
    title_zh: str
    title_en: str
    line_zh: str
    line_en: str
    scenario: str | None
    maturity: str
    kind: str
    country: str
    region: str
    team_name: str
    tags: list[str]


class CardsOut(Schema):
    cards: list[CardOut]
    earlier: str
    later: str


class OwnEntryOut(Schema):
    """One line in the list of a person's own entries."""

    id: int
    code: str
    contest: str
    state: str
    kind: str
    version: int
    closes_at: datetime | None
    handed_in_at: datetime | None
    revision: int


class EntryOut(OwnEntryOut):
    """A team's own entry, as it stands."""

    draft: dict[str, Any]
    missing: list[str]
    is_changed: bool


class FieldIn(Schema):
    field: str
    value: Any = None
    base: int = 0


class SavedOut(Schema):
    revision: int


class ClashOut(Schema):
    revision: int
    value: Any
    by: str
    at: datetime | None


class HandInIn(Schema):
    declared: list[str]


class ReceiptOut(Schema):
    receipt: str
    number: int
    at: datetime


class RecordOut(Schema):
    """One line of the organisers' list."""

    id: int
    code: str
    state: str
    kind: str
    title_zh: str
    title_en: str
    scenario: str | None
    region: str
    country: str
    channel: str | None
    version: int
    handed_in_at: datetime | None


class RecordsOut(Schema):
    entries: list[RecordOut]
    total: int
    is_exact: bool
    earlier: str
    later: str


def card_out(entry: Entry) -> CardOut:
    return CardOut(
        contest=entry.contest.slug,
        scenario=entry.scenario.code if entry.scenario else None,
        **{name: getattr(entry, name) for name in CardOut.model_fields if name not in LINKED},
    )


LINKED = {"contest", "scenario", "channel"}


def record_out(entry: Entry) -> RecordOut:
    return RecordOut(
        scenario=entry.scenario.code if entry.scenario else None,
        channel=entry.channel.code if entry.channel else None,
        **{name: getattr(entry, name) for name in RecordOut.model_fields if name not in LINKED},
    )
