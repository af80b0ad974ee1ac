"""What an entry may go through, and what may be handed in when."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no
from leitai.values.window import Window


class State(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("handed in")
    RETURNED = "returned", _("returned for correction")
    ACCEPTED = "accepted", _("valid")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


MOVES: dict[str, set[str]] = {
    State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
    State.SUBMITTED: {State.ACCEPTED, State.REFUSED, State.RETURNED, State.WITHDRAWN},
    State.RETURNED: {State.SUBMITTED, State.ACCEPTED, State.REFUSED, State.WITHDRAWN},
    State.ACCEPTED: {State.SUBMITTED, State.REFUSED, State.WITHDRAWN},
    State.REFUSED: {State.SUBMITTED},  # the secretariat takes a refusal back
    State.WITHDRAWN: set(),
}

HANDED_IN = frozenset({State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.REFUSED})


class EntrantKind(TextChoices):
    COMPANY = "company", _("company")
    UNREGISTERED = "unregistered", _("team, not registered")
    INSTITUTE = "institute", _("university or institute")
    OVERSEAS = "overseas", _("overseas team")


class Maturity(TextChoices):
    SEED = "seed", _("seed")
    EARLY = "early", _("early")
    GROWTH = "growth", _("growth")


class MemberRole(TextChoices):
    CAPTAIN = "captain", _("captain")
    MEMBER = "member", _("member")
    ADVISOR = "advisor", _("advisor")


class Layer(TextChoices):
    PUBLIC = "public", _("public")
    TEASER = "teaser", _("teaser")
    CONFIDENTIAL = "confidential", _("confidential")


INVITATION_LASTS = timedelta(days=14)
LETTERS_APART = timedelta(minutes=10)
MOST_DRAFTS = 10  # of one person in one contest
DECLARATIONS = frozenset({"terms", "truth", "ip"})  # what the captain declares at each hand-in
CONSENT_VERSION = "2026-1"
ADVISORS_MOST = 2


def may_edit(
    state: str, *, window: Window, returned_until: datetime | None, at: datetime
) -> Verdict:
    """Until the deadline by the server's clock; a returned entry until its own, later one."""
    if state == State.WITHDRAWN:
        return no("withdrawn", _("This entry was withdrawn."))
    if state == State.REFUSED:
        return no("refused", _("This entry was refused and stands as it is."))
    if state == State.RETURNED and returned_until and at < returned_until:
        return YES
    if window.is_before(at):
        return no("not_open_yet", _("Entries are not open yet."))
    if window.is_over(at):
        return no("entries_closed", _("The deadline has passed; the entry stands as handed in."))
    return YES


def may_withdraw(state: str) -> Verdict:
    if State.WITHDRAWN not in MOVES[state]:
        return no("cannot_withdraw", _("This entry can no longer be withdrawn."))
    return YES


def may_hand_in(
    *, missing: Collection[str], declared: Collection[str], seats: int, least: int, most: int
) -> Verdict:
    """Whether what there is will do; when it may be handed in is the question of `may_edit`."""
    if missing:
        reason = format_lazy(
            _("{count} required answers are missing: {names}."),
            count=len(missing), names=", ".join(map(str, missing)),
        )  # fmt: skip
        return no("incomplete", reason)
    if not (may := may_be_a_team(seats=seats, least=least, most=most)):
        return may
    if DECLARATIONS - set(declared):
        return no(
            "not_declared", _("Please agree to the rules and declare truth and rights first.")
        )
    return YES


def may_be_a_team(*, seats: int, least: int, most: int) -> Verdict:
    """Advisors do not count."""
    if seats < least:
        reason = format_lazy(
            _("The team has {n} members and needs at least {least}."), n=seats, least=least
        )
        return no("team_too_small", reason)
    if seats > most:
        reason = format_lazy(
            _("The team has {n} members; at most {most} may take part."), n=seats, most=most
        )
        return no("team_too_big", reason)
    return YES


def may_invite_again(*, invited_at: datetime | None, at: datetime) -> Verdict:
    """Not as often as one can press: the letters go to people who did not ask for them."""
    if invited_at and at < invited_at + LETTERS_APART:
        return no("too_soon", _("The last letter is only minutes old; please wait a little."))
    return YES


def may_join(*, invited_at: datetime | None, token_at: float, at: datetime) -> Verdict:
    """The newest letter only, and not for ever."""
    if invited_at is None or invited_at.timestamp() != token_at:
        return no(
            "invitation_replaced",
            _("This invitation was replaced or taken back; ask the captain for a new one."),
        )
    if at >= invited_at + INVITATION_LASTS:
        return no(
            "invitation_expired", _("This invitation has expired; ask the captain for a new one.")
        )
    return YES
