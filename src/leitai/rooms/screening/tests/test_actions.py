from datetime import timedelta

import pytest

from leitai.foundation.models import Letter
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.people.testing import a_person, an_organisation
from leitai.rooms.screening import actions, queries
from leitai.rooms.screening.models import Check, Echo, Flag
from leitai.rooms.screening.rules import EchoState, Finding, FlagKind, FlagState
from leitai.rooms.submissions.models import Entry, Version
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def waiting(contest=None, **fields):
    return an_entry(contest or a_contest(), **{"state": State.SUBMITTED, **fields})


def saying(contest, text, **fields):
    """An entry that was handed in with this summary; what it drafts meanwhile is something else."""
    entry = waiting(contest, draft={"summary": "A secret idea that nobody may see." * 5}, **fields)
    Version.objects.create(
        entry=entry, number=1, receipt=f"R-{entry.pk}", body={"values": {"summary": text}}, at=NOON
    )
    return entry


def search(contest):
    actions.find_flags(contest=contest, tell=lambda *_: None, by=None, at=NOON)


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


ADVICE = (
    "Forty years of machine setting know-how become parameter advice: the model listens to the "
    "injection unit and proposes pressure, speed and temperature before the first bad part."
)


def test_copied_text_is_flagged_with_its_passages_in_both():
    contest = a_contest()
    one = saying(contest, ADVICE, title_en="Advice")
    other = saying(contest, "In short. " + ADVICE, title_en="Know-how")
    saying(contest, "Skeletons, never faces, at night.", title_en="Fall alerts")

    search(contest)

    flag = Flag.objects.get(kind=FlagKind.SAME_TEXT, one=one, other=other)
    ((here, there), *_) = flag.evidence["sides"]
    assert here["text"] == there["text"]
    assert here["text"].startswith("Forty years")
    assert there["before"].endswith("In short. ")


def test_what_is_only_drafted_is_compared_with_nothing():
    contest = a_contest()
    saying(contest, ADVICE)
    saying(contest, "Skeletons, never faces, at night.")

    search(contest)

    assert not Flag.objects.filter(kind=FlagKind.SAME_TEXT).exists()


def test_a_text_of_an_earlier_edition_is_an_echo_once_and_belongs_to_the_later_contest():
    earlier, later = a_contest("y2024"), a_contest("y2025")
    old, new = saying(earlier, ADVICE), saying(later, ADVICE + " Now with sound.")
    saying(earlier, ADVICE, state=State.WITHDRAWN)

    search(later)
    search(later)

    assert [(e.entry, e.other) for e in Echo.objects.all()] == [(new, old)]
    assert not Flag.objects.filter(kind=FlagKind.SAME_TEXT).exists()
    assert list(queries.echoes(later)) == list(Echo.objects.all())
    assert not queries.echoes(earlier).exists()


def test_a_harmless_echo_stays_harmless_until_somebody_looks_again():
    earlier, later = a_contest("y2024"), a_contest("y2025")
    saying(earlier, ADVICE)
    saying(later, ADVICE)
    search(later)
    echo, lin = Echo.objects.get(), appointed(later)

    actions.settle_echo(echo=echo, state=EchoState.HARMLESS, by=lin, at=NOON)
    search(later)

    assert Echo.objects.get().state == EchoState.HARMLESS
    with pytest.raises(NotPossible):
        actions.settle_echo(echo=echo, state=FlagState.MERGED, by=lin, at=NOON)


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
