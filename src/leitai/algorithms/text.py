"""Texts as sparse vectors: words where words are written apart, pairs of characters elsewhere.

TF-IDF with logarithmic counts and vectors of length 1, so that a product of two is a cosine.
Chinese, Japanese and Korean are cut into overlapping pairs of characters, which finds
two-character words without a dictionary.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from operator import add

import numpy as np
from scipy.sparse import csr_array

_CJK = r"\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"([{_CJK}]+)|([^\W_]+)")
_ASCII_WORDS = re.compile(r"[^\W_]+", re.ASCII)


def plain(text: str) -> str:
    """Full-width forms made half-width, letters made small."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def tokens(text: str) -> list[str]:
    """Words, and overlapping pairs of CJK characters, in the order of the text.

    >>> tokens("ＡＩ 智慧交通 for Traffic")
    ['ai', '智慧', '慧交', '交通', 'for', 'traffic']
    """
    text = plain(text)
    if text.isascii():
        return _ASCII_WORDS.findall(text)
    found: list[str] = []
    for run, word in _RUNS.findall(text):
        if len(run) < 2:
            found.append(run or word)
        else:
            found += map(add, run, run[1:])
    return found


def located(text: str) -> Iterator[tuple[str, int, int]]:
    """Each token with where it begins and ends in a text that is `plain` already."""
    for run in _RUNS.finditer(text):
        start, end = run.span()
        if run.group(1) is None or end - start == 1:
            yield text[start:end], start, end
        else:
            for at in range(start, end - 1):
                yield text[at : at + 2], at, at + 2


def tfidf(documents: Sequence[Sequence[str]], *, least: int = 1, most: float = 1.0) -> csr_array:
    """One row of length 1 for each document of tokens; a document without known tokens is 0.

    Tokens in fewer than `least` documents or in more than the share `most` are left out.
    """
    counts = count(documents)
    held_by = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = (held_by >= least) & (held_by <= max(most * len(documents), 1))
    rarity = np.where(kept, 1 + np.log((1 + len(documents)) / (1 + held_by)), 0.0)
    weights = (1 + np.log(counts.data)) * rarity[counts.indices]
    rows = np.repeat(np.arange(len(documents)), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(rows, weights**2, minlength=len(documents)))
    weights = weights / np.where(length > 0, length, 1.0)[rows]
    found = csr_array((weights, counts.indices, counts.indptr), shape=counts.shape)
    found.eliminate_zeros()
    return found


def count(documents: Sequence[Sequence[str]]) -> csr_array:
    """How often each document holds each token."""
    number: dict[str, int] = {}
    indices = [number.setdefault(t, len(number)) for document in documents for t in document]
    lengths = [len(document) for document in documents]
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    ones = np.ones(len(indices))
    shape = (len(documents), max(len(number), 1))
    counts = csr_array((ones, np.array(indices, dtype=np.int64), starts), shape=shape)
    counts.sum_duplicates()
    return counts
