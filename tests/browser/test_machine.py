"""The browser tests themselves can be trusted."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_server_answers_the_browser(page):
    page.goto("/healthz")

    assert '"database": "ok"' in page.content()


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_page_may_be_as_narrow_as_a_phone(page):
    page.goto("/account/login/")

    assert page.evaluate("window.innerWidth") == 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_policy_stops_inline_scripts(page):
    page.goto("/account/login/")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )

    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in fault for fault in page.faults)
    page.faults.clear()
