"""How fairness is computed, told to all: the pages of docs/fairness, in the reader's words."""

import re
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from leitai.foundation.doors import public
from leitai.site.environment import PROJECT

FOLDER = PROJECT / "docs" / "fairness"
FRONT = "README"
PAGES = (
    "seats", "scores", "the-line", "second-look", "jurors", "look-alikes", "hall", "meetings",
)  # fmt: skip


@public
def fairness(request: HttpRequest, page: str = FRONT) -> HttpResponse:
    """Open to all: who is judged by a rule may read it."""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    if page != FRONT and page not in PAGES:
        raise Http404
    context = {
        "text": _rendered(language, page),
        "title": _heading(language, page),
        "items": [
            {"label": _heading(language, name), "url": _address(name), "current": name == page}
            for name in (FRONT, *PAGES)
        ],
    }
    return render(request, "site/fairness.html", context)


@cache
def _rendered(language: str, page: str) -> SafeString:
    """Our own text: no HTML passes through, links among the pages lead to the pages."""
    found = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = found.parse(_text(language, page))
    for token in tokens:
        if "style" in token.attrs:  # the only one is an alignment; numbers have a class for it
            del token.attrs["style"]
            token.attrSet("class", "num")
        for inner in token.children or []:
            if inner.type == "link_open":
                inner.attrSet("href", _link(str(inner.attrs["href"])))
    shown = found.renderer.render(tokens, found.options, {})
    opening = '<div class="scroll" tabindex="0"><table>'
    shown = shown.replace("<table>", opening).replace("</table>", "</table></div>")
    shown = shown.replace("<pre>", '<pre tabindex="0">')
    return mark_safe(shown)  # noqa: S308


def _link(href: str) -> str:
    """What is kept with the code and is no page here leads back to the front of these pages."""
    name = Path(href).stem
    return _address(name if name in PAGES and "/" not in href else FRONT)


def _address(name: str) -> str:
    return reverse("site:fairness") if name == FRONT else reverse("site:fairness_page", args=[name])


def _heading(language: str, page: str) -> str:
    return _text(language, page).split("\n", 1)[0].removeprefix("# ").strip()


@cache
def _text(language: str, page: str) -> str:
    """Without the figures of measurements and the other language, which stand beside the code."""
    text = (FOLDER / language / f"{page}.md").read_text()
    return re.sub(
        r"\[([^\]]+)\]\((?:\.\./\.\./performance\.md|\.\./(?:en|zh)/README\.md)\)", r"\1", text
    )
