"""Remembering what is done, so that nothing is done twice."""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop.steps import PROJECT, tell

IGNORED = {"__pycache__", ".DS_Store"}


def fingerprint(paths: Iterable[Path]) -> str:
    """Changes whenever the name or content of any of the files does; a folder means all within."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(_files(path)):
            name = os.path.relpath(file, PROJECT)
            digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and not IGNORED & set(file.parts)]


def is_done(mark: Path, print_: str) -> bool:
    return mark.exists() and mark.read_text() == print_


def set_done(mark: Path, print_: str) -> None:
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(print_)


@contextmanager
def alone(file: Path, *, waiting: str) -> Iterator[None]:
    """One at a time, whoever else works in this folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(waiting)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
