"""What jurors write on a sheet: short, led by the criteria they marked highest and lowest."""

from functools import cache
from random import Random

from leitai.rooms.contests.rules.tags import STRENGTHS, WEAKNESSES
from leitai.site.demo.plan import RUBRIC
from leitai.site.demo.shapes import Comment, Entry, Juror
from leitai.site.demo.words import Text, pairs, table, upper_first

CRITERIA = tuple(code for code, *_ in RUBRIC)
LIMITS = tuple(limit for *_, limit in RUBRIC)


GOOD = {"technology": "new-approach", "market": "real-need", "model": "copyable",
        "team": "fitting-team", "fit": "strong-evidence"}  # fmt: skip
WEAK = {"technology": "known-already", "market": "thin-evidence", "model": "unclear-costs",
        "team": "vague-plan", "fit": "hard-to-copy"}  # fmt: skip


def tags(marks: tuple[int, ...]) -> list[str]:
    """What such a juror ticks: the criteria that stand out, in the order of the rules."""
    shares = {code: mark / limit for code, mark, limit in zip(CRITERIA, marks, LIMITS)}
    good = {GOOD[code] for code, share in shares.items() if share >= 0.85}
    weak = {WEAK[code] for code, share in shares.items() if share < 0.55}
    return [code for code, _words in (*STRENGTHS, *WEAKNESSES) if code in good | weak]


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
