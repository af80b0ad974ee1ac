from leitai.rooms.demands import rules
from leitai.rooms.demands.rules import MOVES, State, Visibility


def test_every_state_says_where_it_leads():
    assert set(MOVES) == set(State)


def test_a_demand_without_indicator_is_not_sent():
    refusal = rules.may_send(State.DRAFT, missing=["at least one acceptance indicator"])

    assert refusal.code == "incomplete"
    assert "indicator" in refusal.reason


def test_what_is_being_vetted_stands_still():
    assert rules.may_change(State.VETTING).code == "not_open"
    assert rules.may_change(State.RETURNED)


def test_returning_needs_a_reason():
    assert rules.may_return(State.VETTING, why=" ").code == "no_reason"
    assert rules.may_return(State.DRAFT, why="x").code == "not_vetting"


def test_the_invited_only_are_not_listed_and_the_masked_are_not_shown():
    assert not rules.is_listed(Visibility.INVITED, State.PUBLISHED)
    assert rules.is_listed(Visibility.MASKED, State.PUBLISHED)
    assert not rules.is_shown_whole(Visibility.MASKED, State.PUBLISHED)
    assert not rules.is_listed(Visibility.PUBLIC, State.VETTING)
