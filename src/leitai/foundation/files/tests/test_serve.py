import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from leitai.foundation.files import serve
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.serve import LinkExpired, link_to, read_link, respond
from leitai.foundation.files.store import write
from leitai.foundation.files.testing import a_pdf
from leitai.foundation.models import StoredFile
from leitai.foundation.refusals import NotFound

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = SimpleNamespace(pk=7)
BEN = SimpleNamespace(pk=8)
PLAN = SimpleNamespace(pk=3, name="𠮷 plan.pdf")


@pytest.fixture(autouse=True)
def urls(settings):
    settings.ROOT_URLCONF = "leitai.foundation.files.urls"


def token_of(address: str) -> str:
    return address.strip("/").split("/?")[0].split("/")[-1]


def test_a_link_says_which_file_and_for_whom():
    token = token_of(link_to(PLAN, reader=ADA, at=NOON, mark="Ada"))

    link = read_link(token, reader=ADA, at=NOON + timedelta(minutes=14))

    assert (link.file_id, link.reader_id, link.mark) == (3, 7, "Ada")


def test_a_link_expires_and_says_what_to_do():
    token = token_of(link_to(PLAN, reader=ADA, at=NOON))

    with pytest.raises(LinkExpired) as refusal:
        read_link(token, reader=ADA, at=NOON + timedelta(minutes=15))

    assert refusal.value.status == 410 and "again" in str(refusal.value.verdict.reason)


def test_another_readers_link_looks_like_no_link_at_all():
    token = token_of(link_to(PLAN, reader=ADA, at=NOON))

    for reader, tried in ((BEN, token), (ADA, token[:-2] + "xx"), (ADA, "nonsense")):
        with pytest.raises(NotFound):
            read_link(tried, reader=reader, at=NOON)


def test_a_link_for_anyone_needs_no_name():
    token = token_of(link_to(PLAN, reader=None, at=NOON))

    assert read_link(token, reader=SimpleNamespace(pk=None), at=NOON).reader_id is None


def test_a_file_goes_out_so_that_no_browser_runs_it(tmp_path):
    (tmp_path / "x").write_bytes(b"x")

    response = respond((tmp_path / "x").open("rb"), name="𠮷 plan.docx", kind="text/html")

    assert response["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%F0%A0%AE%B7%20plan.docx" in response["Content-Disposition"]
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_only_a_pdf_may_be_shown_beside_a_page(tmp_path):
    (tmp_path / "x").write_bytes(b"x")

    pdf = respond((tmp_path / "x").open("rb"), name="a.pdf", kind=serve.PDF, inline=True)
    page = respond((tmp_path / "x").open("rb"), name="a.htm", kind="text/html", inline=True)

    assert pdf["Content-Disposition"].startswith("inline; ")
    assert pdf["X-Frame-Options"] == "SAMEORIGIN"
    assert page["Content-Disposition"].startswith("attachment; ")


@pytest.mark.django_db
def test_a_marked_link_gives_the_paper_with_the_readers_name(rf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = a_pdf()
    sha256, size = write(io.BytesIO(content))
    stored = StoredFile.objects.create(
        sha256=sha256, size=size, kind=serve.PDF, name="plan.pdf", stored_at=NOON
    )
    request = rf.get("/")
    request.user, request.at = ADA, NOON
    token = token_of(link_to(stored, reader=ADA, at=NOON, mark="Ada 2026-03-01"))

    response = serve.fetch(request, token)

    assert response.status_code == 200 and len(b"".join(response)) > size


def test_what_cannot_carry_the_readers_name_is_not_shown():
    table = StoredFile(sha256="0" * 64, size=1, kind="text/csv", name="a.csv", stored_at=NOON)

    with pytest.raises(BadFile) as refusal:
        serve.attachment(table, mark="Ada")

    assert refusal.value.code == "cannot_mark"


@pytest.mark.django_db
def test_an_expired_link_answers_with_a_page_that_says_so(client, settings):
    settings.ROOT_URLCONF = "leitai.site.urls"
    address = link_to(PLAN, reader=None, at=NOON - timedelta(days=365))

    answer = client.get(address, headers={"Accept-Language": "en"})

    assert answer.status_code == 410 and "This link has expired" in answer.content.decode()
