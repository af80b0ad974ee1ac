"""File names: kept as their owners wrote them, without what could deceive a reader or a system."""

import re
import unicodedata
from urllib.parse import quote

MOST = 120  # characters; 255 bytes of UTF-8 is what most file systems hold
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')


def clean_name(name: str, *, otherwise: str = "file") -> str:
    """A name fit to be shown and saved anywhere; rare characters stay.

    It is composed, on one line, without folders, without characters that are unseen or turn the
    direction of writing, and not too long.

    >>> clean_name("../../𠮷田\\u202efdp.exe"), clean_name("CON.pdf"), clean_name("...")
    ('𠮷田fdp.exe', '_CON.pdf', 'file')
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name[-4096:])[-1])
    name = "".join(" " if c.isspace() else c for c in name if _is_seen(c))
    name = " ".join(NOT_IN_NAMES.sub("_", name).split()).strip(" .")
    name = _shortened(name) or otherwise
    return f"_{name}" if RESERVED.match(name) else name


def _is_seen(character: str) -> bool:
    """Not a control, a direction mark, a lone surrogate or a private character."""
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}


def _shortened(name: str) -> str:
    """Cut in the middle, so that the ending, which tells the kind, stays."""
    stem, suffix = split_suffix(name)
    while len(stem + suffix) > MOST or len((stem + suffix).encode()) > 250:
        stem = stem[:-1] if stem else stem
        suffix = suffix if stem else suffix[:-1]
    return stem.rstrip() + suffix


def split_suffix(name: str) -> tuple[str, str]:
    """Of "plan.v2.PDF" the parts "plan.v2" and ".PDF"; more than 8 characters are no ending."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem and 0 < len(ending) <= 8 else (name, "")


def attachment_header(name: str) -> str:
    """Content-Disposition by RFC 6266: plain ASCII for old clients, RFC 5987 for the real name."""
    name = clean_name(name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    suffix = split_suffix(name)[1]
    if len(plain) < len(name) / 2 or plain.startswith("."):
        plain = "file" + (suffix if suffix.isascii() else "")
    plain = re.sub(r"[^\w .()+-]", "_", plain)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
