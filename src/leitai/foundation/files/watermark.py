"""Confidential papers carry the name of whoever reads them."""

import tempfile
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import manimgx_fonts_cjk
import typst
from django.utils.translation import gettext_lazy as _

from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.pdfs import run_alone

# Noto Sans CJK, which has the rare characters of people's names as well.
FONTS = Path(manimgx_fonts_cjk.__file__).parent
SIDE = 1000
PAGE = f"""
#set page(width: {SIDE}pt, height: {SIDE}pt, margin: 0pt, fill: none)
#set text(font: "Noto Sans CJK SC", size: 19pt, fill: rgb(90, 90, 90, 46))
#place(center + horizon, rotate(-30deg, box(width: 1500pt, height: 1500pt,
  grid(columns: (1fr,) * 3, column-gutter: 60pt, row-gutter: 90pt,
    ..((sys.inputs.words,) * 42)))))
"""


def stamped(content: BinaryIO, *, mark: str) -> BinaryIO:
    """The PDF with `mark` (a name and a time) across each page, light and slanted.

    A PDF that cannot be marked is refused rather than shown without.
    """
    marked = tempfile.TemporaryFile()  # noqa: SIM115 - it goes on to the response
    with tempfile.NamedTemporaryFile() as overlay:
        overlay.write(_overlay(_printable(mark)))
        overlay.flush()
        is_done = run_alone("pdf_stamp.py", content, marked, overlay.name)
    content.close()
    marked.seek(0)
    if not is_done or marked.read(5) != b"%PDF-":
        marked.close()
        raise BadFile(
            "cannot_mark",
            _("This PDF cannot carry the reader's name, so it is not shown."),
            _("Ask its owner to print it to a new PDF and hand that in."),
        )
    marked.seek(0)
    return marked


def _printable(mark: str) -> str:
    """Without controls; Python's own isprintable() does not know the newest characters."""
    seen = (c if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else " " for c in mark)
    return " ".join("".join(seen).split())[:120]


@lru_cache(maxsize=64)
def _overlay(words: str) -> bytes:
    """A page of the mark alone. A character the font lacks is written as its number."""
    for last_shown in (0x10FFFF, 0xFFFF, 0x2E7F):
        try:
            return _typeset("".join(c if ord(c) <= last_shown else f"U+{ord(c):X}" for c in words))
        except typst.TypstError:
            continue
    raise ValueError("a mark that cannot be printed")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _typeset(words: str) -> bytes:
    """As PDF/A, which refuses characters that the font cannot show."""
    return typst.compile(
        PAGE.encode(),
        font_paths=_fonts(),
        sys_inputs={"words": words},
        pdf_standards="a-2b",
    )
