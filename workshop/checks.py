"""python3 dev.py check"""

import argparse
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from workshop.setting_up import SET_UP_STEPS, set_up
from workshop.steps import PROJECT, PYTHON, VENV, Steps, Stop, run, tell

# Spelled in pieces, since this file is looked through as well.
HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + "ian"])
)
LONGEST = 300  # lines
LONGEST_TESTS = 450  # a row of short stories reads well a little longer
BIN = VENV / "bin"


def check(args: argparse.Namespace, rest: Sequence[str]) -> int:
    """Every check runs, so one sees all that is wrong at once."""
    deeds = {
        "Format": [BIN / "ruff", "format", "--check", "."],
        "Lint": [BIN / "ruff", "check", "."],
        "Imports go one way": [BIN / "lint-imports"],
        "Types": [BIN / "mypy"],
        "Translations": [PYTHON, "-m", "workshop.messages", "check"],
        "Settings fit for the public": [
            PYTHON,
            "-m",
            "leitai",
            "manage",
            "check",
            "--deploy",
            "--fail-level=ERROR",
        ],
        "Migrations are up to date": [
            PYTHON,
            "-m",
            "leitai",
            "manage",
            "makemigrations",
            "--check",
            "--dry-run",
        ],
        # What can be read off the files; doors are tried by `dev.py test`.
        "The house": [PYTHON, "-m", "pytest", "-q", "-m", "not django_db", "tests/house"],
    }
    steps = Steps(SET_UP_STEPS + len(deeds) + 1)
    set_up(steps, packages="dev")
    failed = []
    with tempfile.TemporaryDirectory() as data:
        # As in public, and without a database: none of this needs one (the house starts its own).
        environment = {
            "LEITAI_DATA": data,
            "LEITAI_ORIGIN": "https://leitai.example.org",
            "LEITAI_NO_POOL": "1",
        }
        for title, command in deeds.items():
            failed += _do(steps, title, command, environment)
    with steps("Files") as notes:
        faults = file_faults()
        notes.append(f"{len(faults)} faults" if faults else "in order")
        tell("\n".join(faults)) if faults else None
    failed += ["Files"] if faults else []
    tell(f"\nNot in order: {', '.join(failed)}." if failed else "\nEverything is in order.")
    return 1 if failed else 0


def _do(
    steps: Steps, title: str, command: Sequence[str | Path], environment: dict[str, str]
) -> list[str]:
    with steps(title) as notes:
        try:
            run(command, trouble="", environment=environment)
        except Stop as stop:
            tell(str(stop))
            notes.append("NOT IN ORDER")
            return [title]
    return []


def file_faults() -> list[str]:
    """Host names of package registries, and files that have grown too long."""
    faults = []
    for name in _our_files():
        file = PROJECT / name
        try:
            text = file.read_text()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        if HOSTS.search(text):
            faults.append(f"{name} names the host of a package registry")
        if file.suffix == ".py" and "migrations" not in file.parts:
            most = LONGEST_TESTS if "tests" in file.parts else LONGEST
            if len(text.splitlines()) > most:
                faults.append(f"{name} has more than {most} lines; let it become a folder")
    return faults


def _our_files() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    if done.returncode:  # a copy without git
        return [os.path.relpath(path, PROJECT) for path in PROJECT.glob("src/**/*.py")]
    return done.stdout.split("\0")[:-1]
