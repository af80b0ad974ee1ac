"""Very many texts in a process that holds nothing else: seconds, and the most memory it took.

python benchmarks/fairness/lookalikes.py --large 200000
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alike.corpus import corpus

HERE = Path(__file__).resolve()
COPIES = 2000


def run(n: int, *, seed: int) -> None:
    """Half of the texts are English, half Chinese; a hundredth are copies."""
    parts = [
        corpus(language=language, n=n // 2, copies=COPIES // 2, form=True, seed=seed)
        for language in ("en", "zh")
    ]
    texts = [text for part in parts for text in part.texts]
    shift = (0, n // 2)
    truth = {
        (i + by, j + by): kind
        for by, part in zip(shift, parts, strict=True)
        for (i, j), kind in part.truth.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        path.write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
        size = path.stat().st_size
        del texts, parts
        answer = subprocess.run(
            [sys.executable, str(HERE), str(path)], check=True, capture_output=True, text=True
        )
    told = json.loads(answer.stdout)
    found = {(i, j) for i, j in told["pairs"]}
    print(f"\n{n:,} texts, {size / 2**20:.0f} MiB of JSON, {len(truth)} planted pairs\n")
    print("| found of the planted | found besides | s (CPU) | MiB with the texts | MiB at most |")
    print("|--:|--:|--:|--:|--:|")
    print(
        f"| {len(truth.keys() & found) / len(truth):.4f} | {len(found - truth.keys())} "
        f"| {told['wall']:.0f} ({told['cpu']:.0f}) | {told['before']:.0f} | {told['peak']:.0f} |"
    )
    missed = Counter(truth[pair] for pair in truth.keys() - found)
    print("\nMissed:", ", ".join(f"{n} {kind}" for kind, n in missed.most_common()) or "none")


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _alone(path: Path) -> None:
    sys.path.insert(0, str(HERE.parents[3] / "src"))
    from leitai.algorithms.lookalike import find

    with path.open(encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    before, began, used = _peak_mib(), time.perf_counter(), time.process_time()
    first, second, _score = find(texts=texts)
    figures = {
        "wall": time.perf_counter() - began, "cpu": time.process_time() - used, "before": before,
        "peak": _peak_mib(), "pairs": list(zip(first.tolist(), second.tolist(), strict=True)),
    }  # fmt: skip
    print(json.dumps(figures))


if __name__ == "__main__":
    _alone(Path(sys.argv[1]))
