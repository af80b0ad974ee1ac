"""The passages two texts share."""

from collections.abc import Callable
from dataclasses import dataclass

from leitai.algorithms.text import located, plain

PLACES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The same run of words in both texts, as positions in each and as the first text has it."""

    first: tuple[int, int]
    second: tuple[int, int]
    text: str


def passages(one: str, other: str, *, least: int = 6) -> tuple[Passage, ...]:
    """Runs of at least `least` tokens that both texts have, in the order of the first.

    Where a run stands in the other text several times, the longest match of the first eight is
    told, so that a text that repeats itself costs no more than another. Positions count
    characters of the text after full-width forms were made half-width.
    """
    one, other = plain(one), plain(other)
    here, there = list(located(one)), list(located(other))
    words, others = [t for t, _, _ in here], [t for t, _, _ in there]
    starts: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(others) - least + 1):
        places = starts.setdefault(tuple(others[at : at + least]), [])
        if len(places) < PLACES:
            places.append(at)
    found: list[Passage] = []
    at = 0
    while at + least <= len(words):
        matches = starts.get(tuple(words[at : at + least]), ())
        longest = max(((_common(words, others, at, m), -m) for m in matches), default=None)
        if longest is None:
            at += 1
            continue
        length, match = longest[0], -longest[1]
        first = (here[at][1], here[at + length - 1][2])
        second = (there[match][1], there[match + length - 1][2])
        found.append(Passage(first=first, second=second, text=one[first[0] : first[1]]))
        at += length
    return tuple(found)


def _common(words: list[str], others: list[str], at: int, match: int) -> int:
    length = 0
    while (
        at + length < len(words)
        and match + length < len(others)
        and words[at + length] == others[match + length]
    ):
        length += 1
    return length


@dataclass(frozen=True, slots=True)
class Side:
    """A passage as it stands in one of the texts, with what stands around it."""

    before: str
    text: str
    after: str


def excerpts(
    one: str, other: str, *, most: int = 3, around: int = 60, longest: int = 400
) -> tuple[tuple[Side, Side], ...]:
    """The longest shared passages, in each text's own spelling, to be shown side by side."""
    found = sorted(passages(one, other), key=lambda p: (-len(p.text), p.first))[:most]
    cut = [_cutter(text, around=around, longest=longest) for text in (one, other)]
    return tuple((cut[0](*p.first), cut[1](*p.second)) for p in found)


def _cutter(text: str, *, around: int, longest: int) -> Callable[[int, int], Side]:
    """Cuts a text by positions in its `plain` form."""
    pieces = [plain(sign) for sign in text]
    if "".join(pieces) == plain(text):
        places = [at for at, piece in enumerate(pieces) for _ in piece] + [len(text)]
    else:  # signs that join with their neighbours: shown as they are compared
        text, places = plain(text), list(range(len(plain(text)) + 1))

    def cut(start: int, end: int) -> Side:
        first, last = places[start], places[end - 1] + 1
        shown = text[first:last]
        return Side(
            before=text[max(first - around, 0) : first],
            text=shown if len(shown) <= longest else shown[:longest] + "…",
            after=text[last : last + around],
        )

    return cut
