"""Names as public notices may print them."""

import re
import unicodedata

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LONG_NUMBER = re.compile(r"(?<!\d)(?:\+?\d[\d\- ]{6,}\d[Xx]?)(?!\d)")


def mask_name(name: str) -> str:
    """The family name and how long the name is; for Latin names, initials after the first word.

    >>> mask_name("林知远"), mask_name("欧阳明"), mask_name("Aoife O'Brien"), mask_name("Sutomo")
    ('林*远', '欧*明', "Aoife O.", 'S*****')
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not name:
        return ""
    if _HAN.match(name):
        return _mask_han(name)
    words = name.split()
    if len(words) == 1:
        return words[0][0] + "*" * (len(words[0]) - 1)
    return " ".join([words[0], *(word[0].upper() + "." for word in words[1:])])


def _mask_han(name: str) -> str:
    if len(name) <= 2:
        return name[0] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def hide_numbers(text: str) -> str:
    """Blank out anything that reads like a phone or an id number.

    >>> hide_numbers("咨询 100-2345-6789 或 310115199001011234")
    '咨询 ••• 或 •••'
    """
    return _LONG_NUMBER.sub("•••", text)
