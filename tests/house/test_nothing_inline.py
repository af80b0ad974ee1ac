"""The content security policy allows no code and no style inside a page, so no template has any."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
COMMENTS = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
    ),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "a script for htmx to evaluate": re.compile(r"\shx-on|hx-vals=[\"']js:|hx-vars="),
    "somebody else's host": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}


def faults(template: str) -> list[str]:
    text = COMMENTS.sub("", template)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_no_template_carries_code_or_style():
    templates = sorted(SOURCE.rglob("templates/**/*.html"))

    found = {str(t.relative_to(SOURCE)): faults(t.read_text()) for t in templates}

    assert len(templates) > 50
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_what_is_forbidden_would_be_seen():
    assert faults('<p style="width: 3%">') == ["an inline style"]
    assert faults('<a href="/" onclick="go()">') == ["an inline handler"]
    assert faults("<script>go()</script>") == ["an inline script"]
    assert faults('<script src="https://elsewhere/x.js"></script>') == ["somebody else's host"]
    assert faults('{# style="" #}<script type="application/json">{}</script>') == []
