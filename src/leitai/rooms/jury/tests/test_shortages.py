"""Whatever the assignment refuses is told in the reader's language."""

import ast
import inspect
import re
from dataclasses import asdict
from pathlib import Path
from typing import get_args

import pytest
from django.utils import translation

from leitai.algorithms import assignment
from leitai.algorithms.assignment import EntryNeed, JurorOffer, Rules, Seat, Unseatable, seat
from leitai.algorithms.assignment.values import Code
from leitai.rooms.jury.rules import JurorKind
from leitai.rooms.jury.rules.shortages import SENTENCES, say_note, say_ways
from leitai.rooms.jury.rules.words import STANDINGS

SOURCES = sorted(Path(inspect.getfile(assignment)).parent.glob("*.py"))


def codes():
    """Every code with which the library makes a note or a fault."""
    for source in SOURCES:
        for function in ast.walk(ast.parse(source.read_text())):
            if isinstance(function, ast.FunctionDef):
                yield from _codes_of(function)


def _codes_of(function):
    named = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Note", "_fault"):
            first = node.args[0]
            first = named.get(first.id, first) if isinstance(first, ast.Name) else first
            yield from (c.value for c in ast.walk(first) if isinstance(c, ast.Constant) and c.value)


def test_every_code_of_the_library_has_its_sentence_in_both_languages():
    found = set(codes())

    assert found - {"kind"} <= set(SENTENCES) and len(found) > 45
    with translation.override("zh-hans"):
        silent = {code for code, text in SENTENCES.items() if translation.gettext(text) == text}
        silent |= {code for code in get_args(Code) if str(STANDINGS[code]).isascii()}
    assert silent == set()


def jurors(n, *, load, kind=JurorKind.TECHNICAL, **more):
    return [JurorOffer(id=100 + j, kind=str(kind), load_max=load, **more) for j in range(n)]


ENTRIES = [EntryNeed(id=n, languages=frozenset({"zh"})) for n in range(12)]
CLASH = frozenset({Seat(1, 100)})
SHORT = {
    "total": (jurors(10, load=3), Rules(k=3), {}),
    "few": (jurors(2, load=12), Rules(k=3), {}),
    "kind": (jurors(6, load=12), Rules(k=3, mix={"investor": 1}), {}),
    "mix": (jurors(6, load=12), Rules(k=1, mix={"technical": 2}), {}),
    "house": (jurors(4, load=12, organisation="甲"), Rules(k=2), {}),
    "least": (jurors(4, load=12, load_min=9), Rules(k=2), {}),
    "conflict": (jurors(4, load=12), Rules(k=2), {"fixed": CLASH, "conflicts": CLASH}),
    "nobody left": (jurors(2, load=12), Rules(k=2), {"conflicts": CLASH | {Seat(1, 101)}}),
    "language": (jurors(4, load=12, languages=frozenset({"en"})), Rules(k=2), {}),
    "cap": (jurors(4, load=12), Rules(k=3), {"pair_cap": 0.5}),
}


def refused(why):
    """As the draw keeps it: through JSON, where a tuple becomes a list."""
    offers, rules, more = SHORT[why]
    with pytest.raises(Unseatable) as refusal:
        seat(ENTRIES, offers, rules=rules, seed=1, **more)
    return [asdict(shortage) for shortage in refusal.value.shortages]


@pytest.mark.parametrize("why", SHORT)
def test_a_shortage_is_told_in_chinese_without_a_word_of_english(why):
    for shortage in refused(why):
        with translation.override("zh-hans"):
            told = say_note(shortage["note"]) + say_ways(shortage["ways_out"])

        assert not re.search(r"[A-Za-z{}]{2,}", told), told
        assert told.endswith("。")


def test_in_english_a_shortage_bends_with_its_numbers():
    with translation.override("en"):
        (told,) = [say_note(one["note"]) for one in refused("nobody left")]

    assert told == "Entry 1 has 0 free jurors and needs 2 (2 in conflict)."
