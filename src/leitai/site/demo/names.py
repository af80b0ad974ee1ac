"""Invented people and firms: believable at a glance, and nobody in particular."""

import unicodedata
from functools import cache
from random import Random

from leitai.site.demo.shapes import Person
from leitai.site.demo.words import Text, lines, pair, pairs, table

HOME = "CN"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "Þ": "th", "ı": "i"}
)
_FORMS = {
    "FR": "SAS",
    "IE": "Ltd",
    "ZA": "(Pty) Ltd",
    "SG": "Pte. Ltd.",
    "DE": "GmbH",
    "US": "Inc.",
    "GB": "Ltd",
    "IL": "Ltd.",
    "XX": "S.A.",
}


@cache
def pinyin() -> dict[str, str]:
    words = " ".join(lines("pinyin")).split()
    return dict(zip(words[::2], words[1::2], strict=True))


@cache
def brands() -> tuple[Text, ...]:
    """Coined pairs of two rare characters, without any that a known brand contains."""
    found = []
    for line in lines("brands"):
        first, sound, seconds = line.split()
        found += [Text(first + last, (sound + pinyin()[last]).title()) for last in seconds]
    return tuple(brand for brand in found if not is_denied(brand.zh))


def is_denied(name: str) -> bool:
    return any(brand in name for brand in table("fields")["deny"]["brands"])


@cache
def latin_brands() -> tuple[Text, ...]:
    latin = table("places")["latin"]
    heads = list(zip(latin["transliterated"].split(), latin["heads"], strict=True))
    tails = list(zip(latin["tails_zh"].split(), latin["tails"], strict=True))
    return tuple(Text(zh + end_zh, en + end) for zh, en in heads for end_zh, end in tails)


@cache
def _surnames() -> tuple[list[Text], list[int]]:
    parts = [line.split() for line in lines("surnames")]
    return [Text(zh, en) for zh, en, _ in parts], [int(weight) for *_, weight in parts]


@cache
def _given() -> tuple[Text, ...]:
    names = " ".join(lines("given")).split()
    return tuple(Text(zh, "".join(pinyin()[char] for char in zh).title()) for zh in names)


def chinese_name(rng: Random) -> Text:
    surname = rng.choices(*_surnames())[0]
    given = rng.choice(_given())
    return Text(surname.zh + given.zh, f"{given.en} {surname.en}")


def foreign_name(rng: Random, country: str) -> Text:
    """Foreign names stay in their own letters in both languages, as on a passport."""
    words = table("overseas")[country]
    if "mononyms" in words and rng.random() < 0.15:
        name = rng.choice(words["mononyms"])
    else:
        name = f"{rng.choice(words['given'])} {rng.choice(words['family'])}"
    return Text(name, name)


def person(rng: Random, *, key: str, country: str = HOME) -> Person:
    """`key` keeps addresses apart; two people of one name are common, two addresses are not."""
    name = chinese_name(rng) if country == HOME else foreign_name(rng, country)
    return named(rng, name=name, key=key, country=country)


def named(rng: Random, *, name: Text, key: str, country: str) -> Person:
    phone = f"100{rng.randrange(10**8):08d}" if country == HOME else ""
    return Person(name, country, f"{slug(name.en)}.{key}@example.org", phone)


@cache
def slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    letters = "".join(char if char.isalpha() else " " for char in plain if char.isascii())
    return ".".join(letters.lower().split()) or "member"


def credit_code(rng: Random, *, kind: str = "91") -> str:
    """Eighteen places like the real ones, in a region that isn't, with a check that fails."""
    body = f"{kind}990000" + "".join(rng.choices(_ALPHABET, k=9))
    return body + _ALPHABET[(check_value(body) + rng.randint(1, 30)) % 31]


def check_value(body: str) -> int:
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS))
    return (31 - total % 31) % 31


class Names:
    """Gives out firms' names and never the same one twice, in either language."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, *names: str) -> bool:
        folded = [name.casefold() for name in names]
        if any(name in self._taken for name in folded):
            return False
        self._taken.update(folded)
        return True

    def company(
        self, rng: Random, *, scenario: str, country: str, place: Text
    ) -> tuple[Text, Text]:
        """The brand, and the firm's full name."""
        build = _firm if country == HOME else _foreign_firm
        while True:
            brand, name = build(rng, scenario, country, place)
            if not is_denied(name.zh + name.en) and self.take(name.zh, name.en):
                return brand, name


def _firm(rng: Random, scenario: str, country: str, place: Text) -> tuple[Text, Text]:
    brand, field, tail = rng.choice(brands()), _field(rng, scenario), _tail(rng)
    if rng.random() < 0.6:
        zh = f"{brand.zh}{field.zh}{tail.zh}（{place.zh}）有限公司"
    else:
        zh = f"{place.zh}{brand.zh}{field.zh}{tail.zh}有限公司"
    return brand, Text(zh, f"{brand.en} {field.en} {tail.en} ({place.en}) Co., Ltd.")


def _foreign_firm(rng: Random, scenario: str, country: str, place: Text) -> tuple[Text, Text]:
    brand, field = rng.choice(latin_brands()), _field(rng, scenario)
    name = Text(
        f"{brand.zh}{field.zh}（{place.zh}）公司", f"{brand.en} {field.en} {_FORMS[country]}"
    )
    return brand, name


@cache
def _words(kind: str, key: str) -> tuple[Text, ...]:
    return pairs(table("fields")[kind][key])


def _field(rng: Random, scenario: str) -> Text:
    return rng.choice(_words("fields", scenario))


def _tail(rng: Random) -> Text:
    return rng.choice(_words("tails", "words"))


def place(rng: Random, *, region: str, country: str) -> Text:
    if region != "overseas":
        return pair(rng.choice(table("places")["cities"][region]))
    en, zh = rng.choice(table("places")["countries"][country][1:]).split("|")
    return Text(zh, en)
