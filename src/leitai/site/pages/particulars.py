"""What a line of the journal adds to its verb: versions, reasons, what was before and after."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from leitai.foundation.models import Line
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import ConflictGround
from leitai.rooms.screening.rules import Reason
from leitai.rooms.submissions.rules import EntrantKind, Layer, MemberRole

SAID = {
    "version": gettext_lazy("version {value}"),
    "number": gettext_lazy("number {value}"),
    "before": gettext_lazy("before: {value}"),
    "after": gettext_lazy("after: {value}"),
    "until": gettext_lazy("until {value}"),
    "role": "{value}",
    "kind": "{value}",
    "shows": "{value}",
    "ground": "{value}",
    "reasons": "{value}",
}
WORDS: dict[str, Mapping[str, Any]] = {
    "role": dict(MemberRole.choices),
    "kind": dict(EntrantKind.choices),
    "shows": dict(Layer.choices),
    "ground": dict(ConflictGround.choices),
    "reasons": dict(Reason.choices),
}
BLANK = pgettext_lazy("mark", "blank")


def of_line(line: Line, more: Mapping[int, str] | None = None) -> str:
    """From its own data; ids stay out, and `more` knows what stands elsewhere."""
    said = [
        str(words).format(value=_value(key, line.data[key]))
        for key, words in SAID.items()
        if line.data.get(key) not in (None, "", [])
    ]
    if more and line.number in more:
        said.append(more[line.number])
    return " · ".join(filter(None, said))


def _value(key: str, value: Any) -> str:
    known = WORDS.get(key, {})
    values = value if isinstance(value, list) else [value]
    shown = ", ".join(str(known.get(one, one)) for one in values)
    return shown[:16].replace("T", " ") + " UTC" if key == "until" else shown


def of_sheet(sheet: Sheet) -> dict[int, str]:
    """By the number of the line: the total of each seal, what it changed, and why it was opened."""
    about = Line.objects.filter(about_type="jury.sheet", about_id=sheet.pk).order_by("number")
    seals, reopenings = list(sheet.seals.order_by("number")), list(sheet.reopenings.order_by("pk"))
    names = {c.code: c.name for c in sheet.stage.criteria.all()}
    found: dict[int, str] = {}
    before: Any = None
    for number, verb in about.values_list("number", "verb"):
        if verb == "jury.sheet_reopened" and reopenings:
            found[number] = reopenings.pop(0).why
        elif verb in ("jury.sheet_sealed", "jury.sheet_imported", "jury.marks_changed") and seals:
            seal = seals.pop(0)
            found[number] = _seal(seal, before, names)
            before = seal
    return found


def _seal(seal: Any, before: Any, names: Mapping[str, str]) -> str:
    if before is None:
        return _("total {total}").format(total=_plain(seal.total))
    changed = [
        f"{name}: {before.marks.get(code, BLANK)} → {seal.marks.get(code, BLANK)}"
        for code, name in names.items()
        if before.marks.get(code) != seal.marks.get(code)
    ]
    totals = f"{_plain(before.total)} → {_plain(seal.total)}"
    return "; ".join([*changed, _("total {total}").format(total=totals)])


def _plain(number: Any) -> str:
    return f"{number.normalize():f}"
