"""Reading our own house: what stands in which file, without running it."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "leitai"
ROOMS = SOURCE / "rooms"


def rooms() -> list[str]:
    return sorted(p.name for p in ROOMS.iterdir() if (p / "__init__.py").exists())


def files(room: str, part: str) -> list[Path]:
    """`part.py`, or all of the folder `part`."""
    one, folder = ROOMS / room / f"{part}.py", ROOMS / room / part
    return [one] if one.exists() else sorted(folder.rglob("*.py"))


def functions(room: str, part: str) -> Iterator[ast.FunctionDef]:
    """What others may call."""
    for file in files(room, part):
        for node in tree(file).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def calls(node: ast.AST) -> set[str]:
    """The names called, `journal.write` with its dot."""
    return {ast.unparse(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}


def pages() -> Iterator[tuple[str, Any]]:
    """Each address of ours that leads somewhere, with the function behind it."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            view = inspect.unwrap(pattern.callback)
            if isinstance(view, FunctionType) and view.__module__.startswith("leitai."):
                yield prefix + str(pattern.pattern), pattern.callback


def admits(door: Any, seen: frozenset[str] = frozenset()) -> bool:
    """Whether the function, or one of ours that it calls, asks who is there."""
    function = inspect.unwrap(door)
    if not isinstance(function, FunctionType) or function.__qualname__ in seen:
        return False
    if not function.__module__.startswith("leitai."):
        return False
    body = ast.parse(_dedented(function))
    if any(name.split(".")[-1] == "admit" for name in calls(body)):
        return True
    seen |= {function.__qualname__}
    return any(admits(function.__globals__.get(name), seen) for name in calls(body))


def _dedented(function: FunctionType) -> str:
    return inspect.cleandoc("\n" + inspect.getsource(function))
