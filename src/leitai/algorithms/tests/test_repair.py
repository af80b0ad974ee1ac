"""After jurors left, entries came or conflicts turned up: as little moves as can be."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leitai.algorithms.assignment import EntryNeed, Unseatable, repair
from leitai.algorithms.tests.contests import Contest, contests, open_contest, optimum, seated

seeds = st.integers(0, 2**31)


@given(contests(roomy=True), seeds)
@settings(max_examples=60)
def test_a_repair_moves_only_what_it_must(contest, seed):
    assume(optimum(contest) is not None)
    before = seated(contest, seed=seed)
    gone = before.seats[0].juror
    left = tuple(j for j in contest.jurors if j.id != gone)

    now = Contest(**{**vars(contest), "jurors": left})
    try:
        mended = repair(before.seats, now.entries, now.jurors, **now.given, seed=seed)
    except Unseatable:
        assert optimum(now) is None
        return

    assert now.faults(mended.plan) == []
    assert {s.juror for s in mended.orphaned} == {gone}
    assert len(mended.added) == len(mended.orphaned) + len(mended.moved)
    assert len(mended.moved) <= len(mended.orphaned)
    assert mended.loss >= max(0.0, optimum(now) - mended.plan.figures.total - 1e-6)


def test_a_repair_with_nothing_to_mend_moves_nobody():
    contest = open_contest(entries=12, jurors=8)
    before = seated(contest)

    mended = repair(before.seats, contest.entries, contest.jurors, **contest.given, seed=2)

    assert mended.plan.seats == before.seats
    assert (mended.orphaned, mended.moved, mended.added) == ((), (), ())
    assert {r.code for r in mended.plan.reasons.values()} == {"kept"}


def test_a_conflict_found_late_frees_one_seat():
    contest = open_contest(entries=12, jurors=8)
    before = seated(contest)
    late = before.seats[5]

    mended = repair(
        before.seats,
        contest.entries,
        contest.jurors,
        rules=contest.rules,
        seed=1,
        conflicts=frozenset({late}),
    )

    assert mended.orphaned == (late,)
    assert mended.moved == ()
    assert [s.entry for s in mended.added] == [late.entry]


def test_a_new_entry_gets_its_panel_and_nobody_else_moves():
    contest = open_contest(entries=12, jurors=8)
    before = seated(contest)
    newcomer = EntryNeed(id=99, tags=frozenset({"med"}))

    mended = repair(
        before.seats, (*contest.entries, newcomer), contest.jurors, rules=contest.rules, seed=1
    )

    assert {s.entry for s in mended.added} == {99}
    assert mended.moved == ()
