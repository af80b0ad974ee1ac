"""Planted copies found among made descriptions and real abstracts, in one run.

    python benchmarks/fairness/lookalikes.py [--sizes 2000,20000] [--only Leitai]
    python benchmarks/fairness/lookalikes.py --large 200000

Ten kinds of copies (exact, edited, shuffled, half, renamed, shortened, padded with the form's
text, merged from two, other numbers, synonyms) are planted in made descriptions in English and
Chinese, bare and with a form's text in all of them, and in the real abstracts found through
LEITAI_REAL_DATA. No original is copied twice. Recall is told at 99 % precision, that is as far
down each method's own list as one pair in a hundred is false; F1 at each method's own line.
scikit-learn, datasketch and rensa take part when this Python has them.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from alike import large, peers
from alike.corpus import Corpus, corpus, real_abstracts
from alike.fresh import measured

from leitai.algorithms.lookalike import find

PRECISION = 0.99
# Each with the line from which on it calls a pair alike; recall looks below it as well.
METHODS: dict[str, tuple[Callable, float]] = {
    "Leitai": (lambda texts: find(texts=texts), 0.5),
    "exact Jaccard, runs of 3": (peers.jaccard, 0.2),
    "TF-IDF cosine, words 1-2 / characters 2-3": (peers.tfidf_cosine, 0.5),
    "datasketch MinHashLSH, t = .3": (peers.datasketch_lsh, 0.3),
    "rensa RMinHashLSH, 32 bands": (peers.rensa_lsh, 0.3),
}


def corpora(n: int, seed: int) -> dict[str, Corpus]:
    copies = max(120, n // 50) if n <= 20_000 else 2000
    made = {
        "English": corpus(language="en", n=n, copies=copies, form=False, seed=seed),
        "English, form in all": corpus(language="en", n=n, copies=copies, form=True, seed=seed),
        "Chinese": corpus(language="zh", n=n, copies=copies, form=False, seed=seed),
        "Chinese, form in all": corpus(language="zh", n=n, copies=copies, form=True, seed=seed),
    }
    if n <= 2000 and (real := real_abstracts()):
        size = len(real) + 120
        made["real abstracts"] = corpus(
            language="en", n=size, copies=120, form=False, seed=seed, base=real
        )
    return made


def figures(
    truth: set[tuple[int, int]], found: tuple[np.ndarray, np.ndarray, np.ndarray], *, line: float
) -> tuple[float, float]:
    """Recall at 99 % precision, and F1 of all from the line on."""
    first, second, score = found
    order = np.argsort(-score, kind="stable")
    pairs = list(zip(first[order].tolist(), second[order].tolist()))
    right = np.cumsum([pair in truth for pair in pairs]) if pairs else np.zeros(0)
    share = right / np.arange(1, len(pairs) + 1)
    sure = np.flatnonzero(share >= PRECISION)
    recall = right[sure[-1]] / len(truth) if len(sure) else 0.0
    told = int((score >= line).sum())
    f1 = 2 * right[told - 1] / (told + len(truth)) if told else 0.0
    return float(recall), float(f1)


def main() -> None:
    options = argparse.ArgumentParser(description="Planted copies and who finds them")
    options.add_argument("--sizes", default="2000")
    options.add_argument("--only", default="", help="methods whose name begins so")
    options.add_argument("--corpus", default="", help="corpora whose name begins so")
    options.add_argument("--kinds", action="store_true", help="recall of each kind of copy")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--large", type=int, default=0, help="so many texts, Leitai alone")
    chosen = options.parse_args()
    if chosen.large:
        large.run(chosen.large, seed=chosen.seed)
        return
    if not real_abstracts():
        print("No real abstracts: name the folder of iclr2018_submissions.csv in LEITAI_REAL_DATA.")
    for size in map(int, chosen.sizes.split(",")):
        for name, texts in corpora(size, chosen.seed).items():
            if name.startswith(chosen.corpus):
                table(name, texts, only=chosen.only, kinds=chosen.kinds)


def table(name: str, given: Corpus, *, only: str, kinds: bool) -> None:
    print(f"\n{name}: {len(given.texts):,} texts, {len(given.truth)} planted pairs\n")
    print("| method | recall at 99 % precision | F1 | s (CPU) | MiB |\n|---|--:|--:|--:|--:|")
    for method, (work, line) in METHODS.items():
        if not method.startswith(only):
            continue
        try:
            found, wall, cpu, mib = measured(work, given.texts)
        except ImportError as missing:
            print(f"| {method} | left out: {missing.name} is not installed here | | | |")
            continue
        except peers.TooMuch as reason:
            print(f"| {method} | left out: {reason} | | | |")
            continue
        recall, f1 = figures(set(given.truth), found, line=line)
        print(f"| {method} | {recall:.3f} | {f1:.3f} | {wall:.2f} ({cpu:.2f}) | {mib:.0f} |")
        if kinds:
            told = set(zip(found[0].tolist(), found[1].tolist()))
            for kind in dict.fromkeys(given.truth.values()):
                pairs = {pair for pair, its in given.truth.items() if its == kind}
                print(f"|   {kind} | {len(pairs & told) / len(pairs):.3f} | | | |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
