"""Rules are made of values: they see no rows and no clock, and each state says where it leads."""

import ast
import importlib

import pytest
from django.db.models import TextChoices

from tests.house.reading import ROOMS, files, rooms, tree

# Words and choices; nothing of Django that could reach a database or a request.
OF_DJANGO = {
    "django.db.models.TextChoices", "django.db.models.IntegerChoices",
    "django.utils.translation", "django.utils.text.format_lazy", "django.utils.formats",
    "django.utils.functional.Promise",
}  # fmt: skip
PLAIN = ("leitai.values", "leitai.algorithms", "leitai.foundation.words")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime", "localdate"}

RULES = [
    pytest.param(room, file, id=str(file.relative_to(ROOMS)))
    for room in rooms()
    for file in files(room, "rules")
]
STATES = [
    pytest.param(getattr(module, name), moves, id=f"{room}.{name}")
    for room in rooms()
    if files(room, "rules")
    for file in files(room, "rules")
    for module in [
        importlib.import_module(
            ".".join(("leitai.rooms", *file.relative_to(ROOMS).with_suffix("").parts))
        )
    ]
    for name in vars(module)
    if name.endswith("State") and getattr(module, name).__module__ == module.__name__
    for moves in [getattr(module, f"{name[:-5].upper()}_MOVES".lstrip("_"), None)]
]


def borrowed(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("room", "file"), RULES)
def test_rules_touch_no_rows(room, file):
    from_us = {n for n in borrowed(file) if n.startswith("leitai.")}
    from_django = {n for n in borrowed(file) if n.startswith("django.")}
    own = tuple(f"leitai.rooms.{r}.rules" for r in rooms())

    assert {n for n in from_us if not n.startswith(PLAIN + own)} == set()
    assert {n for n in from_django if not n.startswith(tuple(OF_DJANGO))} == set()


@pytest.mark.parametrize(("room", "file"), RULES)
def test_rules_read_no_clock(room, file):
    reads = {
        ast.unparse(node)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value) in {"datetime", "date", "time", "timezone"}
    }

    assert reads == set()


@pytest.mark.parametrize(("state", "moves"), STATES)
def test_each_state_says_where_it_leads(state, moves):
    assert issubclass(state, TextChoices)
    assert moves is not None, "no table of moves beside it"
    assert set(moves) == set(state)
    assert set().union(*moves.values()) <= set(state)


def test_no_state_is_a_trap_and_none_stands_apart():
    """From the first state every other one can be reached."""
    assert len(STATES) > 6
    for state, moves in (p.values for p in STATES):
        first = next(iter(state))
        reached, fresh = {first}, {first}
        while fresh:
            fresh = set().union(*(moves[s] for s in fresh)) - reached
            reached |= fresh
        assert reached == set(state), state
