"""What lists cost: queries at 1, 20 and 2,000 rows, and how long the entries list takes.

    .venv/bin/python benchmarks/lists.py [--entries 200000] [--requests 200]

Fills a scratch database of the test cluster, asks for the pages as a browser would, prints
Markdown, and drops the database again. The sizes take turns in one run, so that whatever else the
machine does meanwhile slows them alike; a page that reads one row stands beside them.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
SIZES = (1, 20, 2000)
SPREAD = """insert into submissions_entry ({columns})
    select {values} from submissions_entry, generate_series(2, %s) n where id = %s"""


@contextmanager
def scratch_database() -> Iterator[None]:
    """A copy of the migrated test database, gone afterwards; the cluster listens to nobody else."""
    import psycopg
    from psycopg import sql
    from tests.databases import CLUSTER, template

    CLUSTER.start()
    os.environ["DATABASE_URL"] = CLUSTER.url
    name = f"bench_lists_{os.getpid()}"
    made, whole = sql.Identifier(name), sql.Identifier(template())
    with psycopg.connect(CLUSTER.url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, whole))
    os.environ["DATABASE_URL"] = CLUSTER.url_of(name)
    try:
        import django

        django.setup()
        yield
    finally:
        with psycopg.connect(CLUSTER.url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(made))


def fill(n: int) -> Any:
    """A contest with `n` entries of several states, scenarios and days, inserted in bulk."""
    from django.db import connection

    from leitai.rooms.contests.testing import a_contest
    from leitai.rooms.people.testing import an_organisation
    from leitai.rooms.submissions.models import Entry
    from leitai.rooms.submissions.testing import an_entry

    contest = a_contest(f"of-{n}")
    first = an_entry(contest, code="E-000001", organisation=an_organisation())
    scenarios = list(contest.edition.scenarios.values_list("pk", flat=True))
    changed = {
        "code": "'E-' || lpad(n::text, 6, '0')",
        "title_zh": "'第' || n || '个项目'", "title_en": "'Project ' || n",
        "state": "case when n %% 3 = 0 then 'submitted' when n %% 7 = 0 then 'returned' "
                 "else 'accepted' end",
        "scenario_id": f"(array{scenarios})[1 + n %% {len(scenarios)}]",
        "handed_in_at": "handed_in_at + n * interval '1 second'",
        "search": "to_tsvector('simple', 'project ' || n || ' weld topic' || n %% 97)",
    }  # fmt: skip
    columns = [f.column for f in Entry._meta.concrete_fields if not f.primary_key]
    values = ", ".join(changed.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(SPREAD.format(columns=", ".join(columns), values=values), [n, first.pk])
        cursor.execute("analyze submissions_entry")
    return contest


def fill_the_later_rooms(contest: Any, n: int) -> Any:
    """The same entries marked by ten jurors and ranked, and `n` demands."""
    from leitai.rooms.contests.testing import NOON
    from leitai.rooms.demands.models import Demand
    from leitai.rooms.jury.models import Mark, Sheet
    from leitai.rooms.jury.testing import a_juror
    from leitai.rooms.people.testing import an_organisation
    from leitai.rooms.stages.models import Participation
    from leitai.rooms.stages.testing import a_stage
    from leitai.rooms.standings.testing import a_standing

    stage, entries = a_stage(contest), list(contest.entries.order_by("pk"))
    jurors = [a_juror(f"J{i}", contest=contest) for i in range(min(10, n))]
    Participation.objects.bulk_create(Participation(stage=stage, entry=e, at=NOON) for e in entries)
    sheets = Sheet.objects.bulk_create(
        Sheet(stage=stage, entry=entry, juror=juror, state="sealed", total=1 + i % 20,
              assigned_at=NOON, changed_at=NOON, sealed_at=NOON)
        for i, (entry, juror) in enumerate(zip(entries, cycle(jurors)))
    )  # fmt: skip
    Mark.objects.bulk_create(  # the first three stand alone: no tie at the line at any size
        Mark(sheet=sheet, criterion=criterion, value=10 - i if i < 3 else i % 7)
        for i, sheet in enumerate(sheets)
        for criterion in stage.criteria.all()
    )
    a_standing(stage, despite_missing=True)
    owner, scenario = an_organisation(), contest.edition.scenarios.all()[0]
    Demand.objects.bulk_create(
        Demand(contest=contest, owner=owner, scenario=scenario, number=i, state="published",
               title_en=f"Demand {i}", made_at=NOON, published_at=NOON)
        for i in range(1, n + 1)
    )  # fmt: skip
    return stage


def pages(contest: Any, stage: Any) -> dict[str, str]:
    from django.urls import reverse

    slugs = [contest.edition.slug, contest.slug]
    return {
        "entries, organiser's list": reverse("submissions:desk", args=[contest.pk]),
        "entries, public cards": reverse("submissions:public", args=slugs),
        "checks, queue": reverse("screening:queue", args=[contest.pk]),
        "demands, public board": reverse("demands:public", args=slugs),
        "jury, jurors": reverse("jury:jurors", args=[contest.pk]),
        "jury, progress by entry": reverse("jury:progress", args=[stage.pk]) + "?show=entries",
        "jury, all sheets": reverse("jury:sheets", args=[stage.pk]),
        "standing": reverse("standings:overview", args=[stage.pk]),
    }


def browser(contest: Any) -> Any:
    from django.test import Client

    from leitai.rooms.contests.testing import appointed

    client = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Language": "en"})
    client.force_login(appointed(contest))
    return client


def count_queries() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked: dict[str, list[int]] = {}
    for n in SIZES:
        contest = fill(n)
        client = browser(contest)
        for name, path in pages(contest, fill_the_later_rooms(contest, n)).items():
            for _again in range(2):  # the first one fills what is remembered between pages
                with CaptureQueriesContext(connection) as seen:
                    answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            asked.setdefault(name, []).append(len(seen))
    print("| queries of a list at | " + " | ".join(f"{n:,} rows" for n in SIZES) + " | |")
    print("|---|" + "--:|" * len(SIZES) + "---|")
    for name, counts in asked.items():
        word = "equal" if counts[-1] == counts[-2] else "**differ**"
        print(f"| {name} | {' | '.join(map(str, counts))} | {word} |")


QUERIES = (
    "", "?state=accepted", "?scenario=MED", "?q=weld", "?q=topic7", "?order=handed_in",
    "?order=title", "?state=submitted&scenario=TRF&q=weld",
)  # fmt: skip
LATER = re.compile(r'href="(\?[^"]*\bat=[^"]+)"[^>]*rel="next"|rel="next"[^>]*href="(\?[^"]*)"')


def walk(client: Any, path: str) -> Iterator[tuple[str, float]]:
    """Each way of filtering and sorting, five pages deep, over and over."""
    while True:
        for first in QUERIES:
            query = first
            for _page in range(5):
                began = time.perf_counter()
                answer = client.get(path + query)
                took = time.perf_counter() - began
                assert answer.status_code == 200, path + query
                yield query, took
                found = LATER.search(answer.content.decode())
                if not found:
                    break
                query = unescape(found[1] or found[2])


def time_entries(sizes: tuple[int, ...], requests: int) -> None:
    from django.urls import reverse

    walks, times = {}, {}
    for n in sizes:
        began = time.perf_counter()
        contest = fill(n) if n not in SIZES else _filled(n)
        print(f"{n:,} entries stand after {time.perf_counter() - began:.1f} s.", file=sys.stderr)
        client = browser(contest)
        walks[f"{n:,} entries"] = walk(client, reverse("submissions:desk", args=[contest.pk]))
        record = reverse("submissions:record", args=[contest.entries.first().pk])
        walks.setdefault("one entry's record", walk_one(client, record))
    for name, steps in walks.items():
        list(islice(steps, len(QUERIES) * 5))  # warm
        times[name] = []
    for _ in range(requests):
        for name, steps in walks.items():
            times[name].append(next(steps))
    print(f"\n| the entries list, ms over {requests} requests | median | p95 | slowest |")
    print("|---|--:|--:|--:|")
    for name, seen in times.items():
        ordered = sorted(took * 1000 for _query, took in seen)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        print(f"| {name} | {ordered[len(ordered) // 2]:.0f} | {p95:.0f} | {ordered[-1]:.0f} |")


def walk_one(client: Any, path: str) -> Iterator[tuple[str, float]]:
    while True:
        began = time.perf_counter()
        assert client.get(path).status_code == 200
        yield path, time.perf_counter() - began


def _filled(n: int) -> Any:
    from leitai.rooms.contests.models import Contest

    return Contest.objects.get(slug=f"of-{n}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=200_000, help="in the largest contest")
    parser.add_argument("--requests", type=int, default=200, help="timed for each size")
    asked = parser.parse_args()
    with scratch_database():
        count_queries()
        time_entries((SIZES[-1], min(asked.entries, 1_000_000)), min(asked.requests, 5_000))


if __name__ == "__main__":
    main()
