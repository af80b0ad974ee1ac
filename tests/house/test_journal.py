"""Each room says what it writes in the journal, writes nothing else, and people can read it."""

import ast
import importlib
import re

import pytest
from django.apps import apps
from django.utils import translation

from leitai.site.pages.journal_things import THINGS
from leitai.site.pages.journal_words import WORDS
from tests.house.reading import ROOMS, calls, files, rooms, tree

WRITERS = {"journal.write", "journal.compose"}
VERB = re.compile(r"[a-z]+\.[a-z]+(?:_[a-z]+)+")


def promised(room: str) -> set[str]:
    """The verbs that stand after "Writes:" in the room's own words."""
    words = importlib.import_module(f"leitai.rooms.{room}").__doc__ or ""
    after = words.partition("Writes:")[2]
    return {verb.strip() for verb in after.replace("\n", " ").split(",") if verb.strip()}


def written(room: str) -> tuple[set[str], set[str]]:
    """Whole verbs in its actions, and the fixed beginnings of those put together."""
    whole, begun = set(), set()
    for file in files(room, "actions"):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(node.values[0].value)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    verbs = {w for w in whole if VERB.fullmatch(w) and w.startswith(f"{room}.")}
    return verbs, {b for b in begun if re.fullmatch(rf"{room}\.[a-z]+_", b)}


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_it_writes(room):
    verbs, begun = written(room)
    told = promised(room)

    assert told, "its docstring ends with: Writes: room.verb, room.verb"
    assert verbs - told == set(), "written, but not told"
    never = {verb for verb in told - verbs if not verb.startswith(tuple(begun) or ("?",))}
    assert never == set(), "told, but never written"
    assert all(any(verb.startswith(beginning) for verb in told) for beginning in begun)


@pytest.mark.parametrize("room", rooms())
def test_only_actions_write_in_the_journal(room):
    actions = set(files(room, "actions"))
    others = [
        str(file.relative_to(ROOMS))
        for file in sorted((ROOMS / room).rglob("*.py"))
        if file not in actions and "tests" not in file.parts and calls(tree(file)) & WRITERS
    ]
    assert others == []


def test_people_can_read_every_line_in_both_languages():
    verbs = set().union(*(promised(room) for room in rooms()))
    assert verbs - set(WORDS) == set(), "without words"
    assert set(WORDS) - verbs == set(), "words for what nobody writes"

    with translation.override("zh-hans"):
        english = [verb for verb, words in WORDS.items() if str(words).isascii()]
    assert english == []


def test_whatever_a_line_is_about_has_a_name():
    """All rows that know their contest may have lines written about them."""
    rows = [m for m in apps.get_models() if m.__module__.startswith("leitai.rooms")]
    known = [
        m for m in rows
        if hasattr(m, "book_contest_id") or "contest" in {f.name for f in m._meta.fields}
    ]  # fmt: skip
    assert len(known) > 50
    assert {m._meta.model_name for m in known} - THINGS.keys() == set()
