"""Reading one cell as what it should be. Each function makes a parser for a `Field`."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.table import Value

Parse = Callable[[Value], Any]

YES_WORDS = {"yes", "y", "true", "1", "是", "有", "对", "√"}
NO_WORDS = {"no", "n", "false", "0", "否", "无", "没有", "不", "×"}
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
# Zero-width characters, direction marks and the byte order mark; pasted in, never meant.
UNSEEN = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)


class BadCell(Exception):
    """Why this cell will not do, and the mend; `check` adds the address."""

    def __init__(self, reason: str, mend: str, /, **values: object) -> None:
        super().__init__()
        self.reason = format_lazy(reason, **values)
        self.mend = format_lazy(mend, **values)


def plain(value: Value) -> str:
    """The cell as one tidy piece of text: composed, trimmed, without characters nobody sees.

    Line breaks and tabs are kept; 1 and Decimal("1.0") are both "1".
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    words = unicodedata.normalize("NFC", str(value)).translate(UNSEEN)
    return "".join(c for c in words if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def _number_text(number: Decimal) -> str:
    if number.is_finite() and number == number.to_integral_value() and abs(number) < 10**18:
        return str(int(number))
    return str(number)


def folded(words: str) -> str:
    """For comparing names of things: width, case, spaces and punctuation do not matter.

    >>> folded("Ｅ-mail （必填）") == folded("e mail必填")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if c.isalnum())


def text(*, max_length: int = 200) -> Parse:
    def parse(value: Value) -> str:
        words = plain(value)
        if len(words) > max_length:
            raise BadCell(
                _("The text has {length} characters; at most {most} fit."),
                _("Shorten it to {most} characters."),
                length=len(words),
                most=max_length,
            )
        return words

    return parse


def decimal(
    *, low: Decimal | None = None, high: Decimal | None = None, step: Decimal | None = None
) -> Parse:
    """A number on a scale from `low` to `high`; with `step`, on one of its marks."""

    def parse(value: Value) -> Decimal:
        number = _number(value)
        _within(number, low, high)
        if step and (number - (low or 0)) % step:
            raise BadCell(
                _("{number} is finer than the scale, which goes in steps of {step}."),
                _("Round it to a multiple of {step}."),
                number=number,
                step=step,
            )
        return number

    return parse


def integer(*, low: int | None = None, high: int | None = None) -> Parse:
    def parse(value: Value) -> int:
        number = _number(value)
        if number != number.to_integral_value():
            raise BadCell(
                _("{number} is not a whole number."), _("Write a whole number."), number=number
            )
        _within(number, low, high)
        return int(number)

    return parse


def _number(value: Value) -> Decimal:
    words = unicodedata.normalize("NFKC", plain(value))
    if isinstance(value, bool | date) or len(words) > 40:
        words = "?"
    if re.fullmatch(r"[+-]?\d+,\d+", words):
        raise BadCell(
            _("“{number}” has a comma; it could mean a decimal or thousands."),
            _("Write decimals with a point, and thousands without a comma."),
            number=words,
        )
    try:
        number = Decimal(words)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise BadCell(
            _("This is not a number."), _("Write digits only, without a unit."), number=words
        )
    return number


def _within(number: Decimal, low: Decimal | int | None, high: Decimal | int | None) -> None:
    if low is not None and number < low:
        raise BadCell(
            _("{number} is below {low}."), _("Use a number from {low} up."), number=number, low=low
        )
    if high is not None and number > high:
        raise BadCell(
            _("{number} is above {high}."),
            _("Use a number up to {high}."),
            number=number,
            high=high,
        )


def day() -> Parse:
    """A date cell, or 2026-03-01, 2026/3/1, 2026.3.1 or 2026年3月1日; never day-first guesses."""

    def parse(value: Value) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        found = DAY.fullmatch(unicodedata.normalize("NFKC", plain(value)))
        try:
            return date(*map(int, found.groups()))  # type: ignore[union-attr]
        except (AttributeError, ValueError):
            raise BadCell(
                _("This is not a date."), _("Write dates as year-month-day, such as 2026-03-01.")
            ) from None

    return parse


def choice(options: Mapping[str, Iterable[str]]) -> Parse:
    """One of a few values: `options` gives each value the words people may use for it."""
    known = {folded(str(word)): key for key, words in options.items() for word in [key, *words]}
    offered = ", ".join(str(next(iter(words), key)) for key, words in options.items())

    def parse(value: Value) -> str:
        try:
            return known[folded(plain(value))]
        except KeyError:
            raise BadCell(
                _("“{value}” is not one of the choices."),
                _("Use one of: {offered}."),
                value=plain(value)[:60],
                offered=offered,
            ) from None

    return parse


def items(*, max_length: int = 200) -> Parse:
    """Several things in one cell, separated by ; ； 、 , ， or line breaks."""
    one = text(max_length=max_length)

    def parse(value: Value) -> list[str]:
        parts = (one(part) for part in re.split(r"[;；、,，\n]", plain(value)))
        return list(dict.fromkeys(part for part in parts if part))

    return parse


def email() -> Parse:
    def parse(value: Value) -> str:
        address = unicodedata.normalize("NFKC", plain(value)).lower()
        try:
            validate_email(address)
        except ValidationError:
            raise BadCell(
                _("This is not an e-mail address."),
                _("Write one address, such as name@example.org."),
            ) from None
        return address

    return parse


def yes_no() -> Parse:
    def parse(value: Value) -> bool:
        word = "yes" if value is True else "no" if value is False else plain(value).casefold()
        if word not in YES_WORDS | NO_WORDS:
            raise BadCell(_("This is neither yes nor no."), _("Write yes or no."))
        return word in YES_WORDS

    return parse
