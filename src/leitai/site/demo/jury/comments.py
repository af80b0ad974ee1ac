"""What jurors write on a sheet: short, led by the criteria they marked highest and lowest."""

from functools import cache
from random import Random

from leitai.site.demo.plan import RUBRIC
from leitai.site.demo.shapes import Comment, Entry, Juror
from leitai.site.demo.words import Text, pairs, table, upper_first

CRITERIA = tuple(code for code, *_ in RUBRIC)
LIMITS = tuple(limit for *_, limit in RUBRIC)


@cache
def _phrases(kind: str, criterion: str) -> tuple[Text, ...]:
    return pairs(table("comments")[kind][criterion])


def comment(rng: Random, *, entry: Entry, juror: Juror, marks: tuple[int, ...]) -> Comment:
    """In the juror's language. Some write all three parts, some one, a few nothing."""
    language = "en" if juror.overseas else "zh"
    shares = [mark / limit for mark, limit in zip(marks, LIMITS)]
    best, worst = (CRITERIA[shares.index(edge(shares))] for edge in (max, min))
    kept = rng.choices(("swa", "sw", "wa", "s", "w", "a", ""), (40, 18, 14, 8, 8, 4, 8))[0]
    parts = (
        _said(rng, "strength", best, entry, language) if "s" in kept else "",
        _said(rng, "weakness", worst, entry, language) if "w" in kept else "",
        _said(rng, "advice", "advice", entry, language) if "a" in kept else "",
    )
    return Comment(language, *parts)


def _said(rng: Random, kind: str, criterion: str, entry: Entry, language: str) -> str:
    phrase = getattr(rng.choice(_phrases(kind, criterion)), language)
    return upper_first(phrase.format(object=getattr(entry.subject, language)))
