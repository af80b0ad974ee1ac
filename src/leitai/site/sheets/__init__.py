"""Leitai's fairness on spreadsheets alone: CSV or XLSX in, a table and a report out.

No server, no database, no settings: each word is a plain command. `ready` gives Django just
enough to speak two languages, since the reading of tables is shared with the platform.
"""

from collections.abc import Callable
from importlib import import_module


def assign(words: list[str]) -> int:
    """seat jurors: two tables in, a plan with a reason for each seat out"""
    return _run("assign", words)


def rank(words: list[str]) -> int:
    """from a table of marks to places, quotas and a report"""
    return _run("rank", words)


def lookalikes(words: list[str]) -> int:
    """find entries whose texts look alike, and show the passages"""
    return _run("lookalikes", words)


def meetings(words: list[str]) -> int:
    """one-to-one meetings from two lists and their wishes"""
    return _run("meetings", words)


SHEETS: dict[str, Callable[[list[str]], int]] = {
    "assign": assign,
    "rank": rank,
    "lookalikes": lookalikes,
    "meetings": meetings,
}


def _run(word: str, words: list[str]) -> int:
    from leitai.site.sheets import ready

    ready.settle()  # before anything that speaks is imported
    return ready.run(import_module(f"leitai.site.sheets.{word}"), words)
