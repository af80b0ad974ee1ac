"""The usual ways to find near-duplicates; those that are packages take part when installed."""

import re

import numpy as np
from scipy.sparse import csr_array, triu

from leitai.algorithms.text import tokens

Found = tuple[np.ndarray, np.ndarray, np.ndarray]
BLOCK = 500
MOST_PRODUCTS = 3_000_000_000
HASHES = 128


class TooMuch(Exception):
    """The method's work grows with the square of the texts."""


def runs_of_3(text: str) -> set[str]:
    words = tokens(text)
    return {" ".join(words[i : i + 3]) for i in range(max(len(words) - 2, 1))}


def jaccard(texts: list[str]) -> Found:
    """All pairs, exactly, by one sparse product in blocks; told from 0.1 on."""
    number: dict[str, int] = {}
    rows = [np.unique([number.setdefault(r, len(number)) for r in runs_of_3(t)]) for t in texts]
    size = np.array([len(row) for row in rows])
    starts = np.concatenate(([0], np.cumsum(size)))
    held = csr_array(
        (np.ones(starts[-1], np.float32), np.concatenate(rows), starts),
        shape=(len(texts), len(number)),
    )
    _bearable(held)

    def score(block: csr_array, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return block.data / (size[first] + size[second] - block.data)

    return _all_pairs(held, score, least=0.1)


def tfidf_cosine(texts: list[str]) -> Found:
    """scikit-learn's vectors (its defaults, logarithmic counts), all pairs; told from 0.25 on."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    is_chinese = sum(len(re.findall(r"[\u4e00-\u9fff]", t)) for t in texts) > len(texts)
    kind = (
        {"analyzer": "char", "ngram_range": (2, 3)}
        if is_chinese
        else {"analyzer": "word", "ngram_range": (1, 2)}
    )
    vectors = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, max_df=0.2, **kind)
    found = csr_array(vectors.fit_transform(texts))
    _bearable(found)
    return _all_pairs(found, lambda block, first, second: block.data, least=0.25)


def _bearable(rows: csr_array) -> None:
    held_by = np.bincount(rows.indices, minlength=rows.shape[1]).astype(float)
    if (products := (held_by**2).sum()) > MOST_PRODUCTS:
        raise TooMuch(f"{products:.1e} products for all pairs")


def _all_pairs(rows: csr_array, score, *, least: float) -> Found:
    kept: list[Found] = []
    turned = rows.T.tocsr()
    for at in range(0, rows.shape[0], BLOCK):
        block = triu(rows[at : at + BLOCK] @ turned, k=at + 1, format="coo")
        first, second = block.row + at, block.col
        value = score(block, first, second)
        keep = value >= least
        kept.append((first[keep], second[keep], value[keep]))
    return tuple(np.concatenate(part) for part in zip(*kept))


def datasketch_lsh(texts: list[str]) -> Found:
    from datasketch import MinHash, MinHashLSH

    held = [[run.encode() for run in runs_of_3(text)] for text in texts]
    hashes = MinHash.bulk(held, num_perm=HASHES)
    lsh = MinHashLSH(threshold=0.3, num_perm=HASHES)
    pairs = {}
    for i, one in enumerate(hashes):
        for j in lsh.query(one):
            pairs[j, i] = one.jaccard(hashes[j])
        lsh.insert(i, one)
    return _arrays(pairs)


def rensa_lsh(texts: list[str]) -> Found:
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=0.3, num_perm=HASHES, num_bands=32)
    hashes, pairs = [], {}
    for i, text in enumerate(texts):
        one = RMinHash(num_perm=HASHES, seed=42)
        one.update(sorted(runs_of_3(text)))
        for j in lsh.query(one):
            pairs[j, i] = one.jaccard(hashes[j])
        lsh.insert(i, one)
        hashes.append(one)
    return _arrays(pairs)


def _arrays(pairs: dict[tuple[int, int], float]) -> Found:
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array(list(pairs.values()))
