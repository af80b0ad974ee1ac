"""What a juror's browser kept on a dead network, and brings afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.jury.actions.sheets import (
    current_value,
    save_field,
    seal_sheet,
    wanted_value,
)
from leitai.rooms.jury.models import Change, Sheet
from leitai.values.verdict import no

SEAL = "seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What has become of a change: the field as it stands now, and in which revision."""

    revision: int
    value: str
    is_new: bool = True


@transaction.atomic
def apply_change(
    *,
    sheet: Sheet,
    key: UUID,
    field: str,
    value: str,
    base: int,
    after: Sequence[UUID] = (),
    by: Any,
    at: datetime,
) -> Kept:
    """Apply a change by its name, and never twice.

    `after` names the writer's earlier changes of this field whose answers were lost on the way:
    those that did arrive were seen by the writer, so they are no conflict.
    """
    hold(sheet)
    if known := sheet.changes.filter(key=key).first():
        now = current_value(sheet, known.field) if known.field != SEAL else ""
        return Kept(revision=sheet.revision, value=now, is_new=False)
    arrived = sheet.changes.filter(key__in=after, field=field).values_list("revision", flat=True)
    save_field(sheet=sheet, field=field, value=value, base=max(base, *arrived, 0), by=by, at=at)
    _note(sheet, key, field, at)
    return Kept(revision=sheet.revision, value=current_value(sheet, field))


@transaction.atomic
def seal_as_seen(
    *, sheet: Sheet, key: UUID, seen: Mapping[str, str], by: Any, at: datetime
) -> Sheet:
    """Seal what the juror saw, perhaps hours ago, and nothing else; asked twice, sealed once."""
    hold(sheet)
    if sheet.changes.filter(key=key, field=SEAL).exists():
        return sheet
    require(sheet.may_mark(at))
    for field, value in seen.items():
        if current_value(sheet, field) != wanted_value(sheet, field, value):
            words = _("This sheet was changed elsewhere since you pressed Seal. Please look again.")
            raise NotPossible(no("changed_elsewhere", words))
    seal_sheet(sheet=sheet, by=by, at=at)
    _note(sheet, key, SEAL, at)
    return sheet


def _note(sheet: Sheet, key: UUID, field: str, at: datetime) -> None:
    Change.objects.create(sheet=sheet, key=key, field=field, revision=sheet.revision, at=at)
