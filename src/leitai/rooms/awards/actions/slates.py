"""A list of awards is proposed by the rules, approved by two people, and published."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.awards import queries, rules
from leitai.rooms.awards.actions.certificates import follow
from leitai.rooms.awards.actions.seating import seat
from leitai.rooms.awards.models import Approval, Award, Slate
from leitai.rooms.awards.rules import SLATE_MOVES, SlateState
from leitai.rooms.awards.rules.states import APPROVALS
from leitai.rooms.people.models import User
from leitai.rooms.standings.models import Publication
from leitai.values.verdict import no

COPIED = ("order", "code", "name_zh", "name_en", "object", "group", "position", "entry_id",
          "by_place", "is_special", "is_vacant", "why")  # fmt: skip


@transaction.atomic
def propose_slate(*, publication: Publication, by: User, at: datetime) -> Slate:
    """By place as the rules say. What people decided before, with its reasons, is taken over from
    the last list as far as it still can be."""
    contest = publication.contest
    hold(contest)
    if not contest.rules.awards:
        raise NotPossible(no("no_awards", _("The contest's rules know no award; add them there.")))
    if queries.newest_notice(contest) != publication:
        raise NotPossible(no("newer_notice", _("There is a newer notice; take that one.")))
    last = contest.slates.order_by("-number").first()
    slate = Slate.objects.create(
        contest=contest, publication=publication, number=last.number + 1 if last else 1,
        taken_out=last.taken_out if last else [], vacant=last.vacant if last else [], by=by, at=at,
    )  # fmt: skip
    for row in contest.slates.filter(state__in=[SlateState.DRAFT, SlateState.DECIDED]):
        if row != slate:
            move(row, SlateState.SUPERSEDED, moves=SLATE_MOVES)
    seat(slate=slate, by=by, at=at)
    if last:
        _take_over(last, slate)
    journal.write("awards.slate_proposed", about=slate, by=by, at=at, number=slate.number,
                  publication=publication.pk)  # fmt: skip
    return slate


def _take_over(last: Slate, slate: Slate) -> None:
    """Awards the committee named, and special ones; not those of entries that are out."""
    able = {c.entry for c in queries.candidates(slate.publication)}
    for old in last.awards.filter(by_place=False):
        if old.entry_id and old.entry_id not in able:
            continue
        told = {name: getattr(old, name) for name in COPIED}
        if old.is_special:
            Award.objects.create(slate=slate, **told)
            continue
        same = slate.awards.filter(code=old.code, group=old.group, position=old.position)
        same.filter(by_place=False).update(
            entry_id=old.entry_id, is_vacant=old.is_vacant, why=old.why
        )


@transaction.atomic
def approve(*, slate: Slate, by: User, at: datetime) -> Slate:
    """The second of two different people decides."""
    hold(slate)
    require(
        rules.may_approve(
            slate.state, open_seats=queries.open_seats(slate), ties=queries.ties(slate),
            has_approved=slate.approvals.filter(by=by).exists(),
        )
    )  # fmt: skip
    Approval.objects.create(slate=slate, by=by, at=at)
    if slate.approvals.count() >= APPROVALS:
        move(slate, SlateState.DECIDED, moves=SLATE_MOVES)
    journal.write("awards.slate_approved", about=slate, by=by, at=at, decided=slate.state)
    return slate


@transaction.atomic
def take_back_approval(*, slate: Slate, by: User, at: datetime) -> Slate:
    """The list opens for changes again once nobody approves it."""
    hold(slate)
    require(rules.may_take_back(slate.state))
    taken, _rows = slate.approvals.filter(by=by).delete()
    if not taken:
        raise NotPossible(no("not_approved", _("You have not approved this list.")))
    if slate.state == SlateState.DECIDED:
        move(slate, SlateState.DRAFT, moves=SLATE_MOVES)
    journal.write("awards.approval_taken_back", about=slate, by=by, at=at)
    return slate


@transaction.atomic
def publish_slate(*, slate: Slate, by: User, at: datetime) -> Slate:
    """Before the public. Certificates of awards that are no more are revoked."""
    hold(slate.contest)
    hold(slate)
    newest = queries.newest_notice(slate.contest)
    require(rules.may_publish(slate.state, is_newest_notice=newest == slate.publication))
    before = queries.published(slate.contest)
    if before:
        move(before, SlateState.SUPERSEDED, moves=SLATE_MOVES)
    move(slate, SlateState.PUBLISHED, moves=SLATE_MOVES)
    slate.published_at = at
    slate.save(update_fields=["published_at"])
    follow(slate=slate, by=by, at=at)
    journal.write("awards.slate_published", about=slate, by=by, at=at, number=slate.number)
    return slate
