"""Pairs worth a closer look: those that share enough of their rare runs of three words.

One sparse product in blocks. Runs held by many texts are left out, so many that the product stays
within its budget: the work grows with the number of copies, not with the square of the texts.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from leitai.algorithms.lookalike.rarity import Rarity, Tell

RARE = 50
SHARE = 0.12
FEW_RUNS = 2  # a share of very few runs says little
MOST = 1_000_000
WORK = 1_000_000_000
AT_ONCE = 8_000_000


def near_pairs(
    rarity: Rarity, text: np.ndarray, gram: np.ndarray, *, own: int, tell: Tell
) -> tuple[np.ndarray, np.ndarray]:
    """`(i, j)`, i < j and i < own."""
    runs, worth = _runs(rarity, text, gram)
    best = _Best()
    for block in _blocks(runs, own):
        # Texts before the block have met it already.
        shared = (runs[block.start : block.stop] @ runs[block.start :].T).tocoo()
        first, second = shared.row + block.start, shared.col + block.start
        share = shared.data / (np.minimum(worth[first], worth[second]) + FEW_RUNS)
        keep = (first < second) & (share >= best.least)
        best.take(first[keep], second[keep], share[keep])
        tell(block.stop / max(own, 1))
    return best.pairs()


class _Best:
    """The pairs with the highest shares, a million of them at most (and their equals)."""

    def __init__(self) -> None:
        self.least = SHARE
        self.parts: list[tuple[np.ndarray, ...]] = []
        self.number = 0

    def take(self, first: np.ndarray, second: np.ndarray, share: np.ndarray) -> None:
        self.parts.append((first.astype(np.int32), second.astype(np.int32), share))
        self.number += len(first)
        if self.number > 2 * MOST:
            self._drop()

    def _drop(self) -> None:
        if self.number > MOST:
            shares = np.concatenate([share for _, _, share in self.parts])
            self.least = float(np.partition(shares, -MOST)[-MOST])
            self.parts = [
                tuple(column[part[2] >= self.least] for column in part) for part in self.parts
            ]
            self.number = sum(len(part[0]) for part in self.parts)

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        self._drop()
        none = np.zeros(0, dtype=np.int32)
        first = np.concatenate([none, *(part[0] for part in self.parts)])
        second = np.concatenate([none, *(part[1] for part in self.parts)])
        return first, second


def _runs(rarity: Rarity, text: np.ndarray, gram: np.ndarray) -> tuple[csr_array, np.ndarray]:
    """Which text holds which run, weighed; and the worth of all runs of each text."""
    held = rarity.held_by(gram)
    seldom = held <= _most(held, rarity.n_texts)
    value = np.where(seldom, rarity.worth(gram), 0.0)
    worth = np.bincount(text, value, minlength=rarity.n_texts)
    shared = seldom & (held > 1)
    known, column = np.unique(gram[shared], return_inverse=True)
    starts = np.searchsorted(text[shared], np.arange(rarity.n_texts + 1))
    entries = (np.sqrt(value[shared]).astype(np.float32), column.astype(np.int32), starts)
    return csr_array(entries, shape=(rarity.n_texts, len(known))), worth


def _most(held: np.ndarray, n_texts: int) -> int:
    """The number of texts from which on a run is too common to look for.

    A run of d texts stands in `held` d times and makes d * d products.
    """
    rule = max(min(RARE, n_texts // 4), n_texts // 100, 4)
    times = np.bincount(held[held <= rule], minlength=rule + 1)
    work = np.cumsum(times * np.arange(rule + 1.0))
    return min(rule, max(int(np.searchsorted(work, WORK, side="right")) - 1, 4))


def _blocks(runs: csr_array, own: int) -> Iterator[range]:
    """Rows in blocks whose products fit in memory."""
    held_by = np.bincount(runs.indices, minlength=runs.shape[1])
    work = np.zeros(runs.shape[0] + 1)
    np.cumsum(np.bincount(
        np.repeat(np.arange(runs.shape[0]), np.diff(runs.indptr)), held_by[runs.indices],
        minlength=runs.shape[0],
    ), out=work[1:])  # fmt: skip
    start = 0
    while start < own:
        stop = int(np.searchsorted(work, work[start] + AT_ONCE, side="right")) - 1
        stop = min(max(stop, start + 1), own)
        yield range(start, stop)
        start = stop
