"""A decided standing goes before the public; the best enter the next stage."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, hold_all, move
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.rooms.standings import notices, queries, rules
from leitai.rooms.standings.actions.computing import supersede
from leitai.rooms.standings.models import Publication, ReleasedComment, Signature, Standing
from leitai.rooms.standings.rules import MOVES, Outcome, State


@transaction.atomic
def publish(*, standing: Standing, reason: str = "", by: User, at: datetime) -> Publication:
    """A numbered version before the public; the best enter the next stage."""
    contest = standing.stage.contest
    hold(contest)
    hold_all(contest.stages.all())
    hold(standing)
    last = queries.last_publication(contest)
    number = last.number + 1 if last else 1
    signed = Signature.objects.filter(decision__standing=standing).count()
    require(rules.may_publish(standing.state, signatures=signed, number=number, reason=reason))
    rule = contest.rules.notice
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
    return publication


def _let_in(standing: Standing, *, by: User, at: datetime) -> None:
    """Those who go on take part in the next stage, if there is one."""
    stage = standing.stage
    following = stage.contest.stages.filter(order__gt=stage.order).order_by("order").first()
    if following is None:
        return
    there = following.participations.values("entry")
    chosen = standing.places.filter(outcome=Outcome.IN).exclude(entry__in=there)
    stages.let_in(
        stage=following, entries=[p.entry for p in chosen.select_related("entry")], by=by, at=at
    )


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
