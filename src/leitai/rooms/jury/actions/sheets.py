"""A sheet's way from first draft to seal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import notices, rules
from leitai.rooms.jury.models import Mark, Seal, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.values.verdict import Verdict, no

TICKED = "1"
TEXTS = {"comment": 4000, "note": 4000}


@dataclass
class FieldConflict(Exception):
    """The field was changed elsewhere since it was seen; both values are safe."""

    field: str
    value: str
    revision: int


@transaction.atomic
def save_field(*, sheet: Sheet, field: str, value: str, base: int, by: Any, at: datetime) -> Sheet:
    """Keep one field of a draft. The same value twice changes nothing.

    `base` is the revision in which the writer last saw this field: when somebody (the same juror
    in another tab) changed it since, nothing is written and both hear of it.
    """
    hold(sheet)
    require(sheet.may_mark(at))
    _save(sheet, field, value, base=base, at=at)
    return sheet


@transaction.atomic
def save_fields(
    *, sheet: Sheet, fields: Mapping[str, str], base: int, by: Any, at: datetime
) -> Sheet:
    """Keep a whole form at once; all of it or nothing."""
    hold(sheet)
    require(sheet.may_mark(at))
    for field, value in fields.items():
        _save(sheet, field, value, base=base, at=at)
    return sheet


@transaction.atomic
def seal_sheet(*, sheet: Sheet, by: Any, at: datetime) -> Sheet:
    """The juror hands the sheet in; from here on its marks stand still."""
    hold(sheet)
    require(sheet.may_seal(at))
    marks = sheet.given()
    sheet.total = total_of(sheet, marks)
    move(sheet, SheetState.SEALED, moves=rules.SHEET_MOVES)
    sheet.sealed_at = sheet.changed_at = at
    sheet.save(update_fields=["total", "sealed_at", "changed_at"])
    seal = write_seal(sheet=sheet, marks=marks, by=by, at=at)
    # Supervisors read it: no marks, and a hash that cannot be guessed back to them.
    journal.write("jury.sheet_sealed", about=sheet, by=by, at=at, digest=seal.digest)
    notices.jury_moved(sheet.stage, at=at)
    return sheet


def write_seal(*, sheet: Sheet, marks: Mapping[str, Decimal], by: Any, at: datetime) -> Seal:
    """What the sheet says now, kept for ever; the hash stands in the journal."""
    number = sheet.seals.count() + 1
    # From our secret rather than by chance: nobody can guess it, and a demo loads twice alike.
    salt = salted_hmac("leitai.jury.seal", f"{sheet.pk}.{number}.{at.isoformat()}").hexdigest()[:32]
    seal = Seal(
        sheet=sheet, number=number, total=sheet.total, comment=sheet.comment, tags=sheet.tags,
        marks={code: rules.plain(value) for code, value in marks.items()},
        evidence=sheet.told_evidence(), salt=salt, by=by, at=at,
    )  # fmt: skip
    seal.digest = seal.computed_digest()
    seal.save()
    return seal


def total_of(sheet: Sheet, marks: Mapping[str, Decimal]) -> Decimal:
    weights = {criterion.code: criterion.weight for criterion in sheet.stage.criteria.all()}
    return rules.total(marks, weights=weights, how=sheet.stage.rule.total)


def _save(sheet: Sheet, field: str, value: str, *, base: int, at: datetime) -> None:
    """Write one field of a held sheet."""
    kind, _dash, code = field.partition("-")
    current = current_value(sheet, field)
    wanted = wanted_value(sheet, field, value)
    if wanted == current:
        return
    if sheet.revisions.get(field, 0) > base:
        raise FieldConflict(field, current, sheet.revision)
    _write(sheet, kind, code, wanted)
    sheet.revision += 1
    sheet.revisions[field] = sheet.revision
    sheet.changed_at = at
    sheet.save(update_fields=["revision", "revisions", "changed_at", "comment", "note", "tags"])


def current_value(sheet: Sheet, field: str) -> str:
    """What the sheet says in a field of its form: `mark-<code>`, `evidence-<code>`, `tag-<code>`,
    `comment`."""
    kind, _dash, code = field.partition("-")
    if kind in TEXTS:
        return getattr(sheet, kind)
    if kind == "tag":
        return TICKED if code in sheet.tags else ""
    mark = Mark.objects.filter(sheet=sheet, criterion__code=code).first()
    if mark is None:
        return ""
    if kind == "evidence":
        return mark.evidence
    return "" if mark.value is None else rules.plain(mark.value)


def wanted_value(sheet: Sheet, field: str, value: str) -> str:
    """The value as it would be kept, or a refusal that says why not."""
    value = str(value).replace("\0", "").replace("\r\n", "\n")
    kind, _dash, code = field.partition("-")
    if kind in TEXTS:
        return _short(value, TEXTS[kind])
    if kind == "tag" and code in dict(rules.tags_of(sheet.stage.contest.rules.jury)):
        return TICKED if value.strip() else ""
    criterion = sheet.stage.criteria.filter(code=code).first()
    if criterion is None or kind not in ("mark", "evidence"):
        raise NotPossible(no("no_such_field", _("This sheet has no such field.")))
    if kind == "evidence":
        return _short(value, 500)
    if not value.strip():
        return ""
    mark = rules.read_mark(value, criterion.scale(sheet.stage.rule.direction))
    if isinstance(mark, Verdict):
        raise NotPossible(mark)
    return rules.plain(mark)


def _short(value: str, most: int) -> str:
    if len(value) > most:
        raise NotPossible(no("too_long", _("This text is too long; please shorten it.")))
    return value


def _write(sheet: Sheet, kind: str, code: str, value: str) -> None:
    if kind in TEXTS:
        setattr(sheet, kind, value)
        return
    if kind == "tag":
        sheet.tags = rules.ticked(
            sheet.tags, code, is_on=bool(value), known=rules.tags_of(sheet.stage.contest.rules.jury)
        )
        return
    criterion = sheet.stage.criteria.get(code=code)
    wanted = (
        {"evidence": value} if kind == "evidence" else {"value": Decimal(value) if value else None}
    )
    Mark.objects.update_or_create(sheet=sheet, criterion=criterion, defaults=wanted)
