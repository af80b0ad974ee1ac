"""The chosen accept their places; what is given back or left unanswered goes to a reserve."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, hold_all, move
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import notices, queries, rules
from leitai.rooms.standings.actions.amending import amend, moves_up
from leitai.rooms.standings.actions.publishing import put_out
from leitai.rooms.standings.models import Extension, Offer, Publication, Standing
from leitai.rooms.standings.rules import OFFER_MOVES, OfferState, State
from leitai.rooms.submissions.models import Entry

NOT_TAKEN = _("The place was not taken.")


@transaction.atomic
def accept_place(*, offer: Offer, by: User, at: datetime) -> Offer:
    """The team takes its place."""
    hold(offer)
    require(offer.may_accept(at))
    _close(offer, OfferState.ACCEPTED, by=by, at=at)
    journal.write("standings.place_accepted", about=offer, by=by, at=at)
    return offer


@transaction.atomic
def decline_place(*, offer: Offer, why: str = "", by: User, at: datetime) -> Publication | None:
    """The team gives its place back, also one it has accepted; the next reserve gets it at once."""
    _hold_all(offer.stage)
    hold(offer)
    require(offer.may_decline())
    _close(offer, OfferState.DECLINED, why=why.strip(), by=by, at=at)
    journal.write("standings.place_declined", about=offer, by=by, at=at)
    return _pass_on(offer.stage, [offer], by=by, at=at)


@transaction.atomic
def fill_places(*, stage: Stage, by: User | None, at: datetime) -> Publication | None:
    """Places whose teams were silent or have left the contest go to the reserves, all at once and
    in one new version. Twice does it once: the second finds nothing due."""
    _hold_all(stage)
    due = list(queries.overdue(stage, at=at).select_related("entry__contest", "stage"))
    for offer in due:
        is_silent = offer.state == OfferState.WAITING and offer.until <= at
        _close(offer, OfferState.LAPSED if is_silent else OfferState.DECLINED, by=None, at=at)
        journal.write("standings.place_lapsed", about=offer, by=by, at=at, silent=is_silent)
    return _pass_on(stage, due, by=by, at=at) if due else None


@transaction.atomic
def extend_offer(*, offer: Offer, until: datetime, why: str, by: User, at: datetime) -> Offer:
    """More time for one team; the reason is kept, and the team is told."""
    hold(offer)
    require(rules.may_extend_offer(offer.state, before=offer.until, until=until, at=at, why=why))
    extension = Extension.objects.create(
        offer=offer, before=offer.until, until=until, why=why.strip(), by=by, at=at
    )
    offer.until = until
    offer.save(update_fields=["until"])
    journal.write("standings.offer_extended", about=extension, by=by, at=at,
                  until=until.isoformat())  # fmt: skip
    notices.more_time(offer, at=at)
    return offer


def _hold_all(stage: Stage) -> None:
    """As publishing does, and in the same order, so that no two versions are made at once."""
    hold(stage.contest)
    hold_all(stage.contest.stages.all())
    hold_all(stage.offers.all())


def _close(offer: Offer, to: OfferState, *, why: str = "", by: User | None, at: datetime) -> None:
    move(offer, to, moves=OFFER_MOVES)
    offer.why, offer.answered_by, offer.answered_at = why[:300], by, at
    offer.save(update_fields=["why", "answered_by", "answered_at"])


def _pass_on(
    stage: Stage, closed: Sequence[Offer], *, by: User | None, at: datetime
) -> Publication | None:
    """A new standing and a new version in which the reserves have moved up. Once the next stage
    is over nobody can move up any more, and the places stay empty."""
    standing, following = queries.published(stage), queries.following(stage)
    if standing is None or (following is not None and not following.may_let_in()):
        return None
    hold(standing)
    gone = {offer.entry_id for offer in closed}
    changes = moves_up(standing, queries.stands(standing), gone=gone)
    if not changes:
        return None
    made = amend(standing=standing, changes=changes, by=by, at=at)
    move(made, State.DECIDED, moves=rules.MOVES)  # by the rules, which the committee knew
    if following is not None:
        _take_out(following, closed, by=by, at=at)
    publication = put_out(standing=made, reason=_told(changes), by=by, at=at)
    notices.passed_on(closed, at=at)
    _tell_reserves(made, changes, by=by, at=at)
    return publication


def _take_out(following: Stage, closed: Sequence[Offer], *, by: User | None, at: datetime) -> None:
    there = following.participations.filter(taken_out_at=None)
    inside = set(there.values_list("entry_id", flat=True))
    for offer in closed:
        if offer.entry_id in inside:
            reason = str(NOT_TAKEN)
            stages.take_out(stage=following, entry=offer.entry, reason=reason, by=by, at=at)


def _told(changes: Sequence[dict]) -> str:
    """The public reason, in both languages."""
    n = sum(change["what"] == "gone" for change in changes)
    ups = sum(change["what"] == "promoted" for change in changes)
    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            gone = ngettext("{n} place was not taken;", "{n} places were not taken;", n)
            up = ngettext("{n} reserve moves up.", "{n} reserves move up, in their order.", ups)
            told.append(f"{gone.format(n=n)} {up.format(n=ups)}")
    return " ".join(told)


def _tell_reserves(
    standing: Standing, changes: Sequence[dict], *, by: User | None, at: datetime
) -> None:
    """Each promotion is a line of its own."""
    pairs = {c["entries"][0]: c["instead_of"] for c in changes if c["what"] == "promoted"}
    for entry in Entry.objects.filter(pk__in=pairs).order_by("pk"):
        journal.write("standings.reserve_promoted", about=entry, by=by, at=at,
                      book=journal.book_of(standing), stage=standing.stage_id,
                      instead_of=pairs[entry.pk])  # fmt: skip
