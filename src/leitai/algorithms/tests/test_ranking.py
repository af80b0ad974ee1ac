"""Places: shared, broken by a chain, or left open for the chair."""

import doctest
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from leitai.algorithms import ranking
from leitai.algorithms.ranking import Key, TieBreak, faults, lot, rank

some_scores = st.dictionaries(
    st.integers(1, 30), st.sampled_from([Decimal(n) for n in (70, 80, 85, 90)]), min_size=1
)
directions = st.sampled_from(["up", "down"])


def places(made: ranking.Ranking) -> dict:
    return {p.entry: p.place for p in made.places}


@given(some_scores, directions)
def test_a_place_says_how_many_did_better_plus_one(scores, better):
    made = rank(scores, better=better)

    sign = 1 if better == "up" else -1
    for entry, place in places(made).items():
        above = sum(sign * other > sign * scores[entry] for other in scores.values())
        assert place == above + 1
    assert faults(made, scores=scores, better=better) == []


@given(some_scores, directions, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(scores, better, random):
    shuffled = dict(random.sample(list(scores.items()), len(scores)))

    assert rank(shuffled, better=better) == rank(scores, better=better)


@given(some_scores, st.text(min_size=1, max_size=5))
def test_a_lot_leaves_no_tie_and_turns_no_score_round(scores, seed):
    made = rank(scores, chain=[lot(scores, seed=seed)])

    assert made.open_ties == ()
    assert sorted(places(made).values()) == list(range(1, len(scores) + 1))
    assert faults(made, scores=scores) == []


def test_the_chain_tells_which_key_parted_whom():
    scores = dict.fromkeys((1, 2, 3, 4), Decimal(80))
    untrimmed = Key(name="untrimmed mean", values={1: 81, 2: 81, 3: 79, 4: 79})
    handed_in = Key(name="earlier hand-in", values={1: 20, 2: 10}, better="down")

    made = rank(scores, chain=[untrimmed, handed_in])

    assert places(made) == {2: 1, 1: 2, 3: 3, 4: 3}
    assert made.broken == (
        TieBreak(key="untrimmed mean", into=((1, 2), (3, 4))),
        TieBreak(key="earlier hand-in", into=((2,), (1,))),
    )
    assert made.open_ties == ((3, 4),)
    assert made.places[2].shared_with == (4,)


def test_who_lacks_a_value_comes_after_those_who_have_one():
    scores = dict.fromkeys((1, 2), Decimal(80))

    made = rank(scores, chain=[Key(name="site visits", values={2: 0})])

    assert places(made) == {2: 1, 1: 2}


def test_anyone_can_draw_the_lot_again():
    again = lot([3, 1, 2], seed="2026-11-22")

    assert again == lot([1, 2, 3], seed="2026-11-22")
    assert again != lot([1, 2, 3], seed="2026-11-23")


def test_the_checker_finds_a_swapped_pair_and_a_false_share():
    scores = {1: Decimal(90), 2: Decimal(80)}
    made = rank(scores)
    swapped = ranking.Ranking(places=made.places[::-1], broken=(), open_ties=())
    shared = ranking.Ranking(
        places=(made.places[0], ranking.Place(entry=2, place=1, score=Decimal(80))),
        broken=(),
        open_ties=(),
    )

    assert "Entry 1 has a better score than 2 above it." in faults(swapped, scores=scores)
    assert faults(shared, scores=scores) == ["Entries 1 and 2 share a place unequally."]
    assert faults(rank({1: Decimal(90)}), scores=scores) == ["Entry 2 has no place."]


def test_the_examples_hold():
    assert doctest.testmod(ranking).failed == 0
