"""What holds for whatever texts: order does not matter, copies are found, passages are there."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.algorithms import text
from leitai.algorithms.lookalike import find, passages
from leitai.algorithms.lookalike.meaning import near_in_meaning
from leitai.algorithms.lookalike.shelf import shelve

WORDS = [
    one + other
    for one in ("ba", "ko", "li", "mu", "ne", "so", "ta", "vi", "zu", "re")
    for other in ("ban", "cor", "del", "fin")
]
SIGNS = "交通智慧城市路口信号控制医疗影像农业机器视觉工厂能源环境教育语言翻译安全检测"
HOSTILE = [
    "",
    " ",
    "\x00",
    "\ud800",
    "' OR 1=1 --",
    "\u202e\u200f",
    "🏳️‍🌈" * 50,
    "a" * 5000,
    "汉" * 5000,
    "=1+1\n" * 90,
]
SHORT = st.text("ab 交通智慧", max_size=40)


def written(draw: random.Random, *, chinese: bool, words: int = 60) -> str:
    if chinese:
        return "".join(draw.choices(SIGNS, k=2 * words))
    return " ".join(draw.choices(WORDS, k=words))


def pairs(found):
    return set(zip(*(part.tolist() for part in found[:2]), strict=True))


@pytest.fixture(scope="module", params=[True, False], ids=["zh", "en"])
def crowd(request):
    draw = random.Random(5)
    return [written(draw, chinese=request.param) for _ in range(60)]


@given(st.integers(0, 10**6), st.integers(0, 59), st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_planted_copy_is_always_found(crowd, seed, origin, is_half):
    """Half of a text word for word, or all of it with one word in twelve gone."""
    draw = random.Random(seed)
    glue = " " if " " in crowd[origin] else ""
    words = crowd[origin].split() if glue else list(crowd[origin])
    if is_half:
        own = draw.choices(WORDS if glue else SIGNS, k=len(words) // 2)
        copy = glue.join(own + words[len(words) // 2 :])
    else:
        copy = glue.join(word for word in words if draw.random() > 1 / 12)

    assert pairs(find(texts=[*crowd, copy])) == {(origin, len(crowd))}


@given(st.permutations(range(12)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_texts_changes_nothing(order):
    draw = random.Random(1)
    texts = [written(draw, chinese=n % 2 == 0, words=30) for n in range(8)]
    texts += [texts[0][:40], texts[1] + " more", texts[2], ""]

    plain_order = find(texts=texts)
    turned = find(texts=[texts[i] for i in order])

    def told(found, name):
        return {
            (*sorted((name(i), name(j))), round(score, 9))
            for i, j, score in zip(*(part.tolist() for part in found), strict=True)
        }

    assert told(turned, lambda i: order[i]) == told(plain_order, int)


@given(st.lists(st.one_of(SHORT, st.sampled_from(HOSTILE), st.text(max_size=30)), max_size=8))
@settings(deadline=None)
def test_whatever_is_written_gets_an_answer(texts):
    first, second, score = find(texts=texts)

    assert (first < second).all()
    assert ((score >= 0.5) & (score <= 1.0)).all()
    for i, j in pairs((first, second)):
        for passage in passages(texts[i], texts[j], least=3):
            assert text.plain(texts[i])[slice(*passage.first)] == passage.text
            here = text.tokens(passage.text)
            assert text.tokens(text.plain(texts[j])[slice(*passage.second)]) == here


def test_what_stands_in_all_texts_is_nobodys_copy(crowd):
    form = (
        "一、拟解决的问题 二、技术路线 三、团队成员 I declare that all of the above is true. " * 3
    )

    assert pairs(find(texts=[form + one for one in crowd])) == set()


def test_forty_teams_that_hand_in_the_same_text_are_told_and_the_answer_stays_small(crowd):
    found = pairs(find(texts=[*crowd, *[crowd[0]] * 40]))

    assert len(found) == 20 * 19 / 2
    assert (0, 60) in found


def test_new_texts_are_compared_with_all_and_old_ones_not_with_each_other(crowd):
    new, old = [crowd[0], crowd[1]], [*crowd[2:], crowd[0] + " 续", crowd[5], crowd[5] + " ab"]

    assert pairs(find(texts=new + old, own=2)) == {(0, 60)}


def test_one_who_waits_hears_how_far_it_is(crowd):
    heard: list[float] = []

    find(texts=crowd, tell=heard.append)

    assert heard == sorted(heard)
    assert heard[-1] <= 1.0
    assert len(heard) >= 3


@given(st.lists(SHORT, max_size=6))
def test_words_on_the_shelf_are_the_tokens(texts):
    shelf = shelve(texts)

    assert shelf.lengths.tolist() == [len(text.tokens(one)) for one in texts]
    assert [t for one in texts for t in text.tokens(one)] == [
        token for one in texts for token, _, _ in text.located(text.plain(one))
    ]


def test_a_text_in_other_words_is_found_by_its_vector():
    random_state = np.random.default_rng(2)
    vectors = random_state.normal(size=(40, 512))
    vectors[31] = vectors[4] + 0.3 * random_state.normal(size=512)

    first, second, score = near_in_meaning(vectors, own=40)
    found = find(texts=["", *["one two"] * 39], vectors=vectors)

    assert list(zip(first, second)) == [(4, 31)]
    assert 0.5 <= score[0] <= 1.0
    assert (4, 31) in pairs(found)


def test_where_all_is_near_nothing_is_a_copy_and_few_vectors_say_nothing():
    random_state = np.random.default_rng(2)
    field = random_state.normal(size=512) + 0.2 * random_state.normal(size=(40, 512))

    assert len(near_in_meaning(field, own=40)[0]) == 0
    assert len(near_in_meaning(field[:5], own=5)[0]) == 0
    assert len(near_in_meaning(np.zeros((40, 8)), own=40)[0]) == 0
