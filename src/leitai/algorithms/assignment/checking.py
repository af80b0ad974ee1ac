"""What is wrong with a seating, however it was made: by the solver, by hand, or half and half."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from leitai.algorithms.assignment.frame import panel_mix, panel_size
from leitai.algorithms.assignment.values import EntryNeed, Fault, JurorOffer, Rules, Seat
from leitai.algorithms.notes import Id, Note


def faults(
    seats: Iterable[Seat],
    entries: Collection[EntryNeed],
    jurors: Collection[JurorOffer],
    *,
    rules: Rules,
    conflicts: frozenset[Seat] = frozenset(),
    fixed: frozenset[Seat] = frozenset(),
    forbidden: frozenset[Seat] = frozenset(),
) -> list[Fault]:
    """Every broken rule; an empty list means the seating holds.

    Written without the solver's arrays, so that one mistake cannot hide in both.
    """
    seats = list(seats)
    known = {e.id: e for e in entries}, {j.id: j for j in jurors}
    found = list(_strangers(seats, *known))
    seats = [s for s in seats if s.entry in known[0] and s.juror in known[1]]
    found += _pairs(seats, *known, rules, conflicts, fixed, forbidden)
    panels: dict[Id, list[JurorOffer]] = defaultdict(list)
    for seat in dict.fromkeys(seats):
        panels[seat.entry].append(known[1][seat.juror])
    for entry in entries:
        found += _panel(entry, panels[entry.id], rules)
    loads = Counter(s.juror for s in seats)
    for juror in jurors:
        found += _load(juror, loads[juror.id])
    found += [
        _fault("fixed_missing", "Juror {juror} is fixed on entry {entry} and does not sit there", s)
        for s in sorted(fixed - set(seats), key=str)
    ]
    return found


def _strangers(
    seats: Iterable[Seat], entries: dict[Id, EntryNeed], jurors: dict[Id, JurorOffer]
) -> Iterator[Fault]:
    for seat in seats:
        if seat.entry not in entries:
            yield _fault("unknown_entry", "There is no entry {entry}", seat)
        if seat.juror not in jurors:
            yield _fault("unknown_juror", "There is no juror {juror}", seat)


def _pairs(
    seats: list[Seat],
    entries: dict[Id, EntryNeed],
    jurors: dict[Id, JurorOffer],
    rules: Rules,
    conflicts: frozenset[Seat],
    fixed: frozenset[Seat],
    forbidden: frozenset[Seat],
) -> Iterator[Fault]:
    for seat, times in Counter(seats).items():
        entry, juror = entries[seat.entry], jurors[seat.juror]
        if times > 1:
            yield _fault("twice", "Juror {juror} sits twice on entry {entry}", seat)
        if seat in conflicts:
            yield _fault("conflict", "Juror {juror} has a conflict with entry {entry}", seat)
        if entry.organisation and entry.organisation == juror.organisation:
            text = "Juror {juror} and entry {entry} are of the same organisation"
            yield _fault("own_organisation", text, seat)
        if seat in fixed:
            continue
        if seat in forbidden:
            yield _fault("forbidden", "Juror {juror} is ruled out for entry {entry}", seat)
        strange = entry.languages and juror.languages and not entry.languages & juror.languages
        if rules.match_language and strange:
            yield _fault("language", "Juror {juror} does not read entry {entry}'s language", seat)


def _panel(entry: EntryNeed, panel: list[JurorOffer], rules: Rules) -> Iterator[Fault]:
    size = panel_size(entry, rules)
    if len(panel) != size:
        params = {"entry": entry.id, "has": len(panel), "size": size}
        note = Note("panel_size", "Entry {entry} has {has} of {size} jurors", params)
        yield Fault(note=note, entry=entry.id)
    kinds = Counter(j.kind for j in panel)
    for kind, least in panel_mix(entry, rules).items():
        if kinds[kind] < least:
            params = {"entry": entry.id, "has": kinds[kind], "least": least, "kind": kind}
            text = "Entry {entry} has {has} {kind} jurors and needs {least}"
            yield Fault(note=Note("panel_mix", text, params), entry=entry.id)
    if rules.one_per_organisation:
        for house, n in Counter(j.organisation for j in panel if j.organisation).items():
            if n > 1:
                params = {"entry": entry.id, "n": n, "organisation": house}
                text = "Entry {entry} has {n} jurors of {organisation}; one is the limit"
                yield Fault(note=Note("same_organisation", text, params), entry=entry.id)


def _load(juror: JurorOffer, load: int) -> Iterator[Fault]:
    params = {"juror": juror.id, "load": load, "least": juror.load_min, "most": juror.load_max}
    if load > juror.load_max:
        text = "Juror {juror} carries {load} sheets; {most} is the limit"
        yield Fault(note=Note("load_max", text, params), juror=juror.id)
    if load < juror.load_min:
        text = "Juror {juror} carries {load} sheets and should carry at least {least}"
        yield Fault(note=Note("load_min", text, params), juror=juror.id)


def _fault(code: str, english: str, seat: Seat) -> Fault:
    params = {"entry": seat.entry, "juror": seat.juror}
    return Fault(note=Note(code, english, params), entry=seat.entry, juror=seat.juror)
