"""A decided standing goes before the public; the best enter the next stage."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, hold_all, move
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.rooms.standings import notices, queries, rules
from leitai.rooms.standings.actions.computing import supersede
from leitai.rooms.standings.models import Offer, Publication, ReleasedComment, Standing
from leitai.rooms.standings.rules import MOVES, OFFER_MOVES, OfferState, Outcome, State


@transaction.atomic
def publish(*, standing: Standing, reason: str = "", by: User, at: datetime) -> Publication:
    """A numbered version before the public; the best enter the next stage, or are asked whether
    they take their place."""
    contest = standing.stage.contest
    hold(contest)
    hold_all(contest.stages.all())
    hold_all(standing.stage.offers.all())  # before a line is written: whoever answers waits
    hold(standing)
    decision = queries.decision_of(standing)
    require(
        rules.may_publish(
            standing.state, number=_number(contest), reason=reason,
            signatures=decision.signatures.count() if decision else 0,
            wanted=decision.particulars.get("signatures", 1) if decision else 1,
        )
    )  # fmt: skip
    return put_out(standing=standing, reason=reason, by=by, at=at)


def put_out(*, standing: Standing, reason: str, by: User | None, at: datetime) -> Publication:
    """The version itself; whoever calls holds contest, stages and standing."""
    contest = standing.stage.contest
    number, rule = _number(contest), contest.rules.notice
    publication = Publication.objects.create(
        contest=contest, standing=standing, number=number, reason=reason, notice_from=at,
        notice_until=rules.notice_until(at, days=rule.days, working_days=rule.working_days),
        body=notices.body(standing, mask=rule.mask_names), by=by, at=at,
    )  # fmt: skip
    move(standing, State.PUBLISHED, moves=MOVES)
    supersede(standing.stage, besides=standing, states=[State.PUBLISHED])
    journal.write(
        "standings.standing_published", about=publication, by=by, at=at, number=number,
        standing=standing.pk,
    )  # fmt: skip
    _let_in(standing, by=by, at=at)
    _offer(publication, by=by, at=at)
    return publication


def _number(contest: Contest) -> int:
    last = queries.last_publication(contest)
    return last.number + 1 if last else 1


def _let_in(standing: Standing, *, by: User | None, at: datetime) -> None:
    """Those who go on take part in the next stage, if there is one."""
    following = queries.following(standing.stage)
    if following is None:
        return
    there = following.participations.filter(taken_out_at=None).values("entry")
    chosen = standing.places.filter(outcome=Outcome.IN).exclude(entry__in=there)
    stages.let_in(
        stage=following, entries=[p.entry for p in chosen.select_related("entry")], by=by, at=at
    )


def _offer(publication: Publication, *, by: User | None, at: datetime) -> None:
    """Where the rules ask for it, each of the chosen is asked once; a place that a correction
    takes away is taken back."""
    standing = publication.standing
    stage, days = standing.stage, standing.stage.contest.rules.decision.accept_days
    chosen = standing.places.filter(outcome=Outcome.IN)
    lost = stage.offers.filter(state__in=queries.OPEN_OFFERS)
    for offer in lost.exclude(entry__in=chosen.values("entry")):
        move(offer, OfferState.REVOKED, moves=OFFER_MOVES)
        journal.write("standings.place_revoked", about=offer, by=by, at=at)
    if not days:
        return
    before = {
        a["entries"][0]: a["instead_of"] for a in standing.amendments if a["what"] == "promoted"
    }
    waiting = chosen.exclude(entry__in=stage.offers.values("entry")).order_by("rank", "pk")
    made = Offer.objects.bulk_create(
        Offer(stage=stage, entry_id=entry, publication=publication,
              instead_of_id=before.get(entry), until=rules.offer_until(at, days=days), at=at)
        for entry in waiting.values_list("entry_id", flat=True)
    )  # fmt: skip
    lines = [journal.compose("standings.place_offered", about=o, by=by, at=at) for o in made]
    if lines:
        journal.append(lines[0].book, lines)
    notices.offered(made, at=at)


@transaction.atomic
def release_comments(
    *, publication: Publication, sheets: Sequence[Sheet], by: User, at: datetime
) -> int:
    """Let these jurors' words through to the teams, as they stand now; twice makes no double."""
    hold(publication)
    waiting = queries.comments(publication.standing.stage, is_released=False)
    fresh = [
        ReleasedComment(sheet=s, publication=publication, text=s.comment, by=by, at=at)
        for s in waiting.filter(pk__in=[sheet.pk for sheet in sheets])
    ]
    ReleasedComment.objects.bulk_create(fresh, batch_size=1000)
    lines = [journal.compose("standings.comment_released", about=c, by=by, at=at) for c in fresh]
    if lines:
        journal.append(lines[0].book, lines)
    return len(fresh)


@transaction.atomic
def take_comment_back(*, comment: ReleasedComment, by: User, at: datetime) -> None:
    """The team no longer sees it; the sheet keeps it."""
    hold(comment)
    journal.write("standings.comment_taken_back", about=comment, by=by, at=at)
    comment.delete()
