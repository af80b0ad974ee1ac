"""What a jury's week costs at the size of a real call: 2,076 entries, 4,555 jurors, 5,802 sheets.

    LEITAI_REAL_DATA=<folder> .venv/bin/python benchmarks/week.py

Imports the reviews into a scratch database of the test cluster, carries them from the import to
the verified export as the test of the same name does, and prints Markdown: the seconds of each
deed, and of each page the seconds (all, and those of the processor in this process, which a busy
machine moves least) and queries when it is looked at for the second time, without a network.
"""

import os
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src"), str(PROJECT / "benchmarks")]


def main() -> int:
    folder = os.environ.get("LEITAI_REAL_DATA", "")
    file = Path(folder) / "nih_reviews.csv"
    if not folder or not file.exists():
        print("Name the folder that holds nih_reviews.csv in LEITAI_REAL_DATA.")
        return 1
    from lists import scratch_database

    with scratch_database(), tempfile.TemporaryDirectory() as kept:
        from tests.real_data import week

        found = week.walk(file, Path(kept))
        print("| deed | seconds |\n|---|---:|")
        for name, seconds in found.deeds.items():
            print(f"| {name} | {seconds:.1f} |")
        print("\n| page | seconds | of the processor | queries |\n|---|---:|---:|---:|")
        for name, (seconds, worked, queries) in found.pages.items():
            print(f"| {name} | {seconds:.2f} | {worked:.2f} | {queries} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
