"""Sheets that look alike: the same marks more often than chance, or the same words.

Two jurors who agree may simply both be right, so equal marks are measured against how often other
jurors agree on the same entries. Words are compared by their runs of five characters, which serves
Chinese and English alike.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from scipy.stats import binom

from leitai.algorithms.calibration.sheets import Review
from leitai.algorithms.notes import Id, Note, in_order

LEAST_SHARED = 4
SURPRISE = 0.01
"""Named only if fewer than this many such pairs would come about by chance in the whole jury."""
ALIKE = 0.8
SHORTEST = 12
SKETCH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two jurors' equal marks, or two sheets' like words."""

    jurors: tuple[Id, Id]
    entries: tuple[Id, ...]
    chance: float | None
    """Expected number of such pairs by chance; None for words."""
    note: Note


def equal_marks(reviews: Sequence[Review]) -> list[Copy]:
    """Pairs of jurors with the same marks on more shared entries than chance explains."""
    panels: dict[Id, list[Review]] = defaultdict(list)
    for review in reviews:
        panels[review.entry].append(review)
    shared: Counter[tuple[Id, Id]] = Counter()
    equal: dict[tuple[Id, Id], list[Id]] = defaultdict(list)
    for entry in in_order(set(panels)):
        for one, other in combinations(sorted(panels[entry], key=lambda r: str(r.juror)), 2):
            pair = (one.juror, other.juror)
            shared[pair] += 1
            if _marks(one) == _marks(other):
                equal[pair].append(entry)
    meetings, agreed = shared.total(), sum(len(e) for e in equal.values())
    tried = sum(n >= LEAST_SHARED for n in shared.values())
    found = []
    for pair, entries in equal.items():
        n, k = shared[pair], len(entries)
        if n < LEAST_SHARED:
            continue
        usual = (agreed - k + 1) / (meetings - n + 2)
        expected = tried * float(binom.sf(k - 1, n, usual))
        if expected < SURPRISE:
            found.append(_equal(pair, tuple(entries), shared=n, usual=usual, expected=expected))
    return found


def like_words(reviews: Sequence[Review]) -> list[Copy]:
    """Pairs of sheets of different entries or jurors whose comments are (nearly) the same."""
    texts = [(n, _plain(r.comment)) for n, r in enumerate(reviews)]
    runs = {n: _runs(text) for n, text in texts if len(text) >= SHORTEST}
    found = []
    for a, b in sorted(_suspects(runs)):
        alike = len(runs[a] & runs[b]) / len(runs[a] | runs[b])
        if alike >= ALIKE:
            found.append(_worded(reviews[a], reviews[b], alike))
    return found


def _marks(review: Review) -> tuple[Decimal, ...]:
    return review.marks or (review.score,)


def _equal(
    pair: tuple[Id, Id], entries: tuple[Id, ...], *, shared: int, usual: float, expected: float
) -> Copy:
    note = Note(
        "equal_marks",
        "Jurors {one} and {other} gave the same marks on {equal} of {shared} entries they both "
        "saw; two jurors here usually do so on {usual} %. There may be a good reason: ask.",
        {
            "one": pair[0],
            "other": pair[1],
            "equal": len(entries),
            "shared": shared,
            "usual": round(100 * usual),
        },
    )
    return Copy(jurors=pair, entries=entries, chance=expected, note=note)


def _worded(one: Review, other: Review, alike: float) -> Copy:
    note = Note(
        "like_words",
        "The comments of juror {one} on entry {first} and of juror {other} on entry {second} are "
        "{percent} % the same.",
        {
            "one": one.juror,
            "first": one.entry,
            "other": other.juror,
            "second": other.entry,
            "percent": round(100 * alike),
        },
    )
    entries = tuple(in_order({one.entry, other.entry}))
    return Copy(jurors=(one.juror, other.juror), entries=entries, chance=None, note=note)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _runs(text: str) -> frozenset[int]:
    return frozenset(zlib.crc32(text[n : n + 5].encode()) for n in range(len(text) - 4))


def _suspects(runs: dict[int, frozenset[int]]) -> set[tuple[int, int]]:
    """Pairs that share one of their smallest runs, as texts alike by four fifths nearly always do.

    A phrase that hundreds share is followed along a chain of neighbours only, not for all pairs.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for n, own in runs.items():
        for run in sorted(own)[:SKETCH]:
            holders[run].append(n)
    return {pair for group in holders.values() for pair in _pairs(group)}


def _pairs(group: list[int]) -> Iterator[tuple[int, int]]:
    if len(group) <= 30:
        yield from combinations(group, 2)
    else:
        yield from pairwise(group)
