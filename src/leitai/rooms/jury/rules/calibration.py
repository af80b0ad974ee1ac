"""Sample entries: marked by every juror before the own pile opens, and never counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no

SAMPLES = 3
OTHERS_FROM = 5  # marks of fewer jurors would say who gave them


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion of one sample: the own mark beside the reference and the others'."""

    criterion: str
    own: Decimal
    reference: Decimal
    low: Decimal | None = None  # the others' middle half, once enough have marked
    middle: Decimal | None = None
    high: Decimal | None = None

    @property
    def off(self) -> Decimal:
        """How far the own mark lies above the reference."""
        return self.own - self.reference


def compare(
    own: Mapping[str, str], reference: Mapping[str, str], others: Sequence[Mapping[str, str]]
) -> list[Compared]:
    """Criterion by criterion; the others are shown from five on, and only as quartiles.

    >>> sheets = [{"a": "4"}, {"a": "5"}, {"a": "6"}, {"a": "7"}, {"a": "9"}]
    >>> compare({"a": "8"}, {"a": "6"}, sheets)[0]  # doctest: +NORMALIZE_WHITESPACE
    Compared(criterion='a', own=Decimal('8'), reference=Decimal('6'), low=Decimal('5'),
             middle=Decimal('6'), high=Decimal('7'))
    >>> compare({"a": "8"}, {"a": "6"}, sheets[1:])[0].middle is None
    True
    """
    found = []
    for code, mark in reference.items():
        if code not in own:  # may be left blank
            continue
        theirs = sorted(Decimal(sheet[code]) for sheet in others if code in sheet)
        spread = _quartiles(theirs) if len(theirs) >= OTHERS_FROM else (None, None, None)
        found.append(Compared(code, Decimal(own[code]), Decimal(mark), *spread))
    return found


def _quartiles(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    last = len(values) - 1
    return values[last // 4], values[last // 2], values[-1 - last // 4]


def may_change_sample(*, marked: int) -> Verdict:
    """Nobody's feedback changes behind their back."""
    if marked:
        return no("sample_marked", _("Jurors have marked this sample; it stands as it is."))
    return YES


def may_hand_in_sample(
    *, is_done: bool, given: Collection[str], wanted: Collection[str]
) -> Verdict:
    if is_done:
        return no("sample_done", _("You have marked this sample already."))
    if set(wanted) - set(given):
        return no("marks_missing", _("Every criterion needs a mark first."))
    return YES
