"""The audience's number stands beside the jury's, and can hardly be bought."""

from datetime import timedelta

import pytest

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Ballot
from leitai.rooms.finals.queries import audience as queries
from leitai.rooms.finals.testing import a_heat, a_session
from leitai.rooms.finals.tests.test_hall import body
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings.models import Standing

pytestmark = pytest.mark.django_db

EARLIER = NOON - timedelta(minutes=5)


@pytest.fixture
def poll():
    heat = a_heat(entries=2, jurors=5)
    a_session(heat)
    return actions.open_poll(heat=heat, by=appointed(heat.stage.contest), at=NOON)


def cast(poll, position, *, device="", by=None, **changes):
    entry = poll.heat.slots.get(position=position).entry
    asked = {"origin": "", "issued_at": EARLIER, "at": NOON, **changes}
    return actions.vote(poll=poll, entry=entry, device=device, by=by, **asked)


def test_one_vote_a_person_and_one_a_device_the_last_one_holds(poll):
    ada = a_person("Ada")
    cast(poll, 1, by=ada)
    cast(poll, 2, by=ada)
    cast(poll, 1, device="phone")
    cast(poll, 1, device="phone")

    assert [(t.votes, str(t.share)) for t in queries.tallied(poll)] == [(1, "50.0"), (1, "50.0")]
    assert "phone" not in Ballot.objects.exclude(device="").get().device


def test_votes_stand_on_the_board_when_somebody_shows_them(poll):
    session, by = poll.heat.sessions.get(), appointed(poll.heat.stage.contest)
    cast(poll, 2, device="phone")
    before = body(session)["audience"]

    actions.show_poll(poll=poll, is_shown=True, by=by, at=NOON)

    assert before == {"open": True}
    assert body(session)["audience"]["counts"] == [
        {"number": 1, "votes": 0}, {"number": 2, "votes": 1},
    ]  # fmt: skip


def test_a_crowd_from_one_network_is_flagged_and_then_stopped(poll):
    for n in range(60):
        cast(poll, 1, device=f"phone {n}", origin="192.0.2.1")
    with pytest.raises(NotPossible) as refusal:
        cast(poll, 1, device="one more", origin="192.0.2.1")
    hasty = cast(poll, 1, device="machine", origin="192.0.2.2", issued_at=NOON)

    doubtful = queries.doubtful(poll)
    by = appointed(poll.heat.stage.contest)
    n = actions.set_aside(
        poll=poll, ballots=Ballot.objects.values_list("pk", flat=True), by=by, at=NOON
    )

    assert refusal.value.verdict.code == "too_fast"
    assert (hasty.flags, len(doubtful), n) == (["hasty"], 41, 41)
    assert [t.votes for t in queries.tallied(poll)] == [20, 0]


def test_a_closed_vote_takes_nothing_and_no_vote_makes_a_standing(poll):
    by = appointed(poll.heat.stage.contest)
    with pytest.raises(NotPossible) as heavy:
        actions.open_poll(heat=poll.heat, weight=50, by=by, at=NOON)
    actions.close_poll(poll=poll, by=by, at=NOON)

    with pytest.raises(NotPossible) as closed:
        cast(poll, 1, device="phone")

    codes = (heavy.value.verdict.code, closed.value.verdict.code)
    assert codes == ("too_heavy", "poll_closed")
    assert not Standing.objects.exists()


def test_who_leaves_takes_their_name_off_their_vote(poll):
    ada = a_person("Ada")
    cast(poll, 1, by=ada)
    before = queries.halls_of(ada)

    actions.forget_person(person=ada, by=ada, at=NOON)

    assert [row["vote"] for row in before] == [poll.pk]
    assert queries.halls_of(ada) == []
    assert [t.votes for t in queries.tallied(poll)] == [1, 0]
