"""Marks as jurors write them, and the total they make."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.values.score import Scale, publish
from leitai.values.verdict import Verdict, no


def read_mark(words: str, scale: Scale) -> Decimal | Verdict:
    """The mark that was written, or a no that says which marks there are.

    >>> read_mark("７，５", Scale(Decimal(0), Decimal(10), Decimal("0.5")))
    Decimal('7.5')
    """
    text = unicodedata.normalize("NFKC", words).strip().replace(",", ".")
    try:
        mark = Decimal(text)
    except InvalidOperation:
        return no("not_a_number", _("A mark is a number, such as 7 or 7.5."))
    if not mark.is_finite() or mark not in scale:
        steps = _("Marks here go from {low} to {high} in steps of {step}.")
        return no(
            "off_the_scale",
            format_lazy(
                steps, low=plain(scale.low), high=plain(scale.high), step=plain(scale.step)
            ),
        )
    return mark


def total(
    marks: Mapping[str, Decimal],
    *,
    weights: Mapping[str, Decimal],
    how: Literal["sum", "weighted_mean"],
) -> Decimal:
    """The number a sheet is worth; a mean is of the marks there are, a sum needs all of them."""
    if how == "sum":
        return publish(sum((marks[code] for code in weights), Decimal(0)), places=3)
    given = {code: weight for code, weight in weights.items() if code in marks}
    weighed = sum((marks[code] * weight for code, weight in given.items()), Decimal(0))
    return publish(weighed / sum(given.values(), Decimal(0)), places=3)


def plain(number: Decimal) -> str:
    """7 rather than 7.000, and 0.5 rather than 5E-1.

    >>> plain(Decimal("7.000")), plain(Decimal("0.500")), plain(Decimal("100"))
    ('7', '0.5', '100')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
