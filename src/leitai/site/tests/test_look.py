"""The look: choices kept in cookies, and what the tags print."""

from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from leitai.site import errors, look
from leitai.site.style import Sample
from leitai.site.templatetags.amounts import money, thousands
from leitai.site.templatetags.look import initials
from leitai.values.money import Money

NOON = datetime(2026, 6, 30, 4, tzinfo=UTC)  # in China
MIDNIGHT = datetime(2026, 6, 30, 16, tzinfo=UTC)


def post(**said: str):
    return look.choose(RequestFactory().post("/look/", said))


def shown(template: str, **context: object) -> str:
    return Template("{% load look amounts states %}" + template).render(Context(context))


def test_a_choice_is_kept_and_leads_back():
    answer = post(theme="dark", next="/account/login/")

    assert answer.url == "/account/login/"
    assert answer.cookies["leitai_theme"].value == "dark"
    assert "leitai_care" not in answer.cookies


def test_a_choice_nobody_offered_is_not_kept_and_leads_nowhere_else():
    answer = post(theme="<b>", care="on", next="https://elsewhere.example.org/")

    assert answer.url == "/"
    assert "leitai_theme" not in answer.cookies
    assert answer.cookies["leitai_care"].value == "on"


def test_the_page_is_drawn_as_chosen():
    request = RequestFactory().get("/")
    request.COOKIES = {"leitai_theme": "dark", "leitai_care": "on"}
    request.at = NOON

    drawn = shown("{% look_attributes %}", request=request)

    assert drawn == 'data-theme="dark" data-care data-now="2026-06-30T04:00:00+00:00"'


@pytest.mark.parametrize(
    ("cookie", "zone"),
    [("Europe/Dublin", "Europe/Dublin"), ("", "Asia/Shanghai"), ("../../x", "Asia/Shanghai")],
)
def test_times_are_the_readers_and_china_is_the_default(cookie, zone):
    request = RequestFactory().get("/")
    request.COOKIES = {"leitai_zone": cookie}

    said = look.ReadersZone(lambda request: timezone.get_current_timezone_name())(request)

    assert said == zone


def test_a_deadline_at_midnight_is_24_o_clock_of_the_day_before():
    with translation.override("zh-hans"), timezone.override(ZoneInfo("Asia/Shanghai")):
        said = shown("{% moment at end=True %}", at=datetime(2026, 6, 30, 16, tzinfo=UTC))

    assert said == '<time datetime="2026-06-30T16:00:00+00:00">2026年6月30日 24:00</time>'


def test_a_reader_abroad_sees_both_clocks():
    with translation.override("en"), timezone.override(ZoneInfo("Europe/Dublin")):
        said = shown("{% moment at end=True %}", at=MIDNIGHT)

    assert "30 Jun 2026 17:00 UTC+1" in said
    assert "(30 Jun 2026 24:00 UTC+8)" in said


def test_what_is_left_counts_from_the_request():
    request = SimpleNamespace(at=NOON)

    with translation.override("en"):
        assert ">12:00:00<" in shown("{% until at %}", at=MIDNIGHT, request=request)
        assert "Time is up" in shown("{% until at %}", at=NOON, request=request)


@pytest.mark.parametrize(
    ("language", "full", "short"),
    [("zh-hans", "¥195,000,000.50", "¥1.95 亿"), ("en", "¥195,000,000.50", "¥195M")],
)
def test_money_is_exact_or_short(language, full, short):
    with translation.override(language):
        assert money(19_500_000_050) == full
        assert money(Money(19_500_000_050), "short") == short
        assert money(None) == "–"
        assert money(Money(-150, "USD")) == "−US$1.50"
        assert thousands(1800) == "1,800"


def test_bars_have_a_width_whatever_they_measure():
    assert 'width="92.00"' in shown('{% meter "x" 92 %}')
    assert 'width="100.00"' in shown('{% meter "x" 9 3 %}')
    assert 'width="0"' in shown('{% meter "x" 0 0 %}')
    with translation.override("zh-hans"):
        drawn = shown("{% funnel rows %}", rows=[{"label": "x", "value": 1800, "aim": 2000}])
    assert 'width="90.00"' in drawn
    assert "1,800" in drawn


@pytest.mark.parametrize(
    ("name", "letters"), [("Wang Li", "WL"), ("林知夏", "知夏"), ("李", "李"), ("", "?")]
)
def test_initials_of_any_name(name, letters):
    assert initials(name) == letters


def test_an_error_is_tied_to_its_field():
    form = Sample({"mail": "nobody"})

    printed = str(form)

    assert 'id="id_title_error"' in printed
    assert 'aria-describedby="id_title_helptext id_title_error"' in printed
    assert 'aria-invalid="true"' in printed
    assert '<fieldset class="field" data-field="kind"' in printed


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_wrong_address_gets_a_human_answer(client, language):
    client.cookies["leitai_language"] = language

    answer = client.get("/no/such/place/")

    assert answer.status_code == 404
    words = {"en": "There is nothing here", "zh-hans": "这里什么也没有"}
    assert words[language] in answer.content.decode()


def test_an_expired_form_says_what_to_do(client):
    strict = type(client)(enforce_csrf_checks=True)

    answer = strict.post("/look/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "site-foot" in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "404", "413", "429", "500", "csrf"])
def test_no_error_page_asks_the_database(name):
    request = RequestFactory().get("/")

    answer = errors.page(request, name, 500)

    assert "<h1>" in answer.content.decode()
