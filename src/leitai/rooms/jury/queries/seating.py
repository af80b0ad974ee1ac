"""A stage as the assignment algorithm wants it: needs, offers, rules, and what is settled."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet

from leitai.algorithms.assignment import EntryNeed, Fault, JurorOffer, Rules, Seat, faults
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Conflict, Draw, Juror, Sheet
from leitai.rooms.jury.queries.extra import extra_seats
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.submissions.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """Entries go by their codes, so that the algorithm's words can be read; jurors by their row."""

    needs: tuple[EntryNeed, ...]
    offers: tuple[JurorOffer, ...]
    rules: Rules
    conflicts: frozenset[Seat]
    fixed: frozenset[Seat]  # sealed sheets
    before: frozenset[Seat]  # sheets that stand now
    entry_ids: dict[str, int]

    def faults(self, seats: Any) -> list[Fault]:
        return faults(
            seats,
            self.needs,
            self.offers,
            rules=self.rules,
            conflicts=self.conflicts,
            fixed=self.fixed,
        )

    def evened(self, *, floor: bool) -> "Seating":
        """The same with everybody's load near the even share; `floor` also asks for a least load.

        Nobody's own limits widen, and whoever carries more today keeps it.
        """
        seats = sum(self.rules.k if need.k is None else need.k for need in self.needs)
        mixes = [self.rules.mix if need.mix is None else need.mix for need in self.needs]
        kinds = Counter(offer.kind for offer in self.offers)
        groups = {
            kind: rules.Group(jurors, sum(mix.get(kind, 0) for mix in mixes))
            for kind, jurors in kinds.items()
        }
        even = rules.even_loads(seats, groups)
        today = Counter(seat.juror for seat in self.before)
        offers = (_evened(o, *even[o.kind], carries=today[o.id], floor=floor) for o in self.offers)
        return replace(self, offers=tuple(offers))

    def of_draw(self, draw: Draw) -> list[Seat]:
        return [Seat(code, j) for code, j in draw.seats.values_list("entry__code", "juror_id")]


def seating(stage: Stage, *, entry: int | None = None) -> Seating:
    """All entries, or the panel of this one alone; every juror. Six queries, whatever the size."""
    entries = _entries(stage, entry)
    jurors = _jurors(stage)
    sheets = _sheets(stage, {entry.pk: entry.code for entry in entries})
    active = {juror.pk for juror in jurors}
    fixed = {s: kind for s, (state, kind) in sheets.items() if state == SheetState.SEALED}
    settled: dict[str, Counter[str]] = defaultdict(Counter)
    for seat, kind in fixed.items():
        if seat.juror not in active:  # gone, but the sealed sheet counts and needs nobody new
            settled[str(seat.entry)][kind] += 1
    panel = stage.rule.panel
    extra = Counter(extra_seats(stage).values_list("entry", flat=True))
    return Seating(
        needs=tuple(_need(e, panel, settled[e.code], extra=extra[e.pk]) for e in entries),
        offers=tuple(_offer(juror, panel) for juror in jurors),
        rules=Rules(
            k=panel.per_entry, mix=dict(panel.mix), one_per_organisation=panel.one_per_organisation
        ),
        conflicts=_conflicts(stage, entry) - set(fixed),
        fixed=frozenset(seat for seat in fixed if seat.juror in active),
        before=frozenset(sheets),
        entry_ids={entry.code: entry.pk for entry in entries},
    )


def carried(stage: Stage) -> dict[int, int]:
    """How many sheets each juror has, on entries that take part; one query."""
    rows = Sheet.objects.standing().filter(stage=stage, entry__in=_here(stage)).order_by()
    return dict(rows.values("juror").annotate(n=Count("pk")).values_list("juror", "n"))


def _here(stage: Stage) -> QuerySet:
    return Participation.objects.filter(stage=stage, taken_out_at=None).values("entry")


def _entries(stage: Stage, entry: int | None) -> list[Entry]:
    columns = ("code", "tags", "title_zh", "title_en", "line_zh", "line_en", "scenario__code")
    rows = Entry.objects.filter(pk__in=_here(stage)).select_related("scenario").only(*columns)
    return list((rows.filter(pk=entry) if entry else rows).order_by("code"))


def _jurors(stage: Stage) -> list[Any]:
    """Bare values: of thousands of jurors no more than an offer needs."""
    active = Juror.objects.filter(contest=stage.contest_id, state=JurorState.ACTIVE)
    own = ("pk", "kind", "load_min", "load_max", "tags", "languages", "about")
    house = ("organisation", "organisation__key")
    return list(active.order_by("pk").values_list(*own, *house, named=True))


def _sheets(stage: Stage, codes: dict[int, str]) -> dict[Seat, tuple[str, str]]:
    rows = Sheet.objects.standing().filter(stage=stage, entry__in=codes)
    columns = rows.values_list("entry_id", "juror_id", "state", "juror__kind")
    return {Seat(codes[entry], juror): (state, kind) for entry, juror, state, kind in columns}


def _conflicts(stage: Stage, entry: int | None) -> frozenset[Seat]:
    ties = Conflict.objects.in_force().filter(juror__contest=stage.contest_id)
    ties = ties.filter(entry=entry) if entry else ties
    return frozenset(Seat(code, j) for code, j in ties.values_list("entry__code", "juror_id"))


def _need(entry: Entry, panel: Any, settled: Counter[str], *, extra: int) -> EntryNeed:
    tags = {tag.casefold() for tag in entry.tags}
    if entry.scenario:
        tags.add(entry.scenario.code.casefold())
    languages = {"zh"} if entry.title_zh else set()
    languages |= {"en"} if entry.title_en else set()
    gone = settled.total()
    mix = {kind: max(least - settled[kind], 0) for kind, least in panel.mix.items()}
    size = max(panel.per_entry + extra - gone, 0)
    return EntryNeed(
        id=entry.code,  # without its organisation: derived conflicts say that, and can be lifted
        tags=frozenset(tags),
        k=size if gone or extra else None,
        mix=mix if gone else None,
        languages=frozenset(languages),
        group=entry.scenario.code if entry.scenario else None,
        text=" ".join(filter(None, (entry.title_zh, entry.line_zh, entry.title_en, entry.line_en))),
    )


def _offer(juror: Any, panel: Any) -> JurorOffer:
    most = panel.load_max if juror.load_max is None else juror.load_max
    least = panel.load_min if juror.load_min is None else juror.load_min
    return JurorOffer(
        id=juror.pk,
        kind=juror.kind,
        load_max=most,
        load_min=min(least, most),
        tags=frozenset(tag.casefold() for tag in juror.tags),
        organisation=_house(juror),
        languages=frozenset(language.split("-")[0] for language in juror.languages),
        text=juror.about or None,
    )


def _evened(offer: JurorOffer, low: int, high: int, *, carries: int, floor: bool) -> JurorOffer:
    most = min(offer.load_max, max(high, carries))
    least = max(offer.load_min, low if floor else 0)
    return replace(offer, load_max=most, load_min=min(least, most))


def _house(row: Any) -> str | None:
    """Two rows of one organisation meet under its normal name."""
    return row.organisation__key or str(row.organisation) if row.organisation else None
