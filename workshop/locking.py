"""python3 dev.py lock"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from workshop.steps import Steps, run

FILES = ("base", "dev", "node", "meaning")
HOW = (
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=python3 dev.py lock",
    "--upgrade",
    "--quiet",
)


def lock(args: argparse.Namespace, rest: Sequence[str]) -> int:
    """Pin every package with its hashes, for every platform and Python from 3.11 on."""
    steps = Steps(len(FILES))
    with tempfile.TemporaryDirectory() as scratch:
        uv = shutil.which("uv") or _uv(Path(scratch))
        for name in FILES:
            # Relative, since uv writes the path into the file.
            file = Path("requirements") / name
            with steps(f"requirements/{name}.txt"):
                source, target = file.with_suffix(".in"), file.with_suffix(".txt")
                run([uv, "pip", "compile", *HOW, source, "-o", target], trouble="uv could not pin.")
    return 0


def _uv(scratch: Path) -> Path:
    run([sys.executable, "-m", "venv", scratch], trouble="Python could not make a venv.")
    run([scratch / "bin/python", "-m", "pip", "install", "-q", "uv"], trouble="There is no uv.")
    return scratch / "bin" / "uv"
