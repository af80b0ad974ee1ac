"""Orders, counts, filters and answers tell nothing of what somebody may not see.

The same doors are walked in two worlds that differ in hidden things alone: what cannot be seen must
not move, count or cost anything either. Answers are equal byte by byte, and so is the number of
questions asked of the database; times follow from those, and are not measured here.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.leaks import crawl, doors, reading
from tests.leaks.side_channels import add_what_is_hidden, change_what_is_hidden

pytestmark = pytest.mark.django_db
OUTSIDE = ["anonymous", "rival captain", "juror", "co-host of another region"]
INSIDE = ["supervisor", "secretariat", "conflicted organiser"]
ABSENT = 999_999
SEARCHED = {"team", "house", "juror", "team's address", "draft", "paper", "teaser", "hidden demand"}
NOTHING = "qxzzzzzq"
QUESTIONS = 4  # a team, a role, a consent, a region; more, and it has read what it need not


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def differing(before, after):
    return {
        address: _first_difference(before[address], after[address])
        for address in before
        if address in after and before[address] != after[address]
    } | dict.fromkeys(set(before) ^ set(after), "a link is there in one world alone")


def _first_difference(one, other):
    (text, asked), (twin, asked_too) = one, other
    at = next((n for n, (a, b) in enumerate(zip(text, twin)) if a != b), min(len(text), len(twin)))
    return asked, asked_too, text[max(at - 60, 0) : at + 60], twin[max(at - 60, 0) : at + 60]


def moved(world, role, **options):
    """Where the answer is another one although nothing changed that this person may see."""
    before = crawl.told(world, role, **options)
    with undone():
        assert change_what_is_hidden(world, role) > 20
        if role in OUTSIDE:
            add_what_is_hidden(world)
        after = crawl.told(world, role, **options)
    return differing(before, after)


def told_by_searches(world, role):
    """Words that are hidden, and yet a search for them is not like one for nothing."""
    client = crawl.a_client(world.roles[role])
    hidden = {
        c.where: c
        for c in world.canaries.values()
        if c.kind in SEARCHED and c.word.startswith("qxz") and not crawl.is_allowed(world, role, c)
    }
    all_of_them = dict.fromkeys(doors.searches(world))
    told = []
    for address in [a for a in all_of_them if crawl.ask(client, a).status_code == 200]:
        text, asked = _answer(client, address, NOTHING)
        for canary in hidden.values():
            said = _answer(client, address, canary.word)
            if said != (text.replace(NOTHING, canary.word), asked):
                told.append((address, canary))
    return told


@pytest.mark.parametrize("role", [*OUTSIDE, *INSIDE])
def test_what_is_hidden_moves_nothing(world, role):
    assert moved(world, role) == {}


@pytest.mark.parametrize("role", OUTSIDE)
def test_searching_for_what_is_hidden_is_like_searching_for_nothing(world, role):
    assert told_by_searches(world, role) == []


def _answer(client, address, words):
    with crawl.questions() as asked:
        answer = crawl.ask(client, f"{address}?q={words}")
    return reading.masked(answer), len(asked)


@pytest.mark.parametrize("role", ["passer-by", "rival captain", "juror elsewhere", OUTSIDE[-1]])
def test_what_one_may_not_know_of_answers_like_what_is_not_there(world, role, capsys):
    client, tried, nothing = crawl.a_client(world.roles[role]), [], {}
    for there, absent in doors.pairs(world, ABSENT):
        told, asked = _told(client, there)
        if not told.startswith("404"):
            continue
        if absent not in nothing:  # many rows have one twin
            nothing[absent] = _told(client, absent)
        of_nothing, asked_too = nothing[absent]
        assert told == of_nothing, there
        tried.append((asked - asked_too, there, absent))

    assert len(tried) > 40
    assert [t for t in tried if not 0 <= t[0] <= QUESTIONS] == []
    with capsys.disabled():
        _print_times(client, max(tried))


def _told(client, address):
    with crawl.questions() as asked:
        answer = crawl.ask(client, address)
    return reading.masked(answer).replace(address, ""), len(asked)


def _print_times(client, tried, turns=10):
    more, *addresses = tried
    took = {address: [] for address in addresses}
    for _ in range(turns):
        for address in addresses:
            began = time.perf_counter()
            crawl.ask(client, address)
            took[address].append(time.perf_counter() - began)
    medians = [f"{statistics.median(took[a]) * 1000:.1f} ms" for a in addresses]
    print(f"\n{addresses[0]}: hidden {medians[0]}, absent {medians[1]}; {more} questions more")
