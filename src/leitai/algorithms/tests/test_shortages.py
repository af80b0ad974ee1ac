"""What cannot be seated is explained in numbers one can count again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.algorithms.assignment import (
    EntryNeed,
    JurorOffer,
    Rules,
    Seat,
    Shortage,
    Unseatable,
    seat,
)


def entries(n: int, **more: object) -> list[EntryNeed]:
    return [EntryNeed(id=e, **more) for e in range(1, n + 1)]


def entries_from(first: int, n: int) -> list[EntryNeed]:
    return [EntryNeed(id=e) for e in range(first, first + n)]


def jurors(n: int, *, load: int, kind: str = "technical", **more: object) -> list[JurorOffer]:
    return [JurorOffer(id=100 + j, kind=kind, load_max=load, **more) for j in range(n)]


def shortage(needs: list, offers: list, rules: Rules, **more: object) -> Shortage:
    with pytest.raises(Unseatable) as refusal:
        seat(needs, offers, rules=rules, seed=1, **more)
    return refusal.value.shortages[0]


def test_a_total_names_three_ways_out():
    found = shortage(entries(12), jurors(10, load=3), Rules(k=3))

    assert str(found) == (
        "12 entries need 3 jurors each = 36 seats; 10 jurors x at most 3 = 30. "
        "Raise the load to 4, add 2 jurors or ask for 2 per entry."
    )
    assert found.note.params["need"] == 36


def test_each_way_out_of_a_total_leads_out():
    seat(entries(12), jurors(10, load=4), rules=Rules(k=3), seed=1)
    seat(entries(12), jurors(12, load=3), rules=Rules(k=3), seed=1)
    seat(entries(12), jurors(10, load=3), rules=Rules(k=2), seed=1)


def test_one_entry_short_of_a_kind_tells_its_conflicts():
    offers = jurors(6, load=9, kind="investor") + [
        JurorOffer(id=j, kind="technical", load_max=9) for j in (1, 2, 3)
    ]
    conflicts = frozenset(Seat(12, 100 + j) for j in range(5))

    found = shortage(entries(12), offers, Rules(k=3, mix={"investor": 2}), conflicts=conflicts)

    assert str(found) == (
        "Entry 12 has 1 free investor juror and needs 2 (5 in conflict). "
        "Add 1 investor juror they have no conflict with, or ask for 1."
    )
    assert found.entries == (12,)


def test_entries_with_the_same_shortage_are_told_together():
    needs = entries(30, languages=frozenset({"fr"}))
    offers = jurors(5, load=99, languages=frozenset({"zh"}))

    found = shortage(needs, offers, Rules(k=2))

    assert found.note.code == "few_free"
    assert len(found.entries) == 30
    assert "30 entries (1, 2, 3, 4, 5 and 25 more) have 0 free jurors" in str(found)


def test_jurors_of_one_house_count_once():
    found = shortage(entries(3), jurors(4, load=9, organisation="Haiwan"), Rules(k=2))

    assert found.note.code == "few_organisations"
    assert (found.note.params["have"], found.note.params["need"]) == (1, 2)


def test_a_mix_larger_than_the_panel_is_told():
    offers = jurors(4, load=9) + [JurorOffer(id=j, kind="investor", load_max=9) for j in range(4)]

    found = shortage(entries(3), offers, Rules(k=3, mix={"technical": 2, "investor": 2}))

    assert found.note.code == "mix_too_large"
    assert "2 investor + 2 technical" in str(found)


def test_a_kind_that_carries_too_little_is_told():
    offers = jurors(2, load=3, kind="investor") + [
        JurorOffer(id=j, kind="technical", load_max=99) for j in range(4)
    ]

    found = shortage(entries(10), offers, Rules(k=3, mix={"investor": 1}))

    assert found.note.code == "too_few_of_kind"
    assert (found.note.params["need"], found.note.params["carry"]) == (10, 6)


def test_least_loads_above_all_seats_are_told():
    found = shortage(entries(4), jurors(6, load=4, load_min=3), Rules(k=2))

    assert found.note.code == "least_loads"
    assert str(found).endswith("Lower the least load to 1.")


def test_a_juror_who_can_read_too_little_is_told():
    offers = [*jurors(4, load=9), JurorOffer(id=1, kind="technical", load_min=3, load_max=9)]
    conflicts = frozenset(Seat(e, 1) for e in range(3, 11))

    found = shortage(entries(10), offers, Rules(k=2), conflicts=conflicts)

    assert found.note.code == "least_load"
    assert found.jurors == (1,)


def test_entries_that_share_too_few_jurors_are_named_with_their_scenario():
    med = [EntryNeed(id=e, group="MED", languages=frozenset({"fr"})) for e in range(8)]
    rest = [EntryNeed(id=e, group="EDU") for e in range(20, 30)]
    offers = jurors(6, load=9, languages=frozenset({"zh"})) + [
        JurorOffer(id=j, kind="technical", load_max=5, languages=frozenset({"fr"})) for j in (1, 2)
    ]

    found = shortage([*med, *rest], offers, Rules(k=2))

    assert found.note.code == "crowd"
    assert set(found.entries) == set(range(8))
    assert set(found.jurors) == {1, 2}
    assert str(found) == (
        "8 entries (0, 1, 2, 3, 4 and 3 more; MED 8) need 16 seats; the 2 jurors who may take "
        "them carry at most 10. Raise the load of these jurors by 3, add 2 jurors who may read "
        "them or ask for fewer jurors there."
    )


def test_a_kind_short_for_some_entries_only_is_named():
    french = [EntryNeed(id=e, languages=frozenset({"fr"})) for e in range(8)]
    offers = [
        *jurors(6, load=20, kind="technical"),
        *[
            JurorOffer(id=j, kind="investor", load_max=30, languages=frozenset({"zh"}))
            for j in (1, 2)
        ],
        JurorOffer(id=3, kind="investor", load_max=5, languages=frozenset({"fr"})),
    ]

    found = shortage([*french, *entries_from(50, 10)], offers, Rules(k=2, mix={"investor": 1}))

    assert found.note.code == "crowd_of_kind"
    assert found.jurors == (3,)
    assert (found.note.params["need"], found.note.params["carry"]) == (8, 5)


def test_fixed_seats_against_the_rules_are_told():
    unfair = frozenset({Seat(1, 100)})

    found = shortage(entries(2), jurors(4, load=4), Rules(k=2), conflicts=unfair, fixed=unfair)

    assert found.note.code == "fixed_conflict"


def test_rules_that_only_fail_together_are_named_and_each_is_to_blame():
    needs = entries(4)
    offers = [
        *jurors(2, load=4, kind="technical", organisation="Haiwan"),
        JurorOffer(id=1, kind="technical", load_max=1, organisation="Qiming"),
        *[JurorOffer(id=j, kind="investor", load_max=4, organisation="Beidou") for j in (2, 3)],
    ]
    rules = Rules(k=3, mix={"technical": 2})

    found = shortage(needs, offers, rules)

    assert found.note.code == "together"
    assert found.note.params["codes"] == ("organisations", "highest_loads")
    seat(needs, offers, rules=replace(rules, one_per_organisation=False), seed=1)
    seat(needs, [replace(j, load_max=9) for j in offers], rules=rules, seed=1)


@given(st.integers(1, 12), st.integers(1, 8), st.integers(1, 4), st.integers(1, 5))
@settings(max_examples=80)
def test_the_ways_out_of_a_total_are_enough(n_entries, n_jurors, load, k):
    needs, offers = entries(n_entries), jurors(n_jurors, load=load)
    try:
        seat(needs, offers, rules=Rules(k=k), seed=1)
    except Unseatable as refusal:
        for way in refusal.shortages[0].ways_out:
            mended, rules = offers, Rules(k=k)
            if way.code == "raise_load":
                mended = jurors(n_jurors, load=way.params["load"])
            elif way.code in ("add_jurors", "add_jurors_to_total"):
                mended = jurors(n_jurors + way.params["n"], load=load)
            elif way.code in ("smaller_panels", "ask_fewer"):
                rules = Rules(k=way.params.get("k", way.params.get("have")))
            assert_better(needs, mended, rules, code=refusal.shortages[0].note.code)


def assert_better(needs: list, offers: list, rules: Rules, *, code: str) -> None:
    """The way out leads out, or at least the next refusal is another one."""
    try:
        seat(needs, offers, rules=rules, seed=1)
    except Unseatable as refusal:
        assert refusal.shortages[0].note.code != code
