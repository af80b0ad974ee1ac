"""Heats of the demo edition, and one that plays itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leitai.foundation import journal
from leitai.foundation.models import Line
from leitai.rooms.contests.models import Contest
from leitai.rooms.finals.models import Heat, Session, Slot
from leitai.rooms.finals.queries import preparing
from leitai.rooms.finals.rules import HeatState, SessionState, lot
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.models import User
from leitai.site.demo.load.whole import load
from leitai.site.demo.play.evening import Evening, playable
from leitai.site.demo.play.pace import Pace, Stopped

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker):
    """A small edition as it is now, for all of these; each test's own deeds are rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load(size="tiny", seed=3, now=timezone.now())
        yield
        transaction.set_rollback(True)


def evening(heat, *, pace=None, **options):
    return Evening(
        heat=heat, by=User.objects.get(email="organiser@example.org"), now=timezone.now,
        wait=(pace or Pace(0)).wait, tell=lambda words: None, **options,
    )  # fmt: skip


def the_book_holds():
    book = f"contest:{Contest.objects.get(slug='direct').pk}"
    return not list(journal.breaks(Line.objects.filter(book=book).order_by("number")))


@pytest.mark.usefixtures("_demo")
def test_one_heat_is_over_and_the_next_is_ready():
    over, ready = Heat.objects.order_by("number")

    assert (over.state, ready.state) == (HeatState.CLOSED, HeatState.READY)
    result = over.results.get()
    assert [row["place"] for row in result.rows] and result.recounts.get().faults == []
    missing = [p for p in preparing.readiness_of(ready, timezone.now()) if p.how == "missing"]
    assert missing == []
    drawn = ready.lots.get()
    assert lot.faults(
        told=drawn.commitment, seed=drawn.seed, codes=drawn.codes, drawn=drawn.order
    ) == []  # fmt: skip
    assert the_book_holds()


@pytest.mark.usefixtures("_demo")
def test_a_heat_plays_itself_once_and_is_taken_up_where_it_was_stopped():
    (ready,) = playable(Heat.objects.order_by("number"))
    pace, steps = Pace(0), iter(range(1000))

    def wait(seconds):
        if next(steps) == 12:
            pace.stop()
        pace.wait(seconds)

    stopped = evening(ready)
    stopped.wait = wait
    with pytest.raises(Stopped):
        stopped.play()
    stopped.stop()

    session = evening(ready).play()

    ready.refresh_from_db()
    everybody = ready.seats.count() * ready.slots.count()
    tied = 1  # one juror does not mark one entry
    sheets = Sheet.objects.filter(stage=ready.stage, entry__slots__heat=ready, state="sealed")
    assert (session.state, ready.state) == (SessionState.CLOSED, HeatState.CLOSED)
    assert Session.objects.filter(heat=ready).count() == 1
    assert sheets.count() == everybody - tied
    assert len(ready.results.get().rows) == ready.slots.count()
    assert playable(Heat.objects.order_by("number")) == []
    assert the_book_holds()


@pytest.mark.usefixtures("_demo")
def test_a_rehearsal_leaves_nothing():
    (ready,) = playable(Heat.objects.order_by("number"))
    before = (Sheet.objects.count(), list(Slot.objects.values("state", "position")))

    session = evening(ready, is_rehearsal=True).play()

    assert (Sheet.objects.count(), list(Slot.objects.values("state", "position"))) == before
    ready.refresh_from_db()
    assert (session.state, ready.state) == (SessionState.CLOSED, HeatState.READY)


def test_the_pace_ends_at_the_next_wait():
    pace = Pace(60)
    pace.stop()

    with pytest.raises(Stopped):
        pace.wait(timedelta(hours=1).total_seconds())
