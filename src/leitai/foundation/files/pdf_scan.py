"""Looks for what a PDF might do. A program of its own, run by `pdfs` with no more than a file.

It reads the PDF from standard input and writes one JSON object: the pages, or the code of what is
wrong. It imports nothing of ours, so that it starts fast and knows nothing.
"""

import json
import re
import resource
import sys
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MOST_OBJECTS = 400_000
MOST_PAGES = 2_000

ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"}
SCRIPT_KEYS = {"/JS", "/XFA", "/RichMedia", "/RichMediaContent"}
# The same in the bytes themselves, for objects that another reader might find and ours did not.
RAW = re.compile(rb"/S\s*/(JavaScript|Launch|ImportData|SubmitForm|GoToE)\b")
RAW_FILE = re.compile(rb"/Type\s*/EmbeddedFile\b|/EF\s*<<")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def scan(stream: BinaryIO) -> dict[str, Any]:
    """{"pages": n} for a quiet PDF, else {"code": ...}: script, attachment, encrypted, too_many,
    or broken."""
    try:
        return _scan(stream)
    except RecursionError:
        return {"code": "broken"}
    except Exception:
        # The library raises many kinds of error on damaged files.
        return {"code": "broken"}


def _scan(stream: BinaryIO) -> dict[str, Any]:
    reader = PdfReader(stream, strict=False)
    if reader.is_encrypted:
        return {"code": "encrypted"}
    code = _code_of_bytes(stream) or _code_of_objects(reader)
    if code:
        return {"code": code}
    pages = len(reader.pages)
    for page in reader.pages:
        _ = page.mediabox.width, page.mediabox.height
    if pages > MOST_PAGES:
        return {"code": "too_many"}
    return {"pages": pages} if pages else {"code": "broken"}


def _code_of_bytes(stream: BinaryIO) -> str:
    stream.seek(0)
    tail = b""
    while chunk := stream.read(1 << 20):
        piece = ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), tail + chunk)
        if RAW.search(piece):
            return "script"
        if RAW_FILE.search(piece):
            return "attachment"
        tail = (tail + chunk)[-200:]
    return ""


def _code_of_objects(reader: PdfReader) -> str:
    """Every object of the file, those packed into object streams included, used or not."""
    numbers = {(n, generation) for generation, xref in reader.xref.items() for n in xref}
    numbers |= {(n, 0) for n in reader.xref_objStm}
    left = MOST_OBJECTS - len(numbers)
    todo: list[Any] = [reader.trailer]
    for number, generation in sorted(numbers):
        if left < 0:
            return "too_many"
        try:
            todo.append(reader.get_object(IndirectObject(number, generation, reader)))
        except Exception:  # noqa: S112 - an entry for an object that is not there is harmless
            continue
        while todo:
            left -= 1
            code, parts = _look(todo.pop())
            if code or left < 0:
                return code or "too_many"
            todo += parts
    return ""


def _look(thing: Any) -> tuple[str, list[Any]]:
    """What is wrong with one object, and its direct parts; references are objects of their own."""
    if isinstance(thing, ArrayObject):
        return "", list(thing)
    if not isinstance(thing, DictionaryObject):
        return "", []
    direct = {key: thing.raw_get(key) for key in thing}
    if direct.keys() & SCRIPT_KEYS or _name(thing, "/S") in ACTIONS:
        return "script", []
    if "/EF" in direct or _name(thing, "/Type") == "/EmbeddedFile":
        return "attachment", []
    return "", [part for part in direct.values() if not isinstance(part, IndirectObject)]


def _name(thing: DictionaryObject, key: str) -> str:
    """Also when it is a reference to a name, which is allowed and a good place to hide."""
    return str(thing.get(key, ""))


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    print(json.dumps(scan(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
