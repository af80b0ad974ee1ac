"""Texts that say the same.

What is measured is how much of the shorter text stands in the other one: the share of its pairs
and triples of neighbouring words, each weighed by its rarity, so that what stands in very many
texts (the form's own words) counts nothing. The score is the root of that share: 0.5 says that a
quarter is common. Only pairs that share rare triples are looked at, block by block.
"""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from itertools import combinations, product

import numpy as np
from scipy.sparse import csr_array

from leitai.algorithms.lookalike.meaning import near_in_meaning
from leitai.algorithms.lookalike.near import near_pairs
from leitai.algorithms.lookalike.rarity import SIZES, Rarity, Tell, look_through
from leitai.algorithms.lookalike.shelf import GRAM, Shelf, shelve

FLAGGED = 0.5
FEW_RUNS = 30
PAIRS = 20_000
FIRST_BITS = GRAM - np.uint64(31)
SAME = 20

Found = tuple[np.ndarray, np.ndarray, np.ndarray]


def find(
    *,
    texts: Sequence[str],
    own: int | None = None,
    vectors: np.ndarray | None = None,
    tell: Tell = lambda share: None,
) -> Found:
    """Pairs `(i, j, score)` with i < j and a score from 0.5 to 1, the highest first.

    With `own`, only pairs with one of the first `own` texts: the new ones against all. With
    `vectors`, a row of meaning for each text (any encoder's), copies in other words count as
    well. Of more than 20 texts that are the same word for word only the first 20 are paired.
    """
    shelf = shelve(texts)
    tell(0.3)
    groups = _same(shelf)
    heads = np.array([group[0] for group in groups], dtype=np.int64)
    known = _taken(shelf, heads)
    own = len(texts) if own is None else own
    n_own = int(np.searchsorted(heads, own))
    first, second, score = _alike(known, own=n_own, tell=lambda s: tell(0.3 + 0.7 * s))
    found = _spread(groups, first, second, score, own=own)
    if vectors is not None:
        found = _higher(found, near_in_meaning(np.asarray(vectors), own=own))
    return _ordered(found)


def _same(shelf: Shelf) -> list[list[int]]:
    """Texts word for word the same, in the order of their first; those without words in none."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for i in range(len(shelf)):
        words = shelf.words[shelf.starts[i] : shelf.starts[i + 1]]
        if len(words):
            groups[blake2b(words.tobytes(), digest_size=16).digest()].append(i)
    return list(groups.values())


def _taken(shelf: Shelf, texts: np.ndarray) -> Shelf:
    if len(texts) == len(shelf):
        return shelf
    is_taken = np.zeros(len(shelf), dtype=bool)
    is_taken[texts] = True
    words = shelf.words[np.repeat(is_taken, shelf.lengths)]
    return Shelf(words, np.concatenate(([0], np.cumsum(shelf.lengths[texts]))))


def _alike(shelf: Shelf, *, own: int, tell: Tell) -> Found:
    if not len(shelf):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    rarity, text, gram = look_through(shelf, tell=lambda s: tell(0.4 * s))
    first, second = near_pairs(rarity, text, gram, own=own, tell=lambda s: tell(0.4 + 0.4 * s))
    del text, gram
    scores = [np.zeros(0)]
    at_once = PAIRS if len(shelf) > 2 * PAIRS else max(len(first), 1)
    for at in range(0, len(first), at_once):
        part = slice(at, at + at_once)
        scores.append(likeness(shelf, rarity, first[part], second[part]))
        tell(0.8 + 0.2 * min(1.0, (at + at_once) / len(first)))
    score = np.concatenate(scores)
    keep = score >= FLAGGED
    return first[keep].astype(np.int64), second[keep].astype(np.int64), score[keep]


def likeness(shelf: Shelf, rarity: Rarity, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The score of each pair: the root of the weighed share of the shorter text."""
    texts, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    one, other = place[: len(first)], place[len(first) :]
    share = np.zeros(len(first))
    for n in SIZES:
        row, gram, _count = shelf.grams(n, texts)
        worth = rarity.worth(gram)
        row, gram, worth = row[worth > 0], gram[worth > 0], worth[worth > 0]
        starts = np.searchsorted(row, np.arange(len(texts) + 1)).astype(np.int32)
        # A gram's first bits are its column: rows stay in order, and no list of grams is needed.
        column = (gram >> FIRST_BITS).astype(np.int32)
        held = csr_array((np.sqrt(worth), column, starts), shape=(len(texts), 2**31 - 1))
        common = _row_products(held, one, other)
        whole = np.bincount(row, worth, minlength=len(texts))
        shorter = np.minimum(whole[one], whole[other])
        longer = np.maximum(whole[one], whole[other])
        share += common / np.maximum(np.maximum(shorter, np.minimum(longer, FEW_RUNS)), 1e-9)
    return np.sqrt(share / len(SIZES)).clip(max=1.0)


def _row_products(rows: csr_array, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.concatenate([
        np.asarray((rows[one[at : at + 2000]] * rows[other[at : at + 2000]]).sum(axis=1))
        for at in range(0, len(one), 2000)
    ])  # fmt: skip


def _spread(
    groups: list[list[int]], first: np.ndarray, second: np.ndarray, score: np.ndarray, *, own: int
) -> Found:
    """Pairs of groups as pairs of texts, and the pairs within each group."""
    pairs: list[tuple[int, int, float]] = []
    for i, j, value in zip(first.tolist(), second.tolist(), score.tolist(), strict=True):
        for one, other in product(groups[i][:SAME], groups[j][:SAME]):
            pairs.append((min(one, other), max(one, other), value))
    for group in groups:
        pairs += [(one, other, 1.0) for one, other in combinations(group[:SAME], 2)]
    told = [pair for pair in pairs if pair[0] < own]
    ends = np.array([pair[:2] for pair in told], dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array([pair[2] for pair in told], dtype=float)


def _higher(one: Found, other: Found) -> Found:
    """Pairs of either, each with its higher score."""
    ends = np.concatenate([one[:2], other[:2]], axis=1)
    pairs, place = np.unique(ends, axis=1, return_inverse=True)
    score = np.zeros(pairs.shape[1])
    np.maximum.at(score, place, np.concatenate([one[2], other[2]]))
    return pairs[0], pairs[1], score


def _ordered(found: Found) -> Found:
    first, second, score = found
    order = np.lexsort((second, first, -score))
    return first[order], second[order], score[order]
