"""Who goes on from heats, and who is looked at once more before a prize."""

from decimal import Decimal

import pytest
from django.utils import translation

from leitai.algorithms.formulas import Sheet
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Heat, Slot
from leitai.rooms.finals.queries.promotion import promotion
from leitai.rooms.finals.rules import promotion as rules
from leitai.rooms.finals.testing import live_rules
from leitai.rooms.jury.testing import a_juror, a_sheet, sealed
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings.models import Standing
from leitai.rooms.standings.testing import judged as paper
from leitai.rooms.standings.testing import level, published
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db

PER_HEAT = {"total": 3, "by": "heat", "floor": 1, "rest": "best"}


def judged(jurors, *, quota=PER_HEAT, percent=0):
    """Two closed heats of three entries each; `jurors` names the two panels."""
    rules_ = live_rules(panel={"per_entry": 3}, formula="mean", quota=quota)
    rules_ = rules_.model_copy(update={"diligence_percent": percent})
    stage = a_stage(a_contest("halls", rules=rules_))
    worth = {1: (8, 6, 4), 2: (7, 5.5, 5)}
    for number, panel in enumerate(jurors, start=1):
        heat = Heat.objects.create(stage=stage, number=number, state="closed")
        for n, value in enumerate(worth[number], start=1):
            entry = an_entry(stage.contest)
            Participation.objects.create(stage=stage, entry=entry, at=NOON, heat=number)
            Slot.objects.create(heat=heat, stage=stage, entry=entry, position=n, state="done")
            for name in panel:
                mark = str(value)
                juror = a_juror(name, contest=stage.contest)
                sealed(a_sheet(juror=juror, entry=entry), mark, mark)
    by = appointed(stage.contest)
    return stage, actions.conclude_stage(stage=stage, by=by, at=NOON), by


def outcomes(standing):
    return dict(standing.places.order_by("entry__code").values_list("entry__code", "outcome"))


def test_each_heat_sends_its_best_and_wild_cards_wait():
    _stage, standing, _by = judged(["ABC", "ABC"])

    chosen = [code for code, outcome in outcomes(standing).items() if outcome == "in"]

    assert chosen == ["MED-0001", "MED-0004"]
    assert standing.rule.quota.rest == "open"


def test_where_jurors_overlap_the_best_calibrated_score_has_the_wild_card():
    stage, _standing, by = judged(["ABC", "ABC"])

    made = actions.promote(stage=stage, by=by, at=NOON)

    chosen = [code for code, outcome in outcomes(made).items() if outcome == "in"]
    card = made.places.get(entry__code=chosen[1])
    assert len(chosen) == 3 and chosen[1] in ("MED-0002", "MED-0005")
    assert ("calibrated score" in card.why and "校准" in card.why) or card.why
    with pytest.raises(NotPossible) as again:
        actions.promote(stage=stage, by=by, at=NOON)
    assert again.value.verdict.code == "given"


def test_where_nobody_sat_in_both_heats_the_ways_out_are_named():
    stage, _standing, by = judged(["ABC", "DEF"])

    with pytest.raises(NotPossible) as refusal:
        actions.promote(stage=stage, by=by, at=NOON)

    assert refusal.value.verdict.code == "not_comparable"
    with translation.override("en"):
        assert "re-pitch" in str(refusal.value.verdict.reason)
    assert promotion(stage).places == 1


def test_one_juror_in_both_halls_joins_them():
    heats = {1: 1, 2: 1, 3: 2}
    apart = [(1, 10), (2, 10), (3, 20)]

    assert rules.may_compare(apart, heats).code == "not_comparable"
    assert rules.may_compare([*apart, (3, 10)], heats)


def test_a_strict_panel_costs_nobody_the_wild_card():
    """Jurors 1 to 3 mark heat A, 3 to 5 heat B; the latter two are ten points stricter."""
    worth = {f"A{n}": 60 + 4 * n for n in range(6)} | {f"B{n}": 62 + 4 * n for n in range(6)}
    strict = {4: 10, 5: 10}
    sheets = [
        Sheet(entry=i, juror=j, score=Decimal(value - strict.get(j, 0) + (i * j) % 3 - 1))
        for i, (name, value) in enumerate(worth.items())
        for j in ((1, 2, 3) if name.startswith("A") else (3, 4, 5))
    ]
    left = [4, 10]  # the second best of each heat: worth 76 and 78

    cards = rules.wild_cards(sheets, left=left, places=1, better="up", seed=1)

    assert [card.entry for card in cards] == [10]
    assert cards[0].low < cards[0].score < cards[0].high


def test_whoever_fails_the_further_check_is_followed_by_the_next():
    quota = {"total": 2, "reserves": 1}
    stage, standing, by = judged(["ABC", "ABC"], quota=quota, percent=50)
    (first,) = actions.begin_diligence(stage=stage, by=by, at=NOON)
    actions.note_diligence(row=first, items={"claims": "wrong"}, by=by, at=NOON)
    with pytest.raises(NotPossible) as not_fine:
        actions.conclude_diligence(row=first, state="passed", by=by, at=NOON)
    with pytest.raises(NotPossible) as silent:
        actions.conclude_diligence(row=first, state="failed", by=by, at=NOON)

    made = actions.conclude_diligence(
        row=first, state="failed", note="The customer knows nothing of it", by=by, at=NOON
    )

    before = [code for code, outcome in outcomes(standing).items() if outcome == "in"]
    after = [code for code, outcome in outcomes(made).items() if outcome == "in"]
    assert (not_fine.value.verdict.code, silent.value.verdict.code) == ("not_all_fine", "no_reason")
    assert (before, len(after), first.entry.code in after) == (["MED-0001", "MED-0004"], 2, False)
    assert stage.diligences.count() == 2
    assert Standing.objects.count() == 2


def test_a_reserve_that_moves_up_pitches_where_the_other_would_have(two_stages):
    first, live, (chosen, reserve) = two_stages
    heats = [Heat.objects.create(stage=live, number=n, capacity=2) for n in (1, 2)]
    slot = Slot.objects.create(heat=heats[1], stage=live, entry=chosen, position=1)
    by = appointed(live.contest)
    standings.decline_place(offer=first.offers.get(entry=chosen), by=by, at=NOON)

    done = actions.follow_list(stage=live, by=by, at=NOON)

    slot.refresh_from_db()
    assert (done, slot.state) == ((1, 1), "withdrawn")
    assert Slot.objects.get(entry=reserve).heat == heats[1]
    assert live.participations.get(entry=reserve).heat == 2
    assert actions.follow_list(stage=live, by=by, at=NOON) == (0, 0)


@pytest.fixture
def two_stages():
    """A published stage on paper, whose best was let into a live one."""
    rules_ = some_rules(decision={"accept_days": 5}, stage={"quota": {"total": 1, "reserves": 1}})
    rules_ = rules_.model_copy(update={"stages": (*rules_.stages, *live_rules().stages)})
    contest = a_contest(rules=rules_)
    first = paper(contest, level(9), level(8))
    live = Stage.objects.create(
        contest=contest, ruleset=contest.ruleset, code="final", order=2, name_en="Final",
        body=rules_.stages[1].model_dump(mode="json"),
    )  # fmt: skip
    published(first)
    places = first.standings.get(state="published").places.order_by("rank")
    return first, live, [place.entry for place in places]
