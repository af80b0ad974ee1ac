"""Published results for programs: what the notices say, and nothing else."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from leitai.foundation.doors import admit
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings import permissions
from leitai.rooms.standings.models import Publication
from leitai.rooms.standings.schemas import NoticeOut, notice_out

router = Router(tags=["standings"])


@router.get("/{slug:edition}/{slug:contest}/notices/", response=list[NoticeOut],
            exclude_none=True, summary="A contest's notices without their rows")  # fmt: skip
def notices(request: HttpRequest, edition: str, contest: str) -> list[dict[str, Any]]:
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_notices, held)
    return [notice_out(p, with_rows=False) for p in held.publications.order_by("-number")]


@router.get("/{slug:edition}/{slug:contest}/notices/{int:number}/", response=NoticeOut,
            exclude_none=True, summary="One notice")  # fmt: skip
def notice(request: HttpRequest, edition: str, contest: str, number: int) -> dict[str, Any]:
    publication = get_object_or_404(
        Publication.objects.select_related("contest__edition"),
        contest__edition__slug=edition, contest__slug=contest, number=number,
    )  # fmt: skip
    admit(request, permissions.read_notice, publication)
    return notice_out(publication)
