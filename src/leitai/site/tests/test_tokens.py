"""Colours that can be read by everyone, in both themes."""

import re

import pytest
from django.conf import settings

TOKENS = settings.VITE_OUT.parents[1] / "frontend/styles/tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
# What stands on what. Text needs 4.5:1 (WCAG 2.2, 1.4.3), the edge of a field 3:1 (1.4.11).
TEXT = [
    *[(ink, on) for ink in ("ink", "ink-2", "ink-3") for on in ("paper", "raised", "sunken")],
    *[(ink, f"{tone}-wash") for ink in ("ink", "ink-2") for tone in ("seal", "jade", "amber")],
    *[(tone, on) for tone in ("seal", "jade", "amber") for on in ("paper", "raised")],
    *[(tone, f"{tone}-wash") for tone in ("seal", "jade", "amber")],
    ("seal-ink", "seal"),
    ("seal-ink", "seal-2"),
    ("paper", "ink"),
    ("paper", "ink-3"),
]
EDGES = [("edge", "paper"), ("edge", "raised"), ("seal", "paper"), ("jade", "paper")]


def colours(theme: str) -> dict[str, str]:
    found = PAIR.findall(TOKENS.read_text())
    return {name: dark if theme == "dark" else light for name, light, dark in found}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_what_it_stands_on(theme):
    has = colours(theme)

    weak = {(ink, on): round(contrast(has[ink], has[on]), 2) for ink, on in TEXT}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_controls_can_be_seen(theme):
    has = colours(theme)

    weak = {(edge, on): round(contrast(has[edge], has[on]), 2) for edge, on in EDGES}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}
