"""The cut and the juror report as an organiser meets them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from leitai.algorithms.calibration import (
    Criterion,
    Review,
    cut,
    cut_faults,
    points,
    report,
    second_round,
)
from leitai.algorithms.formulas import FORMULAS, MissingMark, Sheet
from leitai.algorithms.tests.juries import jury
from leitai.values.score import Scale

HUNDRED = Scale(Decimal(-1000), Decimal(1000), Decimal("0.1"))
START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def reviews(sheets: list[Sheet], **more: object) -> list[Review]:
    return [Review(entry=s.entry, juror=s.juror, score=s.score, **more) for s in sheets]


def codes(notes) -> list[str]:
    return [note.code for note in notes]


def test_a_cut_names_the_safe_and_the_borderline():
    sheets = jury(noise=0.5).sheets

    made = cut(sheets, places=10, scale=HUNDRED, seed=1)

    assert cut_faults(made) == []
    assert {x.standing for x in made.entries} == {"safe_in", "borderline", "safe_out"}
    assert 5 < made.expected_right[""] < 10
    assert 0.5 < made.expected_tau < 1
    best = max(made.entries, key=lambda x: x.gain)
    assert best.standing == "borderline"
    assert all(x.gain < best.gain / 3 for x in made.entries if x.standing != "borderline")
    assert codes(made.notes) == ["cut_summary", "cut_sureness", "jurors_differ"]
    assert {c.formula for c in made.changes} == set(FORMULAS)
    assert all(len(c.comes_in) == len(c.goes_out) for c in made.changes)
    assert all(c.expected_right <= made.expected_right[""] + 1e-9 for c in made.changes)


def test_on_a_scale_where_low_is_good_the_low_ones_are_in():
    sheets = jury(noise=0.5).sheets
    turned = [replace(s, score=-s.score) for s in sheets]

    up = cut(sheets, places=10, seed=1, compare=False)
    down = cut(turned, places=10, better="down", seed=1, compare=False)

    assert [x.entry for x in down.entries] == [x.entry for x in up.entries]
    assert [x.p_in for x in down.entries] == [x.p_in for x in up.entries]
    assert [-x.score for x in down.entries] == pytest.approx([x.score for x in up.entries])


def test_each_group_has_its_own_line():
    sheets = jury().sheets
    groups = {e: "MED" if e % 3 else "EDU" for e in range(60)}

    made = cut(sheets, places={"MED": 6, "EDU": 3}, groups=groups, seed=1)

    assert cut_faults(made) == []
    for group, places in (("MED", 6), ("EDU", 3)):
        chances = [x.p_in for x in made.entries if x.group == group]
        assert sum(chances) == pytest.approx(places, abs=1e-6)


def test_parts_that_share_no_juror_are_told_and_judged_by_themselves():
    half = jury(entries=20, jurors=4, each=3).sheets
    other = [Sheet(entry=s.entry + 20, juror=s.juror + 50, score=s.score - 30) for s in half]

    made = cut(half + other, places=10, seed=1)

    assert "cannot_be_compared" in codes(made.notes)
    assert cut_faults(made) == []
    for part in (0, 1):
        inside = [x.p_in_part for x in made.entries if x.part == part]
        assert sum(inside) == pytest.approx(5, abs=1e-6)
    refused = {c.formula for c in made.changes if c.refused}
    assert refused == {"juror_z", "juror_min_max"}


def test_few_sheets_are_told():
    made = cut(jury(entries=6, jurors=6, each=2).sheets, places=2, seed=1)

    assert "loads_too_small" in codes(made.notes)


def test_an_entry_without_sheets_is_listed_and_told():
    made = cut(jury().sheets, places=5, entries=[999], seed=1)

    assert made.of(999).sheets == 0
    assert made.of(999).p_in < 0.5
    assert "entries_without_sheets" in codes(made.notes)


def test_no_sheets_at_all_is_no_disaster():
    made = cut([], places=2, entries=[1, 2, 3, 4], seed=1)

    assert codes(made.notes) == ["no_sheets"]
    assert [x.p_in for x in made.entries] == pytest.approx([0.5] * 4, abs=0.1)


def test_marks_off_the_scale_are_refused():
    sheets = [Sheet(entry=1, juror=2, score=Decimal("10.5"))]
    with pytest.raises(ValueError, match=r"1 of 1 marks are not on the scale from 0 to 10"):
        cut(sheets, places=1, scale=Scale(Decimal(0), Decimal(10)), seed=1)


def test_groups_without_places_are_refused():
    with pytest.raises(ValueError, match="60 entries"):
        cut(jury().sheets, places={"MED": 3}, groups={}, seed=1)


def test_criteria_of_several_scales_become_points():
    criteria = {
        "idea": Criterion(scale=Scale(Decimal(0), Decimal(10)), weight=Decimal(3)),
        "risk": Criterion(scale=Scale(Decimal(1), Decimal(5), direction="down")),
    }

    assert points({"idea": Decimal(10), "risk": Decimal(1)}, criteria=criteria) == 100
    assert points({"idea": Decimal(5), "risk": Decimal(5)}, criteria=criteria) == Decimal("37.5")
    with pytest.raises(MissingMark):
        points({"idea": Decimal(5)}, criteria=criteria)


def test_a_second_round_bars_conflicts_and_takes_new_jurors():
    sheets = jury().sheets
    barred = {(e, "new") for e in range(30)}

    extra = second_round(
        sheets, places=8, budget=12, room={"new": 20, 1000: 2}, barred=barred, seed=1
    )

    assert len(extra) == 12
    assert {x.juror for x in extra} <= {"new", 1000}
    assert not {(x.entry, x.juror) for x in extra} & barred
    assert sum(x.juror == 1000 for x in extra) <= 2
    assert "%" in str(extra[0].why)


def test_a_second_round_keeps_kinds_and_houses_and_each_groups_own_line():
    made = jury(entries=60, jurors=12, each=3)
    entries, jurors = {s.entry for s in made.sheets}, sorted({s.juror for s in made.sheets})
    kinds = {j: "technical" if n % 2 else "investor" for n, j in enumerate(jurors)}
    groups = {e: "small" if e < 10 else "large" for e in entries}

    extra = second_round(
        made.sheets,
        places={"small": 0, "large": 10},
        groups=groups,
        budget=40,
        room=dict.fromkeys(jurors, 20),
        kinds=kinds,
        most={"investor": 15},
        houses=dict.fromkeys(jurors[:4], "one house"),
        seed=1,
    )

    assert len(extra) == 40
    assert sum(kinds[x.juror] == "investor" for x in extra) <= 15
    housed = [x.entry for x in extra if x.juror in jurors[:4]]
    assert len(housed) == len(set(housed)) > 0
    assert {groups[x.entry] for x in extra} == {"large"}  # where nobody goes in, nothing is open


def test_a_strict_juror_is_told_so_and_the_others_left_in_peace():
    sheets = jury(entries=120, jurors=12, each=4, severity=0.0, seed=6).sheets
    sheets = [replace(s, score=s.score - 12) if s.juror == 1003 else s for s in sheets]

    made = report(reviews(sheets), seed=1)

    strict = next(j for j in made.jurors if j.juror == 1003)
    assert codes(strict.notes) == ["marks_lower"]
    assert strict.severity.high < -5
    assert sum(codes(j.notes) == ["as_usual"] for j in made.jurors) >= 10


def test_a_juror_who_drifts_is_told_with_times_only():
    made = jury(entries=150, jurors=10, each=4, noise=0.5, seed=2)
    course = dict.fromkeys(range(10), 0)
    sheets = []
    for s in made.sheets:
        n = course[s.juror - 1000] = course[s.juror - 1000] + 1
        drift = Decimal(n) / 2 if s.juror == 1004 else Decimal(0)
        late = START + timedelta(minutes=7 * n)
        sheets += reviews([replace(s, score=s.score + drift)], at=late)

    drifter = next(j for j in report(sheets, seed=1).jurors if j.juror == 1004)

    assert "drifts_up" in codes(drifter.notes)
    assert drifter.drift.low < 30 < drifter.drift.high + 10
    timeless = report([replace(s, at=None) for s in sheets], seed=1)
    assert all(j.drift is None for j in timeless.jurors)


def test_a_juror_who_rolls_dice_is_told_gently():
    made = jury(entries=200, jurors=12, each=4, noise=0.5, seed=8)
    random = np.random.default_rng(1)
    sheets = [
        replace(s, score=Decimal(int(random.integers(40, 101)))) if s.juror == 1007 else s
        for s in made.sheets
    ]

    found = report(reviews(sheets), seed=1)

    careless = next(j for j in found.jurors if j.juror == 1007)
    assert {"scatters", "agrees_less"} <= set(codes(careless.notes))
    assert all(j.p_careless < 0.5 for j in found.jurors if j.juror != 1007)


def test_a_juror_who_marks_everything_alike_hardly_follows_quality():
    made = jury(entries=200, jurors=12, each=4, noise=0.5, seed=8)
    sheets = [replace(s, score=Decimal(75)) if s.juror == 1007 else s for s in made.sheets]

    flat = next(j for j in report(reviews(sheets), seed=1).jurors if j.juror == 1007)

    assert flat.scale.high < 0.5
    assert {"stays_in_the_middle", "scatters"} <= set(codes(flat.notes))


def test_copied_marks_and_words_are_found_and_chance_is_not():
    made = jury(entries=120, jurors=8, each=4, seed=5)
    rounded = [replace(s, score=round(s.score / 5) * Decimal(5)) for s in made.sheets]
    by = {(s.entry, s.juror): s for s in rounded}
    copied = [
        replace(s, score=by[s.entry, 1001].score)
        if s.juror == 1002 and (s.entry, 1001) in by
        else s
        for s in rounded
    ]

    assert report(reviews(rounded), seed=1).copies == ()
    (copy,) = report(reviews(copied), seed=1).copies
    assert copy.jurors == (1001, 1002)
    assert copy.chance < 0.01

    words = reviews(rounded)
    text = "团队经验丰富，但市场规模估计偏乐观，建议补充客户访谈。"
    words[3] = replace(words[3], comment=text)
    words[90] = replace(words[90], comment=text.replace("，", " ,") + "!")
    words[50] = replace(words[50], comment="A clear idea with a thin business plan.")
    (worded,) = report(words, seed=1).copies
    assert worded.note.code == "like_words"
    assert set(worded.jurors) == {words[3].juror, words[90].juror}
