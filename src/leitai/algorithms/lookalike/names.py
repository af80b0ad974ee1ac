"""Names, addresses and numbers in one spelling, so that the same party is known again."""

import re

from leitai.algorithms.text import plain

_ENDINGS = (
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "股份公司",
    "公司",
    "集团",
)
_FORMS = frozenset(
    {"co", "company", "corp", "corporation", "inc", "incorporated", "limited", "llc", "llp", "ltd"}
    | {"plc", "pte", "pty", "gmbh", "ag", "sa", "sas", "sarl", "bv", "nv", "ab", "oy", "kk", "srl"}
)
_NOT_LETTERS = re.compile(r"[\W_]+")


def organisation_key(name: str) -> str:
    """A firm's name without its legal form, brackets, spaces and case; "" when nothing is left.

    >>> organisation_key("海湾智行（上海）科技有限公司") == organisation_key("海湾智行(上海)科技")
    True
    >>> organisation_key("Haiwan Robotics Co., Ltd.") == organisation_key("HAIWAN ROBOTICS")
    True
    """
    words = [w for w in _NOT_LETTERS.split(plain(name)) if w]
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    whole = "".join(words)
    for ending in _ENDINGS:
        if whole.endswith(ending) and whole not in _ENDINGS:
            return whole.removesuffix(ending)
    return whole


def person_key(name: str) -> str:
    """A person's name without spaces, marks and case.

    Words in Latin letters are put in the order of the alphabet, for family names come first or
    last; Chinese names keep theirs.

    >>> person_key("LI Wei") == person_key("Wei Li")
    True
    >>> person_key("王 伟")
    '王伟'
    """
    words = [w for w in _NOT_LETTERS.split(plain(name)) if w]
    return "".join(sorted(words) if re.search(r"[a-z]", plain(name)) else words)


def email_key(address: str) -> str:
    """An address in small letters, without what follows a plus sign before the @."""
    local, _, host = plain(address).strip().partition("@")
    return f"{local.partition('+')[0]}@{host}" if host else ""


def phone_key(number: str) -> str:
    """Digits only, without China's country code. A number that is a hash already stays itself.

    >>> phone_key("+86 100-1234-5678")
    '10012345678'
    """
    written = plain(number).strip()
    if re.search(r"[a-z]", written):
        return written
    digits = re.sub(r"\D", "", written).removeprefix("00")
    return digits.removeprefix("86") if len(digits) == 13 else digits


def code_key(code: str) -> str:
    """A registration code (统一社会信用代码) in capitals without spaces and dashes."""
    return _NOT_LETTERS.sub("", plain(code)).upper()
