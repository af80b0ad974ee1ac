"""Somebody walks through every door, and all that was read is held against the table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache, caches
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.leaks import doors, reading
from tests.leaks.canaries import Canary
from tests.leaks.who import ALLOWED, OPEN

ON_ONE_DOOR = 4  # further addresses, found as links
SKIPPED = ("/static/", "/account/", "/demo/", "/look/", "/healthz", "/fairness/")


@dataclass(frozen=True, order=True)
class Finding:
    """Somebody read what is not theirs to read."""

    role: str
    kind: str
    where: str
    address: str
    word: str

    def __str__(self) -> str:
        return f"{self.role} read {self.kind} ({self.where}) at {self.address}: {self.word}"


def a_client(person: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.raise_request_exception = False
    if person is not None:
        client.force_login(person)
    return client


def ask(client: Client, address: str) -> Any:
    """The answer; what asking left behind is undone."""
    caches["near"].clear()
    cookies = dict(client.cookies)  # a page may leave a note for the next one
    with transaction.atomic():
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        answer.whole = body
        answer.getvalue = lambda: body
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return answer


def walk(
    client: Client, start: Iterable[str], *, wanted: Callable[[str], bool] = lambda address: True
) -> Iterator[tuple[str, Any]]:
    """Each address once, and the links found behind it."""
    waiting, seen, on_door = list(dict.fromkeys(start)), set(), Counter()
    known = set(waiting)
    while waiting:
        address = waiting.pop(0)
        if address in seen or address.startswith(SKIPPED) or not wanted(address):
            continue
        seen.add(address)
        answer = ask(client, address)
        yield address, answer
        for link in (answer.get("Location", ""), *reading.links(answer)):
            door = _door(link)
            if door and link not in known and on_door[door] < ON_ONE_DOOR:
                on_door[door] += 1
                known.add(link)
                waiting.append(link)


def _door(link: str) -> str:
    try:
        return resolve(link.partition("?")[0]).view_name
    except Resolver404:
        return ""


def is_allowed(world: Any, role: str, canary: Canary) -> bool:
    """What the cell of `who.ALLOWED` says."""
    person = world.roles[role]
    me = person.pk if person else 0
    near = {
        "all": True,
        "self": me in canary.people,
        "team": me in world.teams.get(canary.entry, ()),
        "seat": me in world.seats.get(canary.entry, ()),
        "a": canary.entry == world.entries["A"].pk,
        "b": canary.entry == world.entries["B"].pk,
    }
    for word in cell(world, role, canary.kind).split():
        nearness, _, phases = word.partition(":")
        if near[nearness] and (not phases or world.phase[0] in phases):
            return True
    return False


def cell(world: Any, role: str, kind: str) -> str:
    line = {**ALLOWED[kind], **({} if world.blind else OPEN.get(kind, {}))}
    return line.get(role, line["*"])


def read(world: Any, role: str, **options: Any) -> set[str]:
    """The kinds of words that this person comes across."""
    return {canary.kind for canary, _ in come_across(world, role, **options)}


def findings(world: Any, role: str, **options: Any) -> list[Finding]:
    """What this person read and may not."""
    found = {
        Finding(role, canary.kind, canary.where, address, canary.word)
        for canary, address in come_across(world, role, **options)
        if not is_allowed(world, role, canary)
    }
    return sorted(found)


def come_across(
    world: Any, role: str, *, wanted: Callable[[str], bool] = lambda address: True
) -> Iterator[tuple[Canary, str]]:
    """Each word, and where. A word that somebody asked for comes back; that is no leak."""
    client = a_client(world.roles[role])
    numbers = tuple(word for word in world.canaries if not word.startswith("qxz"))
    for address, answer in walk(client, doors.addresses(world), wanted=wanted):
        assert answer.status_code < 500, (role, address, answer.status_code)
        if answer.status_code == 405:
            continue
        for word in reading.words_in(answer, numbers):
            if word in world.canaries and word not in address:
                yield world.canaries[word], address


def told(world: Any, role: str, *, wanted: Any = lambda address: True) -> dict[str, Any]:
    """Each answer, without what differs each time, and how often it asked the database."""
    cache.clear()
    client, said = a_client(world.roles[role]), {}
    for first in ("/", "/contests/", "/entries/mine/", f"/e/{world.contest.edition.slug}/"):
        ask(client, first)  # what a process learns once, it has learnt now
    steps = walk(client, list(doors.addresses(world)), wanted=wanted)
    while True:
        with questions() as asked:
            step = next(steps, None)
        if step is None:
            return said
        address, answer = step
        said[address] = (reading.masked(answer), len(asked))


@contextmanager
def questions() -> Iterator[list[str]]:
    """What the rooms' tables are asked; what was kept from a page before does not count. Django's
    own log of queries forgets the first when it is full, and a long walk fills it."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if "SAVEPOINT" not in sql and "leitai_cache" not in sql:
            asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield asked
