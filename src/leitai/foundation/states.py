"""Holding a row and moving it from one state to the next."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import NotPossible
from leitai.values.verdict import no


def hold(row: Model) -> None:
    """Read the row afresh and keep others from changing it until the transaction ends.

    Rows that only point at it may still be written: their transactions check at the very end that
    it is there, holding the journal, for which we may be waiting.
    """
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update(no_key=True))


def hold_all(rows: QuerySet) -> None:
    """Keep others from changing any of these rows, before the first line goes into the journal."""
    list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))


def move(row: Any, to: str, *, moves: Mapping[str, set[str]]) -> None:
    """Carry a held row to its next state, or refuse.

    The old state stands in the WHERE clause as well, so even a row that nobody held cannot be
    moved twice.
    """
    if to not in moves[row.state]:
        raise NotPossible(no("no_such_move", _("This step is not possible from here.")))
    moved = type(row)._base_manager.filter(pk=row.pk, state=row.state).update(state=to)
    if not moved:
        raise NotPossible(no("already_moved", _("Somebody was faster; please look again.")))
    row.state = to
