"""What a standing may go through, and when it may be decided and published."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no
from leitai.values.workdays import china

CHINA = ZoneInfo("Asia/Shanghai")


class State(TextChoices):
    DRAFT = "draft", _("computed")
    DECIDED = "decided", _("decided")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


MOVES: dict[str, set[str]] = {
    State.DRAFT: {State.DECIDED, State.SUPERSEDED},
    State.DECIDED: {State.PUBLISHED, State.SUPERSEDED},
    State.PUBLISHED: {State.SUPERSEDED},
    State.SUPERSEDED: set(),
}


def may_compute(*, sealed: int, missing: int, despite_missing: bool) -> Verdict:
    if not sealed:
        return no("no_sheets", _("No sheet is sealed yet; there is nothing to compute from."))
    if missing and not despite_missing:
        reason = format_lazy(
            _("{n} entries have fewer sealed sheets than the rules ask for. Wait for them, or say "
              "that you compute without."), n=missing,
        )  # fmt: skip
        return no("sheets_missing", reason)
    return YES


def may_decide(
    state: str,
    *,
    open_ties: int,
    is_newest: bool,
    text: str,
    signers: int,
    wanted: int,
    open_votes: int,
) -> Verdict:
    """`signers` are those present who have an account here and no tie to any entry."""
    if state != State.DRAFT:
        return no("not_draft", _("This standing is decided already."))
    if not is_newest:
        return no("newer_standing", _("There is a newer standing; decide that one."))
    if open_ties:
        return no("tie_at_the_line", _("Entries are level at the line; settle the tie first."))
    if not text.strip():
        return no("no_text", _("Please write down what was decided, in a sentence."))
    if open_votes:
        return no("vote_open", _("A special place still waits for its vote."))
    if signers < wanted:
        reason = _("{wanted} people have to sign, and {signers} of those present can: with an "
                   "account here and without a tie to any entry.")  # fmt: skip
        return no("too_few_present", format_lazy(reason, wanted=wanted, signers=signers))
    return YES


def may_look_again(state: str, *, is_newest: bool, places: int) -> Verdict:
    """More reviews are asked for before anything is decided, and where somebody is cut."""
    if state != State.DRAFT:
        return no("not_draft", _("This standing is decided already."))
    if not is_newest:
        return no("newer_standing", _("There is a newer standing; look at that one."))
    if not places:
        return no("no_line", _("This stage lets every entry with a place go on."))
    return YES


def may_publish(state: str, *, signatures: int, wanted: int, number: int, reason: str) -> Verdict:
    if state != State.DECIDED:
        return no("not_decided", _("Only a decided standing can be published."))
    if signatures < wanted:
        text = _("{n} of {wanted} signatures are there; the others sign first.")
        return no("not_signed", format_lazy(text, n=signatures, wanted=wanted))
    if number > 1 and not reason.strip():
        return no("no_reason", _("This replaces an earlier version; please say why."))
    return YES


def may_settle_tie(
    state: str, *, tied: Collection[int], order: Collection[int], why: str
) -> Verdict:
    if state != State.DRAFT:
        return no("not_draft", _("This standing is decided already."))
    if set(tied) != set(order):
        return no("not_this_tie", _("The order has to name exactly the entries that are level."))
    if not why.strip():
        return no("no_reason", _("Please say why in this order; the record keeps it."))
    return YES


def notice_until(start: datetime, *, days: int, working_days: bool) -> datetime:
    """Midnight in China after the last of so many (working) days; the day of publication does not
    count, as in official notices."""
    day = start.astimezone(CHINA).date()
    last = china().after(day, working_days=days) if working_days else day + timedelta(days=days)
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=CHINA).astimezone(UTC)
