"""Sealed sheets on paper."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitai.foundation.files.typeset import typeset
from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Seal, Sheet
from leitai.rooms.jury.queries.sight import jurors_sight
from leitai.rooms.jury.rules.seals import in_groups
from leitai.rooms.jury.rules.tags import tag_names
from leitai.rooms.stages.models import Criterion, Stage
from leitai.values.verdict import no

SOURCE = Path(__file__).parents[1] / "typst/sheets.typ"


def sheets_paper(stage: Stage, sheets: Sequence[Sheet], *, check: str) -> bytes:
    """A PDF of those that are sealed; `check` is the address where a hash can be looked up."""
    seals = _last_seals(sheets)
    if not seals:
        raise NotPossible(no("not_sealed_yet", _("Only sealed sheets are printed; seal it first.")))
    criteria = list(stage.criteria.all())
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
    return typeset(SOURCE, words=words)


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
        "title": entry.title if jurors_sight(stage).names else "",
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
