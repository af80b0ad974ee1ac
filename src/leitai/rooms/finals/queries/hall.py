"""Everything of a hall at one moment, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from leitai.rooms.finals import rules
from leitai.rooms.finals.models import (
    HallSeat,
    Heat,
    Order,
    OrderSeen,
    PracticeSheet,
    PracticeSlot,
    Second,
    Session,
    Slot,
    TieTalk,
)
from leitai.rooms.finals.rules import SecondState, SlotState
from leitai.rooms.finals.rules.results import running
from leitai.rooms.jury.models import Conflict, Mark, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.standings import queries as standings
from leitai.rooms.standings.rules import EntryIn, PlaceOut, Reckoning, Ruling, SheetIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An entry in the order, real or made up; `id` is what a score names."""

    id: int
    number: int
    code: str
    title: dict[str, str]
    team: dict[str, str]
    state: str
    scoring: str
    is_told: bool
    row: Slot | PracticeSlot
    handed_in_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a juror has given an entry so far."""

    sheet: int
    marks: Mapping[str, Decimal]
    total: Decimal | None
    is_sealed: bool


@dataclass(frozen=True, kw_only=True)
class Hall:
    """A heat, or a rehearsal of it. The panel of an entry is who sits there and has no tie to it:
    that many marks its score is made of."""

    heat: Heat
    session: Session | None
    turns: Sequence[Turn]
    all_seats: Sequence[HallSeat]  # also of those who have left
    tied: frozenset[tuple[int, int]]  # juror, entry
    given: Mapping[tuple[int, int], Given]  # entry, juror
    order: int
    seen: frozenset[int]
    seconds: Mapping[int, int]  # entry: marks that wait for a second person
    rulings: Sequence[Ruling] = field(default=())

    @cached_property
    def by_id(self) -> dict[int, Turn]:
        return {turn.id: turn for turn in self.turns}

    @property
    def on_stage(self) -> Turn | None:
        if self.session is None:
            return None
        session = self.session
        here = session.practice_id if session.is_rehearsal else session.slot_id
        return next((t for t in self.turns if t.row.pk == here), None)

    @cached_property
    def seats(self) -> list[HallSeat]:
        """Who sits there now."""
        return [seat for seat in self.all_seats if seat.stood_down_at is None]

    def panel(self, entry: int) -> list[HallSeat]:
        """Who marks it. A juror who has left has still given what was confirmed before."""
        untied = [s for s in self.all_seats if (s.juror_id, entry) not in self.tied]
        return [s for s in untied if s.stood_down_at is None or self._is_sealed(entry, s)]

    def _is_sealed(self, entry: int, seat: HallSeat) -> bool:
        given = self.given.get((entry, seat.juror_id))
        return given is not None and given.is_sealed

    def sealed(self, entry: int) -> list[tuple[HallSeat, Given]]:
        """Confirmed scores of those who mark it, in the order of seats."""
        pairs = [(s, self.given.get((entry, s.juror_id))) for s in self.panel(entry)]
        return [(seat, given) for seat, given in pairs if given and given.is_sealed]

    def missing(self, entry: int) -> list[HallSeat]:
        """Who marks it and has not confirmed."""
        there = {seat.pk for seat, _given in self.sealed(entry)}
        return [seat for seat in self.panel(entry) if seat.pk not in there]

    def unseen(self) -> list[HallSeat]:
        """Jurors who have not confirmed a changed order."""
        if self.order <= 1:
            return []
        return [seat for seat in self.seats if seat.juror_id not in self.seen]

    @property
    def pitching(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.state in rules.PITCHING]

    @property
    def waiting(self) -> list[Turn]:
        """Who has not been on stage; of one who stands there the marks are asked for."""
        return [turn for turn in self.turns if turn.state == SlotState.WAITING]

    @property
    def unsealed(self) -> int:
        """Marks that are missing of entries that have pitched."""
        done = [t for t in self.turns if t.state in (SlotState.DONE, SlotState.ON_STAGE)]
        return sum(len(self.missing(turn.id)) for turn in done)

    def sheets(self) -> list[SheetIn]:
        """The confirmed marks, as every reckoning takes them."""
        return [
            SheetIn(turn.id, seat.juror_id, given.marks)
            for turn in self.pitching
            for seat, given in self.sealed(turn.id)
        ]

    def entries(self) -> dict[int, EntryIn]:
        return {t.id: EntryIn("", t.handed_in_at) for t in self.pitching}

    def standing(self, *, told_only: bool = False) -> tuple[Reckoning, list[PlaceOut]]:
        """Places among entries whose panels are whole, or among those the public knows."""
        among = {
            t.id
            for t in self.pitching
            if (t.is_told or not told_only) and self.panel(t.id) and not self.missing(t.id)
        }
        stage = self.heat.stage
        return running(
            stage.rule, sheets=self.sheets(), entries=self.entries(), among=among,
            seed=standings.seed_of(stage), rulings=self.rulings,
        )  # fmt: skip

    def by_criterion(self, code: str) -> dict[int, Decimal]:
        """What the panel gives each entry on one criterion alone, by the formula of the stage."""
        stage = self.heat.stage
        (criterion,) = (c for c in stage.rule.criteria if c.code == code)
        alone = stage.rule.model_copy(update={"criteria": (criterion,), "tie_breaks": ()})
        sheets = [SheetIn(s.entry, s.juror, {code: s.marks[code]}) for s in self.sheets()
                  if code in s.marks]  # fmt: skip
        _made, places = running(alone, sheets=sheets, entries=self.entries(), seed="")
        return {p.entry: p.score for p in places if p.score is not None}

    def tied_places(self) -> list[list[int]]:
        """Entries that share a place, for the chair."""
        made, _places = self.standing()
        return [[int(e) for e in group] for group in made.ranking.open_ties]


def hall_of(session: Session) -> Hall:
    if session.is_rehearsal:
        return _practice_hall(session)
    return heat_hall(session.heat, session=session)


def heat_hall(heat: Heat, *, session: Session | None = None) -> Hall:
    """Nine queries, whatever the size."""
    turns = [_turn(slot) for slot in heat.slots.select_related("entry__organisation")]
    ids = [turn.id for turn in turns]
    seats = _seats(heat)
    jurors = [seat.juror_id for seat in seats]
    order = heat.orders.order_by("-version").first()
    return Hall(
        heat=heat, session=session, turns=turns, all_seats=seats, tied=_tied(jurors, ids),
        given=_given(heat, ids, jurors), order=order.version if order else 0,
        seen=_seen(order), seconds=_seconds(heat), rulings=_rulings(heat),
    )  # fmt: skip


def newest_order(heat: Heat) -> Order | None:
    return heat.orders.order_by("-version").first()


def _turn(slot: Slot) -> Turn:
    entry = slot.entry
    return Turn(
        id=slot.entry_id, number=slot.position, code=entry.code,
        title={"zh": entry.title_zh or entry.title_en, "en": entry.title_en or entry.title_zh},
        team={"zh": entry.team_name, "en": entry.team_name}, state=slot.state,
        scoring=slot.scoring, is_told=slot.revealed_at is not None, row=slot,
        handed_in_at=entry.handed_in_at,
    )  # fmt: skip


def _seats(heat: Heat) -> list[HallSeat]:
    return list(heat.seats.select_related("juror__user", "juror__organisation"))


def _tied(jurors: Sequence[int], entries: Sequence[int]) -> frozenset[tuple[int, int]]:
    ties = Conflict.objects.in_force().filter(juror__in=jurors, entry__in=entries).order_by()
    return frozenset(ties.values_list("juror_id", "entry_id"))


def _given(
    heat: Heat, entries: Sequence[int], jurors: Sequence[int]
) -> dict[tuple[int, int], Given]:  # fmt: skip
    sheets = Sheet.objects.standing().filter(
        stage=heat.stage_id, entry__in=entries, juror__in=jurors
    )
    marks: dict[int, dict[str, Decimal]] = defaultdict(dict)
    told = Mark.objects.filter(sheet__in=sheets.order_by()).exclude(value=None)
    for sheet, code, value in told.values_list("sheet_id", "criterion__code", "value"):
        marks[sheet][code] = value
    return {
        (entry, juror): Given(
            sheet=pk, marks=marks[pk], total=total, is_sealed=state == SheetState.SEALED
        )
        for pk, entry, juror, total, state in sheets.values_list(
            "pk", "entry_id", "juror_id", "total", "state"
        )
    }


def _seen(order: Order | None) -> frozenset[int]:
    if order is None:
        return frozenset()
    return frozenset(OrderSeen.objects.filter(order=order).values_list("juror_id", flat=True))


def _seconds(heat: Heat) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    waiting = Second.objects.filter(
        heat=heat, state=SecondState.WAITING, sheet__state=SheetState.SEALED
    )
    for entry in waiting.values_list("sheet__entry_id", flat=True):
        found[entry] += 1
    return dict(found)


def _rulings(heat: Heat) -> list[Ruling]:
    talks = TieTalk.objects.filter(heat=heat).order_by("pk")
    return [Ruling(tuple(talk.order), talk.why) for talk in talks]


def _practice_hall(session: Session) -> Hall:
    """The same questions, answered from rows that nothing else reads."""
    seats = _seats(session.heat)
    turns = [
        Turn(
            id=slot.pk, number=slot.position, code=slot.code,
            title={"zh": slot.title_zh, "en": slot.title_en},
            team={"zh": slot.title_zh, "en": slot.title_en}, state=slot.state,
            scoring=slot.scoring, is_told=slot.revealed_at is not None, row=slot,
        )
        for slot in session.practice_slots.all()
    ]  # fmt: skip
    rows = PracticeSheet.objects.filter(slot__session=session).select_related("seat")
    given = {
        (row.slot_id, row.seat.juror_id): Given(
            sheet=row.pk, marks={c: Decimal(v) for c, v in row.marks.items()}, total=row.total,
            is_sealed=row.sealed_at is not None,
        )
        for row in rows
    }  # fmt: skip
    return Hall(
        heat=session.heat, session=session, turns=turns, all_seats=seats, tied=frozenset(),
        given=given, order=session.order_version, seen=frozenset(session.seen), seconds={},
    )  # fmt: skip
