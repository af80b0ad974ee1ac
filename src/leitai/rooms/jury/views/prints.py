"""Sealed sheets on paper, and the page that checks such a paper."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from leitai.foundation.doors import admit, public
from leitai.foundation.files.serve import respond
from leitai.foundation.files.typeset import typeset
from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import permissions, queries, rules
from leitai.rooms.jury.models import Seal, Sheet
from leitai.rooms.jury.rules.seals import in_groups, read_digest
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.jury.views.lines import tag_names
from leitai.rooms.jury.views.sheets import sheet_of
from leitai.rooms.stages.models import Criterion, Stage
from leitai.values.verdict import no

SOURCE = Path(__file__).parents[1] / "typst/sheets.typ"


@require_GET
def sheet_print(request: HttpRequest, pk: int) -> HttpResponse:
    """One sealed sheet, for its juror and for those who may read it."""
    sheet = sheet_of(pk)
    admit(request, permissions.read_sheet, sheet)
    return sheets_pdf(request, sheet.stage, [sheet], name=f"{sheet.entry.code}-{sheet.pk}")


@require_GET
def pile_print(request: HttpRequest, stage_id: int) -> HttpResponse:
    """All of the juror's own sealed sheets of a stage, in the order of their codes."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_pile, stage)
    mine = queries.pile(request.user, stage)
    return sheets_pdf(request, stage, mine.sheets, name=f"sheets-{stage.pk}")


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


def sheets_pdf(
    request: HttpRequest, stage: Stage, sheets: Sequence[Sheet], *, name: str
) -> HttpResponse:
    seals = _last_seals(sheets)
    if not seals:
        raise NotPossible(no("not_sealed_yet", _("Only sealed sheets are printed; seal it first.")))
    criteria = list(stage.criteria.all())
    check = request.build_absolute_uri(reverse("jury:check"))
    words = {
        "title": f"{stage.contest.name} · {stage.name}",
        "language": "zh" if get_language() == "zh-hans" else "en",
        "columns": [_("Criterion"), _("Mark"), _("Evidence")],
        "total": _("Total"),
        "tags": _("Ticked:"),
        "comment": _("To the team"),
        "signature": _("Signature of the juror"),
        "date": _("Date"),
        "hash": _("SHA-256 of this sheet, as it stands in the contest's journal:"),
        "salt": _("Salt:"),
        "sheets": [_page(seal, stage, criteria, check) for seal in seals],
    }
    content = typeset(SOURCE, words=words)
    return respond(BytesIO(content), name=f"{name}.pdf", kind="application/pdf", inline=True)


def _last_seals(sheets: Sequence[Sheet]) -> list[Seal]:
    """The seal of each sheet that is sealed now. One query."""
    sealed = [sheet.pk for sheet in sheets if sheet.sealed_at is not None]
    known = Seal.objects.filter(sheet__in=sealed).select_related("sheet__entry", "sheet__juror")
    last = {seal.sheet_id: seal for seal in known.order_by("number")}
    return sorted(last.values(), key=lambda seal: seal.sheet.entry.code)


def _page(seal: Seal, stage: Stage, criteria: Sequence[Criterion], check: str) -> dict[str, Any]:
    entry = seal.sheet.entry
    sealed_at = timezone.localtime(seal.at)
    number = _("Seal %(n)s") % {"n": seal.number}
    return {
        "where": f"{stage.contest.name} · {stage.name}",
        "code": entry.code,
        "title": entry.title if queries.jurors_sight(stage).names else "",
        "facts": [
            [_("Juror"), seal.sheet.juror.name],
            [_("Sealed"), f"{sealed_at:%Y-%m-%d %H:%M:%S %Z} · {number}"],
        ],
        "rows": [
            {
                "name": c.name,
                "scale": f"{rules.plain(c.low)}–{rules.plain(c.high)}",
                "mark": seal.marks.get(c.code, "–"),
                "evidence": seal.evidence.get(c.code, ""),
            }
            for c in criteria
        ],
        "total": rules.plain(seal.total),
        "tags": " · ".join(tag_names(stage.contest.rules.jury, seal.tags)),
        "comment": seal.comment,
        "hash": in_groups(seal.digest) or _("This sheet was sealed without a hash."),
        "salt": seal.salt or "–",
        "check": _("Check it at {address}").format(address=check),
    }  # fmt: skip
