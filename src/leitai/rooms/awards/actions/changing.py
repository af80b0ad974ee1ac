"""What the organisers change in a proposal, each with its reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.awards import queries, rules
from leitai.rooms.awards.actions.seating import seat
from leitai.rooms.awards.models import Award, Slate
from leitai.rooms.people.models import User
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no


@transaction.atomic
def leave_vacant(*, award: Award, why: str, by: User, at: datetime) -> None:
    """Nobody deserved it. Of an award by place everybody moves down one; where nobody is left to
    fill them, all of its open seats stay empty."""
    slate = award.slate
    hold(slate)
    hold(award)
    require(slate.may_change(why=why))
    if award.is_vacant:
        raise NotPossible(no("vacant_already", _("This award is vacant already.")))
    if award.by_place:
        _add_vacant(slate, award, why.strip())
        seat(slate=slate, by=by, at=at)
    else:
        award.entry, award.is_vacant, award.is_tied, award.why = None, True, False, why.strip()
        award.save(update_fields=["entry", "is_vacant", "is_tied", "why"])
    journal.write("awards.seat_left_vacant", about=slate, by=by, at=at, code=award.code,
                  group=award.group)  # fmt: skip


def _add_vacant(slate: Slate, award: Award, why: str) -> None:
    same = slate.awards.filter(code=award.code, group=award.group)
    more = same.filter(entry=None, is_vacant=False).count() if award.is_open else 1
    kept = [v for v in slate.vacant if (v["code"], v["group"]) != (award.code, award.group)]
    seats = same.filter(is_vacant=True).count() + more
    slate.vacant = [*kept, {"code": award.code, "group": award.group, "seats": seats, "why": why}]
    slate.save(update_fields=["vacant"])


@transaction.atomic
def name_winner(*, award: Award, entry: Entry, why: str, by: User, at: datetime) -> Award:
    """By hand: an award the committee names, or the order of entries that are level. Two that
    both have an award by place change seats."""
    slate = award.slate
    hold(slate)
    hold(award)
    require(slate.may_change(why=why))
    able = {c.entry for c in queries.candidates(slate.publication)}
    out = {one["entry"] for one in slate.taken_out}
    require(rules.may_name(is_listed=entry.pk in able - out, holds_another=False))
    if award.by_place:
        _change_seats(slate, award, entry)
    award.entry, award.is_vacant, award.is_tied = entry, False, False
    award.why = why.strip()
    award.save(update_fields=["entry", "is_vacant", "is_tied", "why"])
    journal.write("awards.winner_named", about=award, by=by, at=at, entry=entry.pk)
    return award


def _change_seats(slate: Slate, award: Award, entry: Entry) -> None:
    """Whoever sat here goes to where the new one comes from. The line between them is settled."""
    other = slate.awards.filter(by_place=True, entry=entry).exclude(pk=award.pk).first()
    before = award.entry
    if award.is_tied:
        slate.awards.filter(code=award.code, group=award.group).update(is_tied=False)
    if other is None:
        return
    slate.awards.filter(pk__in=[other.pk, award.pk]).update(entry=None)
    slate.awards.filter(pk=other.pk).update(entry=before, is_tied=False)


@transaction.atomic
def take_out(*, slate: Slate, entry: Entry, why: str, by: User, at: datetime) -> Slate:
    """It gets no award (withdrawn, declined, refused in the due diligence); the next move up."""
    hold(slate)
    require(slate.may_change(why=why))
    if entry.pk in {one["entry"] for one in slate.taken_out}:
        raise NotPossible(no("out_already", _("This entry is taken out already.")))
    slate.taken_out = [*slate.taken_out, {"entry": entry.pk, "why": why.strip()}]
    slate.save(update_fields=["taken_out"])
    slate.awards.filter(by_place=False, is_special=False, entry=entry).update(entry=None, why="")
    slate.awards.filter(is_special=True, entry=entry).delete()
    seat(slate=slate, by=by, at=at)
    journal.write("awards.entry_taken_out", about=slate, by=by, at=at, entry=entry.pk)
    return slate


@transaction.atomic
def add_special(
    *, slate: Slate, name_zh: str, name_en: str, entry: Entry, why: str, by: User, at: datetime
) -> Award:
    """An award beside the rules, with the reason that is published."""
    contest = slate.contest
    hold(contest)
    hold(slate)
    require(slate.may_change(why=why))
    if not (name_zh.strip() or name_en.strip()):
        raise NotPossible(no("no_name", _("Please give the award a name.")))
    able = {c.entry for c in queries.candidates(slate.publication)}
    out = {one["entry"] for one in slate.taken_out}
    require(rules.may_name(is_listed=entry.pk in able - out, holds_another=False))
    specials = Award.objects.filter(slate__contest=contest, is_special=True)
    last = specials.aggregate(last=Max("order"))["last"] or 1000
    award = Award.objects.create(
        slate=slate, order=last + 1, code=f"special-{last + 1 - 1000}", name_zh=name_zh.strip(),
        name_en=name_en.strip(), entry=entry, by_place=False, is_special=True, why=why.strip(),
    )  # fmt: skip
    journal.write("awards.special_added", about=award, by=by, at=at, entry=entry.pk)
    return award


@transaction.atomic
def drop_special(*, award: Award, by: User, at: datetime) -> None:
    hold(award.slate)
    hold(award)
    require(award.slate.may_change(why="-"))
    if not award.is_special:
        raise NotPossible(no("in_the_rules", _("The rules ask for this award; leave it vacant.")))
    journal.write("awards.special_dropped", about=award, by=by, at=at)
    award.delete()
