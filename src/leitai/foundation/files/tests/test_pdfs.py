import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from leitai.foundation.files import pdfs
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.pdf_scan import scan
from leitai.foundation.files.pdfs import check_pdf
from leitai.foundation.files.testing import a_pdf, written
from leitai.foundation.files.watermark import stamped

MARK = "𠮷田 欧阳 judge@example.org 2026-03-01 09:00"


def refused(content: bytes) -> str:
    with pytest.raises(BadFile) as refusal:
        check_pdf(io.BytesIO(content))
    return refusal.value.code


def with_object(thing: DictionaryObject) -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer._add_object(thing)
    return writer


def an_action(kind: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/S"): NameObject(kind),
            NameObject("/F"): TextStringObject("calc.exe"),
        }
    )


def packed(thing: bytes) -> bytes:
    """A PDF in which `thing` is hidden in a compressed object stream, read by a stream of
    cross-references."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    out = bytearray(b"%PDF-1.5\n")
    at = {}
    for number, part in enumerate(parts, start=1):
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    inner = zlib.compress(b"5 0 " + thing)
    at[4] = len(out)
    head = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(inner)
    out += b"4 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (head, inner)
    at[6] = len(out)
    rows = [b"\0\0\0\0"]
    rows += [b"\1" + at[n].to_bytes(2, "big") + b"\0" for n in (1, 2, 3, 4)]
    rows += [b"\2" + (4).to_bytes(2, "big") + b"\0", b"\1" + at[6].to_bytes(2, "big") + b"\0"]
    table = b"".join(rows)
    head = b"<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %d>>" % len(table)
    out += b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (head, table)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at[6])


def test_a_quiet_pdf_tells_its_pages():
    assert check_pdf(io.BytesIO(a_pdf(pages=3))) == 3


def test_a_pdf_with_a_script_is_refused():
    assert refused(a_pdf(script="app.alert('hi')")) == "script"


@pytest.mark.parametrize("kind", ["/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/GoToE"])
def test_a_pdf_that_would_act_is_refused(kind):
    assert refused(written(with_object(an_action(kind)))) == "script"


def test_an_action_hidden_in_a_compressed_object_stream_is_found():
    assert refused(packed(b"<</S/JavaScript/JS(app.alert\\(1\\))>>")) == "script"
    assert check_pdf(io.BytesIO(packed(b"<</S/URI/URI(https://example.org)>>"))) == 1


def test_an_action_spelt_with_escapes_is_found():
    plain = written(with_object(an_action("/Launch")))

    assert refused(plain.replace(b"/Launch", b"/L#61unch")) == "script"


def test_a_script_that_no_table_lists_is_found():
    assert refused(a_pdf() + b"\n99 0 obj <</S /JavaScript /JS (x)>> endobj\n") == "script"


def test_files_attached_to_a_pdf_are_refused():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("virus.exe", b"MZ")

    assert refused(written(writer)) == "attachment"


def test_an_encrypted_pdf_is_refused():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")

    assert refused(written(writer)) == "encrypted"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4 nonsense %%EOF", a_pdf(pages=0)])
def test_a_pdf_that_cannot_be_opened_is_refused(content):
    assert refused(content) == "broken"


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "PATIENCE_SECONDS", 0.001)

    assert refused(a_pdf()) == "too_many"


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_damaged_pdf_gets_an_answer(data):
    content = bytearray(a_pdf(script="x"))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert scan(io.BytesIO(bytes(content))).keys() <= {"pages", "code"}


def test_every_page_carries_the_readers_name():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_blank_page(842, 595).rotate(90)
    writer.add_blank_page(30, 2000)

    marked = PdfReader(stamped(io.BytesIO(written(writer)), mark=MARK))

    words = ["".join(page.extract_text().split()) for page in marked.pages]
    assert all("".join(MARK.split()) in said for said in words)
    assert [page.mediabox.width for page in marked.pages] == [595, 842, 30]


def test_a_marked_copy_no_longer_names_its_author():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Author": "Lishi", "/Title": "Plan of Lishi"})

    marked = stamped(io.BytesIO(written(writer)), mark=MARK)

    assert b"Lishi" in written(writer)
    assert b"Lishi" not in marked.read()


def test_a_character_no_font_has_is_written_as_its_number():
    marked = PdfReader(stamped(io.BytesIO(a_pdf()), mark="李\U000323af"))

    assert "李U+323AF" in marked.pages[0].extract_text()


def test_a_pdf_that_cannot_be_marked_is_not_shown():
    with pytest.raises(BadFile) as refusal:
        stamped(io.BytesIO(b"%PDF-1.7 nothing"), mark=MARK)

    assert refusal.value.code == "cannot_mark"


def test_a_stream_object_alone_is_no_attachment():
    stream = StreamObject()
    stream.set_data(b"BT ET")

    assert check_pdf(io.BytesIO(written(with_object(stream)))) == 1
