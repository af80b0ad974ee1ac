"""Awards and certificates for programs."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from leitai.foundation.doors import admit, public
from leitai.rooms.awards import permissions, queries
from leitai.rooms.awards.schemas import (
    AwardOut,
    CertificateOut,
    CheckOut,
    award_out,
    certificate_out,
    check_out,
)
from leitai.rooms.contests.models import Contest

router = Router(tags=["awards"])
MOST = 200


@router.get("/check/", response=CheckOut, exclude_none=True, auth=None,
            summary="Whether a certificate is genuine")  # fmt: skip
@public
def check(request: HttpRequest, c: str) -> dict[str, Any]:
    return check_out(queries.check(c[:4500]))


@router.get("/mine/", response=list[CertificateOut], summary="My certificates")
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    admit(request, permissions.list_own)
    return [certificate_out(row) for row in queries.own(request.user)[:MOST]]


@router.get("/{slug:edition}/{slug:contest}/", response=list[AwardOut], exclude_none=True,
            summary="A contest's published awards")  # fmt: skip
def awards(request: HttpRequest, edition: str, contest: str) -> list[dict[str, Any]]:
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_awards, held)
    slate = queries.published(held)
    assert slate is not None  # read_awards asked
    names = queries.printed_names(slate.publication)
    return [
        award_out(seat, names.get(seat.entry.code) if seat.entry else None)
        for seat in queries.seats(slate)
    ]
