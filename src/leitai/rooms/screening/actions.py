"""The secretariat passes, refuses or returns entries, and settles what looks double."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from leitai.foundation import jobs, journal
from leitai.foundation.models import Job
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, hold_all, move
from leitai.rooms.contests.models import Contest
from leitai.rooms.people.models import User
from leitai.rooms.screening import notices, queries, rules
from leitai.rooms.screening.models import Check, Echo, Flag
from leitai.rooms.screening.rules import ECHO_MOVES, FLAG_MOVES, Finding, FlagState
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.models import Entry


@transaction.atomic
def check_entry(
    *,
    entry: Entry,
    finding: str,
    seen: int,
    reasons: Sequence[str] = (),
    note: str = "",
    resubmit_until: datetime | None = None,
    by: User,
    at: datetime,
) -> Check:
    """Write down what was found about the version `seen`, tell the team, and move the entry."""
    hold(entry)
    require(
        rules.may_find(
            finding, entry_state=entry.state, seen=seen, version=entry.version, reasons=reasons,
            resubmit_until=resubmit_until, at=at,
        )
    )  # fmt: skip
    check = Check.objects.create(
        entry=entry, version=seen, finding=finding, reasons=list(reasons), note=note,
        resubmit_until=resubmit_until, by=by, at=at,
    )  # fmt: skip
    if finding == Finding.PASSED:
        submissions.accept_entry(entry=entry, by=by, at=at)
    elif finding == Finding.REFUSED:
        submissions.refuse_entry(entry=entry, by=by, at=at)
    else:
        assert resubmit_until is not None
        submissions.return_entry(entry=entry, until=resubmit_until, by=by, at=at)
    journal.write(
        f"screening.entry_{finding}", about=entry, by=by, at=at, version=seen, reasons=list(reasons)
    )
    notices.checked(check, at=at)
    return check


def check_many(
    *,
    entries: Sequence[Entry],
    seen: dict[int, int],
    finding: str,
    reasons: Sequence[str] = (),
    note: str = "",
    resubmit_until: datetime | None = None,
    by: User,
    at: datetime,
) -> list[Check]:
    """The same finding for many, all or none: one that cannot be checked stops them all."""
    with transaction.atomic():
        hold_all(Entry.objects.filter(pk__in=[entry.pk for entry in entries]))
        return [
            check_entry(
                entry=entry, finding=finding, seen=seen.get(entry.pk, 0), reasons=reasons,
                note=note, resubmit_until=resubmit_until, by=by, at=at,
            )
            for entry in sorted(entries, key=lambda e: e.pk)
        ]  # fmt: skip


@transaction.atomic
def take_back(*, entry: Entry, by: User, at: datetime) -> Entry:
    """The last finding was a mistake; the entry waits again, and the mistake stays on record."""
    hold(entry)
    submissions.put_back_entry(entry=entry, by=by, at=at)
    entry.checks.filter(taken_back_at=None).update(taken_back_at=at)
    journal.write("screening.check_taken_back", about=entry, by=by, at=at)
    return entry


def ask_for_flags(*, contest: Contest, by: User, at: datetime) -> Job:
    """Look for pairs in the background; one search a contest at a time."""
    running = queries.last_search(contest)
    if running is not None and running.is_open:
        return running
    lock = f"contest-{contest.pk}-flags"
    return jobs.ask(queries.FLAGS_JOB, by=by, at=at, lock=lock, contest_id=contest.pk)


def find_flags(
    *, contest: Contest, tell: Callable[[float, str], None], by: User | None, at: datetime
) -> list[Flag]:
    """Compare the contest's entries with each other and with those of all other contests."""
    tell(0.01, gettext_noop("Comparing entries"))
    found = queries.alike(contest, tell=lambda s: tell(s, gettext_noop("Comparing entries")))
    for flag in found.flags:
        flag.raised_at = at
    for echo in found.echoes:
        echo.raised_at = at
    tell(0.95, gettext_noop("Writing down what was found"))
    raise_echoes(echoes=found.echoes, by=by, at=at)
    return raise_flags(flags=found.flags, by=by, at=at)


@transaction.atomic
def raise_flags(*, flags: Sequence[Flag], by: User | None, at: datetime) -> list[Flag]:
    """Write down pairs that look double; pairs somebody has settled already stay settled."""
    known = set(
        Flag.objects.filter(contest__in={f.contest_id for f in flags}).values_list(
            "kind", "one", "other"
        )
    )
    fresh = [f for f in flags if (f.kind, f.one_id, f.other_id) not in known]
    Flag.objects.bulk_create(fresh, batch_size=1000)
    lines = [
        journal.compose("screening.flag_raised", about=flag, by=by, at=at, kind=flag.kind)
        for flag in fresh
    ]
    if lines:
        journal.append(lines[0].book, lines)
    return fresh


@transaction.atomic
def raise_echoes(*, echoes: Sequence[Echo], by: User | None, at: datetime) -> list[Echo]:
    """Write down which entries echo another contest; what was settled stays settled."""
    known = set(
        Echo.objects.filter(entry__in={e.entry_id for e in echoes}).values_list("entry", "other")
    )
    fresh = [e for e in echoes if (e.entry_id, e.other_id) not in known]
    Echo.objects.bulk_create(fresh, batch_size=1000)
    lines = [journal.compose("screening.echo_raised", about=echo, by=by, at=at) for echo in fresh]
    if lines:
        journal.append(lines[0].book, lines)
    return fresh


@transaction.atomic
def settle_echo(*, echo: Echo, state: str, by: User, at: datetime) -> Echo:
    """Harmless, or to be looked at again; the entry itself is dealt with in its check."""
    hold(echo)
    move(echo, state, moves=ECHO_MOVES)
    echo.settled_by = by
    echo.save(update_fields=["settled_by"])
    journal.write("screening.echo_settled", about=echo, by=by, at=at, state=state)
    return echo


@transaction.atomic
def settle_flag(
    *, flag: Flag, state: str, leaves: Entry | None = None, by: User, at: datetime
) -> Flag:
    """Harmless, or the same entry twice: then one of the two (`leaves`) leaves the contest."""
    hold(flag)
    move(flag, state, moves=FLAG_MOVES)
    flag.settled_by = by
    flag.save(update_fields=["settled_by"])
    if state == FlagState.MERGED:
        if leaves is None or leaves.pk not in (flag.one_id, flag.other_id):
            raise NotPossible(rules.NEEDS_ONE_TO_LEAVE)
        stays = flag.other if leaves.pk == flag.one_id else flag.one
        submissions.merge_entry(entry=leaves, into=stays, by=by, at=at)
        notices.merged(leaves, stays, at=at)
    journal.write("screening.flag_settled", about=flag, by=by, at=at, state=state)
    return flag
