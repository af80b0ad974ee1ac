"""What the desk puts on the board: marks, standing, freeze, results."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.finals import queries
from leitai.rooms.finals.actions.stage import changed, on_stage, require_open
from leitai.rooms.finals.models import Session
from leitai.rooms.finals.queries.board import frozen_lines
from leitai.rooms.finals.queries.hall import Hall
from leitai.rooms.finals.rules import Scene, running
from leitai.rooms.people.models import User
from leitai.values.verdict import no

FREE = frozenset({Scene.IDLE, Scene.PITCH, Scene.MARKS, Scene.STANDING})


@transaction.atomic
def reveal_marks(*, session: Session, all: bool = False, by: User, at: datetime) -> Session:
    """The next seat's mark of the entry on stage, or all of them at once."""
    hold(session)
    hall = queries.hall_of(session)
    _require_may_reveal(hall, session)
    here = hall.on_stage
    assert here is not None
    seats = [seat.number for seat, _given in hall.sealed(here.id)]
    hidden = [n for n in seats if n not in session.shown]
    fresh = hidden if all else hidden[:1]
    if not fresh and session.scene == Scene.MARKS:
        return session
    session.shown, session.scene = [*session.shown, *fresh], Scene.MARKS
    changed(session, "shown", "scene", at=at)
    journal.write("finals.marks_revealed", about=session, by=by, at=at, entry=here.id,
                  seats=session.shown)  # fmt: skip
    return session


@transaction.atomic
def reveal_result(*, session: Session, by: User, at: datetime) -> Session:
    """Score and place of the entry on stage; all its marks are shown with it, and from now on it
    stands in the running standing."""
    hold(session)
    hall = queries.hall_of(session)
    _require_may_reveal(hall, session)
    slot = on_stage(session)
    assert slot is not None and hall.on_stage is not None
    hold(slot)
    if slot.revealed_at is None:
        slot.revealed_at = at
        slot.save(update_fields=["revealed_at"])
    session.shown = [seat.number for seat, _given in hall.sealed(hall.on_stage.id)]
    session.is_result_shown, session.scene = True, Scene.MARKS
    changed(session, "shown", "is_result_shown", "scene", at=at)
    journal.write("finals.result_revealed", about=session, by=by, at=at, entry=hall.on_stage.id)
    return session


def _require_may_reveal(hall: Hall, session: Session) -> None:
    here, live = hall.on_stage, hall.heat.stage.rule.live
    require(
        running.may_reveal(
            session.state, has_entry=here is not None, is_frozen=session.frozen is not None,
            missing=len(hall.missing(here.id)) if here else 0,
            seconds=hall.seconds.get(here.id, 0) if here else 0,
            shown=live.shown if live and not session.is_rehearsal else "on_the_spot",
            scored=bool(here and hall.sealed(here.id)),
        )
    )  # fmt: skip


@transaction.atomic
def show_scene(*, session: Session, scene: str, by: User, at: datetime) -> Session:
    """Another picture: title, entry and clock, marks, running standing. None reveals anything."""
    hold(session)
    require_open(session)
    if scene not in FREE:
        raise NotPossible(no("no_such_scene", _("This picture comes with a deed of its own.")))
    is_frozen = session.frozen is not None and scene == Scene.STANDING
    session.scene = Scene.FROZEN if is_frozen else Scene(scene)
    changed(session, "scene", at=at)
    journal.write("finals.scene_shown", about=session, by=by, at=at, scene=session.scene)
    return session


@transaction.atomic
def freeze(*, session: Session, by: User, at: datetime) -> Session:
    """From now on the public's standing stands still, and no mark is shown; scoring goes on."""
    hold(session)
    require_open(session)
    if session.frozen is not None:
        return session
    session.frozen = frozen_lines(queries.hall_of(session))
    session.scene, session.shown, session.is_result_shown = Scene.FROZEN, [], False
    changed(session, "frozen", "scene", "shown", "is_result_shown", at=at)
    journal.write("finals.board_frozen", about=session, by=by, at=at)
    return session


@transaction.atomic
def thaw(*, session: Session, by: User, at: datetime) -> Session:
    """The board follows again. What was not revealed before stays hidden until it is."""
    hold(session)
    require_open(session)
    if session.frozen is None:
        return session
    session.frozen, session.scene = None, Scene.STANDING
    changed(session, "frozen", "scene", at=at)
    journal.write("finals.board_thawed", about=session, by=by, at=at)
    return session


@transaction.atomic
def show_results(*, session: Session, by: User, at: datetime) -> Session:
    """Everything is revealed, when every mark is in; level entries share a place until the chair
    has settled it."""
    hold(session)
    hall = queries.hall_of(session)
    require(
        running.may_show_results(
            session.state, waiting=len(hall.waiting) if not session.is_rehearsal else 0,
            unsealed=hall.unsealed, seconds=sum(hall.seconds.values()),
        )
    )  # fmt: skip
    rows = session.practice_slots if session.is_rehearsal else session.heat.slots
    told = [turn.row.pk for turn in hall.pitching]
    rows.filter(pk__in=told, revealed_at=None).update(revealed_at=at)
    session.frozen, session.scene, session.shown = None, Scene.RESULTS, []
    changed(session, "frozen", "scene", "shown", at=at)
    journal.write("finals.results_shown", about=session, by=by, at=at)
    return session
