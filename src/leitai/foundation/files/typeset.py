"""Pages on paper: a Typst source and its words make a PDF that shows Chinese everywhere."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from leitai.foundation.files.glyphs import FOLDERS


def typeset(source: Path, *, words: Mapping[str, Any]) -> bytes:
    """The PDF of a source that reads `json(bytes(sys.inputs.words))`.

    Words travel as data and are never read as markup. As PDF/A, which refuses characters that the
    fonts cannot show; those are written as their numbers.
    """
    text = json.dumps(words, ensure_ascii=False)
    for last_shown in (0x10FFFF, 0xFFFF, 0x2E7F):
        shown = "".join(c if ord(c) <= last_shown else f"U+{ord(c):X}" for c in text)
        try:
            return _pdf(source, shown)
        except typst.TypstError:
            continue
    raise ValueError("words that cannot be printed")


def typeset_exactly(source: Path, *, words: Mapping[str, Any]) -> bytes:
    """The same, and a refusal where a character has no shape: for papers people frame."""
    try:
        return _pdf(source, json.dumps(words, ensure_ascii=False))
    except typst.TypstError as error:
        raise ValueError("words that cannot be printed") from error


def _pdf(source: Path, words: str) -> bytes:
    return typst.compile(
        source.read_bytes(), font_paths=_fonts(), sys_inputs={"words": words},
        pdf_standards="a-2b",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Noto Sans CJK with the rare characters of people's names, and Noto Sans for other scripts."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, FOLDERS))
    )
