"""Numbers of certificates: an edition's own letters and a count, HAIWAN-3-0042."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no

PREFIX = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
LONGEST = 24


def number_of(prefix: str, count: int) -> str:
    """
    >>> number_of("HAIWAN-3", 42)
    'HAIWAN-3-0042'
    """
    return f"{prefix}-{count:04d}"


def tidy_prefix(words: str) -> str:
    """
    >>> tidy_prefix(" haiwan 3 ")
    'HAIWAN-3'
    """
    letters = re.sub(r"[^A-Z0-9]+", "-", unicodedata.normalize("NFKC", words).upper())
    return letters.strip("-")[:LONGEST].strip("-")


def may_use_prefix(prefix: str, *, is_taken: bool, issued: int) -> Verdict:
    if not PREFIX.fullmatch(prefix) or len(prefix) > LONGEST:
        return no("bad_prefix", _("Use letters A to Z, digits and hyphens, at most 24 of them."))
    if issued:
        return no("numbers_given", _("Numbers were given already; they keep their letters."))
    if is_taken:
        return no("prefix_taken", _("Another edition uses these letters; choose others."))
    return YES


def read_number(typed: str) -> str:
    """A number as somebody typed it from paper; dashes and spaces of any kind.

    >>> read_number("haiwan–3 – 0042")
    'HAIWAN-3-0042'
    """
    plain = unicodedata.normalize("NFKC", typed[:100]).upper()
    plain = re.sub(r"[\u2010-\u2015\u2212\u30fc_]", "-", plain)
    return re.sub(r"\s+", "", plain)[:60]
