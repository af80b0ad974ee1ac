"""Finding words in Chinese and in languages with spaces.

What is kept of a text are its words, and of Chinese every character and every pair of
neighbours. So a two-letter word is found wherever it stands, whatever a dictionary would have
made of its surroundings, and saving needs no dictionary. Only a question of three Chinese
characters or more is cut into words by jieba, which is loaded then and not before (half a
second, 30 MB).
"""

import logging
import re
import unicodedata
import warnings
from functools import cache
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, QuerySet, TextField, Value

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
PARTS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
PARTICLES = set("的地得了与和及或在是之")
IS_HAN = re.compile(rf"[{HAN}]")
MOST_TEXT = 40_000  # characters of a text that are looked at
MOST_QUESTION = 200
MOST_WORDS = 12
LONGEST_WORD = 60


def vector(*texts: str) -> Func:
    """What to put into a `SearchVectorField`, on save, in `update` and in `bulk_create`."""
    words = Value(sorted(tokens(*texts)), output_field=ArrayField(TextField()))
    return Func(words, function="array_to_tsvector", output_field=SearchVectorField())


def tokens(*texts: str) -> set[str]:
    """The words under which a text is found.

    >>> sorted(tokens("AI 交通灯"))
    ['ai', '交', '交通', '灯', '通', '通灯']
    """
    found: set[str] = set()
    for part in PARTS.findall(folded(" ".join(filter(None, texts)))[:MOST_TEXT]):
        if IS_HAN.match(part):
            found.update(part, map("".join, pairwise(part)))
        else:
            found.add(part[:LONGEST_WORD])
    return found


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


class Question(SearchQuery):
    """Words as they are: PostgreSQL's own parser would cut them up once more."""

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:
        sql, params = compiler.compile(self.get_source_expressions()[-1])
        return f"{sql}::tsquery", params


def query(text: str) -> Question | None:
    """All words must be there; words with spaces between them also by their beginnings. None: no
    word at all."""
    words = [_asked(part) for part in PARTS.findall(folded(text[:MOST_QUESTION]))]
    return Question(" & ".join(words[:MOST_WORDS])) if words else None


def find(rows: QuerySet, text: str, *, field: str = "search") -> QuerySet:
    """The rows that hold what was asked for; all of them when nothing was asked."""
    if not text.strip():
        return rows
    asked = query(text)
    return rows.filter(**{field: asked}) if asked else rows.none()


def _asked(part: str) -> str:
    if not IS_HAN.match(part):
        return f"'{part[:LONGEST_WORD]}':*"
    words = [part] if len(part) <= 2 else _cut(part)
    return " & ".join(_pairs(word) for word in words)


def _pairs(word: str) -> str:
    pairs = list(map("".join, pairwise(word))) or [word]
    return " & ".join(f"'{pair}'" for pair in pairs)


def _cut(part: str) -> list[str]:
    """Longer questions in short words, so that 城市交通优化 also finds 优化城市的交通."""
    words = []
    for word in _cutter().cut(part):
        shorter = [piece for piece in _cutter().cut_for_search(word) if piece != word]
        words += shorter if "".join(shorter) == word else [word]
    return [word for word in words if word not in PARTICLES] or words


@cache
def _cutter() -> Any:
    with warnings.catch_warnings(action="ignore"):  # old spellings in its source
        import jieba

    jieba.setLogLevel(logging.ERROR)
    cutter = jieba.Tokenizer()
    # Its cache is code to Python, so it lies in our own folder and not in one that everybody may
    # write to.
    settings.DATA.mkdir(parents=True, exist_ok=True)
    cutter.tmp_dir, cutter.cache_file = str(settings.DATA), "words.cache"
    cutter.initialize()
    return cutter
