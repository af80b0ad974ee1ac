"""Who may do what in a hall.

Those who run the contest may do everything in it; helpers are appointed for one heat and may do
what their post needs there; the chair leads the jury; supervisors read.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.finals.models import Diligence, HallSeat, Heat, Poll, Result, Second, Session
from leitai.rooms.finals.rules import CrewRole, HeatState, SessionState
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import ReopeningRequest
from leitai.rooms.jury.permissions import confirm_reopening
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import YES, Verdict, no


def plan_heats(user: Any, stage: Stage) -> Verdict:
    """Organisers and secretariat: heats, halls, lots, the run of show, helpers."""
    return contests.run(user, stage.contest)


def run_heat(user: Any, heat: Heat) -> Verdict:
    """Organisers and secretariat, for everything that belongs to a heat."""
    return contests.run(user, heat.stage.contest)


def seat_jury(user: Any, stage: Stage) -> Verdict:
    """Organisers: who sits on the jury of a heat, and who leads it."""
    return contests.organise(user, stage.contest)


def see_contest_heats(user: Any, contest: Contest) -> Verdict:
    """Who works for the contest: the list of heats and how far they are."""
    return contests.oversee(user, contest)


def see_desk(user: Any, heat: Heat) -> Verdict:
    """Everybody with a post in the hall, its chair, those who run the contest, supervisors."""
    if not user.is_authenticated:
        return SIGN_IN
    if contests.oversee(user, heat.stage.contest) or _posts(user, heat) or _leads(user, heat):
        return YES
    return HIDDEN


def host(user: Any, heat: Heat) -> Verdict:
    """The host and the scorekeeper: cues, who is on stage, what stands on the board."""
    return _post(user, heat, {CrewRole.HOST, CrewRole.SCOREKEEPER})


def keep_time(user: Any, heat: Heat) -> Verdict:
    """The timer; also the host."""
    return _post(user, heat, {CrewRole.TIMER, CrewRole.HOST})


def keep_scores(user: Any, heat: Heat) -> Verdict:
    """The scorekeeper: scoring opened and closed, absences, changes of the order, corrections."""
    return _post(user, heat, {CrewRole.SCOREKEEPER})


def lead_jury(user: Any, heat: Heat) -> Verdict:
    """The chair of the heat's jury, and nobody in the chair's place."""
    if not (may := see_desk(user, heat)):
        return may
    return YES if _leads(user, heat) else no("chair_only", _("Only the chair does this."))


def read_marks(user: Any, heat: Heat) -> Verdict:
    """Marks before they are on the board: organisers, scorekeeper and chair, and supervisors once
    the heat is closed. Who marks there sees none but the own, but for the chair; who is tied to an
    entry of the heat otherwise, none."""
    if not (may := see_desk(user, heat)):
        return may
    if _leads(user, heat):
        return YES
    if heat.slots.filter(entry__in=jury.tied_entries(user)).exists():
        return no("tied", _("You have a tie to an entry of this heat; its marks are not for you."))
    if jury_seat(user, heat) is None:
        if contests.organise(user, heat.stage.contest):
            return YES
        if CrewRole.SCOREKEEPER in _posts(user, heat):
            return YES
        if heat.state == HeatState.CLOSED and contests.oversee(user, heat.stage.contest):
            return YES
    return no("marks_closed", _("Marks are not open to you while the heat goes on."))


def say_second(user: Any, second: Second) -> Verdict:
    """Chair, scorekeeper or organiser who may read the marks, without a tie to the entry, and
    never who gave the mark."""
    for may in (
        lead_jury(user, second.heat) or keep_scores(user, second.heat),
        read_marks(user, second.heat),
    ):
        if not may:
            return may
    if second.sheet.juror.user_id == user.pk or jury.is_tied(user, second.sheet.entry_id):
        return no("own_mark", _("Somebody else has to look at your mark."))
    return YES


def confirm_correction(user: Any, asked: ReopeningRequest) -> Verdict:
    """As everywhere a sealed sheet is opened: the second person of the contest's rules."""
    return confirm_reopening(user, asked)


def mark_here(user: Any, session: Session) -> Verdict:
    """Jurors seated in this heat; to all others there is no such page."""
    if not user.is_authenticated:
        return SIGN_IN
    if jury_seat(user, session.heat) is None:
        return HIDDEN
    return jury.undertaking_verdict(user.pk, session.heat.stage.contest.edition_id)


def stand_down(user: Any, seat: HallSeat) -> Verdict:
    """The juror in person, or who keeps the scores."""
    if not user.is_authenticated:
        return SIGN_IN
    if seat.juror.user_id == user.pk:
        return YES
    return keep_scores(user, seat.heat)


def watch(user: Any, session: Session) -> Verdict:
    """Everybody, once the contest is public; rehearsals are for those with a post, and jurors."""
    heat = session.heat
    if session.is_rehearsal:
        if user.is_authenticated and jury_seat(user, heat) is not None:
            return YES
        return see_desk(user, heat)
    return contests.read_contest(user, heat.stage.contest)


def see_heat(user: Any, heat: Heat) -> Verdict:
    """Where and when, who pitches, and the drawing of lots: everybody, once heats are ready."""
    if heat.state == HeatState.PLANNED:
        return contests.oversee(user, heat.stage.contest)
    return contests.read_contest(user, heat.stage.contest)


def see_picture(user: Any, heat: Heat) -> Verdict:
    """Whoever may see the heat, its jurors, and who has a post there."""
    may = see_heat(user, heat) or see_desk(user, heat)
    return YES if may or jury_seat(user, heat) is not None else HIDDEN


def see_result(user: Any, result: Result) -> Verdict:
    """Everybody when it was told in the hall; otherwise those who read marks."""
    heat = result.heat
    live = heat.stage.rule.live
    told = heat.sessions.filter(is_rehearsal=False, state=SessionState.CLOSED, scene="results")
    if live and live.shown == "on_the_spot" and told.exists():
        return contests.read_contest(user, heat.stage.contest)
    return read_marks(user, heat)


def vote(user: Any, poll: Poll) -> Verdict:
    """Everybody who may see the contest; the rules of the vote say the rest."""
    return contests.read_contest(user, poll.heat.stage.contest)


def run_poll(user: Any, heat: Heat) -> Verdict:
    """Open, close and show the vote: those who run the contest."""
    return run_heat(user, heat)


def look_through(user: Any, stage: Stage) -> Verdict:
    """Due diligence: organisers and secretariat."""
    return contests.run(user, stage.contest)


def conclude_diligence(user: Any, row: Diligence) -> Verdict:
    """An organiser without a tie to the entry."""
    may = contests.organise(user, row.stage.contest)
    if not may:
        return may if may.code == SIGN_IN.code else HIDDEN
    return HIDDEN if jury.is_tied(user, row.entry_id) else YES


def promote(user: Any, stage: Stage) -> Verdict:
    """Who goes on between rounds: organisers."""
    return contests.organise(user, stage.contest)


def jury_seat(user: Any, heat: Heat) -> HallSeat | None:
    """The person's own seat, while they sit there."""
    if not user.is_authenticated:
        return None
    seats = heat.seats.filter(juror__user=user, juror__state=JurorState.ACTIVE, stood_down_at=None)
    return seats.select_related("juror").first()


def _leads(user: Any, heat: Heat) -> bool:
    seat = jury_seat(user, heat)
    return seat is not None and seat.is_chair


def _posts(user: Any, heat: Heat) -> set[str]:
    return set(heat.crew.filter(user=user, ended_at=None).values_list("role", flat=True))


def _post(user: Any, heat: Heat, wanted: set[CrewRole]) -> Verdict:
    """Those who run the contest, unless they sit on this jury; and who holds such a post."""
    if not (may := see_desk(user, heat)):
        return may
    if contests.run(user, heat.stage.contest) or wanted & _posts(user, heat):
        return YES
    return no("other_post", _("Your post in this hall is another one."))


def list_own(user: Any) -> Verdict:
    """Everybody may ask which juries they sit on; most sit on none."""
    return YES if user.is_authenticated else SIGN_IN
