"""How a jury at work is doing: who will be late, whom to remind, and what a second person says."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.rooms.jury.rules.states import SheetState
from leitai.rooms.stages.rules import State as StageState
from leitai.values.verdict import YES, Verdict, no

FURTHEST = 365  # days a projection looks ahead; beyond it says "not in sight"
EARLIEST = 60  # days before the close a plan may begin, and a juror may ask for quiet
LASTS = timedelta(hours=72)  # a request to open a sheet waits so long for a second person

SAME = no("same_person", _("You asked for this yourself; a second person confirms it."))


class Lateness(TextChoices):
    """How a juror's open sheets stand against the days that are left."""

    DONE = "done", pgettext_lazy("juror", "all sealed")
    IN_TIME = "in_time", _("in time at this pace")
    LATE = "late", _("too late at this pace")
    NOT_BEGUN = "not_begun", _("not begun")
    OVERDUE = "overdue", _("time is over")


class RequestState(TextChoices):
    """Of a sealed sheet that somebody wants opened again."""

    ASKED = "asked", _("waits for a second person")
    CONFIRMED = "confirmed", pgettext_lazy("reopening", "confirmed")
    REFUSED = "refused", pgettext_lazy("reopening", "refused")
    LAPSED = "lapsed", _("nobody confirmed in time")


REQUEST_MOVES: dict[str, set[str]] = {
    RequestState.ASKED: {RequestState.CONFIRMED, RequestState.REFUSED, RequestState.LAPSED},
    RequestState.CONFIRMED: set(),
    RequestState.REFUSED: set(),
    RequestState.LAPSED: set(),
}


def done_at(*, left: int, sealed: int, since: datetime | None, at: datetime) -> datetime | None:
    """When the last open sheet is sealed if it goes on as it went since the sheets were given.

    None while nothing is sealed, when nothing is left, and when it would take a year or more.
    """
    if not left or not sealed or since is None or since >= at:
        return None
    needs = (at - since) * left / sealed
    return at + needs if needs < timedelta(days=FURTHEST) else None


def lateness(
    *, left: int, begun: int, sealed: int, since: datetime | None, until: datetime | None,
    at: datetime,
) -> Lateness:  # fmt: skip
    if not left:
        return Lateness.DONE
    if until is not None and until <= at:
        return Lateness.OVERDUE
    if not sealed:
        return Lateness.NOT_BEGUN if not begun else Lateness.IN_TIME
    done = done_at(left=left, sealed=sealed, since=since, at=at)
    is_late = until is not None and (done is None or done > until)
    return Lateness.LATE if is_late else Lateness.IN_TIME


def reminder_days(days: Collection[int], *, closes_on: date | None) -> list[date]:
    """The days on which letters go out, the first of them first."""
    return [] if closes_on is None else [closes_on - timedelta(days=n) for n in sorted(days)[::-1]]


def is_reminder_day(
    days: Collection[int], *, is_on: bool, stage: str, closes_on: date | None, today: date
) -> bool:
    """Letters stop by themselves: when the plan is off, and when the stage is not open."""
    if not is_on or stage != StageState.OPEN or closes_on is None:
        return False
    return today in reminder_days(days, closes_on=closes_on)


def may_plan(days: Collection[int]) -> Verdict:
    if not days:
        return no("no_days", _("Name at least one day before the close, for example 7, 3, 1."))
    if len(set(days)) > 10 or not all(0 <= n <= EARLIEST for n in days):
        return no("bad_days", _("Name at most ten days, each from 0 to 60 before the close."))
    return YES


def may_be_quiet(until: date | None, *, today: date) -> Verdict:
    """A pause ends by itself, so nobody is forgotten."""
    if until is not None and not today < until <= today + timedelta(days=EARLIEST):
        return no("bad_day", _("Choose a day after today and within the next 60 days."))
    return YES


def has_lapsed(asked_at: datetime, *, at: datetime) -> bool:
    return at - asked_at >= LASTS


def may_ask_reopening(
    state: str, *, why: str, until: datetime | None, closes_at: datetime | None,
    is_over: bool, is_asked: bool, at: datetime,
) -> Verdict:  # fmt: skip
    """With a reason and an end: a sheet that stays open for ever is as good as lost."""
    if state != SheetState.SEALED:
        return no("not_sealed", _("Only a sealed sheet can be opened again."))
    if is_asked:
        return no("asked_already", _("This has been asked already and waits for a second person."))
    if not why.strip():
        return no("reason_missing", _("Say why the sheet is opened again; the reason is kept."))
    if until is not None and until <= at:
        return no("no_time_left", _("Give the juror a moment in the future to finish by."))
    if until is None and (closes_at is None or is_over):
        return no("time_missing", _("Say until when the juror may mend the sheet."))
    return YES


def may_confirm_reopening(
    state: str,
    *,
    is_same: bool,
    sheet: str,
    asked_at: datetime,
    until: datetime | None,
    at: datetime,
) -> Verdict:
    """`is_same`: who asked wants to confirm it as well."""
    if is_same:
        return SAME
    if state != RequestState.ASKED:
        return no("decided", _("This request has been decided already."))
    if has_lapsed(asked_at, at=at) or (until is not None and until <= at):
        return no("lapsed", _("This request waited too long; ask again if it still matters."))
    if sheet != SheetState.SEALED:
        return no("not_sealed", _("Only a sealed sheet can be opened again."))
    return YES


def is_second(*, asker: int, other: int, roles: Collection[str], second: str) -> Verdict:
    """Who asked never confirms; `second` is the contest's rule: organiser, supervisor, either."""
    wanted = {"organiser", "supervisor"} if second == "either" else {second}
    if not wanted & set(roles):
        return no("not_the_second", _("By the rules of this contest somebody else confirms this."))
    if asker == other:
        return SAME
    return YES


def may_repair_conflict(*, is_lifted: bool, stage: str, is_repaired: bool) -> Verdict:
    if is_lifted:
        return no("lifted", _("This conflict has been lifted already."))
    if stage == StageState.CLOSED:
        return no("stage_closed", _("This stage is closed; open it again first."))
    if is_repaired:
        return no("repaired", _("Somebody has taken this seat over already."))
    return YES


def may_undo_repair(*, is_undone: bool, is_opened: bool) -> Verdict:
    """Until the new juror has seen the entry; after that it is no longer as if nothing was."""
    if is_undone:
        return no("undone", _("This has been undone already."))
    if is_opened:
        return no("opened", _("The new juror has opened the entry; it stays with them."))
    return YES
