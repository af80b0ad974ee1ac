"""Pages of the documentation that are drawn from the code, so that they cannot be wrong."""

import ast
import inspect
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from textwrap import dedent
from types import ModuleType
from typing import Any

from django.conf import settings
from django.utils import translation
from ninja.responses import NinjaJSONEncoder

from leitai.rooms.jury import rules as jury
from leitai.rooms.jury.rules.sight import FACTS
from leitai.site.api import api
from leitai.site.environment import PROJECT
from leitai.site.pages.journal_words import WORDS

FOLDER = PROJECT / "docs" / "made"
NOTE = "<!-- Drawn from the code by `leitai draw_docs`; changes here would be lost. -->"


def draw() -> dict[str, str]:
    """Every page by its file name, in English whatever the reader's language."""
    with translation.override("en"):
        return {name: page() for name, page in PAGES.items()}


def drifted(folder: Path = FOLDER) -> list[str]:
    """The pages that no longer say what the code does."""
    kept = {p.name: p.read_text() for p in folder.glob("*")}
    return [name for name, text in draw().items() if kept.get(name) != text]


def states() -> str:
    lines = [NOTE, "# States and where they lead", ""]
    lines += ["An arrow is a step that may be taken; `move()` refuses every other one.", ""]
    for room, name, state, moves in _tables():
        lines += [f"## {room}: {name}", "", "```mermaid", "stateDiagram-v2"]
        lines += [f'    state "{one.label}" as {one.value}' for one in state]
        lines += [f"    [*] --> {next(iter(state)).value}"]
        lines += [f"    {a.value} --> {b.value}" for a in state for b in state if b in moves[a]]
        lines += [f"    {one.value} --> [*]" for one in state if not moves[one]]
        lines += ["```", ""]
    return "\n".join(lines)


def _tables() -> Iterator[tuple[str, str, Any, Any]]:
    for room in settings.ROOMS:
        for module in _modules(f"leitai.rooms.{room}.rules"):
            for name, state in vars(module).items():
                if name.endswith("State") and state.__module__ == module.__name__:
                    table = f"{name.removesuffix('State').upper()}_MOVES".lstrip("_")
                    yield room, name, state, getattr(module, table)


def _modules(name: str) -> Iterator[ModuleType]:
    """The module and, when it is a folder, what lies in it."""
    if not find_spec(name):
        return
    module = import_module(name)
    yield module
    for found in iter_modules(getattr(module, "__path__", [])):
        yield import_module(f"{name}.{found.name}")


def permissions() -> str:
    lines = [NOTE, "# Who may do what", ""]
    lines += [
        "Each deed has one permission, asked by its page, its API function, its buttons and lists.",
        "", "| room | permission | who |", "|---|---|---|",
    ]  # fmt: skip
    for room in settings.ROOMS:
        for module in _modules(f"leitai.rooms.{room}.permissions"):
            for name, function in vars(module).items():
                own = inspect.isfunction(function) and function.__module__ == module.__name__
                if own and not name.startswith("_"):
                    things = ", ".join(list(inspect.signature(function).parameters)[1:])
                    lines.append(f"| {room} | `{name}({things})` | {_who(function)} |")
    return "\n".join([*lines, ""])


def _who(function: Callable[..., Any]) -> str:
    """In the words of its docstring; without one, whom it hands the question on to."""
    if function.__doc__:
        return " ".join(inspect.cleandoc(function.__doc__).split("\n\n")[0].split())
    body = ast.parse(dedent(inspect.getsource(function))).body[0]
    assert isinstance(body, ast.FunctionDef)
    last = body.body[-1]
    return f"`{ast.unparse(last.value)}`" if isinstance(last, ast.Return) and last.value else ""


def journal() -> str:
    lines = [NOTE, "# What the journal tells", ""]
    lines += ["| line | in words |", "|---|---|"]
    lines += [f"| `{verb}` | somebody {words} |" for verb, words in WORDS.items()]
    return "\n".join([*lines, ""])


def sight() -> str:
    """The table of the jury room, once for an open panel and once for a blind one."""
    phases = list(jury.JudgingState)
    lines = [NOTE, "# Who sees what of a stage's judging", ""]
    lines += [
        "Every door asks this table. Of marks and words those of others are meant. Whoever has a",
        "tie to an entry sees nothing of its judging; whoever marks at a stage sees what a juror",
        "sees, whatever else they are. Each cell names the phases: "
        + ", ".join(f"**{phase[0].upper()}** {phase.label}" for phase in phases) + ".", "",
    ]  # fmt: skip
    for blind, title in ((False, "An open panel"), (True, "A blind panel")):
        lines += [f"## {title}", "", "| who | " + " | ".join(map(str, FACTS.values())) + " |"]
        lines += ["|---" * (len(FACTS) + 1) + "|"]
        for viewer in jury.Viewer:
            seen = [(p[0].upper(), jury.sees(viewer, p, blind=blind)) for p in phases]
            cells = ["".join(p for p, s in seen if getattr(s, fact)) or "–" for fact in FACTS]
            lines.append(f"| {viewer.label} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def openapi() -> str:
    schema = api.get_openapi_schema()
    return json.dumps(schema, cls=NinjaJSONEncoder, indent=1, ensure_ascii=False) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states,
    "permissions.md": permissions,
    "journal.md": journal,
    "sight.md": sight,
    "openapi.json": openapi,
}
