"""Special places, who may sign, and places that are offered, accepted and passed on."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.rooms.standings.rules.states import notice_until
from leitai.values.verdict import YES, Verdict, no


class SpecialKind(TextChoices):
    """A place beside the quota."""

    NOMINATION = "nomination", _("nominated by the owner of a demand")
    WILD_CARD = "wild_card", _("wild card of the committee")
    DIRECT = "direct", _("earlier winner, straight on")


class SpecialState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    CARRIED = "carried", _("carried")
    REJECTED = "rejected", pgettext_lazy("a proposal", "rejected")


SPECIAL_MOVES: dict[str, set[str]] = {
    SpecialState.PROPOSED: {SpecialState.CARRIED, SpecialState.REJECTED},
    SpecialState.CARRIED: set(),
    SpecialState.REJECTED: set(),
}


class OfferState(TextChoices):
    """A chosen entry's place, from the publication on."""

    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("a place", "accepted")
    DECLINED = "declined", pgettext_lazy("a place", "given back")
    LAPSED = "lapsed", _("no answer in time")
    REVOKED = "revoked", _("taken back by a correction")


OFFER_MOVES: dict[str, set[str]] = {
    OfferState.WAITING: {
        OfferState.ACCEPTED, OfferState.DECLINED, OfferState.LAPSED, OfferState.REVOKED,
    },
    OfferState.ACCEPTED: {OfferState.DECLINED, OfferState.REVOKED},
    OfferState.DECLINED: set(),
    OfferState.LAPSED: set(),
    OfferState.REVOKED: set(),
}  # fmt: skip
CLOSED_OFFERS = (OfferState.DECLINED, OfferState.LAPSED)


def may_propose(
    *, limit: int, used: int, is_chosen: bool, is_listed_in_time: bool, answers: bool, why: str
) -> Verdict:
    """`answers` and `is_listed_in_time` are true where the kind of place asks for neither."""
    if not limit:
        return no("no_such_place", _("The rules of this contest give no such place."))
    if used >= limit:
        return no("limit_reached", _("The rules give no more places of this kind."))
    if is_chosen:
        return no("chosen_already", _("This entry has a place already, by its marks or proposed."))
    if not is_listed_in_time:
        return no("too_late", _("Earlier winners are listed before entering closes."))
    if not answers:
        return no("no_answer", _("The entry does not answer a demand of this organisation."))
    if not why.strip():
        return no("no_reason", _("Please say why; the reason is published."))
    return YES


def may_nominate(
    *, limit: int, used: int, is_open: bool, is_listed: bool, is_own: bool, why: str
) -> Verdict:
    """By the owner of a demand. `is_listed`: somebody has proposed the entry before."""
    if not limit:
        return no("no_such_place", _("The rules of this contest give no such place."))
    if not is_open:
        return no("decided", _("The committee has decided, or the entry takes part in no stage."))
    if used >= limit:
        return no("limit_reached", _("The rules give no more places of this kind."))
    if is_own:
        return no("own_entry", _("This is an entry of your own house; name another one."))
    if is_listed:
        return no("not_now", _("This entry can't be nominated here; please ask the organisers."))
    if not why.strip():
        return no("no_reason", _("Please say why; the reason is published."))
    return YES


def may_settle_special(state: str, *, votes: int, present: int) -> Verdict:
    if state != SpecialState.PROPOSED:
        return no("settled", _("The vote on this proposal is written down already."))
    if not votes:
        return no("no_votes", _("Please write down the votes for and against."))
    if votes > present:
        reason = _("There are {votes} votes, and {present} people may vote on this entry; whoever "
                   "has a tie to it left the room.")  # fmt: skip
        return no("too_many_votes", format_lazy(reason, votes=votes, present=present))
    return YES


def may_sign(*, is_present: bool, is_tied: bool, has_signed: bool) -> Verdict:
    if not is_present:
        return no("not_present", _("Only people who were present sign, with their own account."))
    if is_tied:
        return no("tied", _("You left the room for an entry you have a tie to; others sign."))
    if has_signed:
        return no("signed", _("You have signed this decision already."))
    return YES


def may_leave_vacant(*, places: int, chosen: int, why: str) -> Verdict:
    if not places:
        return YES
    if places > chosen:
        reason = _("There are not so many places to leave empty here: {n}.")
        return no("too_many_vacant", format_lazy(reason, n=chosen))
    if not why.strip():
        return no("no_reason", _("Please say why; the reason is published."))
    return YES


def offer_until(start: datetime, *, days: int) -> datetime:
    """Midnight in China after so many days; the day of publication does not count."""
    return notice_until(start, days=days, working_days=False)


def may_accept(state: str, *, until: datetime, at: datetime) -> Verdict:
    if state == OfferState.ACCEPTED:
        return no("accepted", _("The place is accepted already."))
    if state != OfferState.WAITING:
        return no("offer_over", _("This place has gone on to somebody else."))
    if at >= until:
        return no("too_late", _("The time to accept this place is over."))
    return YES


def may_decline(state: str) -> Verdict:
    if state not in (OfferState.WAITING, OfferState.ACCEPTED):
        return no("offer_over", _("This place has gone on to somebody else."))
    return YES


def may_extend_offer(
    state: str, *, before: datetime, until: datetime, at: datetime, why: str
) -> Verdict:
    if state != OfferState.WAITING:
        return no("not_waiting", _("Nobody is waited for here any more."))
    if until <= before or until <= at:
        return no("not_later", _("The new time has to be later than the old one, and ahead of us."))
    if not why.strip():
        return no("no_reason", _("Please say why this team gets more time."))
    return YES
