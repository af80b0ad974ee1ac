"""Which characters can our fonts print? Asked before anything is printed, so that no name becomes
a row of boxes.

Reads the fonts' own table of characters ("cmap", formats 4 and 12 of OpenType) and nothing else.
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk

FOLDERS = (Path(manimgx_fonts_cjk.__file__).parent, Path(manimgx_fonts.__file__).parent)
FONT_FILES = {".ttf", ".otf", ".ttc", ".otc"}
Range = tuple[int, int]


def missing(text: str) -> list[str]:
    """The characters of a text that no font of ours has a shape for, each once, in their order."""
    firsts, lasts = _known()
    found: dict[str, None] = {}
    for sign in unicodedata.normalize("NFC", text):
        at = bisect_right(firsts, ord(sign)) - 1
        is_known = at >= 0 and ord(sign) <= lasts[at]
        if not is_known and not sign.isspace():
            found[sign] = None
    return list(found)


def named(sign: str) -> str:
    """A character for people who cannot see it.

    >>> named(chr(0xE000))
    'U+E000'
    """
    return f"U+{ord(sign):04X}"


@lru_cache(maxsize=1)
def _known() -> tuple[list[int], list[int]]:
    """First and last characters of each unbroken run, over all fonts."""
    files = sorted(f for folder in FOLDERS for f in folder.iterdir() if f.suffix in FONT_FILES)
    runs: list[list[int]] = []
    for first, last in sorted(run for file in files for run in _runs(file.read_bytes())):
        if runs and first <= runs[-1][1] + 1:
            runs[-1][1] = max(runs[-1][1], last)
        else:
            runs.append([first, last])
    return [first for first, _ in runs], [last for _, last in runs]


def _runs(font: bytes) -> Iterator[Range]:
    """Of every font in the file, in its table for all of Unicode or else for the first plane."""
    for start in _fonts(font):
        cmap = _table(font, start, b"cmap")
        (count,) = struct.unpack_from(">H", font, cmap + 2)
        found = {}
        for n in range(count):
            _platform, _code, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)
            (form,) = struct.unpack_from(">H", font, cmap + offset)
            found[form] = cmap + offset
        yield from _of_all(font, found[12]) if 12 in found else _of_first_plane(font, found[4])


def _fonts(font: bytes) -> tuple[int, ...]:
    if font[:4] != b"ttcf":
        return (0,)
    (count,) = struct.unpack_from(">I", font, 8)
    return struct.unpack_from(f">{count}I", font, 12)


def _table(font: bytes, start: int, wanted: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, start + 4)
    for n in range(count):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", font, start + 12 + 16 * n)
        if tag == wanted:
            return offset
    raise ValueError("a font without a table of characters")


def _of_all(font: bytes, at: int) -> Iterator[Range]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for n in range(count):
        first, last, shape = struct.unpack_from(">III", font, at + 16 + 12 * n)
        if shape or last > first:  # shape 0 is the box
            yield first if shape else first + 1, last


def _of_first_plane(font: bytes, at: int) -> Iterator[Range]:
    """Segments whose shapes stand in a second list may hold boxes, so each is looked at."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    n = double // 2
    lasts = struct.unpack_from(f">{n}H", font, at + 14)
    firsts = struct.unpack_from(f">{n}H", font, at + 16 + double)
    deltas = struct.unpack_from(f">{n}H", font, at + 16 + 2 * double)
    offsets = struct.unpack_from(f">{n}H", font, at + 16 + 3 * double)
    for k, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        for sign in range(first, min(last, 0xFFFE) + 1):
            where = at + 16 + 3 * double + 2 * k + offsets[k] + 2 * (sign - first)
            shape = struct.unpack_from(">H", font, where)[0] if offsets[k] else sign + deltas[k]
            if shape % 0x10000:
                yield sign, sign
