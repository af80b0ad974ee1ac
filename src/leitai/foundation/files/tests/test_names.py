import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.foundation.files.names import attachment_header, clean_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("计划书 第2版.pdf", "计划书 第2版.pdf"),
        ("𠮷野家.pdf", "𠮷野家.pdf"),
        ("x" * 60 + ".pdf", "x" * 60 + ".pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\0b\r\nc.pdf", "ab c.pdf"),
        ("C:\\Users\\li\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("Prince", "Prince"),
        (" . . ", "file"),
        ("", "file"),
    ],
)
def test_names_lose_only_what_could_deceive(given_name, kept):
    assert clean_name(given_name) == kept


def test_a_very_long_name_keeps_its_ending():
    name = clean_name("项" * 500 + ".pdf")

    assert name.endswith("项.pdf") and len(name.encode()) <= 255


@given(st.text(max_size=400))
def test_a_cleaned_name_stays_as_it_is(name):
    once = clean_name(name)

    assert clean_name(once) == once and 0 < len(once.encode("utf-8")) <= 255


@given(st.text(max_size=100))
def test_the_header_carries_the_whole_name_and_nothing_else(name):
    header = attachment_header(name)

    found = re.fullmatch(
        r"attachment; filename=\"[\w .()+-]+\"; filename\*=UTF-8''(.+)", header, re.ASCII
    )
    assert found and unquote(found[1]) == clean_name(name)
