"""What the secretariat's check makes of an entry; `screening` decides and calls these."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold, move
from leitai.rooms.people.models import User
from leitai.rooms.submissions import rules
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no


@transaction.atomic
def accept_entry(*, entry: Entry, by: User | None, at: datetime) -> Entry:
    return _settle(entry, rules.State.ACCEPTED, by=by, at=at)


@transaction.atomic
def refuse_entry(*, entry: Entry, by: User | None, at: datetime) -> Entry:
    return _settle(entry, rules.State.REFUSED, by=by, at=at)


@transaction.atomic
def return_entry(*, entry: Entry, until: datetime, by: User | None, at: datetime) -> Entry:
    """The team may mend it and hand it in again until then, also after the contest's deadline."""
    if until <= at:
        reason = _("The time to mend it must end later than now.")
        raise NotPossible(no("until_has_passed", reason))
    return _settle(entry, rules.State.RETURNED, by=by, at=at, until=until)


@transaction.atomic
def put_back_entry(*, entry: Entry, by: User | None, at: datetime) -> Entry:
    """A finding was taken back; the entry waits for its check again."""
    return _settle(entry, rules.State.SUBMITTED, by=by, at=at)


@transaction.atomic
def merge_entry(*, entry: Entry, into: Entry, by: User, at: datetime) -> Entry:
    """It was entered twice: this one leaves, the other one stays."""
    hold(entry)
    if into.pk == entry.pk or into.contest_id != entry.contest_id or into.merged_into_id:
        reason = _("An entry can only be merged into another one of its contest that stays.")
        raise NotPossible(no("cannot_merge", reason))
    move(entry, rules.State.WITHDRAWN, moves=rules.MOVES)
    entry.merged_into = into
    entry.save(update_fields=["merged_into"])
    journal.write("submissions.entry_merged", about=entry, by=by, at=at, into=into.pk)
    return entry


VERBS = {
    rules.State.ACCEPTED: "submissions.entry_accepted",
    rules.State.REFUSED: "submissions.entry_refused",
    rules.State.RETURNED: "submissions.entry_returned",
    rules.State.SUBMITTED: "submissions.entry_put_back",
}


def _settle(
    entry: Entry, to: rules.State, *, by: User | None, at: datetime, until: datetime | None = None
) -> Entry:
    hold(entry)
    move(entry, to, moves=rules.MOVES)
    entry.returned_until = until
    entry.save(update_fields=["returned_until"])
    data = {"until": until.isoformat()} if until else {}
    journal.write(VERBS[to], about=entry, by=by, at=at, version=entry.version, **data)
    return entry
