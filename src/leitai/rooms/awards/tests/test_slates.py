"""Awards are proposed from a published result, changed with reasons, approved by two, published."""

import pytest

from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.awards import actions, queries
from leitai.rooms.awards.models import Award, Slate
from leitai.rooms.awards.rules import SlateState
from leitai.rooms.awards.testing import (
    AWARDS,
    a_judged_contest,
    a_slate,
    approved,
    published_slate,
    two,
)
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings.testing import a_standing, decided
from leitai.rooms.submissions import actions as submissions

pytestmark = pytest.mark.django_db


def winners(slate):
    rows = slate.awards.select_related("entry")
    return [(a.code, a.entry.code[-1] if a.entry else "vacant" if a.is_vacant else None)
            for a in rows]  # fmt: skip


def entry(slate, n):
    return slate.contest.entries.get(code=f"MED-{n:04d}")


def told(slate, **more):
    return {"why": "Minutes of the committee.", "by": appointed(slate.contest), "at": NOON, **more}


def refusal(act):
    with pytest.raises(NotPossible) as refused:
        act()
    return refused.value.verdict.code


def test_awards_are_proposed_by_place():
    slate = a_slate()

    assert winners(slate) == [("first", "1"), ("second", "2"), ("second", "3")]
    assert Line.objects.filter(verb="awards.slate_proposed").count() == 1


def test_who_has_withdrawn_leaves_the_place_to_the_next():
    contest = a_judged_contest()
    best = contest.entries.get(code="MED-0001")
    submissions.withdraw_entry(entry=best, reason="Sold.", by=best.begun_by, at=NOON)

    assert winners(a_slate(contest)) == [("first", "2"), ("second", "3"), ("second", "4")]


def test_an_entry_taken_out_with_a_reason_lets_all_move_up():
    slate = a_slate()

    actions.take_out(slate=slate, entry=entry(slate, 2), **told(slate, why="Refused the check."))

    assert winners(slate) == [("first", "1"), ("second", "3"), ("second", "4")]


def test_a_first_prize_may_stay_vacant_and_the_journal_says_so():
    slate = a_slate()

    actions.leave_vacant(award=slate.awards.get(code="first"), **told(slate))

    assert winners(slate) == [("first", "vacant"), ("second", "1"), ("second", "2")]
    assert slate.awards.get(code="first").why == "Minutes of the committee."
    assert Line.objects.filter(verb="awards.seat_left_vacant", data__code="first").exists()


def test_level_entries_wait_for_a_decision_that_swaps_their_seats():
    slate = a_slate(a_judged_contest(9, 9, 7, 6))
    by, first = appointed(slate.contest), slate.awards.get(code="first")
    before = refusal(lambda: actions.approve(slate=slate, by=by, at=NOON))

    actions.name_winner(award=first, entry=entry(slate, 2), **told(slate))

    assert before == "level"
    assert winners(slate) == [("first", "2"), ("second", "1"), ("second", "3")]
    actions.approve(slate=slate, by=by, at=NOON)


def test_an_award_the_committee_names_goes_beside_one_by_place():
    named = {"code": "best", "name": {"en": "Best answer"}, "named": True}
    slate = a_slate(a_judged_contest(awards=[*AWARDS, named]))
    assert winners(slate)[-1] == ("best", None)

    actions.name_winner(award=slate.awards.get(code="best"), entry=entry(slate, 1), **told(slate))

    assert winners(slate)[-1] == ("best", "1")


def test_special_awards_come_and_go_with_a_reason():
    slate = a_slate()
    names = {"name_zh": "网络人气奖", "name_en": "Audience award"}
    special = actions.add_special(slate=slate, entry=entry(slate, 4), **names, **told(slate))
    assert winners(slate)[-1] == ("special-1", "4")

    actions.drop_special(award=special, by=appointed(slate.contest), at=NOON)
    of_rules = slate.awards.get(code="first")

    assert winners(slate)[-1] == ("second", "3")
    by = appointed(slate.contest)
    assert refusal(lambda: actions.drop_special(award=of_rules, by=by, at=NOON)) == "in_the_rules"


def test_changes_want_a_reason_and_an_entry_of_the_result():
    slate = a_slate()
    first = slate.awards.get(code="first")
    stranger = a_judged_contest(9, slug="other").entries.get()

    assert refusal(lambda: actions.leave_vacant(award=first, **told(slate, why=" "))) == "no_reason"
    assert refusal(
        lambda: actions.name_winner(award=first, entry=stranger, **told(slate))
    ) == "not_listed"  # fmt: skip


def test_two_different_people_decide_and_then_nothing_moves():
    slate = a_slate()
    organiser, supervisor = two(slate.contest)

    actions.approve(slate=slate, by=organiser, at=NOON)
    twice = refusal(lambda: actions.approve(slate=slate, by=organiser, at=NOON))
    moved = refusal(
        lambda: actions.leave_vacant(award=slate.awards.get(code="first"), **told(slate))
    )
    actions.approve(slate=slate, by=supervisor, at=NOON)

    assert (twice, moved, slate.state) == ("approved_already", "approved", SlateState.DECIDED)
    actions.take_back_approval(slate=slate, by=supervisor, at=NOON)
    assert Slate.objects.get(pk=slate.pk).state == SlateState.DRAFT


def test_nobody_approves_a_list_with_holes():
    slate = a_slate(a_judged_contest(9, 8))

    by = appointed(slate.contest)
    assert refusal(lambda: actions.approve(slate=slate, by=by, at=NOON)) == "seats_open"

    actions.leave_vacant(award=slate.awards.get(entry=None), **told(slate))
    actions.approve(slate=slate, by=by, at=NOON)


def test_a_published_list_stays_until_the_next_one_takes_over():
    slate = published_slate()
    contest = slate.contest
    special = {"name_zh": "", "name_en": "Audience award"}

    fresh = a_slate(contest)
    actions.add_special(slate=fresh, entry=entry(fresh, 4), **special, **told(fresh))

    assert queries.published(contest) == slate
    actions.publish_slate(slate=approved(fresh), by=appointed(contest), at=NOON)
    assert queries.published(contest) == fresh
    assert [s.state for s in contest.slates.order_by("number")] == ["superseded", "published"]


def test_what_was_decided_by_hand_is_taken_over_into_the_next_proposal():
    slate = a_slate()
    special = {"name_zh": "", "name_en": "Audience award"}
    actions.add_special(slate=slate, entry=entry(slate, 4), **special, **told(slate))
    actions.leave_vacant(award=slate.awards.get(code="first"), **told(slate))

    fresh = a_slate(slate.contest)

    assert winners(fresh) == winners(slate)
    assert Award.objects.get(slate=fresh, is_special=True).why == "Minutes of the committee."


def test_a_list_from_a_notice_that_was_replaced_is_not_published():
    slate = approved(a_slate())
    contest, by = slate.contest, appointed(slate.contest)
    again = decided(a_standing(contest.stages.get()))
    standings.publish(standing=again, reason="A slip is mended.", by=by, at=NOON)

    assert refusal(lambda: actions.publish_slate(slate=slate, by=by, at=NOON)) == "newer_notice"
    assert a_slate(contest).number == 2
