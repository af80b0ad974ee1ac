"""Every page a visitor of the demo edition can click his way to, as each role."""

import re
from collections import deque
from itertools import cycle
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from leitai.site.demo.load.whole import load
from leitai.site.pages.demo_doors import ROLES

pytestmark = pytest.mark.django_db
MOST_PAGES, DEPTH = 180, 3
LINK = re.compile(r'\s(?:href|hx-get)="([^"#]+)')
ELSEWHERE = ("/static/", "/account/", "/i18n/", "/look/", "/api/", "/_/")
NOBODY = "nobody"
DOORS = ["/", "/e/haiwan-2/venture/"]


@pytest.fixture(scope="module")
def edition(django_db_setup, django_db_blocker):
    """Loaded once for all roles and never committed."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load(size="tiny", seed=3, now=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("role", "language"), zip([*ROLES, NOBODY], cycle(["zh-hans", "en"]), strict=False)
)
def test_every_link_leads_to_a_page(edition, client, role, language, settings):
    settings.DEMO = True
    client.raise_request_exception = False
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if role != NOBODY:
        client.force_login(get_user_model().objects.get(email=f"{role}@example.org"))

    broken, seen = crawl(client, ["/desk/", *DOORS] if role != NOBODY else DOORS)

    assert broken == []
    assert seen > 30


def crawl(client, doors):
    """Breadth first; one page of each kind of address and each way of asking is enough."""
    todo = deque((door, 0, "") for door in doors)
    seen, asked, kinds, broken = set(doors), set(), {}, []
    while todo and len(kinds) < MOST_PAGES:
        address, depth, source = todo.popleft()
        answer = client.get(address)
        kinds[kind(address)] = address
        if answer.status_code == 403:  # a no that says why, and what to do first
            continue
        if answer.status_code >= 400:
            broken.append(f"{answer.status_code} {address} (from {source})")
            continue
        if depth == DEPTH or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        for link in links(answer, address):
            if link not in seen and kind(link) not in asked:
                seen.add(link)
                asked.add(kind(link))
                todo.append((link, depth + 1, address))
    return broken, len(kinds)


def kind(address):
    parts = urlsplit(address)
    names = sorted({word.partition("=")[0] for word in parts.query.split("&")})
    path = re.sub(r"[A-Z]{3}-\d{4}", "CODE", parts.path)
    return re.sub(r"/\d+(?=/|$)", "/0", path), tuple(names)


def links(answer, address):
    text = answer.getvalue().decode() if answer.streaming else answer.content.decode()
    for link in LINK.findall(text):
        whole = urljoin(address, link.replace("&amp;", "&"))
        parts = urlsplit(whole)
        if not parts.scheme and not parts.netloc and not parts.path.startswith(ELSEWHERE):
            yield whole
