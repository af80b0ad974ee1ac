"""What the jury says and hears as JSON."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field


class SheetBrief(Schema):
    id: int
    code: str
    title: str  # empty when the panel is blind
    state: str


class PileOut(Schema):
    stage: int
    name: str
    until: datetime | None
    sealed: int
    open: int
    sheets: list[SheetBrief]


class CriterionOut(Schema):
    code: str
    name: str
    low: Decimal
    high: Decimal
    step: Decimal
    evidence_asked: str
    value: str
    evidence: str
    is_optional: bool


class TickOut(Schema):
    """A reason to tick: send "1" or "" as the field `tag-<code>`."""

    code: str
    name: str
    is_on: bool


class May(Schema):
    """Whether it may be done now, and if not, why."""

    yes: bool
    code: str = ""
    reason: str = ""


class SheetOut(Schema):
    id: int
    code: str
    title: str
    line: str
    state: str
    revision: int
    criteria: list[CriterionOut]
    strengths: list[TickOut]
    weaknesses: list[TickOut]
    comment: str
    note: str
    total: Decimal | None
    may_mark: May
    may_seal: May


class FieldIn(Schema):
    field: str
    value: str
    base: int = 0


class FieldOut(Schema):
    revision: int


class FieldTheirs(FieldOut):
    """The field was changed since `base`; nothing was written."""

    value: str


class ChangeIn(Schema):
    """One change, named by the browser that made it."""

    id: UUID
    field: str = Field(max_length=60)
    value: str = Field(max_length=20_000)
    base: int = Field(0, ge=0)
    after: list[UUID] = Field(default_factory=list, max_length=100)


class ChangesIn(Schema):
    person: int  # whose they are; the browser may have changed hands
    changes: list[ChangeIn] = Field(max_length=200)


class SealIn(Schema):
    """Seal the sheet as it stood on the screen."""

    person: int
    id: UUID
    seen: dict[str, str] = Field(max_length=200)


class TieIn(Schema):
    ground: str
    note: str = ""


class ProgressOut(Schema):
    entries: int
    wanted: int
    sheets: int
    sealed: int
    complete: int
    short: int
    late: int
    idle: int


class CellOut(Schema):
    """A mark of one sheet on one criterion; what stood there before, the first first."""

    value: Decimal | None
    earlier: list[Decimal | None]


class TalkRowOut(Schema):
    code: str
    name: str
    cells: list[CellOut]  # in the order of the columns


class TalkColumnOut(Schema):
    label: str  # a name or a number, as the contest's rules let the reader know
    is_mine: bool
    total: Decimal | None


class TalkEventOut(Schema):
    """Somebody said something, or gave the reason for another mark."""

    who: str
    is_mine: bool
    at: datetime
    text: str
    criterion: str = ""
    before: Decimal | None = None
    after: Decimal | None = None


class DiscussionOut(Schema):
    id: int
    code: str
    title: str  # empty when the panel is blind
    state: str
    summary: str
    columns: list[TalkColumnOut]
    rows: list[TalkRowOut]
    events: list[TalkEventOut]
    may_speak: May
    may_change: May


class RemarkIn(Schema):
    text: str = Field(max_length=4000)


class MarksIn(Schema):
    """Other marks on the own sheet, by criterion, and why."""

    marks: dict[str, str] = Field(max_length=100)
    why: str = Field(max_length=500)


class InvitationOut(Schema):
    """What the letter asks; whoever holds it may answer."""

    contest: str
    name: str
    state: str
    may_answer: May


class RefusalIn(Schema):
    why: str = Field("", max_length=300)
