"""How long the first start on a fresh clone takes, and a warm one, to the first page.

    python3 benchmarks/start.py [--size full] [--cold]

Standard library only. `--cold` clones the project into a temporary folder and starts from nothing
(packages come through the caches of pip and npm if there are any). Writes one line of JSON a run.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from workshop.starting import free_port  # noqa: E402

LONGEST = 600.0  # seconds


def measure(folder: Path, data: Path, size: str) -> dict[str, float]:
    """Seconds until the line that says ready, and the seconds of each step."""
    port = free_port("127.0.0.1", 18_400)
    command = [sys.executable, "dev.py", "start", "--size", size, "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LEITAI_", "DATABASE"))}
    began = time.monotonic()
    process = subprocess.Popen(
        [*command, "--data", str(data)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    steps: dict[str, float] = {}
    title, said = "", []
    for line in process.stdout or ():
        words = line.strip()
        said.append(line)
        if words.startswith("["):
            title = words.partition("]")[2].strip(" …")
        elif words.endswith(" s") and title:
            steps[title] = float(words.rpartition(" s")[0].split()[-1])
        elif words.startswith("Leitai is ready"):
            steps["ready"] = round(time.monotonic() - began, 1)
            break
        if time.monotonic() - began > LONGEST:
            break
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    if "ready" not in steps:
        sys.exit("It did not start:\n" + "".join(said[-30:]))
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="full", choices=["tiny", "demo", "full"])
    parser.add_argument("--cold", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder, data = PROJECT, Path(scratch) / "data"
        if args.cold:
            folder = Path(scratch) / "clone"
            subprocess.run(["git", "clone", "-q", str(PROJECT), str(folder)], check=True)
        for kind in ("first" if args.cold else "new data", "warm"):
            print(
                json.dumps({"start": kind, "size": args.size, **measure(folder, data, args.size)})
            )


if __name__ == "__main__":
    main()
