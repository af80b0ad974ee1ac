"""Small generated contests, feasible or not."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from leitai.algorithms.assignment import EntryNeed, Fault, JurorOffer, Plan, Rules, Seat, faults

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
