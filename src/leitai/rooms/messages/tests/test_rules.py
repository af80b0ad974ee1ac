"""Texts with blanks, and the last gate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.rooms.messages import rules

ALLOWED = ("name", "code")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Dear {name}", ""), ("{name}{code}", ""), ("", ""), ("Dear {nmae}", "unknown_blank"),
     ("{title}", "unknown_blank"), ("｛name｝，您好", "unknown_blank"),
     ("{ name }", "unknown_blank"),
     ("Dear {name", "lonely_brace"), ("}", "lonely_brace"), ("{{name}}", "lonely_brace"),
     ("{name.__class__}", "unknown_blank"), ("{0}", "unknown_blank"),
     ("%(name)s {% x %}", "unknown_blank")],
)  # fmt: skip
def test_every_brace_belongs_to_a_known_blank(text, code):
    verdict = rules.check(text, allowed=ALLOWED)

    assert (verdict.code if not verdict else "") == code


def test_an_unknown_blank_is_named_with_those_there_are():
    told = str(rules.check("{titel}", allowed=ALLOWED).reason)

    assert "{titel}" in told
    assert "{name}, {code}" in told


@given(st.dictionaries(st.sampled_from(ALLOWED), st.text(max_size=20)), st.text(max_size=40))
def test_values_are_put_in_once_and_never_read_again(values, rest):
    rest = rest.replace("{", "").replace("}", "")
    filled = rules.fill("{name}" + rest, {"name": "{code}", "code": "secret", **values})

    assert filled == values.get("name", "{code}") + rest


def test_blanks_without_a_value_are_named():
    assert rules.missing({"name": "Ada", "code": " "}, "{name}", "{code} {title}") == [
        "code", "title",
    ]  # fmt: skip


def confirm(**changes):
    told = {"typed": "31", "count": 31, "missing": 0, "gone": 0, **changes}
    return rules.may_confirm("frozen", **told)


def test_whoever_knows_the_number_may_send():
    assert confirm()
    assert confirm(typed=" 31 ")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"typed": "30"}, "count_wrong"), ({"typed": ""}, "count_wrong"),
     ({"typed": "031"}, "count_wrong"), ({"typed": "３１"}, "count_wrong"),
     ({"count": 0, "typed": "0"}, "nobody"), ({"missing": 2}, "value_missing"),
     ({"gone": 1}, "audience_changed")],
)  # fmt: skip
def test_the_last_gate_stays_shut(changes, code):
    assert confirm(**changes).code == code


@pytest.mark.parametrize(
    ("written", "fallback", "code"),
    [({"zh-hans", "en"}, "", "yes"), ({"en"}, "", "language_missing"), ({"en"}, "en", "yes"),
     ({"en"}, "zh-hans", "language_missing"), (set(), "en", "nothing_written")],
)  # fmt: skip
def test_both_languages_or_a_word_about_the_other(written, fallback, code):
    verdict = rules.may_freeze("draft", written=written, fallback=fallback, receivers=1)

    assert (verdict.code if not verdict else "yes") == code
