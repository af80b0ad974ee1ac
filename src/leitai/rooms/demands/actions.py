"""A demand is drafted, sent in, vetted, published or withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.models import Contest
from leitai.rooms.demands import notices, rules
from leitai.rooms.demands.models import Demand, Indicator, Invitation
from leitai.rooms.people.models import Organisation, User
from leitai.values.verdict import no


@transaction.atomic
def draft_demand(
    *,
    contest: Contest,
    owner: Organisation,
    values: Mapping[str, Any],
    indicators: Iterable[Mapping[str, Any]] = (),
    by: User,
    at: datetime,
) -> Demand:
    """Begin a demand; nobody but its owner sees it yet."""
    demand = Demand.objects.create(contest=contest, owner=owner, posted_by=by, made_at=at, **values)
    _set_indicators(demand, indicators)
    journal.write("demands.demand_drafted", about=demand, by=by, at=at)
    return demand


@transaction.atomic
def change_demand(
    *,
    demand: Demand,
    base: int,
    values: Mapping[str, Any],
    indicators: Iterable[Mapping[str, Any]],
    by: User,
    at: datetime,
) -> Demand:
    """Save the form, unless somebody else has saved since it was opened (`base`)."""
    hold(demand)
    require(demand.may_change())
    if demand.revision != base:
        raise NotPossible(
            no("changed_meanwhile", _("Somebody else saved this demand while you were writing."))
        )
    for field, value in values.items():
        setattr(demand, field, value)
    demand.revision += 1
    demand.save()
    _set_indicators(demand, indicators)
    journal.write("demands.demand_changed", about=demand, by=by, at=at, revision=demand.revision)
    return demand


@transaction.atomic
def send_demand(*, demand: Demand, by: User, at: datetime) -> Demand:
    """Hand it to the secretariat for vetting."""
    hold(demand)
    require(demand.may_send())
    move(demand, rules.State.VETTING, moves=rules.MOVES)
    journal.write("demands.demand_sent", about=demand, by=by, at=at)
    return demand


@transaction.atomic
def return_demand(*, demand: Demand, why: str, by: User, at: datetime) -> Demand:
    """Give it back to its owner with what to correct."""
    hold(demand)
    require(rules.may_return(demand.state, why=why))
    move(demand, rules.State.RETURNED, moves=rules.MOVES)
    demand.returned_why = why
    demand.save(update_fields=["returned_why"])
    journal.write("demands.demand_returned", about=demand, by=by, at=at)
    notices.demand_returned(demand, at=at)
    return demand


@transaction.atomic
def publish_demand(*, demand: Demand, by: User, at: datetime) -> Demand:
    """From here on it has a number and may be answered."""
    Contest.objects.select_for_update(no_key=True).get(pk=demand.contest_id)  # numbers have no gaps
    hold(demand)
    move(demand, rules.State.PUBLISHED, moves=rules.MOVES)
    last = Demand.objects.filter(contest=demand.contest_id).aggregate(n=Max("number"))["n"] or 0
    demand.number, demand.published_at, demand.returned_why = last + 1, at, ""
    demand.save(update_fields=["number", "published_at", "returned_why"])
    journal.write("demands.demand_published", about=demand, by=by, at=at, number=demand.number)
    notices.demand_published(demand, at=at)
    return demand


@transaction.atomic
def withdraw_demand(*, demand: Demand, by: User, at: datetime) -> Demand:
    """Its number stays taken; answers stay with their entries."""
    hold(demand)
    move(demand, rules.State.WITHDRAWN, moves=rules.MOVES)
    journal.write("demands.demand_withdrawn", about=demand, by=by, at=at)
    return demand


@transaction.atomic
def invite_answerer(*, demand: Demand, email: str, by: User, at: datetime) -> Invitation:
    """Let somebody see a demand that is masked or open by invitation only."""
    hold(demand)
    invitation, is_new = Invitation.objects.get_or_create(
        demand=demand, email=email.lower(), defaults={"by": by, "at": at}
    )
    if is_new:
        journal.write(
            "demands.answerer_invited", about=demand, by=by, at=at, invitation=invitation.pk
        )
        notices.answerer_invited(invitation, at=at)
    return invitation


def _set_indicators(demand: Demand, indicators: Iterable[Mapping[str, Any]]) -> None:
    demand.indicators.all().delete()
    Indicator.objects.bulk_create(
        Indicator(demand=demand, order=order, **values) for order, values in enumerate(indicators)
    )
