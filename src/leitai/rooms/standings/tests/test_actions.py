"""From sealed sheets to a published version, and every way in which it is refused."""

import pytest

from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Rules
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury.models import Mark, Sheet
from leitai.rooms.people.testing import an_organisation
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.standings import actions, queries
from leitai.rooms.standings.models import Place, Publication, ReleasedComment, Standing
from leitai.rooms.standings.testing import a_standing, decided, judged, level, published
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return a_contest()


@pytest.fixture
def four(contest):
    """Two will go on, one is in reserve, one is out."""
    return judged(contest, level(7), level(9), level(5), level(8))


def outcomes(standing):
    """The last digit of each code, its place and its outcome, best first."""
    return [f"{p.entry.code[-1]} {p.rank} {p.outcome}" for p in standing.places.all()]


def refused(action, **told):
    with pytest.raises(NotPossible) as refusal:
        action(by=None, at=NOON, **told)
    return refusal.value.verdict.code


# --- computed


def test_sealed_sheets_become_places(four):
    standing = a_standing(four)

    assert outcomes(standing) == ["2 1 in", "4 2 in", "1 3 reserve", "3 4 out"]
    assert [p.score for p in standing.places.all()] == [18, 16, 14, 10]
    assert queries.differs(standing) == []


def test_each_computation_is_a_new_number_and_the_draft_before_steps_back(four):
    first = a_standing(four)

    second = a_standing(four)

    first.refresh_from_db()
    assert (first.number, first.state) == (1, "superseded")
    assert (second.number, second.state) == (2, "draft")
    assert first.places.count() == 4


def test_without_a_sealed_sheet_there_is_nothing_to_compute(contest):
    stage = a_stage(contest)
    takes_part(stage, an_entry(contest))

    assert refused(actions.compute_standing, stage=stage, despite_missing=True) == "no_sheets"


def test_missing_sheets_are_waited_for_or_said_to_be_missing(contest):
    stage = judged(contest, level(7), level(8, jurors=2))

    assert refused(actions.compute_standing, stage=stage) == "sheets_missing"
    standing = a_standing(stage, despite_missing=True)

    assert {"code": "sheets_missing", "n": 1} in standing.notes


def test_an_entry_nobody_marked_has_no_place(four):
    takes_part(four, an_entry(four.contest))

    standing = a_standing(four, despite_missing=True)

    assert outcomes(standing)[-1] == "5 None unranked"


def test_another_formula_needs_a_reason_which_the_record_keeps(four):
    assert refused(actions.compute_standing, stage=four, formula="median") == "no_reason"

    standing = a_standing(four, formula="median", why="One juror misread the scale.")

    assert standing.formula == "median"
    assert {"code": "other_formula", "why": "One juror misread the scale."} in standing.notes


def z_rules():
    return some_rules(stage={"formula": "z_mean", "min_sheets_for_z": 2, "panel": {"per_entry": 2}})


def test_marks_standardised_per_juror_need_jurors_who_can_be_compared():
    islands = [{"J1": (7, 8), "J2": (5, 5)}, {"J1": (9, 9), "J2": (6, 7)},
               {"J3": (3, 4), "J4": (2, 2)}, {"J3": (6, 6), "J4": (8, 9)}]  # fmt: skip
    stage = judged(a_contest(rules=z_rules()), *islands)

    with pytest.raises(NotPossible) as refusal:
        a_standing(stage)

    assert refusal.value.verdict.code == "not_connected"
    assert str(refusal.value.verdict.reason)
    assert Standing.objects.count() == 0


def test_a_bridge_between_the_jurors_makes_them_comparable():
    bridged = [{"J1": (7, 8), "J2": (5, 5)}, {"J1": (9, 9), "J2": (6, 7)},
               {"J3": (3, 4), "J2": (2, 2)}, {"J3": (6, 6), "J1": (8, 9)}]  # fmt: skip
    stage = judged(a_contest(rules=z_rules()), *bridged)

    standing = a_standing(stage)

    assert {p.rank for p in standing.places.all()} == {1, 2, 3, 4}
    assert queries.differs(standing) == []


def test_with_too_few_sheets_of_a_juror_standardising_is_refused():
    rules = some_rules(stage={"formula": "z_mean", "min_sheets_for_z": 8})
    stage = judged(a_contest(rules=rules), level(7), level(8))

    with pytest.raises(NotPossible) as refusal:
        a_standing(stage)

    assert "8" in str(refusal.value.verdict.reason)


# --- ties


@pytest.fixture
def tied(contest):
    """Two are level for the one place that is left."""
    return judged(contest, level(9), level(7), level(7), level(5))


def test_level_entries_at_the_line_are_for_the_chair(tied):
    standing = a_standing(tied)
    second, third = (p.entry_id for p in standing.places.filter(rank=2))

    settled = actions.settle_tie(
        standing=standing, order=[third, second], why="More customers.", by=None, at=NOON
    )

    assert [note["entries"] for note in standing.open_ties] == [[second, third]]
    assert settled.number == 2 and settled.open_ties == []
    assert settled.rulings == [{"order": [third, second], "why": "More customers."}]
    assert outcomes(settled) == ["1 1 in", "3 2 in", "2 3 reserve", "4 4 out"]
    assert settled.places.get(entry=third).broken_by == "chair"
    assert queries.differs(settled) == []


def test_a_ruling_names_exactly_the_level_entries_and_why(tied):
    standing = a_standing(tied)
    first, second, third, _fourth = standing.places.values_list("entry_id", flat=True)
    settle = {"action": actions.settle_tie, "standing": standing}

    assert refused(**settle, order=[first, second], why="So.") == "not_this_tie"
    assert refused(**settle, order=[second, third], why=" ") == "no_reason"


# --- decided


def test_nothing_is_decided_while_entries_are_level_at_the_line(tied):
    assert refused(actions.decide, standing=a_standing(tied), text="So be it.") == "tie_at_the_line"


def test_a_decision_says_in_words_what_was_decided(four):
    assert refused(actions.decide, standing=a_standing(four), text=" ") == "no_text"


def test_only_the_newest_standing_is_decided(four):
    old = a_standing(four)
    a_standing(four)

    assert refused(actions.decide, standing=old, text="This one.") == "not_draft"


def test_of_two_who_decide_at_once_one_is_refused(four):
    standing = a_standing(four)
    twin = Standing.objects.get(pk=standing.pk)
    decided(standing)

    assert refused(actions.decide, standing=twin, text="As computed.") == "not_draft"


def test_the_digest_covers_every_place_the_text_and_who_was_present(four):
    standing = decided(a_standing(four))
    decision = standing.decision
    particulars = decision.particulars

    assert decision.digest == actions.digest(standing, "As computed.", particulars)
    assert decision.digest != actions.digest(standing, "As computed!", particulars)
    assert decision.digest != actions.digest(standing, "As computed.", {**particulars, "x": 1})
    standing.places.filter(rank=4).update(outcome="in")
    assert decision.digest != actions.digest(standing, "As computed.", particulars)


# --- published


def test_publishing_waits_for_a_decision_and_a_signature(four):
    standing = a_standing(four)

    assert refused(actions.publish, standing=standing) == "not_decided"
    decided(standing, signed_by="")
    assert refused(actions.publish, standing=standing) == "not_signed"
    assert Publication.objects.count() == 0


def test_a_second_version_says_why_and_takes_the_place_of_the_first(four):
    first = published(four)
    second = decided(a_standing(four))

    assert refused(actions.publish, standing=second) == "no_reason"
    new = actions.publish(standing=second, reason="A sheet was mended.", by=None, at=NOON)

    first.standing.refresh_from_db()
    assert (new.number, new.reason) == (2, "A sheet was mended.")
    assert first.standing.state == "superseded"
    assert [p.number for p in four.contest.publications.all()] == [2, 1]
    assert first.standing.places.count() == 4, "what was published stays as it was"


def test_a_published_standing_is_decided_and_published_once(four):
    standing = published(four).standing

    assert refused(actions.decide, standing=standing, text="Again.") == "not_draft"
    assert refused(actions.publish, standing=standing, reason="Again.") == "not_decided"


def test_the_notice_masks_names_and_prints_no_phones(contest):
    stage = judged(contest, level(9), level(8), level(7))
    alone, firm, third = Entry.objects.order_by("pk")
    alone.members.update(name="林知远")
    house = an_organisation("Weld 100-2345-6789 Ltd", name_zh="焊听10023456789")
    Entry.objects.filter(pk=firm.pk).update(organisation=house, title_zh="请拨 310115199001011234")
    third.members.update(name="Aoife O'Brien")

    body = published(stage).body

    assert [row["by"]["zh"] for row in body["rows"]] == ["林*远", "焊听•••", "Aoife O."]
    assert not any(canary in str(body) for canary in ["2345", "310115", "知远", "O'Brien"])


def test_whoever_goes_on_takes_part_in_the_next_stage():
    first = some_rules().model_dump()["stages"][0]
    final = {**first, "code": "final", "name": {"zh": "决赛", "en": "Final"}}
    contest = a_contest(rules=Rules.model_validate({"stages": [first, final]}))
    stages.adopt_rules(contest=contest, ruleset=contest.ruleset, by=None, at=NOON)
    stages.open_stage(stage=contest.stages.get(code="first"), by=None, at=NOON)
    stage = judged(contest, level(7), level(9), level(5), level(8))

    publication = published(stage)

    inside = contest.stages.get(code="final").participations.values_list("entry__code", flat=True)
    assert sorted(inside) == ["MED-0002", "MED-0004"]
    assert [row["code"] for row in publication.body["rows"]] == ["MED-0002", "MED-0004", "MED-0001"]


def test_the_journal_tells_the_way_in_order(four):
    published(four)

    lines = Line.objects.filter(verb__startswith="standings.").order_by("number")
    assert [line.verb.split(".")[1] for line in lines] == [
        "standing_computed", "person_present", "person_present", "standing_decided",
        "decision_signed", "decision_signed", "standing_published",
    ]  # fmt: skip


# --- comments


def test_comments_reach_the_teams_once_and_can_be_taken_back(four):
    publication, ora = published(four), appointed(four.contest)
    sheets = list(Sheet.objects.filter(entry__code="MED-0002"))
    told = {"publication": publication, "sheets": sheets, "by": ora, "at": NOON}

    assert actions.release_comments(**told) == 3
    assert actions.release_comments(**told) == 0
    comment = ReleasedComment.objects.first()
    actions.take_comment_back(comment=comment, by=ora, at=NOON)

    entry = Entry.objects.get(code="MED-0002")
    assert [c.text for c in queries.released(entry)] == ["J2 on MED-0002", "J3 on MED-0002"]
    assert Sheet.objects.get(pk=comment.sheet_id).comment == "J1 on MED-0002"
    assert actions.release_comments(**told) == 1


# --- anybody can recompute it


@pytest.mark.parametrize("change", [{"rank": 9}, {"score": 19}, {"outcome": "in"}])
def test_a_place_somebody_changed_is_found(four, change):
    standing = a_standing(four)
    last = standing.places.last()

    Place.objects.filter(pk=last.pk).update(**change)

    assert queries.differs(standing) == [last.entry_id]


def test_a_mark_somebody_changed_is_found(four):
    standing = a_standing(four)
    entry = Entry.objects.get(code="MED-0003")

    Mark.objects.filter(sheet__entry=entry).update(value=10)

    assert entry.pk in queries.differs(standing)
