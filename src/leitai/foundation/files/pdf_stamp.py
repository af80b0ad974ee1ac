"""Lays a mark over every page of a PDF. A program of its own, run by `watermark`.

It reads the PDF from standard input, the mark (a PDF of one page) from the file it is told,
and writes the marked PDF to standard output.
"""

import resource
import sys
from typing import BinaryIO

from pypdf import PageObject, PdfReader, PdfWriter, Transformation

SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MOST_BYTES = 512 * 1024 * 1024


def stamp(source: BinaryIO, overlay: BinaryIO, target: BinaryIO) -> None:
    """The mark is scaled to the longer side and centred; it covers rotated and cropped pages.

    What the file says about its author is left out: some readers are not to know who that is.
    """
    mark = PdfReader(overlay).pages[0]
    writer = PdfWriter(clone_from=PdfReader(source, strict=False))
    if not writer.pages:
        raise ValueError("no pages")
    for page in writer.pages:
        _lay_over(page, mark)
    writer.metadata = None
    writer.root_object.pop("/Metadata", None)
    writer.write(target)


def _lay_over(page: PageObject, mark: PageObject) -> None:
    box = page.cropbox
    width, height = float(box.width), float(box.height)
    side = max(width, height)
    if not 1 <= side <= 100_000:
        raise ValueError("a page without a size")
    scale = side / float(mark.mediabox.width)
    left = float(box.left) - (side - width) / 2
    bottom = float(box.bottom) - (side - height) / 2
    move = Transformation().scale(scale).translate(left, bottom)
    page.merge_transformed_page(mark, move, over=True, expand=False)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    with open(sys.argv[1], "rb") as overlay:  # noqa: PTH123 - two imports fewer
        stamp(sys.stdin.buffer, overlay, sys.stdout.buffer)


if __name__ == "__main__":
    main()
