"""What our pages of documentation point to is there."""

import re

import pytest

from tests.house.reading import PROJECT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(PROJECT)))
def test_links_lead_somewhere(page):
    inward = [link for link in LINK.findall(page.read_text()) if "://" not in link]

    assert [link for link in inward if not (page.parent / link).exists()] == []


def test_what_a_stranger_looks_for_is_there():
    names = {page.name for page in PAGES}
    assert {"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "tour.md"} <= names
    assert "Version 2.0, January 2004" in (PROJECT / "LICENSE").read_text()
