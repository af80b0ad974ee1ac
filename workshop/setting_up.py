"""From a fresh clone to everything in place; each step is skipped while nothing changed."""

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from workshop.marks import alone, fingerprint, is_done, set_done
from workshop.steps import PROJECT, PYTHON, VENV, Steps, Stop, run, show

BUILD = PROJECT / "build"
MODULES = PROJECT / "node_modules"
FRONTEND = [
    PROJECT / "frontend",
    PROJECT / "vite.config.js",
    PROJECT / "package.json",
    PROJECT / "package-lock.json",
]
SET_UP_STEPS = 6


def set_up(steps: Steps, *, packages: str) -> None:
    """Python packages (`base` or `dev`), Node, the front end and the translations."""
    with alone(BUILD / "set-up.lock", waiting="Another set-up is running here; waiting for it."):
        with steps("Python environment") as notes:
            notes.extend(_environment())
        with steps("Python packages") as notes:
            notes.extend(_packages(packages))
        with steps("Node") as notes:
            node, words = _node()
            notes.append(words)
        with steps("Front-end packages") as notes:
            notes.extend(_modules(node))
        with steps("Front end") as notes:
            notes.extend(_frontend(node))
        with steps("Translations") as notes:
            notes.append(run([PYTHON, "-m", "workshop.messages", "compile"], trouble="").strip())


def messages(args: argparse.Namespace, rest: Sequence[str]) -> int:
    steps = Steps(2)
    with steps("Python environment") as notes:
        notes.extend(_environment())
    with steps("Python packages") as notes:
        notes.extend(_packages("dev"))
    show([PYTHON, "-m", "workshop.messages", "compile"])
    return show([PYTHON, "-m", "workshop.messages", "add" if args.add else "check"])


def _environment() -> list[str]:
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0:
        return ["there already"]
    if uv := shutil.which("uv"):
        run([uv, "venv", "--clear", "--seed", "--python", sys.executable, VENV], trouble="")
        return [str(VENV.relative_to(PROJECT)), "by uv"]
    if importlib.util.find_spec("ensurepip") is None:
        raise Stop(
            f"Python's venv is missing; mend it with: {as_root('apt-get install -y python3-venv')}"
        )
    run([sys.executable, "-m", "venv", "--clear", VENV], trouble="Python could not make a venv.")
    return [str(VENV.relative_to(PROJECT))]


def _packages(which: str) -> list[str]:
    lock = PROJECT / "requirements" / f"{which}.txt"
    mark = VENV / f"leitai-{which}.done"
    if is_done(mark, fingerprint([lock])):
        return ["up to date"]
    _install(lock)
    _introduce_leitai()
    set_done(mark, fingerprint([lock]))
    if which == "dev":  # holds all of base as well
        base = PROJECT / "requirements" / "base.txt"
        set_done(VENV / "leitai-base.done", fingerprint([base]))
    return [f"{lock.read_text().count('==')} packages, checked by hash"]


def _install(lock: Path) -> None:
    trouble = "The packages could not be installed; the lines above say why. Then start again."
    if uv := shutil.which("uv"):
        run(
            [uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock],
            trouble=trouble,
        )
        return
    quiet = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-q")
    run([PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", "-r", lock], trouble=trouble)


def _introduce_leitai() -> None:
    """Let the venv know our package and its command, without installing a copy of it."""
    library = next((VENV / "lib").glob("python3.*/site-packages"))
    (library / "leitai.pth").write_text(f"{PROJECT / 'src'}\n")
    command = VENV / "bin" / "leitai"
    command.write_text(f"#!/bin/sh\nexec '{PYTHON}' -m leitai \"$@\"\n")
    command.chmod(0o755)


def _node() -> tuple[Path, str]:
    """A Node that Vite can work with: the machine's own, or the one that comes as a wheel."""
    found = shutil.which("node")
    if found and shutil.which("npm") and is_new_enough(version := node_version(Path(found))):
        return Path(found).parent, f"{version}, the machine's own"
    node = VENV / "bin" / "node"
    lock = PROJECT / "requirements" / "node.txt"
    mark = VENV / "leitai-node.done"
    if not is_done(mark, fingerprint([lock])):
        _install(lock)
        set_done(mark, fingerprint([lock]))
    return node.parent, f"{node_version(node)}, from the venv"


def node_version(node: Path) -> str:
    done = subprocess.run([node, "--version"], capture_output=True, text=True)
    return done.stdout.strip()


def is_new_enough(version: str) -> bool:
    """What Vite 8 asks for: 20.19 or later of 20, or 22.12 or later."""
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if not numbers:
        return False
    major, minor = int(numbers[1]), int(numbers[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def _modules(node: Path) -> list[str]:
    now = fingerprint([PROJECT / "package-lock.json"])
    mark = MODULES / "leitai.done"
    if is_done(mark, now):
        return ["up to date"]
    run([node / "npm", "ci"], trouble="npm could not install.", environment=_path(node))
    set_done(mark, now)
    return ["installed"]


def _frontend(node: Path) -> list[str]:
    now = fingerprint(FRONTEND)
    mark = BUILD / "frontend.done"
    if is_done(mark, now) and (BUILD / "static" / "manifest.json").exists():
        return ["up to date"]
    vite = MODULES / "vite" / "bin" / "vite.js"
    run([node / "node", vite, "build"], trouble="Vite could not build.", environment=_path(node))
    set_done(mark, now)
    return ["built"]


def _path(node: Path) -> dict[str, str]:
    return {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}


def as_root(command: str) -> str:
    return command if os.geteuid() == 0 else f"sudo {command}"
