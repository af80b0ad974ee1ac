"""What a mailing may go through, and when."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.values.verdict import YES, Verdict, no


class State(TextChoices):
    DRAFT = "draft", _("draft")
    FROZEN = "frozen", _("frozen")
    CONFIRMED = "confirmed", _("confirmed")
    SENDING = "sending", _("being sent")
    SENT = "sent", pgettext_lazy("mailing", "sent")
    CANCELLED = "cancelled", _("stopped")


MOVES: dict[str, set[str]] = {
    State.DRAFT: {State.FROZEN, State.CANCELLED},
    State.FROZEN: {State.DRAFT, State.CONFIRMED, State.CANCELLED},
    State.CONFIRMED: {State.SENDING, State.CANCELLED},
    State.SENDING: {State.SENT, State.CANCELLED},
    State.SENT: set(),
    State.CANCELLED: {State.CONFIRMED},  # what was kept back may go after all
}


class SenderRole(TextChoices):
    """In whose name a message comes."""

    ORGANISER = "organiser", _("organiser")
    SECRETARIAT = "secretariat", _("secretariat")
    JURY_OFFICE = "jury_office", _("jury office")
    APPEALS = "appeals", _("appeals panel")
    PARTNERS = "partners", _("partner office")


class Language(TextChoices):
    """The languages messages are written in."""

    ZH = "zh-hans", _("Simplified Chinese")
    EN = "en", _("English")


class Rhythm(TextChoices):
    AS_THEY_COME = "each", _("as they come")
    DAILY = "daily", _("one mail a day")


UNDO_MINUTES, UNDO_MOST = 5, 24 * 60


def may_edit(state: str) -> Verdict:
    if state != State.DRAFT:
        return no("not_a_draft", _("Only a draft can be changed; take the freezing back first."))
    return YES


def may_freeze(state: str, *, written: Collection[str], fallback: str, receivers: int) -> Verdict:
    """`written` are the languages that have both a subject and a text."""
    if state != State.DRAFT:
        return no("not_a_draft", _("The receivers of this message are frozen already."))
    if not written:
        return no("nothing_written", _("Please write a subject and a text first."))
    if set(written) != set(Language.values) and fallback not in written:
        reason = _("Please write it in both languages, or say which text everybody gets.")
        return no("language_missing", reason)
    if not receivers:
        return no("nobody", _("Nobody belongs to this audience now."))
    return YES


def may_confirm(state: str, *, typed: str, count: int, missing: int, gone: int) -> Verdict:
    """The last gate. Whoever presses has to know how many letters go out."""
    if state != State.FROZEN:
        return no("not_frozen", _("The receivers have to be frozen before it can be sent."))
    if missing:
        reason = _("For {n} receivers a value is missing that the text uses; see the list.")
        return no("value_missing", format_lazy(reason, n=missing))
    if gone:
        reason = _("{n} receivers no longer belong to the audience; please freeze it anew.")
        return no("audience_changed", format_lazy(reason, n=gone))
    if not count:
        return no("nobody", _("All these addresses are blocked; nothing would be sent."))
    return _typed(typed, count)


def may_stop(state: str) -> Verdict:
    if state not in (State.CONFIRMED, State.SENDING):
        return no("nothing_to_stop", _("Nothing is on its way."))
    return YES


def may_resume(state: str, *, typed: str, held: int) -> Verdict:
    if state != State.CANCELLED or not held:
        return no("nothing_held", _("No letter was kept back."))
    return _typed(typed, held)


def _typed(typed: str, count: int) -> Verdict:
    if typed.strip() != str(count):
        reason = _("This message goes to {n} receivers. Type exactly this number to send it.")
        return no("count_wrong", format_lazy(reason, n=count))
    return YES


def may_drop(state: str) -> Verdict:
    if state not in (State.DRAFT, State.FROZEN):
        return no("too_late", _("It was confirmed; stop it instead."))
    return YES


def may_decide(*, is_uncertain: bool) -> Verdict:
    if not is_uncertain:
        return no("not_uncertain", _("It is known what became of this letter."))
    return YES


def is_running_out(state: str, *, sends_at: datetime | None, at: datetime) -> bool:
    """The undo window is open."""
    return state == State.CONFIRMED and sends_at is not None and at < sends_at
