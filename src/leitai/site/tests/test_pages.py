"""The front door and the desks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation import journal
from leitai.rooms.contests.rules import Role, State
from leitai.rooms.contests.testing import NOON, a_contest, an_edition, appointed, some_rules
from leitai.rooms.jury.testing import a_juror, a_sheet
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions.models import Channel, Lead
from leitai.rooms.submissions.rules import State as EntryState
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    client.cookies["leitai_language"] = "en"
    return client


def text(answer):
    return answer.content.decode()


def test_an_empty_house_welcomes(english):
    assert "A stage for those who dare" in text(english.get("/"))


def test_the_front_door_shows_the_newest_public_edition(english):
    a_contest()
    an_edition("haiwan-4", number=4, year=2027, state=State.DRAFT, name_en="Haiwan 4")

    page = text(english.get("/"))

    assert "Haiwan 3" in page
    assert "Haiwan 4" not in page


def test_a_draft_edition_is_unknown_to_strangers_and_open_to_its_organisers(english):
    contest = a_contest(edition=an_edition("secret", state=State.DRAFT))
    page = reverse("site:edition", args=["secret"])
    assert english.get(page).status_code == 404

    english.force_login(appointed(contest))
    contest.appointments.update(contest=None)

    assert english.get(page).status_code == 200


@pytest.mark.parametrize("name", ["contest_desk", "journal", "leads"])
def test_a_contests_desk_is_for_those_who_work_for_it(english, name):
    contest = a_contest()
    page = reverse(f"site:{name}", args=[contest.pk])
    assert english.get(page).status_code == 302

    english.force_login(a_person("Nosy"))
    assert english.get(page).status_code == 404

    english.force_login(appointed(contest))
    assert english.get(page).status_code == 200


def test_a_supervisor_reads_progress_and_journal_and_nobodys_name_on_a_list(english):
    contest = a_contest()
    english.force_login(appointed(contest, Role.SUPERVISOR))

    desk = text(english.get(reverse("site:contest_desk", args=[contest.pk])))

    assert "From invitation to shortlist" in desk
    assert "What waits for you" not in desk
    assert english.get(reverse("site:journal", args=[contest.pk])).status_code == 200
    assert english.get(reverse("site:leads", args=[contest.pk])).status_code == 403


def test_the_funnel_counts_and_each_figure_opens_its_records(english):
    contest = a_contest(rules=some_rules(entry={"target": 10}))
    park = Channel.objects.create(contest=contest, code="park", name_en="Park")
    entry = an_entry(contest, channel=park)
    an_entry(contest, state=EntryState.DRAFT, scenario=None)
    Lead.objects.create(contest=contest, channel=park, name="Lishi", entry=entry, at=NOON)
    english.force_login(appointed(contest))

    page = text(english.get(reverse("site:contest_desk", args=[contest.pk]) + "?by=channel"))

    for figure in ("reached=registered", "reached=valid", "of 10"):
        assert figure in page
    records = english.get(reverse("site:leads", args=[contest.pk]) + "?channel=park")
    assert "Lishi" in text(records)
    assert entry.code in text(records)


def test_the_contest_desk_asks_the_same_number_of_questions_whatever_its_size(
    english, django_assert_num_queries
):
    contest = a_contest()
    an_entry(contest)
    english.force_login(appointed(contest))
    page = reverse("site:contest_desk", args=[contest.pk])
    english.get(page)
    with CaptureQueriesContext(connection) as one:
        english.get(page)
    for _ in range(19):
        an_entry(contest)

    with django_assert_num_queries(len(one)):
        english.get(page)


def test_the_journal_tells_in_words_who_did_what(english):
    contest = a_contest()
    lin = appointed(contest, name="Lin")
    journal.write("demands.demand_published", about=contest, by=lin, at=NOON)
    english.force_login(lin)

    page = text(english.get(reverse("site:journal", args=[contest.pk])))

    assert "published a demand" in page
    assert "Lin" in page


def test_a_jurors_desk_counts_what_is_left(english):
    juror = a_juror("Jo")
    a_sheet(juror=juror)
    english.force_login(juror.user)

    assert "1 entry left to mark" in text(english.get(reverse("site:desk")))


def test_demo_doors_do_not_exist_outside_demo_mode(english, settings):
    a_person("Organiser", email="organiser@example.org")
    door = reverse("site:demo", args=["organiser"])
    settings.DEMO = False
    assert english.post(door).status_code == 404
    assert english.get(reverse("site:letters")).status_code == 404

    settings.DEMO = True
    assert english.post(door).headers["Location"] == reverse("site:desk")
    assert english.get(door).status_code == 405
