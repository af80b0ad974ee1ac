"""How many texts hold a gram, and what that makes it worth.

Counts stand in a table of fixed size at the place a gram's own bits name; two grams that fall
together only make each other look a little more common. So memory does not grow with the number
of different grams.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from leitai.algorithms.lookalike.shelf import Shelf

LARGEST = 25  # bits: 128 MiB
SMALLEST = 12
SMOOTH = 100
COMMON = 0.2
SIZES = (2, 3)
SAMPLE = 12_000_000

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Rarity:
    table: np.ndarray
    n_texts: int

    def held_by(self, gram: np.ndarray) -> np.ndarray:
        return self.table[_place(gram, self.table)]

    def worth(self, gram: np.ndarray) -> np.ndarray:
        """1 for what one text has, less for the common, 0 for what one text in five has."""
        held = np.maximum(self.held_by(gram), 1)
        common = COMMON * (self.n_texts + SMOOTH)
        return np.maximum(np.log(common / held) / np.log(common), 0.0)


def look_through(shelf: Shelf, *, tell: Tell) -> tuple[Rarity, np.ndarray, np.ndarray]:
    """The table, and `(text, gram)` of the runs of three words by which copies are sought.

    Where there are more than 12 million of those, the same part of them is taken from every text
    (by the gram's own bits, so copies keep what they share).
    """
    bits = int(np.ceil(np.log2(4 * max(len(shelf.words), 1))))
    table = np.zeros(1 << min(max(bits, SMALLEST), LARGEST), dtype=np.uint32)
    one_in = np.uint64(-(-max(len(shelf.words), 1) // SAMPLE))
    texts, grams = [], []
    for block in shelf.blocks():
        for n in SIZES:
            row, gram, _count = shelf.grams(n, block)
            np.add.at(table, _place(gram, table), np.uint32(1))
        taken = (gram >> np.uint64(8)) % one_in == 0
        texts.append((row[taken] + block[0]).astype(np.int32))
        grams.append(gram[taken])
        tell((int(block[-1]) + 1) / len(shelf))
    found = np.concatenate(texts), np.concatenate(grams)
    return Rarity(table, len(shelf)), *found


def _place(gram: np.ndarray, table: np.ndarray) -> np.ndarray:
    return (gram & np.uint64(len(table) - 1)).astype(np.int64)
