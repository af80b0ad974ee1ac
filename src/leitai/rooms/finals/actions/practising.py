"""Marks of a rehearsal. They lie in rows of their own, and no sheet is touched."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import NotPossible
from leitai.rooms.finals.models import PracticeSheet, Session
from leitai.rooms.finals.queries.hall import Hall, Turn
from leitai.rooms.jury import rules as jury
from leitai.rooms.jury.models import Juror
from leitai.rooms.people.models import User
from leitai.values.verdict import Verdict, no


def practise(
    *, session: Session, hall: Hall, turn: Turn, juror: Juror, marks: Mapping[str, str],
    seal: bool, by: User, at: datetime,
) -> PracticeSheet:  # fmt: skip
    """As a real score would be taken, scale and all. Whoever calls holds the session."""
    seat = next(s for s in hall.seats if s.juror_id == juror.pk)
    sheet, _made = PracticeSheet.objects.get_or_create(slot_id=turn.id, seat=seat)
    if sheet.sealed_at is not None:
        raise NotPossible(no("not_open", _("This sheet is closed; its marks stand still.")))
    rule = hall.heat.stage.rule
    scales = {c.code: rule.scale(c) for c in rule.criteria}
    for code, words in marks.items():
        if code not in scales:
            raise NotPossible(no("no_such_field", _("This sheet has no such field.")))
        mark = jury.read_mark(str(words), scales[code])
        if isinstance(mark, Verdict):
            raise NotPossible(mark)
        sheet.marks[code] = jury.plain(mark)
    if seal:
        if any(c.code not in sheet.marks and not c.optional for c in rule.criteria):
            raise NotPossible(no("marks_missing", _("Every criterion needs a mark first.")))
        given = {code: Decimal(mark) for code, mark in sheet.marks.items()}
        weights = {c.code: c.weight for c in rule.criteria}
        sheet.total = jury.total(given, weights=weights, how=rule.total)
        sheet.sealed_at = at
    sheet.save(update_fields=["marks", "total", "sealed_at"])
    return sheet
