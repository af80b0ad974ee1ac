from datetime import timedelta

import pytest

from leitai.foundation.models import Letter
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.people.testing import a_person, an_organisation
from leitai.rooms.screening import actions, queries
from leitai.rooms.screening.models import Check, Flag
from leitai.rooms.screening.rules import Finding, FlagKind, FlagState
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def waiting(contest=None, **fields):
    return an_entry(contest or a_contest(), state=State.SUBMITTED, **fields)


def test_a_passed_entry_is_valid_and_its_captain_knows():
    entry = waiting()

    actions.check_entry(
        entry=entry, finding=Finding.PASSED, seen=1, by=appointed(entry.contest), at=NOON
    )

    entry.refresh_from_db()
    assert entry.state == State.ACCEPTED
    assert [letter.to for letter in Letter.objects.all()] == [entry.members.get().email]


def test_a_returned_entry_may_be_corrected_until_the_day_it_was_told():
    entry, until = waiting(), NOON + timedelta(days=5)

    actions.check_entry(
        entry=entry, finding=Finding.RETURNED, seen=1, reasons=["incomplete"],
        note="Page 3 is missing.", resubmit_until=until, by=appointed(entry.contest), at=NOON,
    )  # fmt: skip

    entry.refresh_from_db()
    assert (entry.state, entry.returned_until) == (State.RETURNED, until)
    assert "Page 3 is missing." in Letter.objects.get().text


def test_of_two_who_check_at_once_one_is_refused():
    entry = waiting()
    twin, lin = Entry.objects.get(pk=entry.pk), appointed(entry.contest)
    actions.check_entry(entry=entry, finding=Finding.PASSED, seen=1, by=lin, at=NOON)

    with pytest.raises(NotPossible) as refusal:
        actions.check_entry(
            entry=twin, finding=Finding.REFUSED, seen=1, reasons=["off_topic"], by=lin, at=NOON
        )

    assert refusal.value.verdict.code == "not_waiting"
    assert Check.objects.count() == 1


def test_of_many_all_are_checked_or_none():
    contest = a_contest()
    good, newer = waiting(contest), waiting(contest, version=2)

    with pytest.raises(NotPossible):
        actions.check_many(
            entries=[good, newer], seen={good.pk: 1, newer.pk: 1}, finding=Finding.PASSED,
            by=appointed(contest), at=NOON,
        )  # fmt: skip

    good.refresh_from_db()
    assert good.state == State.SUBMITTED
    assert not Letter.objects.exists()


def test_a_finding_is_taken_back_and_stays_on_record():
    entry = waiting()
    lin = appointed(entry.contest)
    actions.check_entry(
        entry=entry, finding=Finding.REFUSED, seen=1, reasons=["off_topic"], by=lin, at=NOON
    )

    actions.take_back(entry=entry, by=lin, at=NOON)

    entry.refresh_from_db()
    assert entry.state == State.SUBMITTED
    assert Check.objects.get().taken_back_at == NOON


def test_the_same_organisation_and_the_same_people_are_flagged_once():
    contest, firm = a_contest(), an_organisation("Lishi")
    ada = a_person("Ada")
    one = waiting(contest, organisation=firm, captain=ada)
    other = waiting(contest, organisation=firm, captain=ada)
    waiting(contest)

    for _ in range(2):
        actions.find_flags(contest=contest, tell=lambda *_: None, by=None, at=NOON)

    kinds = {(f.kind, f.one_id, f.other_id) for f in Flag.objects.all()}
    assert (FlagKind.SAME_ORGANISATION, one.pk, other.pk) in kinds
    assert (FlagKind.SAME_PEOPLE, one.pk, other.pk) in kinds
    assert {(f.one_id, f.other_id) for f in Flag.objects.exclude(kind="same_text")} == {
        (one.pk, other.pk)
    }


def test_copied_text_is_flagged_with_its_passages():
    contest = a_contest()
    text = (
        "Forty years of machine setting know-how become parameter advice: the model listens to the "
        "injection unit and proposes pressure, speed and temperature before the first bad part."
    )
    one = waiting(contest, title_en="Advice", draft={"summary": text})
    other = waiting(contest, title_en="Know-how", draft={"summary": "In short. " + text})
    waiting(contest, title_en="Fall alerts", draft={"summary": "Skeletons, never faces, at night."})

    actions.find_flags(contest=contest, tell=lambda *_: None, by=None, at=NOON)

    flag = Flag.objects.get(kind=FlagKind.SAME_TEXT, one=one, other=other)
    assert "parameter advice" in " ".join(flag.evidence["passages"]).lower()


def test_merging_says_which_one_leaves():
    contest = a_contest()
    one, other = waiting(contest), waiting(contest)
    flag = Flag.objects.create(
        contest=contest, kind="same_text", one=one, other=other, likeness=1, raised_at=NOON
    )
    lin = appointed(contest)
    with pytest.raises(NotPossible):
        actions.settle_flag(flag=flag, state=FlagState.MERGED, by=lin, at=NOON)

    flag.refresh_from_db()
    actions.settle_flag(flag=flag, state=FlagState.MERGED, leaves=other, by=lin, at=NOON)

    other.refresh_from_db()
    assert (other.state, other.merged_into_id) == (State.WITHDRAWN, one.pk)
    assert queries.next_waiting(contest) == one
