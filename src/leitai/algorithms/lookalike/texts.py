"""Texts that say the same, and the passages they share.

Two measures, the higher one counts: the cosine of TF-IDF vectors over single tokens and pairs
of neighbours finds rewritten copies; containment, the share of the shorter text's rare runs of
three tokens found in the longer (to the power 3/4, so that 40 % inside another is flagged),
finds one text inside another. Pairs are only looked at when
they share rare runs, so the work grows with the number of copies and not with the square of the
texts. What stands in very many texts (the form's own words) is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, triu

from leitai.algorithms.text import count, located, plain, tfidf, tokens

FLAGGED = 0.5
RUN = 3
RARE = 50
IN_COMMON = 2
FEW_RUNS = 8
CHUNK = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The same run of words in both texts, as positions in each and as the first text has it."""

    first: tuple[int, int]
    second: tuple[int, int]
    text: str


def find(*, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs `(i, j, score)` with i < j and a score from 0.5 to 1, the highest first.

    About a second for 2,000 abstracts; meant for up to 20,000.
    """
    words = [tokens(text) for text in texts]
    runs = _rare(count([_neighbours(w, RUN) for w in words]))
    first, second = _candidates(runs)
    if not len(first):
        return first, second, np.zeros(0)
    documents = [[*w, *_neighbours(w, 2)] for w in words]
    vectors = tfidf(documents, most=0.2 if len(texts) >= 20 else 1.0)
    cosine = _row_products(vectors, vectors, first, second)
    held = np.diff(runs.indptr)
    shorter = np.maximum(np.minimum(held[first], held[second]), 1)
    contained = _row_products(runs, runs, first, second) / shorter
    contained[np.minimum(held[first], held[second]) < FEW_RUNS] = 0.0
    score = np.maximum(cosine, contained**0.75).clip(max=1.0)
    order = np.lexsort((second, first, -score))
    order = order[score[order] >= FLAGGED]
    return first[order], second[order], score[order]


def _neighbours(words: list[str], n: int) -> list[str]:
    """Runs of n tokens; a text shorter than n is one run."""
    if len(words) < n:
        return [" ".join(words)] if words else []
    return [" ".join(words[i : i + n]) for i in range(len(words) - n + 1)]


def _rare(counts: csr_array) -> csr_array:
    """Which document holds which run, without runs of one document and of very many."""
    held_by = np.bincount(counts.indices, minlength=counts.shape[1])
    most = max(RARE, counts.shape[0] // 100)
    keep = (held_by > 1) & (held_by <= most)
    alone = held_by == 1
    counts.data = np.where(keep | alone, 1.0, 0.0)[counts.indices]
    counts.eliminate_zeros()
    return counts


def _candidates(runs: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that share at least two rare runs, or all the few that one of them has."""
    held = np.diff(runs.indptr)
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for start in range(0, runs.shape[0], CHUNK):
        shared = triu(runs[start : start + CHUNK] @ runs.T, k=start + 1, format="coo")
        first, second = shared.row + start, shared.col
        enough = shared.data >= np.minimum(IN_COMMON, np.minimum(held[first], held[second]))
        found.append((first[enough], second[enough]))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate([f for f, _ in found]), np.concatenate([s for _, s in found])


def _row_products(
    one: csr_array, other: csr_array, first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    parts = [
        np.asarray((one[first[at : at + CHUNK]] * other[second[at : at + CHUNK]]).sum(axis=1))
        for at in range(0, len(first), CHUNK)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def passages(one: str, other: str, *, least: int = 6) -> tuple[Passage, ...]:
    """Runs of at least `least` tokens that both texts have, in the order of the first.

    Where a run stands in the other text several times, the longest match is told. Positions
    count characters of the text after full-width forms were made half-width.
    """
    one, other = plain(one), plain(other)
    here, there = list(located(one)), list(located(other))
    words, others = [t for t, _, _ in here], [t for t, _, _ in there]
    starts: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(others) - least + 1):
        starts.setdefault(tuple(others[at : at + least]), []).append(at)
    found: list[Passage] = []
    at = 0
    while at + least <= len(words):
        matches = starts.get(tuple(words[at : at + least]), ())
        longest = max(((_common(words, others, at, m), -m) for m in matches), default=None)
        if longest is None:
            at += 1
            continue
        length, match = longest[0], -longest[1]
        first = (here[at][1], here[at + length - 1][2])
        second = (there[match][1], there[match + length - 1][2])
        found.append(Passage(first=first, second=second, text=one[first[0] : first[1]]))
        at += length
    return tuple(found)


def _common(words: list[str], others: list[str], at: int, match: int) -> int:
    length = 0
    while (
        at + length < len(words)
        and match + length < len(others)
        and words[at + length] == others[match + length]
    ):
        length += 1
    return length
