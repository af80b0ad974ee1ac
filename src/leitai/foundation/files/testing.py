"""Files for tests, well-behaved and hostile; other rooms may borrow them."""

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}


def a_pdf(*, pages: int = 1, width: float = 595, height: float = 842, script: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width, height)
    if script:
        writer.add_open_action(JavaScript(script))
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def a_zip(entries: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def an_office(kind: str = "docx", **more: str | bytes) -> bytes:
    """The bare bones of a document; `more` are parts by name, with __ for a slash."""
    parts = {name.replace("__", "/"): content for name, content in more.items()}
    return a_zip({"[Content_Types].xml": TYPES, MAIN_PARTS[kind]: "<x/>", **parts})


def a_zip_bomb(*, mib: int = 600) -> bytes:
    """Half a megabyte that unpacks to `mib` mebibytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        with archive.open("xl/workbook.xml", "w") as entry:
            for _ in range(mib):
                entry.write(bytes(1 << 20))
    return target.getvalue()


def a_picture(format_: str = "PNG", *, size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 50, 31)).save(target, format_, **options)
    return target.getvalue()
