import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.inspect import inspect
from leitai.foundation.files.kinds import KINDS
from leitai.foundation.files.testing import (
    a_pdf,
    a_picture,
    a_zip,
    a_zip_bomb,
    an_office,
)

MIB = 1024 * 1024
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64)
GOOD = [
    ("计划书.pdf", a_pdf(), "pdf"),
    ("logo.png", a_picture("PNG"), "png"),
    ("photo.JPG", a_picture("JPEG"), "jpeg"),
    ("photo.webp", a_picture("WEBP"), "webp"),
    ("plan.docx", an_office("docx"), "docx"),
    ("slides.pptx", an_office("pptx"), "pptx"),
    ("table.xlsx", an_office("xlsx"), "xlsx"),
    ("film.mp4", FILM, "mp4"),
    ("code.zip", a_zip({"main.py": "print()"}), "zip"),
    ("table.csv", "项目,负责人\n甲,𠮷田\n".encode("gb18030"), "csv"),
    ("notes.txt", "hello\n".encode("utf-16"), "txt"),
]


def looked_at(content: bytes, name: str, *, allow=tuple(KINDS), limit_bytes=4 * MIB):
    return inspect(io.BytesIO(content), name, allow=allow, limit_bytes=limit_bytes)


def refused(content: bytes, name: str, **options) -> str:
    with pytest.raises(BadFile) as refusal:
        looked_at(content, name, **options)
    assert str(refusal.value.reason) and str(refusal.value.mend)
    return refusal.value.code


@pytest.mark.parametrize(("name", "content", "key"), GOOD)
def test_a_good_file_is_known_by_its_content(name, content, key):
    found = looked_at(content, name)

    assert (found.kind.key, found.name, found.size) == (key, name, len(content))


def test_a_slot_takes_only_its_kinds():
    assert refused(a_picture(), "logo.png", allow={"pdf"}) == "unwanted_kind"


def test_an_empty_file_is_refused():
    assert refused(b"", "plan.pdf") == "empty"


def test_a_file_over_the_limit_is_refused():
    assert refused(a_pdf(), "plan.pdf", limit_bytes=100) == "too_large"


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><title>Sign in</title>",
        b"\xef\xbb\xbf\r\n <html>",
        b"<?xml version='1.0'?><!-- x --><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<html><script>".encode("utf-16"),
    ],
)
@pytest.mark.parametrize("name", ["plan.pdf", "table.csv", "logo.png"])
def test_a_page_is_a_page_whatever_its_name(page, name):
    assert refused(page, name) == "page"


@pytest.mark.parametrize(
    ("name", "content"),
    [("plan.docx", a_pdf()), ("plan.pdf", a_picture()), ("plan", a_pdf()), ("a.pdf.exe", a_pdf())],
)
def test_a_name_that_does_not_fit_is_refused(name, content):
    assert refused(content, name) == "wrong_name"


@pytest.mark.parametrize("content", [b"MZ\x90\0\x03\0", b"\x7fELF\x02\x01\x01" + bytes(64)])
@pytest.mark.parametrize("name", ["plan.pdf", "notes.txt"])
def test_a_program_is_refused(name, content):
    assert refused(content, name) == "unwanted_kind"


def test_an_old_office_document_is_sent_back_to_be_saved_anew():
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table.xls") == "old_office"


def test_a_document_with_an_archive_behind_it_is_refused():
    assert refused(a_pdf() + a_zip({"x": "y"}), "plan.pdf") == "two_in_one"
    assert refused(FILM + a_zip({"x": "y"}), "film.mp4") == "two_in_one"


def test_an_archive_with_something_before_or_behind_it_is_refused():
    assert refused(an_office() + b"<script>", "plan.docx") == "broken"
    assert refused(b"PK\3\4" + an_office(), "plan.docx") == "broken"


def test_a_zip_bomb_is_refused_before_it_goes_off():
    assert refused(a_zip_bomb(), "table.xlsx") == "bomb"


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(a_zip_bomb(mib=8))
    directory = bomb.rfind(b"PK\x01\x02")
    struct.pack_into("<I", bomb, directory + 24, 10)

    assert refused(bytes(bomb), "table.xlsx") == "broken"


def test_archives_inside_archives_inside_archives_are_refused():
    inner = a_zip({"a.zip": a_zip({"x": "y"})})

    assert refused(an_office("pptx", ppt__embeddings__1=inner), "slides.pptx") == "bomb"


def test_slides_may_hold_the_table_of_their_chart():
    slides = an_office("pptx", ppt__embeddings__1=an_office("xlsx"))

    assert looked_at(slides, "slides.pptx").kind.key == "pptx"


def test_too_many_entries_are_refused():
    assert refused(a_zip({str(i): "" for i in range(2_001)}), "code.zip") == "bomb"


def test_entries_that_share_their_bytes_are_refused():
    archive = bytearray(a_zip({"a": "x" * 50, "b": "y" * 50}))
    second = archive.rfind(b"PK\x01\x02")
    struct.pack_into("<I", archive, second + 42, 0)

    assert refused(bytes(archive), "code.zip") == "bomb"


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "C:\\x", "..\\x"])
def test_names_that_climb_out_of_an_archive_are_refused(name):
    assert refused(a_zip({name: "x"}), "code.zip") == "archive_path"


def test_links_in_an_archive_are_refused():
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert refused(target.getvalue(), "code.zip") == "archive_path"


def test_an_archive_with_a_password_is_refused():
    archive = bytearray(a_zip({"a": "x"}))
    archive[6] |= 1
    archive[archive.rfind(b"PK\x01\x02") + 8] |= 1

    assert refused(bytes(archive), "code.zip") == "encrypted"


@pytest.mark.parametrize("part", ["word__vbaProject.bin", "word__activeX__activeX1.bin"])
def test_a_document_with_macros_is_refused(part):
    assert refused(an_office("docx", **{part: b"x"}), "plan.docx") == "macros"


def test_macros_inside_an_embedded_table_are_found():
    table = an_office("xlsx", **{"xl__vbaProject.bin": b"x"})

    assert refused(an_office("pptx", ppt__embeddings__1=table), "slides.pptx") == "macros"


def test_a_document_that_fetches_its_template_is_refused():
    rels = (
        '<Relationship Type="http://x/attachedTemplate" Target="http://x" TargetMode="External"/>'
    )

    assert refused(an_office(**{"word___rels__settings.xml.rels": rels}), "a.docx") == (
        "outside_links"
    )


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.csv", "a.docx", "a.mp4", "名.webp"]))
def test_arbitrary_bytes_are_taken_or_politely_refused(content, name):
    try:
        looked_at(content, name)
    except BadFile as bad:
        assert str(bad.mend)


@given(st.data())
def test_a_damaged_archive_is_taken_or_politely_refused(data):
    content = bytearray(an_office("xlsx", xl__sheet="<a/>" * 20))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        looked_at(bytes(content), "table.xlsx")
    except BadFile as bad:
        assert str(bad.mend)
