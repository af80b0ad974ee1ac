"""Translations: compile them, and find what is missing. Runs in the venv (Babel and Django).

python -m workshop.messages compile|check|add
"""

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "leitai"
PLACE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
BLANKS = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
Key = tuple[str | None, str]  # context and English words


@dataclass(frozen=True)
class Wanted:
    key: Key
    words: str | tuple[str, ...]
    where: str


def homes() -> list[Path]:
    """Each part of the house with words of its own."""
    return [SOURCE / "foundation", *sorted((SOURCE / "rooms").glob("[a-z]*/")), SOURCE / "site"]


def catalogue(home: Path) -> Catalog:
    file = home / PLACE
    if not file.exists():
        return Catalog(locale="zh_Hans")
    with file.open("rb") as source:
        return read_po(source, locale="zh_Hans")


def compile_all() -> str:
    """Only what changed since the last time."""
    compiled = 0
    files = [home / PLACE for home in homes() if (home / PLACE).exists()]
    for file in files:
        target = file.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= file.stat().st_mtime:
            continue
        with file.open("rb") as source, target.open("wb") as output:
            write_mo(output, read_po(source, locale="zh_Hans"))
        compiled += 1
    return f"{compiled} of {len(files)} compiled" if compiled else "up to date"


def wanted(home: Path) -> Iterator[Wanted]:
    """Every text for people in the code and the templates of one part of the house."""
    for file in sorted([*home.rglob("*.py"), *home.rglob("*.html"), *home.rglob("*.txt")]):
        if {"tests", "migrations"} & set(file.relative_to(home).parts):
            continue
        text = file.read_text()
        code = text if file.suffix == ".py" else _as_python(text, file)
        found = extract(
            "python", io.BytesIO(code.encode()), KEYWORDS, options={"encoding": "utf-8"}
        )
        for line, words, _comments, context in found:
            first = words if isinstance(words, str) else words[0]
            where = f"{file.relative_to(SOURCE.parents[1])}:{line}"
            yield Wanted((context, first), words, where)


def _as_python(template: str, file: Path) -> str:
    # Django blots out all but the texts; the brackets make its indentation mean nothing.
    return f"({templatize(template, origin=str(file))}\n)"


def faults() -> list[str]:
    """What a reader of Chinese would stumble over."""
    found: list[str] = []
    said: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for home in homes():
        for message in catalogue(home):
            if not message.id:
                continue
            name = f"{home.name}: {_first(message.id)!r}"
            if message.fuzzy:
                found.append(f"{name} is marked fuzzy")
            chinese = _all(message.string)
            if not all(chinese):
                found.append(f"{name} is empty")
            elif any(_blanks(text) != _blanks(_all(message.id)[-1]) for text in chinese):
                found.append(f"{name} has other placeholders in Chinese")
            said[message.context, _first(message.id)]["\n".join(chinese)].append(home.name)
    for (_context, words), ways in said.items():
        if len(ways) > 1:
            told = "; ".join(f"{', '.join(rooms)}: {way}" for way, rooms in ways.items())
            found.append(f"{words!r} is said in several ways, and one wins everywhere ({told})")
    missing = {(w.key, w.where) for home in homes() for w in wanted(home) if w.key not in said}
    found += [f"{where}: {key[1]!r} has no Chinese" for key, where in sorted(missing, key=str)]
    return found


def add_missing() -> None:
    """Write what is missing into the catalogues, empty, for somebody to translate."""
    known = {(m.context, _first(m.id)) for home in homes() for m in catalogue(home)}
    for home in homes():
        book = catalogue(home)
        fresh = {w.key: w for w in wanted(home) if w.key not in known}
        for want in fresh.values():
            book.add(want.words, "", context=want.key[0])
        if fresh:
            (home / PLACE).parent.mkdir(parents=True, exist_ok=True)
            with (home / PLACE).open("wb") as output:
                write_po(output, book, width=100, omit_header=False)
            print(f"{home.name}: {len(fresh)} to translate in {home / PLACE}")


def _first(words: str | tuple[str, ...]) -> str:
    return words if isinstance(words, str) else words[0]


def _all(words: str | tuple[str, ...]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _blanks(text: str) -> set[str]:
    return {one or "{" + other + "}" for one, other in BLANKS.findall(text)}


def main(word: str) -> int:
    if word == "compile":
        print(compile_all())
    elif word == "add":
        add_missing()
    else:
        found = faults()
        print("\n".join(found) or "Every text has its Chinese.")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
