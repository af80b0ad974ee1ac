from datetime import timedelta

import pytest

from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.models import RuleDraft
from leitai.rooms.contests.rules import Rules, presets
from leitai.rooms.contests.rules.schema import FieldRule, StepRule
from leitai.rooms.contests.rules.states import State as ContestState
from leitai.rooms.contests.testing import DAY, NOON, a_contest, an_edition, some_rules
from leitai.rooms.stages import actions, queries
from leitai.rooms.stages.models import Stage
from leitai.rooms.stages.rules import State
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.rules import State as EntryState
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def with_name(rules: Rules, en: str) -> Rules:
    body = rules.model_dump(mode="json")
    body["stages"][0]["name"]["en"] = en
    return Rules.model_validate(body)


def with_field(rules: Rules, **field) -> Rules:
    question = FieldRule(key="colour", label={"en": "Colour"}, **field)
    entry = rules.entry.model_copy(update={"steps": (StepRule(
        code="more", name={"en": "More"}, fields=(question,)),)})  # fmt: skip
    return rules.model_copy(update={"entry": entry})


def refused(**change) -> str:
    with pytest.raises(NotPossible) as refusal:
        actions.change_rules(by=None, at=NOON, **change)
    return refusal.value.verdict.code


def test_a_contest_from_a_preset_has_its_stages_and_criteria():
    contest = actions.open_contest(
        edition=an_edition(), slug="apps", preset="application-3k", by=None, at=NOON
    )

    assert [(s.code, s.state) for s in contest.stages.all()] == [
        ("first", State.PLANNED), ("semifinal", State.PLANNED), ("final", State.PLANNED),
    ]  # fmt: skip
    first = contest.stages.first()
    assert [(c.code, c.high) for c in first.criteria.all()] == [
        ("landing", 25), ("copying", 20), ("scaling", 20), ("innovation", 20), ("crew", 15),
    ]  # fmt: skip
    assert len(first.criteria.first().bands) == 5
    assert first.rule == presets.load("application-3k").stages[0]


def test_changed_rules_are_a_new_version_and_the_stages_follow():
    contest = a_contest(state=ContestState.DRAFT)
    actions.adopt_rules(contest=contest, ruleset=contest.ruleset, by=None, at=NOON)

    actions.change_rules(
        contest=contest, rules=with_name(contest.rules, "Paper round"), by=None, at=NOON
    )

    contest.refresh_from_db()
    assert contest.ruleset.version == 2
    assert contest.stages.get().name_en == "Paper round"


def test_rules_of_a_stage_that_has_opened_stand():
    stage = a_stage(state=State.OPEN)
    contest = stage.contest

    code = refused(contest=contest, rules=with_name(contest.rules, "Other"), reason="Typo")

    assert code == "stage_has_opened"
    contest.refresh_from_db()
    assert contest.ruleset.version == 1


def test_a_public_contest_changes_its_rules_only_with_a_reason():
    contest = a_contest()

    assert refused(contest=contest, rules=with_name(contest.rules, "Other")) == "reason_missing"


def test_once_teams_have_entered_a_new_question_must_be_optional():
    contest = a_contest()
    an_entry(contest, state=EntryState.DRAFT)

    code = refused(contest=contest, rules=with_field(contest.rules, required=True), reason="x")

    assert code == "new_field_required"
    actions.change_rules(
        contest=contest, rules=with_field(contest.rules), reason="Asked by teams",
        by=None, at=NOON,
    )  # fmt: skip


def test_once_teams_have_entered_no_question_goes_and_the_deadline_only_moves_back():
    contest = a_contest(rules=with_field(some_rules()))
    an_entry(contest)
    bare = some_rules(entry={"span": {"closes_at": NOON}})

    verdicts = actions.objections_to(contest, bare)

    assert [v.code for v in verdicts] == ["closes_earlier", "field_removed"]


def test_a_stage_that_goes_takes_its_row_along_unless_somebody_is_in_it():
    contest = a_contest(state=ContestState.DRAFT)
    two = contest.rules.model_copy(update={"stages": (
        contest.rules.stages[0], contest.rules.stages[0].model_copy(update={"code": "final"}),
    )})  # fmt: skip
    actions.change_rules(contest=contest, rules=two, by=None, at=NOON)
    assert contest.stages.count() == 2

    actions.change_rules(
        contest=contest, rules=two.model_copy(update={"stages": two.stages[1:]}), by=None, at=NOON
    )

    assert list(contest.stages.values_list("code", flat=True)) == ["final"]


def test_a_stage_opens_and_closes_once_each():
    stage = a_stage(state=State.PLANNED)

    actions.open_stage(stage=stage, by=None, at=NOON)
    with pytest.raises(NotPossible) as refusal:
        actions.open_stage(stage=stage, by=None, at=NOON)
    actions.close_stage(stage=stage, by=None, at=NOON)

    assert refusal.value.verdict.code == "open_already"
    assert Stage.objects.get(pk=stage.pk).state == State.CLOSED


def test_an_open_stage_is_over_when_its_window_is():
    stage = a_stage(state=State.OPEN)

    assert stage.is_marking(NOON)
    assert not stage.is_marking(stage.closes_at)


def test_an_extended_window_is_a_new_version_of_the_rules_and_drafts_follow():
    stage = a_stage(state=State.OPEN)
    contest = stage.contest
    RuleDraft.objects.create(contest=contest, body=contest.ruleset.body, changed_at=NOON)
    until = stage.closes_at + timedelta(days=2)

    actions.extend_window(stage=stage, until=until, reason="Power cut", by=None, at=NOON)

    contest.refresh_from_db()
    assert Stage.objects.get(pk=stage.pk).window.closes_at == until
    assert contest.rules.stages[0].span.closes_at == until
    assert (contest.ruleset.version, contest.ruleset.reason) == (2, "Power cut")
    assert RuleDraft.objects.get().rules.stages[0].span.closes_at == until


def test_a_window_never_becomes_shorter():
    stage = a_stage()

    with pytest.raises(NotPossible) as refusal:
        actions.extend_window(
            stage=stage, until=stage.closes_at - DAY, reason="Haste", by=None, at=NOON
        )

    assert refusal.value.verdict.code == "not_later"


def test_all_valid_entries_are_let_in_and_nobody_twice():
    stage = a_stage()
    entries = [an_entry(stage.contest) for _ in range(3)]
    an_entry(stage.contest, state=EntryState.REFUSED)

    first = actions.let_in_all_accepted(stage=stage, by=None, at=NOON)
    second = actions.let_in_all_accepted(stage=stage, by=None, at=NOON)

    assert (first, second) == (3, 0)
    assert list(queries.participants(stage)) == entries
    assert Line.objects.filter(verb="stages.entry_let_in").count() == 3


def test_entries_that_are_not_valid_stay_outside():
    stage = a_stage()
    entry = an_entry(stage.contest, state=EntryState.SUBMITTED)

    with pytest.raises(NotPossible) as refusal:
        actions.let_in(stage=stage, entries=[entry], by=None, at=NOON)

    assert refusal.value.verdict.code == "not_valid"


def test_who_was_taken_out_can_be_let_in_again():
    stage = a_stage()
    entry = an_entry(stage.contest)
    actions.let_in(stage=stage, entries=[entry], by=None, at=NOON)

    actions.take_out(stage=stage, entry=entry, reason="Copied plan", by=None, at=NOON)
    assert not queries.participants(stage).exists()
    actions.let_in(stage=stage, entries=[entry], by=None, at=NOON)

    assert list(queries.participants(stage)) == [entry]


def test_a_scenario_with_entries_stays():
    entry = an_entry()
    edition = entry.contest.edition

    with pytest.raises(NotPossible) as refusal:
        contests.set_scenarios(
            edition=edition, scenarios=[("TRF", "交通", "Traffic")], by=None, at=NOON
        )

    assert refusal.value.verdict.code == "scenario_in_use"
    assert edition.scenarios.count() == 3


def test_next_years_edition_has_the_stages_and_no_entries():
    contest = actions.open_contest(
        edition=an_edition(), slug="apps", preset="application-3k", by=None, at=NOON
    )
    an_entry(contest)

    copied = actions.copy_edition(edition=contest.edition, slug="haiwan-4", by=None, at=NOON)

    new = copied.contests.get()
    assert [s.code for s in new.stages.all()] == ["first", "semifinal", "final"]
    assert not queries.has_entries(new)
