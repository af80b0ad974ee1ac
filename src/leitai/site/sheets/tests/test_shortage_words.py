"""What the algorithm refuses is told in Chinese, whatever the reason."""

import re

import pytest
from django.utils import translation

from leitai.algorithms.assignment import EntryNeed, JurorOffer, Rules, Seat, Unseatable, seat
from leitai.site.sheets.shortage_words import refused


def jurors(n: int, *, load: int, kind: str = "专家", **more: object) -> list[JurorOffer]:
    return [JurorOffer(id=100 + j, kind=kind, load_max=load, **more) for j in range(n)]


ENTRIES = [EntryNeed(id=n, languages=frozenset({"zh"})) for n in range(12)]
SHORT = {
    "total": (jurors(10, load=3), Rules(k=3), {}),
    "few": (jurors(2, load=12), Rules(k=3), {}),
    "kind": (jurors(6, load=12), Rules(k=3, mix={"投资人": 1}), {}),
    "mix": (jurors(6, load=12), Rules(k=1, mix={"专家": 2}), {}),
    "kind total": (
        [*jurors(9, load=12), JurorOffer(id=7, kind="投资人", load_max=3)],
        Rules(k=3, mix={"投资人": 1}),
        {},
    ),
    "house": (jurors(4, load=12, organisation="甲"), Rules(k=2), {}),
    "least": (jurors(4, load=12, load_min=9), Rules(k=2), {}),
    "conflict": (
        jurors(4, load=12),
        Rules(k=2),
        {"fixed": frozenset({Seat(1, 100)}), "conflicts": frozenset({Seat(1, 100)})},
    ),
    "language": (jurors(4, load=12, languages=frozenset({"en"})), Rules(k=2), {}),
    "cap": (jurors(4, load=12), Rules(k=3), {"pair_cap": 0.5}),
}


@pytest.mark.parametrize("why", SHORT)
def test_a_shortage_is_told_in_chinese(why):
    offers, rules, more = SHORT[why]
    with pytest.raises(Unseatable) as refusal:
        seat(ENTRIES, offers, rules=rules, seed=1, **more)

    with translation.override("zh-hans"):
        told = refused(refusal.value)

    assert not re.search(r"[A-Za-z{}]{2,}", told), told
    assert told.endswith("。")


def test_in_english_it_stays_the_algorithm_s_own():
    with pytest.raises(Unseatable) as refusal:
        seat(ENTRIES, jurors(10, load=3), rules=Rules(k=3), seed=1)

    with translation.override("en"):
        assert refused(refusal.value) == str(refusal.value)
