"""Many texts as numbers: each word 32 bits of its hash, text after text in one array.

Runs of neighbouring words ("grams") are 48 bits of a hash, made where they are needed and for as
many texts as are needed, so that memory holds the words and little else. Numbers depend on the
words alone, not on the order of the texts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from leitai.algorithms.text import tokens

KNOWN_WORDS = 500_000
BLOCK = 2000  # texts
GRAM = np.uint64(48)  # bits
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_HALF = np.uint64(32)


class _Numbers(dict[str, int]):
    """32 bits for a word; a cache that starts anew when it grows large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= KNOWN_WORDS:
            self.clear()
        number = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest())
        self[word] = number
        return number


@dataclass(frozen=True, slots=True)
class Shelf:
    words: np.ndarray  # uint32
    starts: np.ndarray  # where each text begins, and the end of the last

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.starts)

    def grams(self, n: int, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """`(row, gram, count)`: which gram stands how often in which of these texts.

        Rows are places in `texts`, in order, each with its grams in order. A text shorter than
        `n` words is one gram; one without words has none.
        """
        length = self.lengths[texts]
        held = np.where(length >= n, length - n + 1, length > 0)
        row = np.repeat(np.arange(len(texts)), held)
        ends = np.cumsum(held)
        step = np.arange(len(row)) - np.repeat(ends - held, held)
        at = np.repeat(self.starts[texts], held) + step
        left = np.repeat(length, held) - step  # words from here to the end of the text
        mixed = np.full(len(at), n, dtype=np.uint64)
        for i in range(n):
            word = self.words[np.minimum(at + i, len(self.words) - 1)].astype(np.uint64)
            mixed = (mixed + np.where(left > i, word + np.uint64(1), np.uint64(0))) * _MIX[i % 3]
            mixed ^= mixed >> _HALF
        keys = (row.astype(np.uint64) << GRAM) | (mixed & np.uint64((1 << 48) - 1))
        keys.sort()
        first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else keys[:0]
        first = first.astype(np.int64)
        count = np.diff(np.r_[first, len(keys)])
        keys = keys[first]
        return (keys >> GRAM).astype(np.int64), keys & np.uint64((1 << 48) - 1), count

    def blocks(self) -> Iterator[np.ndarray]:
        for start in range(0, len(self), BLOCK):
            yield np.arange(start, min(start + BLOCK, len(self)))


def shelve(texts: Sequence[str]) -> Shelf:
    numbers = _Numbers()
    parts = [np.fromiter(map(numbers.__getitem__, tokens(text)), dtype=np.uint32) for text in texts]
    starts = np.concatenate(([0], np.cumsum([len(part) for part in parts]))).astype(np.int64)
    words = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)
    return Shelf(words, starts)
