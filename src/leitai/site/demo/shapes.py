"""The shapes of the fiction: frozen values, one for each kind of thing the edition holds."""

from dataclasses import dataclass
from datetime import datetime

from leitai.site.demo.words import Text


@dataclass(frozen=True, slots=True)
class Person:
    name: Text
    country: str  # two letters; XX for the rest of the world
    email: str
    phone: str  # empty abroad


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who enters. A team that is not registered yet has neither code nor founding year."""

    kind: str  # company | team | institute
    name: Text
    unit: Text  # the laboratory, for an institute
    credit_code: str  # the check digit is wrong on purpose; a register number abroad
    founded: int | None
    staff: int
    revenue_cents: int
    place: Text


@dataclass(frozen=True, slots=True)
class Member:
    person: Person
    role: Text
    background: Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """The three traits: 可落地, 可复制, 可推广. `count` says how many have proof behind them."""

    deployable: Text
    replicable: Text
    scalable: Text
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    code: str
    status: str  # draft | merged | refused | valid
    started_at: datetime
    handed_in: tuple[datetime, ...]  # one instant for each version; empty while a draft
    returned_at: datetime | None
    checked_at: datetime | None
    reason: Text  # why refused or returned
    duplicate_of: int | None
    scenario: str
    layer: str  # foundation | technology | application
    maturity: str  # seed | early | growth
    region: str  # haiwan | shanghai | delta | mainland | hmt | overseas
    country: str
    park: str  # empty outside Haiwan
    channel: str  # partner | own_site | park | overseas_host | media
    channel_partner: str  # partner code where a partner brought it
    title: Text
    one_liner: Text
    summary: Text
    innovation: tuple[Text, ...]
    customer: Text
    subject: Text  # the object it works on; comments speak of it
    techniques: tuple[Text, ...]
    trl: int
    evidence: Evidence
    entrant: Entrant
    team: tuple[Member, ...]  # the captain first
    answers: tuple[int, ...]  # demand numbers
    sought_cents: int
    services: tuple[str, ...]  # wanted of the six


@dataclass(frozen=True, slots=True)
class Indicator:
    name: Text
    unit: str
    target: str
    method: Text


@dataclass(frozen=True, slots=True)
class Demand:
    number: int
    scenario: str
    owner: str  # partner code
    state: str  # published | draft | vetting | returned | withdrawn
    visibility: str  # public | masked
    title: Text
    masked_title: Text
    background: Text
    pain: Text
    indicators: tuple[Indicator, ...]
    cooperation: str  # purchase | joint_rd | license | invest | poc
    budget_cents: tuple[int, int] | None  # None: negotiable
    deadline: datetime
    ip_preference: str  # owner | answerer | shared | licence
    purchasing: str  # approved | in_review | not_started
    answerers_wanted: int
    data_offered: Text
    contact: Person
    reason: Text  # why it was not published


@dataclass(frozen=True, slots=True)
class Commitment:
    kind: str  # technology | market | ecosystem
    promise: Text
    quantity: int
    delivered: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Partner:
    code: str
    kind: str  # multinational | large_local | fund | service
    name: Text
    line: Text
    country: str
    credit_code: str
    contact: Person
    commitments: tuple[Commitment, ...]
    plaque: str  # its number, or empty


@dataclass(frozen=True, slots=True)
class Body:
    role: str  # guiding | host | supporting | organising | overseas
    order: int
    name: Text
    country: str


@dataclass(frozen=True, slots=True)
class Juror:
    number: int
    person: Person
    kind: str  # technical | investor
    state: str  # active | declined | silent | withdrew
    organisation: Text
    partner: str  # code where the organisation is a partner
    expertise: tuple[str, ...]  # scenario codes
    portfolio: tuple[str, ...]  # Chinese names of the firms the fund holds
    overseas: bool
    severity: float  # how the fiction marks; no room is told
    scale: float


@dataclass(frozen=True, slots=True)
class Conflict:
    juror: int
    entry: int
    source: str  # derived | declared | objected
    reason: Text
    is_late: bool  # found after the draw: the seat exists and must be given away


@dataclass(frozen=True, slots=True)
class Comment:
    language: str
    strength: str
    weakness: str
    advice: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Marks are what the juror means in the end, also where the sheet is still open."""

    entry: int
    juror: int
    state: str  # sealed | started | assigned
    marks: tuple[int, ...]  # one for each criterion, in the rubric's order
    comment: Comment
    sealed_at: datetime | None
    slip: tuple[int, int] | None  # criterion and the mark first typed, corrected after reopening


@dataclass(frozen=True, slots=True)
class Situation:
    """Something planted for demonstrations and tests to find."""

    key: str
    title: Text
    entries: tuple[int, ...] = ()
    jurors: tuple[int, ...] = ()
    demands: tuple[int, ...] = ()
    member: int | None = None
