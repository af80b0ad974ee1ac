"""Ties between jurors and entries: found, named, noted, lifted."""

import pytest

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.demands.models import Demand
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Conflict
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.jury.testing import a_juror, a_sheet, sealed
from leitai.rooms.people.models import Affiliation, Holding
from leitai.rooms.people.testing import a_person, an_organisation
from leitai.rooms.submissions.models import Answer, Member
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def grounds(contest):
    return {
        (queries.Tie(tie.juror, tie.entry, tie.ground).juror, tie.entry): tie.ground
        for tie in queries.ties(contest, at=NOON)
    }


def derive(contest):
    return actions.derive_conflicts(contest=contest, by=None, at=NOON)


def test_one_house_under_two_spellings_is_one_house():
    contest = a_contest()
    ours = an_organisation("Lishi Intelligence Co., Ltd.")
    theirs = an_organisation("LISHI  Intelligence")
    juror = a_juror("Ada", contest=contest, organisation=ours)
    entry = an_entry(contest, organisation=theirs)
    an_entry(contest)

    assert grounds(contest) == {(juror.pk, entry.pk): "same_organisation"}


def test_one_registration_code_is_one_house():
    contest = a_contest()
    juror = a_juror("Ada", contest=contest, organisation=an_organisation("A", code="9131X"))
    entry = an_entry(contest, organisation=an_organisation("B", code="9131x"))

    assert grounds(contest) == {(juror.pk, entry.pk): "same_organisation"}


def test_where_a_juror_works_counts_as_well():
    contest = a_contest()
    house = an_organisation()
    juror = a_juror("Ada", contest=contest)
    Affiliation.objects.create(user=juror.user, organisation=house)
    entry = an_entry(contest, organisation=house)

    assert grounds(contest) == {(juror.pk, entry.pk): "same_organisation"}


def test_the_domain_of_a_house_ties_and_that_of_a_public_mail_house_does_not():
    contest = a_contest()
    juror = a_juror("Ada", contest=contest)
    entry, other = an_entry(contest), an_entry(contest)
    juror.email = "ada@lab.lishi.example"
    juror.save()
    entry.members.update(email="cao@lab.lishi.example", user=None)
    other.members.update(email="dai@163.com", user=None)

    assert grounds(contest) == {(juror.pk, entry.pk): "email_domain"}


def test_an_investor_keeps_away_from_the_own_portfolio():
    contest = a_contest()
    fund, firm = an_organisation("Harbour Fund", kind="fund"), an_organisation("Weld AI")
    Holding.objects.create(investor=fund, firm=firm)
    juror = a_juror("Ivo", contest=contest, organisation=fund)
    entry = an_entry(contest, organisation=firm)

    assert grounds(contest) == {(juror.pk, entry.pk): "portfolio"}


def test_who_asked_does_not_judge_the_answer():
    contest = a_contest()
    owner = an_organisation("Port Authority")
    demand = Demand.objects.create(
        contest=contest, owner=owner, scenario=contest.edition.scenarios.first(), made_at=NOON
    )
    juror = a_juror("Dan", contest=contest, organisation=owner)
    entry = an_entry(contest)
    Answer.objects.create(entry=entry, demand=demand, at=NOON)

    assert grounds(contest) == {(juror.pk, entry.pk): "own_demand"}


@pytest.mark.parametrize(("role", "ground"), [("member", "team_member"), ("advisor", "mentor")])
def test_nobody_judges_the_own_team_nor_the_one_they_coach(role, ground):
    contest = a_contest()
    juror = a_juror("Ada", contest=contest)
    entry = an_entry(contest)
    Member.objects.create(entry=entry, name="Ada", email="ADA@example.org", role=role)

    assert grounds(contest) == {(juror.pk, entry.pk): ground}


def test_jurors_of_another_contest_are_left_alone():
    house = an_organisation()
    here, there = a_contest(), a_contest("application")
    a_juror("Ada", contest=there, organisation=house)
    an_entry(here, organisation=house)

    assert grounds(here) == grounds(there) == {}


def test_deriving_twice_writes_once_and_what_was_lifted_stays_lifted():
    contest = a_contest()
    house = an_organisation()
    a_juror("Ada", contest=contest, organisation=house)
    an_entry(contest, organisation=house)
    first = derive(contest)
    actions.lift_conflict(
        conflict=Conflict.objects.get(), why="Another firm of that name", by=None, at=NOON
    )

    assert (first, derive(contest)) == (1, 0)
    assert not Conflict.objects.in_force().exists()


def test_a_derived_tie_takes_open_sheets_away_and_leaves_sealed_ones_to_the_organiser():
    house = an_organisation()
    juror = a_juror("Ada")
    juror.organisation = house
    juror.save()
    open_, done = a_sheet(juror=juror), sealed(a_sheet(juror=juror), 7, 8)
    for sheet in (open_, done):
        sheet.entry.organisation = house
        sheet.entry.save()

    derive(juror.contest)

    for sheet in (open_, done):
        sheet.refresh_from_db()
    assert (open_.state, done.state) == (SheetState.RECUSED, SheetState.SEALED)


def test_a_tie_named_after_sealing_takes_the_sheet_out():
    sheet = sealed(a_sheet(), 7, 8)

    actions.declare_conflict(
        juror=sheet.juror, entry=sheet.entry, ground="personal", by=sheet.juror.user, at=NOON
    )

    sheet.refresh_from_db()
    assert sheet.state == SheetState.RECUSED
    assert queries.marks(sheet.stage) == []


def test_a_tie_named_twice_is_one_and_named_again_after_lifting_is_in_force():
    juror, entry = a_juror("Ada"), an_entry()
    said = {"juror": juror, "entry": entry, "ground": "other", "by": juror.user, "at": NOON}
    one, two = actions.declare_conflict(**said), actions.declare_conflict(**said)
    actions.lift_conflict(conflict=one, why="Said in error", by=a_person("Olga"), at=NOON)

    three = actions.declare_conflict(**said)

    assert one.pk == two.pk == three.pk
    assert queries.has_conflict(juror, entry.pk)


def test_lifting_needs_a_reason():
    conflict = actions.object_to_juror(
        juror=a_juror(), entry=an_entry(), ground="personal", note="Cousins", by=None, at=NOON
    )

    with pytest.raises(NotPossible) as refusal:
        actions.lift_conflict(conflict=conflict, why=" ", by=None, at=NOON)

    assert refusal.value.verdict.code == "reason_missing"


def test_an_entry_of_another_contest_is_no_entry_here():
    with pytest.raises(NotPossible):
        actions.declare_conflict(
            juror=a_juror("Ada", contest=a_contest()), entry=an_entry(a_contest("other")),
            ground="other", by=None, at=NOON,
        )  # fmt: skip
