"""May this person see, mark, or run the jury?

A juror sees the own sheets and nobody else's, and nothing of an entry there is a conflict with.
Scores are seen by organisers alone; supervisors see how far the work is.
"""

from typing import Any

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import queries
from leitai.rooms.jury.models import Conflict, Draw, Juror, Sheet
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Attachment, Entry
from leitai.values.verdict import YES, Verdict


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
    """Marks and totals, before anything is decided: organisers and nobody else."""
    return contests.organise(user, stage.contest)


def import_reviews(user: Any, stage: Stage) -> Verdict:
    """Whoever brings marks in sees them all."""
    return read_scores(user, stage)


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
    return HIDDEN if queries.has_conflict(sheet.juror, sheet.entry_id) else YES


def read_sheet(user: Any, sheet: Sheet) -> Verdict:
    """The juror who holds it, or the contest's organisers."""
    return mark_sheet(user, sheet) or _organiser_or_hidden(user, sheet.stage.contest)


def reopen_sheet(user: Any, sheet: Sheet) -> Verdict:
    return _organiser_or_hidden(user, sheet.stage.contest)


def read_entry(user: Any, entry: Entry) -> Verdict:
    """A juror with a standing sheet on it and no conflict; this opens the confidential layer."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if queries.reads_entry(user, entry) else HIDDEN


def read_paper(user: Any, sheet: Sheet, attachment: Attachment) -> Verdict:
    """A file that was handed in and lies beside this sheet: no draft, and nothing a blind panel
    may not see."""
    if not (may := mark_sheet(user, sheet)):
        return may
    beside = (file for _label, file in queries.paper(sheet).files)
    return YES if attachment in beside else HIDDEN


def lift_conflict(user: Any, conflict: Conflict) -> Verdict:
    return _organiser_or_hidden(user, conflict.juror.contest)


def _organiser_or_hidden(user: Any, contest: Contest) -> Verdict:
    """Those who only know the contest learn nothing about a single sheet."""
    may = contests.organise(user, contest)
    return may if may or may.code == SIGN_IN.code else HIDDEN
