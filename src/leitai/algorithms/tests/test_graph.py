from hypothesis import given
from hypothesis import strategies as st

from leitai.algorithms.graph import Component, components

pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(20, 26)), max_size=15)


def test_parts_are_told_with_the_largest_first():
    found = components([(1, "a"), (2, "a"), (3, "b")], alone=[9])

    assert found == [
        Component(entries=(1, 2), jurors=("a",)),
        Component(entries=(3,), jurors=("b",)),
        Component(entries=(9,), jurors=()),
    ]


@given(pairs)
def test_every_pair_lies_within_one_part_and_every_node_in_exactly_one(given_):
    found = components(given_)

    for entry, juror in given_:
        assert sum(entry in part.entries and juror in part.jurors for part in found) == 1
    assert sorted(e for part in found for e in part.entries) == sorted({e for e, _ in given_})
    assert sum(len(part.jurors) for part in found) == len({j for _, j in given_})


def test_without_sheets_there_are_no_parts():
    assert components([]) == []
