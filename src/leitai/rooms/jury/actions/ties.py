"""Jurors name houses and people; the platform finds which entries that means."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import jobs, journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import queries
from leitai.rooms.jury.actions.conflicts import derive_conflicts
from leitai.rooms.jury.actions.jurors import _organisations
from leitai.rooms.jury.models import ConflictSearch, DeclaredTie, Juror
from leitai.rooms.people.models import Holding, Organisation
from leitai.values.verdict import no

JOB = "jury.ties"


@transaction.atomic
def declare_tie(
    *, juror: Juror, ground: str, organisation: Organisation | None = None, house: str = "",
    name: str = "", email: str = "", until: int | None = None, note: str = "", by: Any,
    at: datetime,
) -> DeclaredTie:  # fmt: skip
    """With a house or a person. Nothing is said back of the entries this keeps away."""
    hold(juror)
    if house.strip() and organisation is None:
        organisation = _organisations({house.strip()})[house.strip()]
    if organisation is None and not (name.strip() or email.strip()):
        raise NotPossible(no("nobody_named", _("Name a house or a person.")))
    tie, made = DeclaredTie.objects.get_or_create(
        juror=juror, organisation=organisation, name="" if organisation else name.strip(),
        email="" if organisation else email.strip().lower(), ground=ground, taken_back_at=None,
        defaults={"until": until, "note": note.strip()[:300], "at": at},
    )  # fmt: skip
    if made:
        journal.write("jury.tie_declared", about=tie, by=by, at=at, ground=ground)
        search_conflicts(contest=juror.contest, by=by, at=at)
    return tie


@transaction.atomic
def take_back_tie(*, tie: DeclaredTie, by: Any, at: datetime) -> DeclaredTie:
    """Conflicts that were found by it stay until an organiser lifts them."""
    hold(tie)
    if tie.taken_back_at is None:
        tie.taken_back_at = at
        tie.save(update_fields=["taken_back_at"])
        journal.write("jury.tie_taken_back", about=tie, by=by, at=at)
    return tie


@transaction.atomic
def name_holdings(
    *, juror: Juror, firms: Collection[str], source: str, by: Any, at: datetime
) -> int:
    """What the juror's house holds shares in; firms that are not named any more were sold."""
    hold(juror)
    if juror.organisation is None:
        raise NotPossible(no("house_missing", _("Name the juror's organisation first.")))
    n = _hold_shares(juror.organisation, firms, source=source, at=at)
    journal.write("jury.holdings_named", about=juror, by=by, at=at, n=n)
    search_conflicts(contest=juror.contest, by=by, at=at)
    return n


@transaction.atomic
def name_portfolio(
    *, contest: Contest, house: Organisation, firms: Collection[str], source: str, by: Any,
    at: datetime,
) -> int:  # fmt: skip
    """The same by an organiser, from a register or a fund's own page, for all of its jurors."""
    hold(contest)
    if not source.strip():
        raise NotPossible(no("no_source", _("Say where this stands, for example in a register.")))
    n = _hold_shares(house, firms, source=source.strip(), at=at)
    journal.write("jury.portfolio_named", about=contest, by=by, at=at, house=house.pk, n=n)
    search_conflicts(contest=contest, by=by, at=at)
    return n


def _hold_shares(house: Organisation, firms: Collection[str], *, source: str, at: datetime) -> int:
    hold(house)
    named = _organisations({firm.strip() for firm in firms if firm.strip()})
    wanted = {firm.pk for firm in named.values()} - {house.pk}
    held = Holding.objects.filter(investor=house)
    held.filter(until=None).exclude(firm__in=wanted).update(until=at.date())
    held.filter(firm__in=wanted).update(until=None)
    there = set(held.values_list("firm_id", flat=True))
    Holding.objects.bulk_create(
        Holding(investor=house, firm_id=pk, source=source[:200], since=at.date())
        for pk in sorted(wanted - there)
    )
    return len(wanted)


@transaction.atomic
def search_conflicts(*, contest: Contest, by: Any, at: datetime) -> ConflictSearch:
    """Ask for a search of the records; one that waits already is enough."""
    search, _made = ConflictSearch.objects.get_or_create(contest=contest)
    hold(search)
    if search.job and search.job.state == "waiting":
        return search
    search.job = jobs.ask(JOB, by=by, at=at, lock=f"jury-ties-{contest.pk}", contest_id=contest.pk)
    search.save(update_fields=["job"])
    return search


@transaction.atomic
def carry_out_search(*, contest: Contest, by: Any, at: datetime) -> int:
    """The worker's part: how far the journal had come is read before the records are."""
    search, _made = ConflictSearch.objects.get_or_create(contest=contest)
    hold(search)
    line = queries.search_line(contest)
    found = derive_conflicts(contest=contest, by=None, at=at)
    ConflictSearch.objects.filter(pk=search.pk).update(line=line, found=found, at=at)
    return found
