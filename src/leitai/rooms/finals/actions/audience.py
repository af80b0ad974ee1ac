"""The audience votes: one vote a person or a device, doubtful ones kept apart."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.finals.actions.stage import changed
from leitai.rooms.finals.models import Ballot, Crew, Heat, Poll
from leitai.rooms.finals.rules import PITCHING, POLL_MOVES, PollState, SessionState
from leitai.rooms.finals.rules import audience as rules
from leitai.rooms.finals.rules.running import may_vote
from leitai.rooms.people.models import User
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no


@transaction.atomic
def open_poll(
    *, heat: Heat, weight: int = 0, needs_account: bool = False, by: User, at: datetime
) -> Poll:
    """The vote begins, or goes on; its weight is fixed with the first vote."""
    hold(heat)
    require(rules.may_open_poll(weight=weight, entries=heat.slots.count()))
    poll = Poll.objects.filter(heat=heat).first()
    if poll is None:
        poll = Poll.objects.create(
            heat=heat, weight=weight, needs_account=needs_account, opened_at=at
        )
    else:
        hold(poll)
        if poll.weight != weight and poll.ballots.exists():
            raise NotPossible(no("votes_given", _("Votes are given; the weight stands.")))
        if poll.state != PollState.OPEN:
            move(poll, PollState.OPEN, moves=POLL_MOVES)
        poll.weight, poll.needs_account, poll.closed_at = weight, needs_account, None
        poll.save(update_fields=["weight", "needs_account", "closed_at"])
    _show(poll, at=at)
    journal.write("finals.poll_opened", about=poll, by=by, at=at, weight=weight)
    return poll


@transaction.atomic
def close_poll(*, poll: Poll, by: User, at: datetime) -> Poll:
    hold(poll)
    move(poll, PollState.CLOSED, moves=POLL_MOVES)
    poll.closed_at = at
    poll.save(update_fields=["closed_at"])
    _show(poll, at=at)
    journal.write("finals.poll_closed", about=poll, by=by, at=at, votes=poll.ballots.count())
    return poll


@transaction.atomic
def show_poll(*, poll: Poll, is_shown: bool, by: User, at: datetime) -> Poll:
    """Counts go on the board, or off it."""
    hold(poll)
    poll.is_shown = is_shown
    poll.save(update_fields=["is_shown"])
    _show(poll, at=at)
    journal.write("finals.poll_shown", about=poll, by=by, at=at, shown=is_shown)
    return poll


@transaction.atomic
def vote(
    *, poll: Poll, entry: Entry, device: str = "", origin: str = "",
    issued_at: datetime | None = None, by: User | None, at: datetime,
) -> Ballot:  # fmt: skip
    """One vote of a signed-in person (`by`), or of the device that holds the token `device`, which
    was given to it at `issued_at`; the last one holds as long as the vote is open. Token and
    network address (`origin`) are kept as keyed hashes alone. Nothing goes into the journal: how
    somebody votes is their own affair."""
    here = poll.heat.slots.filter(entry=entry, state__in=PITCHING).exists()
    require(
        may_vote(
            poll.state, needs_account=poll.needs_account, has_account=by is not None, is_here=here
        )
    )
    if by is None and not device:
        raise NotPossible(no("no_token", _("Please open the page of the vote again.")))
    owner = {"user": by} if by is not None else {"device": _keyed("device", device)}
    earlier = Ballot.objects.filter(poll=poll, **owner).first()
    if earlier is not None:
        hold(earlier)
        earlier.entry, earlier.at = entry, at
        earlier.save(update_fields=["entry", "at"])
        return earlier
    hashed = _keyed("origin", origin) if origin else ""
    recent = 0
    if hashed:
        recent = poll.ballots.filter(origin=hashed, at__gt=at - rules.BURST).count()
    require(rules.may_cast(recent))
    age = rules.token_age(issued_at, at) if by is None else None
    try:
        with transaction.atomic():
            return Ballot.objects.create(
                poll=poll, entry=entry, origin=hashed, at=at,
                flags=rules.flags(recent=recent, age=age), **owner,
            )  # fmt: skip
    except IntegrityError:  # the same owner a moment ago, through another worker
        return Ballot.objects.get(poll=poll, **owner)


def _keyed(what: str, text: str) -> str:
    return salted_hmac(f"leitai.finals.{what}", text, algorithm="sha256").hexdigest()


@transaction.atomic
def set_aside(*, poll: Poll, ballots: Sequence[int], by: User, at: datetime) -> int:
    """Doubtful votes no longer count; only flagged ones can be set aside, and they stay."""
    hold(poll)
    doubtful = poll.ballots.filter(pk__in=ballots, set_aside_at=None).exclude(flags=[])
    n = doubtful.update(set_aside_at=at)
    if n:
        _show(poll, at=at)
        journal.write("finals.ballots_set_aside", about=poll, by=by, at=at, n=n)
    return n


@transaction.atomic
def forget_person(*, person: User, by: User | None, at: datetime) -> None:
    """Their votes stay as votes of nobody, and their posts in halls end."""
    Ballot.objects.filter(user=person).update(user=None)
    Crew.objects.filter(user=person, ended_at=None).update(ended_at=at)


def _show(poll: Poll, *, at: datetime) -> None:
    """On the board of an open session."""
    sessions = poll.heat.sessions.filter(is_rehearsal=False, state=SessionState.OPEN)
    session = sessions.first()
    if session is not None:
        hold(session)
        changed(session, at=at)
