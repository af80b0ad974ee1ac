"""Two people at once: whoever comes second waits, and nobody waits for ever.

Everybody holds rows first and writes the journal after, so whoever has the journal wants nothing
that somebody else could hold.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Event

import pytest
from django.db import connection, transaction

from leitai.foundation import journal
from leitai.foundation.states import hold
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.testing import a_juror, a_sheet
from leitai.rooms.people import actions as people
from leitai.rooms.people.testing import a_person
from leitai.rooms.screening import actions as screening
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.testing import a_draft, an_entry, handed_in

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
A_MOMENT = 0.5


def naming_an_organisation():
    """Points at the person who does it."""
    ada = a_person("Ada")
    values = {"name_en": "Lishi", "kind": "company"}
    return ada, partial(people.speak_for, values=values, title="", by=ada, at=NOON)


def removing_somebody_who_joins():
    entry = a_draft()
    member = submissions.add_member(
        entry=entry, name="Bo", email="", role="member", about="", by=entry.begun_by, at=NOON
    )
    return member, partial(submissions.remove_member, member=member, by=entry.begun_by, at=NOON)


def removing_an_answer_whose_consent_is_taken_back():
    entry = a_draft()
    answer = submissions.answer_demand(
        entry=entry, demand=a_demand(entry.contest), shows="teaser", note="", by=entry.begun_by,
        at=NOON,
    )  # fmt: skip
    return answer, partial(submissions.remove_answer, answer=answer, by=entry.begun_by, at=NOON)


def checking_many_while_one_is_handed_in_anew():
    first = handed_in(a_draft())
    second = handed_in(a_draft(first.contest, by=a_person("Bo")))
    seen = {first.pk: 1, second.pk: 1}
    return second, partial(
        screening.check_many, entries=[first, second], seen=seen, finding="passed",
        by=a_person("Sec"), at=NOON,
    )  # fmt: skip


def finding_ties_while_one_sheet_is_sealed():
    ada = a_person("Ada")
    one, other = an_entry(captain=ada), an_entry(captain=ada)
    juror = a_juror("Ada", contest=one.contest)
    a_sheet(juror=juror, entry=one)
    last = a_sheet(juror=juror, entry=other)
    return last, partial(jury.derive_conflicts, contest=one.contest, by=ada, at=NOON)


@pytest.mark.parametrize(
    "story",
    [
        naming_an_organisation,
        removing_somebody_who_joins,
        removing_an_answer_whose_consent_is_taken_back,
        checking_many_while_one_is_handed_in_anew,
        finding_ties_while_one_sheet_is_sealed,
    ],
)
def test_nobody_waits_for_ever(story):
    row, deed = story()
    is_held = Event()

    def first():
        with transaction.atomic():
            hold(row)
            is_held.set()
            Event().wait(A_MOMENT)
            journal.write("people.profile_changed", about=row, by=None, at=NOON)

    def second():
        is_held.wait(10)
        deed()

    def ended(what):
        try:
            what()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(ended, what) for what in (first, second)]:
            done.result(30)
