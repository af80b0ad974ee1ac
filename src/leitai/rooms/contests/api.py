"""Contests for programs."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from leitai.foundation.doors import admit, public
from leitai.rooms.contests import permissions
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Rules, State
from leitai.rooms.contests.schemas import ContestOut, contest_out

router = Router(tags=["contests"])


@router.get("/", response=list[ContestOut], summary="Contests open to everybody, newest first")
@public
def listing(request: HttpRequest) -> list[dict[str, Any]]:
    found = Contest.objects.exclude(state=State.DRAFT).exclude(edition__state=State.DRAFT)
    found = found.select_related("edition", "ruleset")
    return [contest_out(c) for c in found.order_by("-edition__year", "-edition__number", "order")]


@router.get("/{slug:edition}/{slug:contest}/", response=ContestOut, summary="One contest")
def show(request: HttpRequest, edition: str, contest: str) -> dict[str, Any]:
    return contest_out(_contest(request, edition, contest))


@router.get("/{slug:edition}/{slug:contest}/rules/", response=Rules, summary="The rules in force")
def rules(request: HttpRequest, edition: str, contest: str) -> Rules:
    return _contest(request, edition, contest).rules


def _contest(request: HttpRequest, edition: str, contest: str) -> Contest:
    found = get_object_or_404(
        Contest.objects.select_related("edition", "ruleset"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_contest, found)
    return found
