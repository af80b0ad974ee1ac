"""What a certificate says, in both languages side by side."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from leitai.rooms.awards.rules.states import Object

Pair = tuple[str, str]  # Chinese, English
JOINERS = "\u200c\u200d"  # Persian and Indian names need them


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Everything an entry and its people are called."""

    title: Pair
    by: Pair  # the organisation, or else the team or its captain
    team: str = ""
    answers: tuple[Pair, ...] = ()  # titles of the demands it answers
    person: Pair = ("", "")  # of a certificate for one member


@dataclass(frozen=True, slots=True)
class Paper:
    """The words of one certificate: the holder large, the rest below."""

    first: str
    second: str
    lines: tuple[str, ...]


def clean(name: str) -> str:
    """A name without controls and without signs that turn the direction of reading.

    >>> clean("  Ada\u202e  Lovelace\\x00")
    'Ada Lovelace'
    """
    kept = (
        c for c in unicodedata.normalize("NFC", name)
        if c.isspace() or c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )  # fmt: skip
    return " ".join("".join(kept).split())


def paper_for(kind: str, names: Names) -> Paper:
    """A project and a solution are called by their title, a team by its name, a person by theirs;
    whatever is not the holder stands below."""
    title, by = _pair(names.title), _pair(names.by)
    if kind == Object.PERSON:
        return _paper(_pair(names.person), [_beside(title), _beside(by)])
    if kind == Object.TEAM:
        team = clean(names.team)
        holder = (team, "") if team else by
        return _paper(holder, [_beside(title), _beside(by) if holder != by else ""])
    answered = [_beside(_pair(demand)) for demand in names.answers]
    solves = [f"揭榜 In answer to: {one}" for one in answered] if kind == Object.SOLUTION else []
    return _paper(title, [*solves[:2], _beside(by)])


def slip_words(
    *, number: str, day: str, edition: str, contest: str, award: Pair, paper: Paper
) -> list[str]:
    """What is signed, in this order for ever: number, day, edition, contest, award, holder."""
    return [number, day, edition, contest, _beside(award), paper.first, paper.second]


def _paper(holder: Pair, lines: Sequence[str]) -> Paper:
    first, second = (holder[0] or holder[1]), (holder[1] if holder[0] else "")
    second = "" if _same(first, second) else second
    return Paper(first, second, tuple(line for line in lines if line and not _same(line, first)))


def _pair(pair: Pair) -> Pair:
    return clean(pair[0]), clean(pair[1])


def _beside(pair: Pair) -> str:
    zh, en = pair
    return zh or en if _same(zh, en) or not (zh and en) else f"{zh}  {en}"


def _same(one: str, other: str) -> bool:
    return re.sub(r"\s", "", one).casefold() == re.sub(r"\s", "", other).casefold()
