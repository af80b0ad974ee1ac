"""What differs between two rule sets, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from pydantic import BaseModel

from leitai.rooms.contests.rules import labels
from leitai.rooms.contests.rules.printing_stages import tie_break
from leitai.rooms.contests.rules.schema import Rules, StageRule, Words
from leitai.rooms.contests.rules.wording import moment, number

# Lists whose parts have a code of their own are compared part by part, whatever their place.
KEYS = {"stages": "code", "criteria": "code", "steps": "code", "fields": "key", "awards": "code"}
_CHOICE_OF = {
    "kinds": "entrants", "entrants": "entrants", "optional_for": "entrants",
    "compliance": "compliance", "direction": "direction", "formula": "formula", "by": "by",
    "rest": "rest", "order": "order", "shown": "shown", "object": "object", "layer": "layer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` is empty for what was added, `after` for what was taken away."""

    where: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return _("{where}: added {after}").format(where=self.where, after=self.after)
        if not self.after:
            return _("{where}: removed {before}").format(where=self.where, before=self.before)
        return _("{where}: {before} → {after}").format(
            where=self.where, before=self.before, after=self.after
        )


def differences(old: Rules, new: Rules, *, time_zone: str = "Asia/Shanghai") -> list[Difference]:
    """In the order of the rules; empty when they say the same."""
    return list(_Comparing(ZoneInfo(time_zone)).models(old, new, ()))


class _Comparing:
    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def models(self, old: Any, new: Any, at: tuple[str, ...]) -> Iterator[Difference]:
        for name in type(new).model_fields:
            before, after = getattr(old, name), getattr(new, name)
            if before == after:
                continue
            label = self._label(new, name)
            if name in KEYS:
                yield from self.parts(before, after, (*at, label), KEYS[name])
            elif self._is_group(before) and self._is_group(after):
                yield from self.models(before, after, (*at, label))
            elif name == "bands":
                kept = set(before) & set(after)
                old_bands = tuple(band for band in before if band not in kept)
                new_bands = tuple(band for band in after if band not in kept)
                path = labels.path((*at, label))
                was = self._words(old_bands, name, old)
                yield Difference(path, was, self._words(new_bands, name, new))
            else:
                was = self._words(before, name, old) or _("nothing")
                is_now = self._words(after, name, new) or _("nothing")
                yield Difference(labels.path((*at, label)), was, is_now)

    def parts(self, old: Any, new: Any, at: tuple[str, ...], key: str) -> Iterator[Difference]:
        before = {getattr(part, key): part for part in old}
        after = {getattr(part, key): part for part in new}
        for code, part in before.items():
            if code not in after:
                yield Difference(labels.path(at), self._title(part), "")
            elif part != after[code]:
                yield from self.models(part, after[code], (*at, self._title(after[code])))
        for code, part in after.items():
            if code not in before:
                yield Difference(labels.path(at), "", self._title(part))
        kept, now = [c for c in before if c in after], [c for c in after if c in before]
        if kept != now:
            old_order = labels.listed(self._title(before[c]) for c in kept)
            new_order = labels.listed(self._title(after[c]) for c in now)
            yield Difference(labels.path((*at, _("order"))), old_order, new_order)

    def _label(self, owner: Any, name: str) -> str:
        if name == "total" and isinstance(owner, StageRule):
            return str(labels.TOTAL_OF_A_SHEET)
        return str(labels.LABELS.get(name, name))

    def _is_group(self, value: Any) -> bool:
        return isinstance(value, BaseModel) and not isinstance(value, Words)

    def _title(self, part: Any) -> str:
        words = getattr(part, "name", None) or getattr(part, "label", None)
        return (labels.said(words) if words else "") or getattr(part, "code", "")

    def _words(self, value: Any, name: str, owner: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, Words):
            return self._both(value)
        if isinstance(value, datetime):
            return moment(value, self.zone, end=name == "closes_at")
        if isinstance(value, Decimal):
            return number(value)
        if isinstance(value, dict):
            pairs = (f"{labels.choice('jurors', k)} {n}" for k, n in value.items())
            return labels.listed(pairs)
        if isinstance(value, BaseModel):
            return self._group(value)
        if isinstance(value, tuple):
            return labels.listed(self._item(part, name, owner) for part in value)
        return self._choice(str(value), name, owner)

    def _item(self, part: Any, name: str, owner: Any) -> str:
        if name == "tie_breaks":
            return tie_break(part, owner)
        if name in ("options", "strengths", "weaknesses"):
            return self._both(part[1]) or part[0]
        if name == "bands":
            return f"{number(part.low)}–{number(part.high)} {self._both(part.text)}"
        return self._words(part, name, owner)

    def _choice(self, value: str, name: str, owner: Any) -> str:
        if name == "kind":
            name = "stage_kind" if isinstance(owner, StageRule) else "field_kind"
        elif name == "total":
            return labels.choice("total", value) if isinstance(owner, StageRule) else value
        else:
            name = _CHOICE_OF.get(name, "")
        return labels.choice(name, value) if name else value

    def _group(self, value: BaseModel) -> str:
        return labels.listed(
            f"{self._label(value, name)} {self._words(getattr(value, name), name, value)}"
            for name in type(value).model_fields
        )

    def _both(self, words: Words) -> str:
        return " / ".join(part for part in (words.zh, words.en) if part)
