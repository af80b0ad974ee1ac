"""What was told is in the tables, as if people had done it all."""

import hashlib
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from leitai.foundation import journal
from leitai.foundation.models import Line
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.models import Conflict, Juror, Sheet
from leitai.rooms.people.models import User
from leitai.rooms.screening.models import Check
from leitai.rooms.standings import actions as standings
from leitai.rooms.submissions import queries as submissions
from leitai.rooms.submissions import rules
from leitai.site.demo.load.whole import load
from leitai.site.demo.plan import MARGINS
from leitai.site.pages.demo_doors import ROLES

NOW = datetime(2026, 6, 20, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def venture():
    return Contest.objects.get(edition__slug="haiwan-3", slug="venture")


def counted(rows, field):
    return Counter(rows.order_by().values_list(field, flat=True))


def the_books_hold():
    lines = Line.objects.order_by("book", "number")
    return not [
        line
        for _, book in groupby(lines, key=lambda line: line.book)
        for line in journal.breaks(book)
    ]


def test_a_tiny_edition_is_there_with_its_roles():
    story = load(size="tiny", seed=3, now=NOW)

    contest = venture()
    assert contest.entries.count() == len(story.entries)
    assert Sheet.objects.filter(stage__contest=contest).count() == len(story.sheets)
    assert set(User.objects.values_list("email", flat=True)) >= {f"{r}@example.org" for r in ROLES}
    assert the_books_hold()


def test_what_was_handed_in_answers_every_required_question():
    load(size="tiny", seed=3, now=NOW)

    for contest in Contest.objects.filter(entries__isnull=False).distinct():
        scenarios = [s.code for s in submissions.scenarios(contest)]
        for entry in contest.entries.filter(version__gt=0):
            entry.contest = contest  # its rules are read once
            assert (entry.code, submissions.missing(entry)) == (entry.code, [])
            assert (entry.code, unfit(entry, scenarios)) == (entry.code, [])
            assert entry.versions.first().body == submissions.body(entry)


def unfit(entry, scenarios):
    """Answers the form would not have taken, or would have kept otherwise."""
    fields = rules.fields_of(entry.contest.rules.entry, entry.kind)
    cleaned = {
        key: rules.clean(fields[key], value, scenarios=scenarios)
        for key, value in entry.draft.items()
    }
    return [
        (key, value, str(verdict.reason))
        for key, (value, verdict) in cleaned.items()
        if not verdict or value != entry.draft[key]
    ]


def test_one_seed_and_moment_give_the_same_tables():
    empty()  # counters go on where earlier tests stopped
    load(size="tiny", seed=3, now=NOW)
    once = digests()
    empty()
    load(size="tiny", seed=3, now=NOW)

    assert digests() == once
    assert len(once) > 30


def digests():
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(m._meta.db_table for m in models()):
            rows = "coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')"
            cursor.execute(f'SELECT {rows} FROM "{table}" t')
            found[table] = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
    return found


def models():
    return [m for m in apps.get_models() if m.__module__.startswith("leitai.")]


def empty():
    tables = ", ".join(f'"{m._meta.db_table}"' for m in models())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


def test_it_is_not_written_over_anything():
    User.objects.create_user("somebody@example.org")

    with pytest.raises(CommandError, match="not empty"):
        call_command("demo", size="tiny")

    assert Contest.objects.count() == 0


def test_a_load_that_breaks_leaves_nothing(monkeypatch):
    monkeypatch.setattr("leitai.site.demo.load.whole.sheets.write", breaks)

    with pytest.raises(RuntimeError):
        load(size="tiny", seed=3, now=NOW)

    assert (User.objects.count(), Line.objects.count()) == (0, 0)


def breaks(*args):
    raise RuntimeError


def test_the_full_edition_adds_up():
    load(size="full", seed=3, now=NOW)

    contest = venture()
    entries = contest.entries.all()
    assert counted(entries, "state") == {
        "accepted": 1640, "refused": 120, "withdrawn": 40, "draft": 340,
    }  # fmt: skip
    handed_in = entries.filter(version__gt=0)
    assert counted(handed_in, "scenario__code") == MARGINS["scenario"]
    assert counted(handed_in, "maturity") == MARGINS["maturity"]
    assert sorted(counted(handed_in, "region").values()) == sorted(MARGINS["region"].values())
    assert sorted(counted(handed_in, "channel__code").values()) == sorted(
        MARGINS["channel"].values()
    )
    assert counted(Check.objects.filter(entry__contest=contest), "finding") == {
        "passed": 1640, "refused": 120, "returned": 210,
    }  # fmt: skip
    assert counted(contest.demands, "state")["published"] == 54
    assert counted(contest.flags, "state") == {"merged": 40, "open": 2}
    assert counted(Juror.objects.filter(contest=contest), "state")["active"] == 90
    ties = Conflict.objects.filter(juror__contest=contest)
    assert counted(ties, "source") == {"derived": 180, "declared": 110, "objected": 20}
    sheets = Sheet.objects.filter(stage__contest=contest)
    assert sheets.count() == 4920
    assert 0.9 < counted(sheets, "state")["sealed"] / 4920 < 0.93
    assert the_books_hold()
    assert the_next_step_works(contest)


def the_next_step_works(contest):
    """The organiser may see where things would stand, though some sheets are still open."""
    organiser = User.objects.get(email="organiser@example.org")
    standing = standings.compute_standing(
        stage=contest.stages.get(code="first"), despite_missing=True, by=organiser, at=NOW
    )
    return standing.places.filter(outcome="in").count() == 125
