"""Sealed sheets on paper, and the page that checks such a paper."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from leitai.foundation.doors import admit, public
from leitai.foundation.files.serve import respond
from leitai.foundation.models import Line
from leitai.rooms.jury import permissions, queries
from leitai.rooms.jury.models import Seal, Sheet
from leitai.rooms.jury.rules.seals import read_digest
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.jury.views.sheets import sheet_of
from leitai.rooms.stages.models import Stage


@require_GET
def sheet_print(request: HttpRequest, pk: int) -> HttpResponse:
    """One sealed sheet, for its juror and for those who may read it."""
    sheet = sheet_of(pk)
    admit(request, permissions.read_sheet, sheet)
    return _paper(request, sheet.stage, [sheet], name=f"{sheet.entry.code}-{sheet.pk}")


@require_GET
def pile_print(request: HttpRequest, stage_id: int) -> HttpResponse:
    """All of the juror's own sealed sheets of a stage, in the order of their codes."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_pile, stage)
    mine = queries.pile(request.user, stage)
    return _paper(request, stage, mine.sheets, name=f"sheets-{stage.pk}")


@require_GET
@public
def check(request: HttpRequest) -> HttpResponse:
    """Whoever holds a printed sheet learns whether it is what was sealed, and nothing of others."""
    asked = request.GET.get("hash", "")
    digest = read_digest(asked)
    known = Seal.objects.exclude(digest="").select_related("sheet__stage__contest")
    seal = known.filter(digest=digest).first()
    context = {"asked": asked, "is_hash": bool(digest), "seal": seal, **_found(seal)}
    return render(request, "jury/check.html", context)


def _found(seal: Seal | None) -> dict[str, Any]:
    if seal is None:
        return {}
    lines = Line.objects.filter(
        verb__in=("jury.sheet_sealed", "jury.marks_changed"), about_type="jury.sheet",
        about_id=seal.sheet_id, data__digest=seal.digest,
    )  # fmt: skip
    last = seal.sheet.seals.order_by("-number").first()
    return {
        "line": lines.first(),
        "holds": seal.computed_digest() == seal.digest,
        "is_last": last == seal and seal.sheet.sealed_at is not None,
    }


def _paper(
    request: HttpRequest, stage: Stage, sheets: Sequence[Sheet], *, name: str
) -> HttpResponse:
    check = request.build_absolute_uri(reverse("jury:check"))
    content = BytesIO(queries.sheets_paper(stage, sheets, check=check))
    return respond(content, name=f"{name}.pdf", kind="application/pdf", inline=True)
