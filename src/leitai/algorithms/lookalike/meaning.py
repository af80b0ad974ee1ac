"""Texts that mean the same in other words or another language, by vectors made elsewhere.

Within one field everything is near everything, so no cosine says "copy" by itself. A pair counts
when its two texts are nearer to each other than each is to its next ten: by the margin of their
cosine over the mean of both neighbourhoods (a measure used to align languages, CSLS). Finds
translations and paraphrases among texts on many matters; among a thousand texts on one matter
the neighbours are as near as a copy, and it is silent.
"""

import numpy as np

MARGIN = 0.15
CERTAIN = 0.5
NEIGHBOURS = 10
BLOCK = 500


def near_in_meaning(vectors: np.ndarray, *, own: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`(i, j, score)`, i < j and i < own; a row of zeros is near nothing.

    Every row is compared with every row: seconds for 20,000 of them. Of fewer than twelve
    texts nothing can be said, for there is no neighbourhood.
    """
    n = len(vectors)
    if n < NEIGHBOURS + 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    place, cosine = _nearest(vectors, NEIGHBOURS + 1)
    # The very nearest may be the copy itself and says nothing about the neighbourhood.
    around = cosine[:, 1:].mean(axis=1)
    one = np.repeat(np.arange(n), place.shape[1])
    other, near = place.ravel(), cosine.ravel()
    margin = near - (around[one] + around[other]) / 2
    # If the margin is positive, each is among the nearest of the one that has fewer near.
    keep = (margin >= MARGIN) & (np.minimum(one, other) < own)
    ends = np.stack([np.minimum(one, other), np.maximum(one, other)])[:, keep]
    pairs, first = np.unique(ends, axis=1, return_index=True)
    score = 0.5 + (margin[keep][first] - MARGIN) / (2 * (CERTAIN - MARGIN))
    return pairs[0], pairs[1], score.clip(max=1.0)


def _nearest(vectors: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The `k` nearest others of each row and their cosines, the nearest first."""
    places, cosines = [], []
    for start in range(0, len(vectors), BLOCK):
        cosine = vectors[start : start + BLOCK] @ vectors.T
        cosine[np.arange(len(cosine)), np.arange(start, start + len(cosine))] = -1.0
        place = np.argpartition(-cosine, k - 1, axis=1)[:, :k]
        found = np.take_along_axis(cosine, place, axis=1)
        order = np.argsort(-found, axis=1, kind="stable")
        places.append(np.take_along_axis(place, order, axis=1))
        cosines.append(np.take_along_axis(found, order, axis=1))
    return np.concatenate(places), np.concatenate(cosines)
