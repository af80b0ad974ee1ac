"""Words that must be found, and texts that must not."""

import pytest

from leitai.foundation import search
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry


def stored(**texts: str) -> Entry:
    entry = an_entry(**texts)
    entry.search = search.vector(entry.title_zh, entry.title_en)
    entry.save()
    return entry


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("智慧城市交通信号优化", "交通"),
        ("智慧城市交通信号优化", "交"),
        ("智慧城市交通信号优化", "城市交通"),
        ("优化城市的交通信号", "城市交通优化"),
        ("Ultrasonic weld inspection", "ultra"),
        ("Ultrasonic weld inspection", "WELD insp"),
        ("ＡＩ质检２．０", "ai 质检"),
        ("𠮷野家用机器人", "𠮷野"),
        ("Café São Paulo", "são"),
        ("3D-Druck für Prothesen", "3d"),
    ],
)
@pytest.mark.django_db
def test_what_a_person_asks_for_is_found(text, asked):
    entry = stored(title_zh=text)

    assert list(search.find(Entry.objects.all(), asked)) == [entry]


@pytest.mark.parametrize("asked", ["通城", "信号塔", "sonic", "!!!", "' | 'a", "\\", "交通 weld"])
@pytest.mark.django_db
def test_what_is_not_there_is_not_found(asked):
    stored(title_zh="城市交通信号", title_en="Ultrasonic")

    assert not search.find(Entry.objects.all(), asked).exists()


@pytest.mark.django_db
def test_asking_for_nothing_shows_everything():
    entry = stored(title_zh="城市交通信号")

    assert list(search.find(Entry.objects.all(), "  ")) == [entry]


def test_an_endless_question_is_cut():
    asked = search.query("交通 " * 5000)

    assert str(asked).count("交通") <= search.MOST_WORDS


def test_short_questions_need_no_dictionary():
    search._cutter.cache_clear()
    search.query("交通 ai")

    assert search._cutter.cache_info().currsize == 0
