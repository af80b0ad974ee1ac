"""What a team is told of its marks: coarse bands, and comments that somebody read before."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FEW, MANY = 20, 200  # fields in which quarters and tenths say nothing of a single other entry
MASK = "•••"


class Band(TextChoices):
    """Where an entry stands in the field; the lowest tenth is not told."""

    TENTH = "tenth", _("the best tenth")
    QUARTER = "quarter", _("the best quarter")
    UPPER = "upper", _("the upper half")
    LOWER = "lower", _("the lower half")
    LAST = "last", _("the last quarter")


class Third(TextChoices):
    UPPER = "upper", _("upper third: a strength")
    MIDDLE = "middle", _("middle third")
    LOWER = "lower", _("lower third: a weakness")


def band(value: Decimal, field: Sequence[Decimal], *, least: int = FEW) -> Band | None:
    """By how many of the field, given in ascending order, are better; equals share a band. None in
    a small field."""
    if len(field) < max(least, FEW):
        return None
    ahead = (len(field) - bisect_right(field, value)) / len(field)
    if ahead < 0.1 and len(field) >= MANY:
        return Band.TENTH
    limits = ((0.25, Band.QUARTER), (0.5, Band.UPPER), (0.75, Band.LOWER))
    return next((name for limit, name in limits if ahead < limit), Band.LAST)


def third(value: Decimal, field: Sequence[Decimal], *, least: int = FEW) -> Third | None:
    """The same in thirds; where most of the field is level, everybody is in the middle."""
    if len(field) < max(least, FEW):
        return None
    ahead = (len(field) - bisect_right(field, value)) / len(field)
    behind = bisect_left(field, value) / len(field)
    if ahead < 1 / 3 <= behind:
        return Third.UPPER
    return Third.LOWER if behind < 1 / 3 <= ahead else Third.MIDDLE


class Doubt(TextChoices):
    """Why a comment should be read before a team reads it."""

    PHONE = "phone", _("a phone or id number")
    MAIL = "mail", _("an e-mail address")
    NAME = "name", _("a juror's name")
    OTHER = "other", _("another entry's code")
    INSULT = "insult", _("a hurtful word")


PHONE = re.compile(r"(?<!\d)\+?\d[\d\- ]{5,}\d(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
CODE = re.compile(r"\b[A-Z]{2,6}-\d{3,6}\b")
# Hurtful in a comment to a team, whatever was meant; somebody reads the sentence around them.
INSULTS = (
    "垃圾", "骗子", "骗人", "白痴", "傻", "蠢", "弱智", "无耻", "可笑", "胡说", "废物", "丢人",
    "garbage", "rubbish", "idiot", "stupid", "moron", "fraud", "liar", "scam", "pathetic",
    "ridiculous", "worthless", "nonsense", "shameful",
)  # fmt: skip
_LATIN = [word for word in INSULTS if word.isascii()]
INSULT = re.compile(
    rf"\b({'|'.join(_LATIN)})\b|{'|'.join(w for w in INSULTS if not w.isascii())}", re.IGNORECASE
)


def names_in(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for people's names; what is too short to be told from a word is left out."""
    known = {n.strip() for n in names if len(n.strip()) >= (3 if n.strip().isascii() else 2)}
    known = {n for n in known if not n.isascii() or n.replace(" ", "").isalpha()}
    return (
        re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
        if known
        else None
    )


def doubts(text: str, *, own_code: str, names: re.Pattern[str] | None) -> set[Doubt]:
    found = {Doubt.OTHER} if set(CODE.findall(text)) - {own_code} else set()
    without_codes = CODE.sub("", text)
    seen = {Doubt.PHONE: PHONE, Doubt.MAIL: MAIL, Doubt.INSULT: INSULT, Doubt.NAME: names}
    return found | {d for d, pattern in seen.items() if pattern and pattern.search(without_codes)}


def masked(text: str, *, words: Collection[str]) -> str:
    """The text with these words hidden, longer ones first."""
    for word in sorted({w.strip() for w in words} - {""}, key=len, reverse=True):
        text = text.replace(word, MASK)
    return text
