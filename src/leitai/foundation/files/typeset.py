"""Pages on paper: a Typst source and its words make a PDF that shows Chinese everywhere."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import typst

# Noto Sans CJK, which has Latin letters and the rare characters of people's names as well.
FONTS = Path(manimgx_fonts_cjk.__file__).parent


def typeset(source: Path, *, words: Mapping[str, Any]) -> bytes:
    """The PDF of a source that reads `json(bytes(sys.inputs.words))`.

    Words travel as data and are never read as markup. As PDF/A, which refuses characters that the
    font cannot show; those are written as their numbers.
    """
    text = json.dumps(words, ensure_ascii=False)
    for last_shown in (0x10FFFF, 0xFFFF, 0x2E7F):
        shown = "".join(c if ord(c) <= last_shown else f"U+{ord(c):X}" for c in text)
        try:
            return typst.compile(
                source.read_bytes(),
                font_paths=_fonts(),
                sys_inputs={"words": shown},
                pdf_standards="a-2b",
            )
        except typst.TypstError:
            continue
    raise ValueError("words that cannot be printed")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
