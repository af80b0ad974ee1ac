"""May this person see, mark, or run the jury?

What one sees of a stage follows from one table, `rules/sight.py`, asked here through
`queries.sight`. Of an entry one has a tie with, nobody sees anything, whatever they are here.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.queries import roles as contest_roles
from leitai.rooms.jury import queries
from leitai.rooms.jury.models import (
    Colleague,
    Conflict,
    DeclaredTie,
    Discussion,
    Draw,
    Expert,
    Juror,
    Objection,
    ReopeningRequest,
    Seat,
    Sheet,
)
from leitai.rooms.jury.rules import JurorState, SheetState, Viewer, is_second
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Attachment, Entry
from leitai.values.verdict import YES, Verdict, no


def run_jury(user: Any, contest: Contest) -> Verdict:
    """Invite, import and remind: the day's work of organisers and secretariat."""
    return contests.run(user, contest)


def rule_jury(user: Any, contest: Contest) -> Verdict:
    """Draw, deploy, lift a conflict, open a sheet again: organisers."""
    return contests.organise(user, contest)


def see_progress(user: Any, stage: Stage) -> Verdict:
    """How far the jury is, in counts; also supervisors."""
    return contests.oversee(user, stage.contest)


def see_draw(user: Any, draw: Draw) -> Verdict:
    """A second look tells who is near the line: for those alone who read scores."""
    if draw.second_look:
        return read_scores(user, draw.stage)
    return contests.run(user, draw.stage.contest)


def read_scores(user: Any, stage: Stage) -> Verdict:
    """Marks and totals: organisers at any time, secretariat and supervisors when the judging is
    closed; whoever marks at this stage, never."""
    if not (may := contests.oversee(user, stage.contest)):
        return may
    here = queries.viewers(user, stage)
    if queries.sight_of(here, stage).marks and not here & {Viewer.JUROR, Viewer.CHAIR}:
        return YES
    return no("marks_closed", _("Marks are not open to you while the judging goes on."))


def read_report(user: Any, stage: Stage) -> Verdict:
    """What marks say about jurors: organisers who may read them, and nobody else, ever."""
    return contests.organise(user, stage.contest) and read_scores(user, stage)


def import_reviews(user: Any, stage: Stage) -> Verdict:
    """Organisers; whoever brings marks in sees them all."""
    return contests.organise(user, stage.contest) and read_scores(user, stage)


def answer_invitation(user: Any, juror: Juror) -> Verdict:
    """Whoever holds the letter, signed in with the account that shall carry the sheets."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if juror.user_id in (None, user.pk) else HIDDEN


def be_juror(user: Any, juror: Juror) -> Verdict:
    """The juror in person, while on the jury."""
    if not user.is_authenticated:
        return SIGN_IN
    is_active = juror.user_id == user.pk and juror.state == JurorState.ACTIVE
    return YES if is_active else HIDDEN


def answer_letter(user: Any, expert: Expert) -> Verdict:
    """Whoever holds the letter that asks into the pool, signed in."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if expert.user_id in (None, user.pk) else HIDDEN


def be_expert(user: Any, expert: Expert) -> Verdict:
    """The person whose profile it is."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if expert.user_id == user.pk else HIDDEN


def see_expert(user: Any, contest: Contest, expert: Expert) -> Verdict:
    """Those who call the jury of a contest, in the pool of its own programme."""
    may = run_jury(user, contest)
    is_ours = expert.programme_id == contest.edition.programme_id
    return may if not may or is_ours else HIDDEN


def decide_colleague(user: Any, colleague: Colleague) -> Verdict:
    may = contests.run(user, colleague.juror.contest)
    return may if may or may.code == SIGN_IN.code else HIDDEN


def decide_objection(user: Any, objection: Objection) -> Verdict:
    return _organiser_or_hidden(user, objection.juror.contest)


def see_published_jury(user: Any, entry: Entry) -> Verdict:
    """The team of an entry, where the rules publish the names."""
    may = submissions.read_own(user, entry)
    return may if not may or entry.contest.rules.jury.names_published else HIDDEN


def object_to_juror(user: Any, entry: Entry) -> Verdict:
    """The captain speaks for the team."""
    may = submissions.lead(user, entry)
    return may if not may or entry.contest.rules.jury.names_published else HIDDEN


def take_back_tie(user: Any, tie: DeclaredTie) -> Verdict:
    return be_juror(user, tie.juror)


def list_own(user: Any) -> Verdict:
    """Everybody has a pile; most people's is empty."""
    return YES if user.is_authenticated else SIGN_IN


def see_pile(user: Any, stage: Stage) -> Verdict:
    """Jurors of the contest, also while nothing waits for them; to others there is no pile."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if queries.is_juror(user, stage.contest_id) else HIDDEN


def mark_sheet(user: Any, sheet: Sheet) -> Verdict:
    """The juror who holds the sheet, unless there is a conflict; to all others it is not there."""
    if not user.is_authenticated:
        return SIGN_IN
    is_standing = sheet.state in (SheetState.ASSIGNED, SheetState.SEALED)
    if sheet.juror.user_id != user.pk or not is_standing or not be_juror(user, sheet.juror):
        return HIDDEN
    if queries.has_conflict(sheet.juror, sheet.entry_id):
        return HIDDEN
    if sheet.reason.get("hall") and sheet.state == SheetState.ASSIGNED:
        return no("in_the_hall", _("This entry is marked in the hall, on the page of its heat."))
    return queries.may_open_papers(sheet.juror, sheet.stage)


def read_sheet(user: Any, sheet: Sheet) -> Verdict:
    """The juror who holds it, or whoever reads the stage's marks and has no tie to the entry."""
    if (may := mark_sheet(user, sheet)) or may.code in queries.OWED:
        return may
    return _known_or_hidden(read_scores(user, sheet.stage)) and _untied(user, sheet.entry_id)


def reopen_sheet(user: Any, sheet: Sheet) -> Verdict:
    """Organisers without a tie to the entry."""
    return _organiser_or_hidden(user, sheet.stage.contest) and _untied(user, sheet.entry_id)


def see_request(user: Any, asked: ReopeningRequest) -> Verdict:
    """Why a sheet is to be opened again, without a mark: who works for the contest and has no tie
    to the entry."""
    may = _known_or_hidden(contests.oversee(user, asked.sheet.stage.contest))
    return may and _untied(user, asked.sheet.entry_id)


def confirm_reopening(user: Any, asked: ReopeningRequest) -> Verdict:
    """The second person, by the contest's rule; never who asked."""
    if not (may := see_request(user, asked)):
        return may
    contest = asked.sheet.stage.contest
    return is_second(
        asker=asked.by_id, other=user.pk, roles=contest_roles(user, contest),
        second=contest.rules.jury.reopening_second,
    )  # fmt: skip


def refuse_reopening(user: Any, asked: ReopeningRequest) -> Verdict:
    """The second person; and whoever asked may think again."""
    if (may := see_request(user, asked)) and asked.by_id == user.pk:
        return YES
    return may and confirm_reopening(user, asked)


def repair_conflict(user: Any, conflict: Conflict) -> Verdict:
    """Organisers without a tie to the entry."""
    return lift_conflict(user, conflict)


def see_discussions(user: Any, stage: Stage) -> Verdict:
    """Which entries are discussed and how far that is, without a mark: all who work for the
    contest."""
    return contests.oversee(user, stage.contest)


def read_discussion(user: Any, discussion: Discussion) -> Verdict:
    """Those who sit there or lead, and whoever reads the stage's marks; nobody with a tie."""
    if not user.is_authenticated:
        return SIGN_IN
    if queries.own_discussions(user).filter(pk=discussion.pk).exists():
        return YES
    may = _known_or_hidden(read_scores(user, discussion.stage))
    return may and _untied(user, discussion.entry_id)


def speak(user: Any, discussion: Discussion) -> Verdict:
    """Those who sit there or lead; an organiser listens."""
    if not user.is_authenticated:
        return SIGN_IN
    if queries.own_discussions(user).filter(pk=discussion.pk).exists():
        return YES
    if read_discussion(user, discussion):
        return no("panel_only", _("Only the jurors of this entry and their chair speak here."))
    return HIDDEN


def change_marks(user: Any, discussion: Discussion) -> Verdict:
    """The jurors of the entry, each of the own sheet."""
    if not (may := speak(user, discussion)):
        return may
    if queries.own_sheet(user, discussion) is None:
        return no("no_sheet", _("You lead here and have no sheet of your own on this entry."))
    return YES


def lead_discussion(user: Any, discussion: Discussion) -> Verdict:
    """Its chair."""
    if not (may := speak(user, discussion)):
        return may
    chair = discussion.chair
    if chair is None or chair.user_id != user.pk:
        return no("chair_only", _("Only the chair closes a discussion."))
    return YES


def appoint_stand_in(user: Any, discussion: Discussion) -> Verdict:
    """Organisers without a tie to the entry."""
    contest = discussion.stage.contest
    return _organiser_or_hidden(user, contest) and _untied(user, discussion.entry_id)


def read_entry(user: Any, entry: Entry) -> Verdict:
    """A juror with a standing sheet on it and no conflict; this opens the confidential layer."""
    if not user.is_authenticated:
        return SIGN_IN
    if not queries.reads_entry(user, entry):
        return HIDDEN
    return queries.undertaking_verdict(user.pk, entry.contest.edition_id)


def read_paper(user: Any, sheet: Sheet, attachment: Attachment) -> Verdict:
    """A file that was handed in and lies beside this sheet: no draft, and nothing a blind panel
    may not see."""
    if not (may := mark_sheet(user, sheet)):
        return may
    beside = (file for _label, file in queries.paper(sheet).files)
    return YES if attachment in beside else HIDDEN


def lift_conflict(user: Any, conflict: Conflict) -> Verdict:
    """Organisers, and not in their own cause."""
    may = _organiser_or_hidden(user, conflict.juror.contest)
    return may and _untied(user, conflict.entry_id)


def change_seat(user: Any, seat: Seat) -> Verdict:
    """Organisers, and not on the panel of an entry they have a tie with."""
    return rule_jury(user, seat.draw.stage.contest) and _untied(user, seat.entry_id)


def _organiser_or_hidden(user: Any, contest: Contest) -> Verdict:
    """Those who only know the contest learn nothing about a single sheet."""
    return _known_or_hidden(contests.organise(user, contest))


def _known_or_hidden(may: Verdict) -> Verdict:
    return may if may or may.code == SIGN_IN.code else HIDDEN


def _untied(user: Any, entry_id: int) -> Verdict:
    """Of an entry there is a tie with, nothing is there."""
    return HIDDEN if queries.is_tied(user, entry_id) else YES
