import pytest

from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.demands import actions
from leitai.rooms.demands.models import Demand
from leitai.rooms.demands.rules import State
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db

WORDS = {"title_en": "Count instruments", "background_en": "By hand.", "cooperation": ["pilot"]}
INDICATOR = {"name_en": "Miscounts", "target": "≤ 1 in 1,000"}


def a_draft(**fields) -> Demand:
    return a_demand(state=State.DRAFT, number=None, cooperation=["pilot"], **fields)


def test_from_draft_to_board_the_demand_gets_the_next_number_and_its_poster_a_letter():
    poster = a_person("Wei")
    demand = a_draft(posted_by=poster)

    actions.send_demand(demand=demand, by=poster, at=NOON)
    actions.publish_demand(demand=demand, by=a_person("Lin"), at=NOON)

    demand.refresh_from_db()
    assert (demand.state, demand.number) == (State.PUBLISHED, 1)
    assert list(Line.objects.values_list("verb", flat=True)) == [
        "demands.demand_sent", "demands.demand_published",
    ]  # fmt: skip
    assert [letter.to for letter in Letter.objects.all()] == [poster.email]


def test_of_two_who_save_the_second_is_told_and_the_first_is_kept():
    demand, wei = a_draft(), a_person("Wei")
    twin = Demand.objects.get(pk=demand.pk)
    actions.change_demand(
        demand=demand, base=0, values=WORDS, indicators=[INDICATOR], by=wei, at=NOON
    )

    with pytest.raises(NotPossible) as refusal:
        actions.change_demand(
            demand=twin, base=0, values=WORDS | {"title_en": "B"}, indicators=[], by=wei, at=NOON
        )  # fmt: skip

    assert refusal.value.verdict.code == "changed_meanwhile"
    assert Demand.objects.get(pk=demand.pk).title_en == "Count instruments"


def test_numbers_have_no_gap_when_a_demand_is_returned():
    contest = a_contest()
    first, second = (a_draft(contest=contest) for _ in range(2))
    for demand in (first, second):
        actions.send_demand(demand=demand, by=a_person("Wei"), at=NOON)
    actions.return_demand(demand=first, why="Say how it is tested.", by=a_person("Lin"), at=NOON)

    actions.publish_demand(demand=second, by=a_person("Lin"), at=NOON)

    assert second.number == 1
    assert first.returned_why == "Say how it is tested."


def test_a_demand_without_indicators_is_not_sent():
    demand = a_draft()
    demand.indicators.all().delete()

    with pytest.raises(NotPossible) as refusal:
        actions.send_demand(demand=demand, by=a_person("Wei"), at=NOON)

    assert refusal.value.verdict.code == "incomplete"


def test_inviting_twice_writes_one_letter():
    demand = a_demand(visibility="invited")
    for _ in range(2):
        actions.invite_answerer(demand=demand, email="Ann@example.org", by=a_person("Wei"), at=NOON)

    assert Letter.objects.filter(to="ann@example.org").count() == 1
