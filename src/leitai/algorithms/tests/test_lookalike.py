"""Hints at the same firm, the same people, the same text; with the place where it shows."""

import csv
import doctest
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.algorithms import text
from leitai.algorithms.lookalike import (
    Member,
    Profile,
    email_key,
    find,
    names,
    organisation_key,
    passages,
    person_key,
    phone_key,
    shared_parties,
)

ABOUT_TRAFFIC = (
    "本项目面向城市路口的信号配时，利用路侧摄像头与边缘计算设备实时估计各方向车流，"
    "以强化学习在仿真环境中训练配时策略，并在三个行政区的二十个路口完成试点。"
)
ABOUT_HEALTH = (
    "我们为门诊分诊台研发语音助手，患者用方言描述症状，系统整理成结构化病历并提示风险，"
    "已在两家社区医院试用六个月，平均候诊时间缩短四分之一。"
)


@pytest.mark.parametrize(
    "other",
    ["海湾智行（上海）科技", "海湾智行(上海)科技有限责任公司", "海湾智行上海科技股份有限公司"],
)
def test_a_firm_is_known_by_its_name_without_the_legal_form(other):
    assert organisation_key(other) == organisation_key("海湾智行（上海）科技有限公司")


def test_different_firms_stay_different():
    assert organisation_key("海湾智行科技有限公司") != organisation_key("海湾智联科技有限公司")
    assert organisation_key("有限公司") == "有限公司"
    assert organisation_key("Ltd") == "ltd"


@given(st.text(max_size=30))
def test_a_key_of_a_key_is_the_key(name):
    for key in (person_key, phone_key):
        assert key(key(name)) == key(name)


def test_phones_and_mail_have_one_spelling():
    assert phone_key("+86 100 1234 5678") == phone_key("008610012345678") == "10012345678"
    assert phone_key("１００-1234-5678") == "10012345678"
    assert phone_key("9f86d081884c7d65") == "9f86d081884c7d65"
    assert email_key("Ada+contest@Example.org") == "ada@example.org"
    assert email_key("no address") == ""


def test_shared_parties_are_told_once_with_all_their_entries():
    profiles = [
        Profile(
            entry=1,
            organisation="海湾智行科技有限公司",
            members=(Member(name="王伟", phone="100 1111 2222"),),
        ),
        Profile(entry=2, organisation="海湾智行科技", members=(Member(name="王 伟"),)),
        Profile(
            entry=3, organisation="灵港医疗", members=(Member(name="王伟", phone="10011112222"),)
        ),
        Profile(entry=4),
        Profile(entry=5),
    ]

    found = {(s.kind, s.entries) for s in shared_parties(profiles)}

    assert found == {("organisation", (1, 2)), ("person", (1, 2)), ("phone", (1, 3))}
    assert str(shared_parties(profiles)[0].note).endswith("of the same name: 1, 2.")


def test_a_copied_text_is_found_in_chinese():
    others = [
        f"第{n}个项目关注第{n * 7}号场景，采用方法{n * 13}，指标为{n * 3}。" for n in range(30)
    ]
    copied = ABOUT_TRAFFIC.replace("三个行政区", "五个城区").replace("实时", "在线")

    first, second, score = find(texts=[ABOUT_TRAFFIC, ABOUT_HEALTH, copied, *others])

    assert (0, 2) in set(zip(first.tolist(), second.tolist(), strict=True))
    assert 1 not in set(first.tolist()) | set(second.tolist())
    assert (score >= 0.5).all()


def test_half_of_an_old_entry_inside_a_new_one_is_found_and_shown():
    new = ABOUT_HEALTH + ABOUT_TRAFFIC[:60]

    first, second, _ = find(texts=[ABOUT_TRAFFIC, new])

    assert (first.tolist(), second.tolist()) == ([0], [1])
    (shown,) = passages(ABOUT_TRAFFIC, new)
    assert ABOUT_TRAFFIC[:59].replace("，", ",").startswith(shown.text[:50])


def test_empty_and_tiny_texts_are_no_copies():
    assert [len(part) for part in find(texts=["", "", "AI", "交通"])] == [0, 0, 0]
    assert [len(part) for part in find(texts=[])] == [0, 0, 0]


@given(st.lists(st.text("ab 交通智慧", max_size=40), max_size=8))
def test_pairs_are_ordered_scored_and_symmetric(texts):
    first, second, score = find(texts=texts)
    backwards = find(texts=texts[::-1])

    assert (first < second).all()
    assert ((score >= 0.5) & (score <= 1.0)).all()
    last = len(texts) - 1
    turned = {
        (last - j, last - i) for i, j in zip(*(p.tolist() for p in backwards[:2]), strict=True)
    }
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == turned


@given(st.text("abc 交通", max_size=60), st.text("abc 交通", max_size=60))
def test_a_passage_stands_in_both_texts(one, other):
    for passage in passages(one, other, least=2):
        here, there = slice(*passage.first), slice(*passage.second)
        assert text.plain(one)[here] == passage.text
        assert text.tokens(text.plain(other)[there]) == text.tokens(passage.text)


def test_planted_copies_among_real_abstracts_are_found():
    folder = os.environ.get("LEITAI_REAL_DATA")
    if not folder:
        pytest.skip("needs iclr2018_submissions.csv: name its folder in LEITAI_REAL_DATA")
    path = Path(folder) / "iclr2018_submissions.csv"
    with path.open(encoding="utf-8") as file:
        abstracts = [row["abstract"] for row in csv.DictReader(file)]
    draw = random.Random(3)
    planted = set()
    texts = list(abstracts)
    for n in range(60):
        original = draw.randrange(len(abstracts))
        words = abstracts[original].split()
        copies = (
            " ".join(w for w in words if draw.random() > 0.15),
            " ".join(words[len(words) // 2 :]) + " " + draw.choice(abstracts),
            ". ".join(draw.sample(parts := abstracts[original].split(". "), len(parts))),
        )
        planted.add((original, len(texts)))
        texts.append(copies[n % 3])

    first, second, _ = find(texts=texts)

    found = set(zip(first.tolist(), second.tolist(), strict=True))
    among_originals = [(i, j) for i, j in found if j < len(abstracts)]
    assert len(planted & found) >= 59
    assert len(among_originals) <= 5


def test_the_examples_hold():
    assert doctest.testmod(names).failed == 0
    assert doctest.testmod(text).failed == 0
