"""Demands for programs: the same masks as on the pages."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from leitai.foundation.doors import admit
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.demands import permissions, queries
from leitai.rooms.demands.models import Demand
from leitai.rooms.demands.schemas import DemandOut, demand_out

router = Router(tags=["demands"])


@router.get("/{slug:edition}/{slug:contest}/", response=list[DemandOut], exclude_none=True,
            summary="Published demands of a contest")  # fmt: skip
def listing(request: HttpRequest, edition: str, contest: str) -> list[dict[str, Any]]:
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, contests.read_contest, held)
    demands = list(queries.published(held, user=request.user))
    runs = bool(contests.run(request.user, held))
    masked = queries.masks(demands, user=request.user, contest=held, runs=runs)
    return [demand_out(d, is_masked=d.pk in masked) for d in demands]


@router.get("/{int:pk}/", response=DemandOut, exclude_none=True, summary="One demand")
def show(request: HttpRequest, pk: int) -> dict[str, Any]:
    demand = get_object_or_404(
        Demand.objects.select_related("contest__edition", "scenario", "owner"), pk=pk
    )
    admit(request, permissions.read_demand, demand)
    return demand_out(demand, is_masked=not permissions.read_whole(request.user, demand))
