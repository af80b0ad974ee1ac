"""How well a juror fits an entry, from 0 to 1."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from leitai.algorithms.assignment.problem import Array
from leitai.algorithms.assignment.values import EntryNeed, JurorOffer
from leitai.algorithms.text import count, plain, tfidf, tokens


def affinity(
    entries: Sequence[EntryNeed], jurors: Sequence[JurorOffer], *, text_weight: float
) -> Array:
    """Tags and texts together; where one side lacks one of them, the other counts alone."""
    by_tags = affinity_from_tags([e.tags for e in entries], [j.tags for j in jurors])
    both_texts = np.outer([bool(e.text) for e in entries], [bool(j.text) for j in jurors])
    if not both_texts.any() or text_weight == 0:
        return by_tags
    by_text = affinity_from_texts([e.text or "" for e in entries], [j.text or "" for j in jurors])
    untagged = np.array([not e.tags for e in entries])[:, None]
    weight = np.where(untagged, 1.0, text_weight) * both_texts
    return (1 - weight) * by_tags + weight * by_text


def affinity_from_tags(
    entries: Sequence[frozenset[str]], jurors: Sequence[frozenset[str]]
) -> Array:
    """The share of the entry's tags that the juror knows; 0 for an entry without tags.

    >>> affinity_from_tags([frozenset({"AI", "traffic"})], [frozenset({"ai"})]).tolist()
    [[0.5]]
    """
    documents = [sorted({plain(tag) for tag in tags}) for tags in (*entries, *jurors)]
    held = count(documents)
    shared = (held[: len(entries)] @ held[len(entries) :].T).toarray()
    wanted = np.array([max(len(d), 1) for d in documents[: len(entries)]])
    return shared / wanted[:, None]


def affinity_from_texts(entries: Sequence[str], jurors: Sequence[str]) -> Array:
    """The cosine of TF-IDF vectors of words and CJK character pairs."""
    vectors: csr_array = tfidf([tokens(text) for text in (*entries, *jurors)])
    return (vectors[: len(entries)] @ vectors[len(entries) :].T).toarray().clip(0.0, 1.0)
