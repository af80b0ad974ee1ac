"""Which encoding a text is in: proved, not guessed."""

import re

from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.table import BadTable

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
MOST_SEEN = 200_000  # characters looked at to tell GB18030 from Big5


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding, or `BadTable`.

    A byte order mark settles it, then strict UTF-8. Nearly any bytes decode as GB18030, so it and
    Big5 must also give everyday characters that stand together: text of another encoding turns
    into rare ones, strewn among Latin letters.
    """
    marked = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "")
    texts = _decoded(data, [marked] if marked else ["utf-8"])
    if not texts and not marked:
        texts = _decoded(data, ["gb18030", "big5"])
        texts = {name: text for name, text in texts.items() if _usual(text) >= 0.9}
    if not texts or any("\0" in text for text in texts.values()):
        raise BadTable(
            "encoding",
            _("We cannot tell the encoding of this text, so names in it could come out wrong."),
            _("Save it as “CSV UTF-8”, or as an .xlsx workbook, and send it again."),
        )
    best = max(texts, key=lambda name: _usual(texts[name])) if len(texts) > 1 else next(iter(texts))
    return texts[best], best


def _decoded(data: bytes, names: list[str]) -> dict[str, str]:
    texts = {}
    for name in names:
        try:
            texts[name] = data.decode(name)
        except UnicodeDecodeError:
            continue
    return texts


def _usual(text: str) -> float:
    """The share of everyday characters among those that are not ASCII."""
    foreign = re.findall(r"[^\x00-\x7f]", text[:MOST_SEEN])
    together = "".join(re.findall(r"[^\x00-\x7f]{2,}", text[:MOST_SEEN]))
    if 2 * len(together) < len(foreign):
        return 0
    return sum(map(_is_everyday, foreign)) / max(1, len(foreign))


def _is_everyday(character: str) -> bool:
    """In GB2312, or among the characters that Big5 puts first because they are common."""
    in_big5 = character.encode("big5", "ignore")
    return bool(character.encode("gb2312", "ignore")) or b"" < in_big5 < b"\xc6\x7f"
