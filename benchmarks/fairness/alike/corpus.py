"""Made project descriptions and ten kinds of copies planted among them."""

import csv
import json
import os
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).with_name("words.json")  # what stands between slashes says the same
SPLIT = {"en": re.compile(r"(?<=[.!?]) +"), "zh": re.compile(r"(?<=[。！？])")}
NUMBERS = {"n": (11, 97), "m": (2, 24), "y": (12, 25)}
FEW = {"thing": 5, "who": 3, "place": 3, "does": 5, "kind": 5}
SYLLABLES = ("ba", "lo", "vi", "ner", "ka", "tos", "mi", "ru", "zen", "fol", "gri", "pes", "du")
ZH_NAMES = "澜岚睿衡拓澈禾屿砺昱翎珩樾骁霁"
PIECE = {"en": re.compile(r"\w+"), "zh": re.compile(r"\w")}


@dataclass(frozen=True, kw_only=True)
class Corpus:
    texts: list[str]
    truth: dict[tuple[int, int], str]
    """Each planted pair and the kind of its copy."""


class Writer:
    """Writes and rewrites in one language; the same seed, the same words."""

    def __init__(self, language: str, seed: int) -> None:
        self.language, self.draw = language, random.Random(seed)
        told = json.loads(WORDS.read_text(encoding="utf-8"))[language]
        self.patterns, self.form = told["sentences"], told["form"]
        self.lists = {
            kind: [one.split("/") for one in words] for kind, words in told["words"].items()
        }
        same = [one for told in self.lists.values() for one in told if len(one) > 1]
        self.other = {a: b for one in same for a, b in zip(one, one[1:] + one[:1])}
        found = sorted(map(re.escape, self.other), key=len, reverse=True)
        edge = r"\b" if language == "en" else ""
        self.known = re.compile(f"{edge}({'|'.join(found)}){edge}")
        self.glue = " " if language == "en" else ""
        self.padding: list[str] = []

    def name(self) -> str:
        if self.language == "zh":
            return "".join(self.draw.choices(ZH_NAMES, k=3))
        parts = self.draw.choices(SYLLABLES, k=3)
        return "".join(parts).capitalize()

    def topic(self) -> dict[str, list[str]]:
        """What one project is about: few places, few things, and each by one of its names."""
        return {
            kind: [self.draw.choice(one) for one in self.draw.sample(told, FEW.get(kind, 4))]
            for kind, told in self.lists.items()
        }

    def sentence(self, name: str, topic: dict[str, list[str]]) -> str:
        def fill(slot: re.Match[str]) -> str:
            kind = slot[1]
            if kind in NUMBERS:
                return str(self.draw.randint(*NUMBERS[kind]))
            if kind == "N":
                return name
            word = self.draw.choice(topic[kind.lower().rstrip("0")])
            word = word[:-1] if kind == "does0" and word.endswith("s") else word
            return word[0].upper() + word[1:] if kind[0].isupper() else word

        return re.sub(r"{(\w+)}", fill, self.draw.choice(self.patterns))

    def text(self) -> str:
        name, topic, found = self.name(), self.topic(), dict[str, None]()
        wanted = self.draw.randint(9, 13)
        while len(found) < wanted:
            found[self.sentence(name, topic)] = None
        return self.glue.join(found)

    def split(self, text: str) -> list[str]:
        return [s for s in SPLIT[self.language].split(text) if s]

    def join(self, sentences: list[str]) -> str:
        return self.glue.join(sentences)


def exact(w: Writer, text: str, new: str) -> str:
    return text.replace(" ", "  ").replace(",", "，").replace(".", "。")


def light(w: Writer, text: str, new: str) -> str:
    """One piece in ten goes, one in twenty comes from elsewhere."""
    others = PIECE[w.language].findall(new)
    draw = w.draw.random

    def edit(piece: re.Match[str]) -> str:
        luck = draw()
        return "" if luck < 0.1 else w.draw.choice(others) if luck < 0.15 else piece[0]

    return PIECE[w.language].sub(edit, text)


def shuffled(w: Writer, text: str, new: str) -> str:
    parts = w.split(text)
    return w.join(w.draw.sample(parts, len(parts)))


def half(w: Writer, text: str, new: str) -> str:
    old, own = w.split(text), w.split(new)
    return w.join(own[: len(own) // 2] + old[len(old) // 2 :])


def renamed(w: Writer, text: str, new: str) -> str:
    """Another name in front and throughout, and other partners."""
    names = re.findall(r"\b[A-Z][a-z]{4,}\b" if w.language == "en" else f"[{ZH_NAMES}]{{3}}", text)
    for name in set(names):
        text = text.replace(name, w.name())
    firms = {word: one[0] for one in w.lists["firm"] for word in one}
    for word in firms:
        if word in text:
            text = text.replace(word, w.draw.choice(list(firms)))
    return w.join([w.sentence(w.name(), w.topic()), text])


def shortened(w: Writer, text: str, new: str) -> str:
    parts = w.split(text)
    kept = sorted(w.draw.sample(range(len(parts)), max(2, round(0.45 * len(parts)))))
    return w.join([parts[i] for i in kept])


def padded(w: Writer, text: str, new: str) -> str:
    """Other sentences before and after, those of the form too where texts have it."""
    own = w.split(new)
    return w.join([*own[:2], *w.draw.sample(w.padding, len(w.padding) // 2), text, *own[2:4]])


def renumbered(w: Writer, text: str, new: str) -> str:
    return re.sub(r"\d+", lambda m: str(w.draw.randint(2, 99)), text)


def synonyms(w: Writer, text: str, new: str) -> str:
    """Two known words in three say the same otherwise; unknown texts get other words instead."""
    if len(w.known.findall(text)) > 8:
        return w.known.sub(lambda m: w.other[m[0]] if w.draw.random() < 0.66 else m[0], text)
    others = [p for p in PIECE[w.language].findall(new) if p.isalpha()]
    return PIECE[w.language].sub(
        lambda m: w.draw.choice(others) if m[0].isalpha() and w.draw.random() < 0.25 else m[0],
        text,
    )


KINDS: dict[str, Callable[[Writer, str, str], str]] = {
    "exact, other spaces": exact, "lightly edited": light, "sentences shuffled": shuffled,
    "half copied": half, "renamed": renamed, "shortened": shortened,
    "padded": padded, "numbers changed": renumbered, "synonyms": synonyms,
}  # fmt: skip


def corpus(
    *, language: str, n: int, copies: int, form: bool, seed: int, base: list[str] | None = None
) -> Corpus:
    """`n` texts, `copies` of them planted; with `form`, the form's text stands in all of them."""
    w = Writer(language, seed)
    w.padding = w.split(w.form) if form else []
    texts = list(base or ())[: n - copies]
    texts += [w.text() for _ in range(n - copies - len(texts))]
    # One original, one copy: no original is used twice, so the truth is the planted pairs.
    origins = iter(w.draw.sample(range(len(texts)), 2 * copies))
    makers = [*KINDS.items(), ("merged from two", None)]
    truth: dict[tuple[int, int], str] = {}
    for turn in range(copies):
        kind, make = makers[turn % len(makers)]
        origin, second = next(origins), next(origins)
        if make is None:
            parts, more = w.split(texts[origin]), w.split(texts[second])
            made = w.join(parts[: len(parts) // 2 + 1] + more[len(more) // 2 :])
            truth[second, len(texts)] = kind
        else:
            made = make(w, texts[origin], w.text())
        truth[origin, len(texts)] = kind
        texts.append(made)
    if form:
        texts = [w.join([w.form, text]) for text in texts]
    return Corpus(texts=texts, truth=truth)


def real_abstracts() -> list[str]:
    """Abstracts of a real call, when the folder LEITAI_REAL_DATA has them."""
    path = Path(os.environ.get("LEITAI_REAL_DATA", ".")) / "iclr2018_submissions.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return [row["abstract"] for row in csv.DictReader(file) if len(row["abstract"]) > 200]
