"""Cards for everybody, the organisers' list and the funnel: the same rows whatever the door."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.rooms.contests.permissions import OVERSEERS
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.rules import State as ContestState
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions, queries
from leitai.rooms.submissions.models import Channel, Entry, Lead, Version, Viewing
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return a_contest()


def a_card(contest, **fields):
    entry = an_entry(contest, captain=a_person("Ada"), **fields)
    entry.search = actions.vector_of(entry)
    entry.save()
    body = {
        "kind": entry.kind,
        "values": {"summary": "S"},
        "members": [],
        "files": [],
        "answers": [],
    }
    Version.objects.create(entry=entry, number=1, receipt=f"R-{entry.pk}", body=body, at=NOON)
    return entry


def at(name, *args):
    return reverse(f"submissions:{name}", args=args)


def public(contest, **chosen):
    page = at("public", contest.edition.slug, contest.slug)
    return Client(headers={"Accept-Language": "en"}).get(page, chosen)


def signed_in(person):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


def test_everybody_finds_cards_by_two_letter_words(contest):
    a_card(contest, title_zh="城市交通信号优化", title_en="Signals")
    a_card(contest, title_zh="焊缝检测", title_en="Welds")

    found = public(contest, q="交通").content.decode()

    assert "Signals" in found and "Welds" not in found


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": State.SUBMITTED}, {"state": State.REFUSED}, {"state": State.DRAFT},
        {"state": State.WITHDRAWN}, {"shows_card": False},
    ],
)  # fmt: skip
def test_what_is_hidden_leaves_no_trace_in_list_search_facets_or_card(contest, hidden):
    a_card(contest, title_en="Shown", region="Haiwan")
    secret = a_card(contest, title_en="Canary", region="Secretville", tags=["canarytag"], **hidden)

    for chosen in ({}, {"q": "canary"}, {"region": "Secretville"}, {"q": secret.code}):
        page = public(contest, **chosen).content.decode().replace('value="canary"', "")
        assert "Canary" not in page
        assert 'href="?region=Secretville' not in page
    card = at("card", contest.edition.slug, secret.code)
    assert Client().get(card).status_code == Client().get(card + "x").status_code == 404


def test_nothing_is_shown_of_a_contest_in_preparation(contest):
    a_card(contest, title_en="Early")
    contest.state = ContestState.DRAFT
    contest.save()

    assert public(contest).status_code in (302, 404)
    assert not queries.cards(contest).exists()


def test_facets_count_what_their_links_show(contest):
    for region in ("East", "East", "West"):
        a_card(contest, region=region, maturity="seed")

    counted = queries.facets(queries.cards(contest), {"region": "East"})

    assert counted["region"] == [("East", 2), ("West", 1)]
    assert counted["maturity"] == [("seed", 2)]


def test_a_card_shows_the_public_layer_and_nothing_else(contest):
    entry = a_card(contest, title_en="Open", line_en="One line")
    entry.versions.update(body={**entry.versions.get().body, "values": {"revenue": "777"}})

    page = Client(headers={"Accept-Language": "en"}).get(
        at("card", contest.edition.slug, entry.code)
    )

    assert b"One line" in page.content
    assert b"777" not in page.content


def test_search_reads_only_what_the_card_shows(contest):
    entry = a_card(contest, title_en="Open")
    entry.draft = {"summary": "hiddenword"}
    entry.search = actions.vector_of(entry)
    entry.save()

    assert b"No entry fits" in public(contest, q="hiddenword").content


@pytest.mark.parametrize("door", ["public", "desk"])
def test_lists_cost_the_same_at_1_3_and_20_rows(contest, door):
    organiser = appointed(contest)
    Channel.objects.create(contest=contest, code="own", name_en="Own")
    address = {
        "public": at("public", contest.edition.slug, contest.slug),
        "desk": at("desk", contest.pk),
    }[door]
    counts = []
    for wanted in (1, 3, 20):
        while Entry.objects.count() < wanted:
            a_card(contest, organisation=None)
        client = signed_in(organiser)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            assert client.get(address).status_code == 200
        counts.append(len(queries_made))

    assert len(set(counts)) == 1
    assert counts[0] <= 12


def test_the_desk_opens_to_those_who_work_for_the_contest(contest):
    for role in OVERSEERS:
        assert signed_in(appointed(contest, role)).get(at("desk", contest.pk)).status_code == 200
    co_host = appointed(contest, Role.CO_HOST)
    assert signed_in(co_host).get(at("desk", contest.pk)).status_code == 404
    assert signed_in(a_person("Nosy")).get(at("desk", contest.pk)).status_code == 404
    assert Client().get(at("desk", contest.pk)).status_code == 302
    assert signed_in(a_person("Nosy")).get(at("export", contest.pk, "csv")).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "codes"),
    [
        ({}, {"A-1", "A-2", "A-3"}),
        ({"state": "submitted"}, {"A-2"}),
        ({"reached": "submitted"}, {"A-2", "A-3"}),
        ({"scenario": "TRF"}, {"A-3"}),
        ({"scenario": "-"}, {"A-1"}),
        ({"channel": "own"}, {"A-3"}),
        ({"channel": "-"}, {"A-1", "A-2"}),
        ({"kind": "overseas"}, {"A-2"}),
        ({"q": "a-3"}, {"A-3"}),
        ({"q": "交通"}, {"A-3"}),
        ({"q": "nothing"}, set()),
        ({"state": "made-up"}, set()),
    ],
)
def test_the_desks_filters(contest, chosen, codes):
    scenarios = {s.code: s for s in contest.edition.scenarios.all()}
    own = Channel.objects.create(contest=contest, code="own")
    a_card(contest, code="A-1", state=State.DRAFT, scenario=None, version=0)
    a_card(contest, code="A-2", state=State.SUBMITTED, kind="overseas")
    a_card(contest, code="A-3", title_zh="交通", scenario=scenarios["TRF"], channel=own)

    assert {e.code for e in queries.desk(contest, chosen)} == codes


def test_the_export_says_what_the_list_says(contest):
    a_card(contest, title_en="=1+1", team_name="𠮷")
    organiser = signed_in(appointed(contest))

    text = b"".join(organiser.get(at("export", contest.pk, "csv")).streaming_content).decode()
    book = openpyxl.load_workbook(
        io.BytesIO(organiser.get(at("export", contest.pk, "xlsx")).content)
    )

    assert "'=1+1" in text and "𠮷" in text
    assert [row[2].value for row in book.active.iter_rows(min_row=2)] == ["=1+1"]


def test_the_record_keeps_its_layers(contest):
    entry = a_card(contest)
    secretariat, supervisor = (
        appointed(contest, Role.SECRETARIAT),
        appointed(contest, Role.SUPERVISOR),
    )
    page = at("record", entry.pk)

    assert signed_in(supervisor).get(page).status_code == 200
    assert signed_in(supervisor).get(page + "?layer=confidential").status_code == 403
    assert signed_in(a_person("Nosy")).get(page).status_code == 404
    assert signed_in(secretariat).get(page).status_code == 200
    assert not Viewing.objects.exists()
    assert signed_in(secretariat).get(page + "?layer=confidential").status_code == 200
    assert [v.by for v in Viewing.objects.all()] == [secretariat]


def test_a_draft_stays_the_teams_own(contest):
    entry = an_entry(
        contest, state=State.DRAFT, title_zh="", title_en="", draft={"title_en": "Idea"}
    )

    page = signed_in(appointed(contest)).get(at("record", entry.pk))

    assert b"Idea" not in page.content


def test_the_funnel_counts_by_scenario_region_and_channel(contest, django_assert_num_queries):
    trf = contest.edition.scenarios.get(code="TRF")
    own = Channel.objects.create(contest=contest, code="own", name_en="Own")
    for i in range(3):
        Lead.objects.create(contest=contest, channel=own, scenario=trf, name=str(i), at=NOON)
    a_card(contest, scenario=trf, channel=own, region="East")
    a_card(contest, scenario=trf, state=State.SUBMITTED)
    a_card(contest, scenario=None, state=State.DRAFT, version=0, draft={"a": "b"})
    a_card(contest, scenario=None, state=State.DRAFT, version=0)

    with django_assert_num_queries(4):
        funnel = queries.funnel(contest)

    assert dict(funnel.total) == {
        "invited": 3, "registered": 4, "drafted": 3, "submitted": 2, "valid": 1,
    }  # fmt: skip
    by = {s.code: dict(s.counts) for s in funnel.by_scenario}
    assert by["TRF"]["valid"] == 1 and by["-"]["registered"] == 2
    for part in (funnel.by_scenario, funnel.by_channel, funnel.by_region):
        for step in ("registered", "drafted", "submitted", "valid"):
            assert sum(s.counts[step] for s in part) == funnel.total[step]


def test_each_figure_of_the_funnel_links_to_its_records(contest):
    from urllib.parse import parse_qsl

    a_card(contest, region="East & West")
    a_card(contest, state=State.SUBMITTED, scenario=None)
    funnel = queries.funnel(contest)

    for part in (funnel.by_scenario, funnel.by_channel, funnel.by_region):
        for piece in part:
            for step in ("registered", "submitted", "valid"):
                rows = queries.desk(contest, dict(parse_qsl(piece.filters(step))))
                assert rows.count() == piece.counts[step]
