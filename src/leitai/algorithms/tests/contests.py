"""Small generated contests, feasible or not."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from leitai.algorithms.assignment import (
    EntryNeed,
    Fault,
    JurorOffer,
    Plan,
    Rules,
    Seat,
    faults,
    seat,
    whole,
)
from leitai.algorithms.assignment.frame import frame

TAGS = ("med", "traffic", "factory", "finance", "school")
HOUSES = (None, "Haiwan", "Linghang", "Qiming", "Beidou")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, kw_only=True)
class Contest:
    entries: tuple[EntryNeed, ...]
    jurors: tuple[JurorOffer, ...]
    rules: Rules
    conflicts: frozenset[Seat]
    fixed: frozenset[Seat] = frozenset()
    forbidden: frozenset[Seat] = frozenset()

    @property
    def given(self) -> dict[str, object]:
        names = ("rules", "conflicts", "fixed", "forbidden")
        return {name: getattr(self, name) for name in names}

    def faults(self, plan: Plan) -> list[Fault]:
        return faults(plan.seats, self.entries, self.jurors, **self.given)

    def upside_down(self) -> "Contest":
        return replace(self, entries=self.entries[::-1], jurors=self.jurors[::-1])


@st.composite
def contests(draw: st.DrawFn, *, roomy: bool = False) -> Contest:
    """Up to 9 entries and 8 jurors; `roomy` ones have jurors of each kind to spare."""
    n_entries = draw(st.integers(1, 9))
    n_jurors = draw(st.integers(6, 10) if roomy else st.integers(1, 8))
    k = draw(st.integers(1, 2 if roomy else 3))
    entries = tuple(
        EntryNeed(
            id=e,
            tags=draw(st.frozensets(st.sampled_from(TAGS), max_size=3)),
            organisation=None if roomy else draw(st.sampled_from(HOUSES)),
            languages=draw(st.sampled_from([frozenset(), frozenset(["zh"])])),
            group=draw(st.sampled_from([None, "MED", "EDU"])),
        )
        for e in range(n_entries)
    )
    jurors = tuple(draw(_juror(j, n_entries, k, roomy=roomy)) for j in range(n_jurors))
    pairs = st.builds(Seat, st.integers(0, n_entries - 1), st.integers(100, 99 + n_jurors))
    return Contest(
        entries=entries,
        jurors=jurors,
        rules=Rules(
            k=k,
            mix=draw(
                st.sampled_from(
                    [{}, {"technical": 1}] + [{"technical": 1, "investor": 1}] * (k > 1)
                )
            ),
            one_per_organisation=draw(st.booleans()),
        ),
        conflicts=draw(st.frozensets(pairs, max_size=1 if roomy else 5)),
        forbidden=draw(st.frozensets(pairs, max_size=1 if roomy else 2)),
    )


@st.composite
def _juror(draw: st.DrawFn, j: int, n_entries: int, k: int, *, roomy: bool) -> JurorOffer:
    if roomy:
        load_min, load_max = 0, n_entries
    else:
        load_min = draw(st.integers(0, 1))
        load_max = draw(st.integers(1, 6))
    return JurorOffer(
        id=100 + j,
        kind=("technical", "investor")[j % 2],
        load_min=load_min,
        load_max=load_max,
        tags=draw(st.frozensets(st.sampled_from(TAGS), max_size=3)),
        organisation=None if roomy else draw(st.sampled_from(HOUSES)),
        languages=frozenset()
        if roomy
        else draw(
            st.sampled_from([frozenset(), frozenset(LANGUAGES[:1]), frozenset(LANGUAGES[1:])])
        ),
    )


def seated(contest: Contest, *, seed: int = 1, objective: str = "sum") -> Plan:
    return seat(contest.entries, contest.jurors, **contest.given, objective=objective, seed=seed)


def optimum(contest: Contest) -> float | None:
    """The best total by the slow solver; None when there is no seating."""
    problem = frame(contest.entries, contest.jurors, **contest.given).problem
    found = whole.best_whole(problem, worth=problem.value, objective="sum", time_limit=20)[0]
    return None if found is None else float(problem.value[found].sum())


def unjoined(rules: Rules) -> Rules:
    return Rules(
        k=rules.k, mix=rules.mix, one_per_organisation=rules.one_per_organisation, connect=False
    )


def open_contest(*, entries: int, jurors: int) -> Contest:
    tags = ("med", "traffic", "factory")
    return Contest(
        entries=tuple(EntryNeed(id=e, tags=frozenset({tags[e % 3]})) for e in range(entries)),
        jurors=tuple(
            JurorOffer(
                id=100 + j,
                kind=("technical", "investor")[j % 2],
                load_max=9,
                tags=frozenset({tags[j % 3], tags[(j + 1) % 3]}),
            )
            for j in range(jurors)
        ),
        rules=Rules(k=3, mix={"technical": 2, "investor": 1}),
        conflicts=frozenset(),
    )


def two_circles(*, strict: bool) -> Contest:
    """Two scenarios with jurors of their own; `strict`: nobody reads the other one's language."""
    names = ("med", "traffic")
    return Contest(
        entries=tuple(
            EntryNeed(id=e, tags=frozenset({names[e % 2]}), languages=frozenset({names[e % 2]}))
            for e in range(12)
        ),
        jurors=tuple(
            JurorOffer(
                id=100 + j,
                kind="technical",
                load_max=4,
                tags=frozenset({names[j % 2]}),
                languages=frozenset({names[j % 2]} if strict else names),
            )
            for j in range(6)
        ),
        rules=Rules(k=2),
        conflicts=frozenset(),
    )
