"""Rows that can be added, removed and moved without a script: the server answers with the form."""

from typing import Any

from django.forms import BaseFormSet
from django.http import QueryDict

MOST_ROWS = 100


class Rows:
    """A formset whose buttons are named `do` and say `add:s`, `remove:s:2`, `up:s:2`, `down:s:2`.

    What was typed so far comes back unjudged: errors are shown when one saves.
    """

    def __init__(self, factory: type[BaseFormSet], *, prefix: str, **form_kwargs: Any) -> None:
        self.factory, self.prefix, self.form_kwargs = factory, prefix, form_kwargs

    def of(self, rows: list[dict[str, Any]]) -> BaseFormSet:
        return self.factory(initial=rows, prefix=self.prefix, form_kwargs=self.form_kwargs)

    def bound(self, data: QueryDict) -> BaseFormSet:
        return self.factory(data, prefix=self.prefix, form_kwargs=self.form_kwargs)

    def changed(self, data: QueryDict) -> BaseFormSet | None:
        """The rows after the pressed button, or None if no button of these rows was pressed."""
        do, _colon, rest = data.get("do", "").partition(":")
        prefix, _colon, at = rest.partition(":")
        if prefix != self.prefix or do not in {"add", "remove", "up", "down"}:
            return None
        rows = self.typed(data)
        here = int(at) if at.isascii() and at.isdigit() else len(rows)
        if do == "add" and len(rows) < MOST_ROWS:
            rows.append({})
        elif do == "remove" and here < len(rows):
            del rows[here]
        elif do in {"up", "down"}:
            there = here + (1 if do == "down" else -1)
            if here < len(rows) and 0 <= there < len(rows):
                rows[here], rows[there] = rows[there], rows[here]
        return self.of(rows)

    def typed(self, data: QueryDict) -> list[dict[str, Any]]:
        count = data.get(f"{self.prefix}-TOTAL_FORMS", "0")
        total = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else 0
        fields = self.factory.form(**self.form_kwargs).fields
        return [
            {
                name: field.widget.value_from_datadict(data, {}, f"{self.prefix}-{n}-{name}")
                for name, field in fields.items()
            }
            for n in range(total)
        ]
