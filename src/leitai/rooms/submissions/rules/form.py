"""The entry form: which questions this kind of entrant gets, and what counts as an answer."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.rules.schema import EntryRule, FieldRule, StepRule, Words
from leitai.values.verdict import YES, Verdict, no

# Contests whose rules name no questions ask these.
PLAIN_STEPS = (
    StepRule(
        code="project",
        name=Words(zh="项目", en="Project"),
        fields=(
            FieldRule(
                key="title_zh", label=Words(zh="项目名称（中文）", en="Project name in Chinese"),
                layer="public", entrants=("company", "unregistered", "institute"), required=True,
            ),
            FieldRule(
                key="title_en", label=Words(zh="项目名称（英文）", en="Project name in English"),
                layer="public",
            ),
            FieldRule(
                key="scenario", kind="scenario", label=Words(zh="场景", en="Scenario"),
                layer="public", required=True,
            ),
            FieldRule(
                key="line_zh", label=Words(zh="一句话介绍", en="One-liner in Chinese"),
                layer="public", max_length=60,
            ),
            FieldRule(
                key="line_en", label=Words(zh="一句话介绍（英文）", en="One-liner in English"),
                layer="public", max_length=160,
            ),
            FieldRule(
                key="plan", kind="file", accept=("pdf",), max_mb=30,
                label=Words(zh="商业计划书（PDF）", en="Business plan (PDF)"),
            ),
        ),
    ),
)  # fmt: skip

# Questions whose answers also stand in columns, for lists, search and facets.
TEXT_COLUMNS = (
    "title_zh",
    "title_en",
    "line_zh",
    "line_en",
    "team_name",
    "maturity",
    "country",
    "region",
)
COLUMN_LENGTHS = {
    "title_zh": 200, "title_en": 300, "line_zh": 200, "line_en": 300, "team_name": 160,
    "maturity": 10, "country": 2, "region": 60,
}  # fmt: skip
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def steps_of(entry: EntryRule, kind: str) -> list[StepRule]:
    """The pages this kind of entrant sees; pages without a question for it fall away."""
    steps = []
    for step in entry.steps or PLAIN_STEPS:
        fields = tuple(f for f in step.fields if kind in f.entrants)
        if fields:
            steps.append(step.model_copy(update={"fields": fields}))
    return steps


def fields_of(entry: EntryRule, kind: str) -> dict[str, FieldRule]:
    return {field.key: field for step in steps_of(entry, kind) for field in step.fields}


def missing(
    fields: Collection[FieldRule], *, kind: str, values: Mapping[str, Any], files: Collection[str]
) -> list[FieldRule]:
    """The required questions without an answer. `files` are the keys that have a file."""
    return [
        field for field in fields
        if field.is_required_of(kind)
        and (field.key not in files if field.kind == "file" else not _is_answered(field, values))
    ]  # fmt: skip


def is_promise(field: FieldRule) -> bool:
    """A yes or no that only a yes answers."""
    return field.kind == "yes_no" and field.key.startswith(("declares_", "promises_", "agrees_"))


def _is_answered(field: FieldRule, values: Mapping[str, Any]) -> bool:
    value = values.get(field.key)
    return value is True if is_promise(field) else not is_blank(value)


def is_blank(value: Any) -> bool:
    """A plain no is an answer too."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def meaning(key: str) -> str:
    """`title_en_overseas` is the title in English, asked of overseas teams in other words."""
    return re.sub("_(company|unregistered|institute|overseas)$", "", key)


def by_meaning(values: Mapping[str, Any], fields: Collection[FieldRule]) -> dict[str, Any]:
    """Answers under what they mean, taking only questions this entrant is asked."""
    told: dict[str, Any] = {}
    for field in fields:
        if not is_blank(values.get(field.key)):
            told.setdefault(meaning(field.key), values[field.key])
    return told


def clean(field: FieldRule, value: Any, *, scenarios: Collection[str] = ()) -> tuple[Any, Verdict]:
    """The value as it is kept, or why it will not do. A blank is always fine in a draft."""
    if field.kind == "yes_no":
        return ("" if value in ("", None) else value in (True, "true", "on", "1", "yes")), YES
    if field.kind in ("choices", "tags"):
        return _several(field, value)
    if not isinstance(value, str | int | float | None):
        return None, no("not_a_text", _("This is not an answer to this question."))
    text = tidy("" if value is None else str(value))
    if not text:
        return "", YES
    if len(text) > field.max_length:
        return text, no("too_long", _("This is too long; please shorten it."))
    if field.kind in ("number", "money"):
        return _number(text)
    if field.kind == "date":
        return _date(text)
    if field.kind == "choice" and text not in dict(field.options):
        return text, no("no_such_choice", _("Please choose one of the answers offered."))
    if field.kind == "scenario" and text not in scenarios:
        return text, no("no_such_choice", _("Please choose one of the answers offered."))
    if field.kind == "country" and not re.fullmatch("[A-Z]{2}", text):
        return text, no("no_such_country", _("Please choose a country."))
    return text, YES


def tidy(text: str) -> str:
    """Composed, trimmed, without characters nobody sees; lines stay lines, rare characters stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\0", ""))
    return "".join(
        c
        for c in UNSEEN.sub("", text)
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")
    ).strip()


def _several(field: FieldRule, value: Any) -> tuple[list[str], Verdict]:
    parts = value if isinstance(value, list) else re.split(r"[;；、,，\n]", str(value or ""))
    texts = list(dict.fromkeys(filter(None, (tidy(str(part)) for part in parts))))
    if field.kind == "choices" and set(texts) - set(dict(field.options)):
        return texts, no("no_such_choice", _("Please choose one of the answers offered."))
    if field.kind == "tags" and (len(texts) > 20 or any(len(text) > 40 for text in texts)):
        return texts, no("too_long", _("At most 20 words of at most 40 characters each."))
    return texts, YES


def _number(text: str) -> tuple[str, Verdict]:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) >= 10**15 or len(plain) > 30:
        return text, no("not_a_number", _("Please write a number in digits, without a unit."))
    return format(number, "f"), YES


def _date(text: str) -> tuple[str, Verdict]:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        return date(*map(int, found.groups())).isoformat(), YES  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        return text, no("not_a_date", _("Please write the date as year-month-day."))
