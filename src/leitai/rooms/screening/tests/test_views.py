import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.people.testing import a_person
from leitai.rooms.screening.models import Check, Echo
from leitai.rooms.submissions.models import Version, Viewing
from leitai.rooms.submissions.rules import State
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return a_contest()


@pytest.fixture
def secretary(client, contest):
    client.cookies["leitai_language"] = "en"
    client.force_login(appointed(contest, Role.SECRETARIAT))
    return client


def waiting(contest):
    return an_entry(contest, state=State.SUBMITTED)


def test_after_a_check_the_next_entry_opens(secretary, contest):
    one, other = waiting(contest), waiting(contest)
    page = reverse("screening:check", args=[one.pk])
    assert one.title_en in secretary.get(page).content.decode()

    answer = secretary.post(page, {"finding": "passed", "seen": "1", "days": "5"})

    assert answer.headers["Location"] == reverse("screening:check", args=[other.pk])
    one.refresh_from_db()
    assert one.state == State.ACCEPTED


def test_refusing_without_a_reason_says_so(secretary, contest):
    entry = waiting(contest)

    answer = secretary.post(
        reverse("screening:check", args=[entry.pk]), {"finding": "refused", "seen": "1", "days": 5}
    )

    assert answer.status_code == 422
    assert "at least one reason" in answer.content.decode()


def test_many_are_previewed_before_anything_happens(secretary, contest):
    entries = [waiting(contest) for _ in range(3)]
    form = {"entry": [e.pk for e in entries], "finding": "passed", "days": "5"}

    preview = secretary.post(reverse("screening:bulk", args=[contest.pk]), form)
    assert "Pass 3 entries?" in preview.content.decode()
    assert not Check.objects.exists()

    seen = {f"seen-{e.pk}": 1 for e in entries}
    secretary.post(reverse("screening:bulk", args=[contest.pk]), form | seen | {"confirmed": "3"})
    assert Check.objects.count() == 3


@pytest.mark.parametrize("name", ["queue", "flags", "echoes", "bulk", "search", "progress"])
def test_others_do_not_find_the_desk_and_supervisors_may_not_check(client, contest, name):
    page = reverse(f"screening:{name}", args=[contest.pk])
    ask = client.post if name in ("bulk", "search") else client.get
    assert ask(page).status_code == 302

    client.force_login(a_person("Nosy"))
    assert ask(page).status_code == 404

    client.force_login(appointed(contest, Role.SUPERVISOR))
    assert ask(page).status_code == 403


@pytest.mark.parametrize("name", ["check", "take_back"])
def test_teams_cannot_check_themselves(client, contest, name):
    entry = waiting(contest)
    client.force_login(entry.members.get().user)

    assert client.post(reverse(f"screening:{name}", args=[entry.pk])).status_code == 404


def test_the_queue_asks_the_same_number_of_questions_for_one_entry_and_for_many(
    secretary, contest, django_assert_num_queries
):
    waiting(contest)
    page = reverse("screening:queue", args=[contest.pk])
    secretary.get(page)
    with CaptureQueriesContext(connection) as one:
        secretary.get(page)
    for _ in range(19):
        waiting(contest)

    with django_assert_num_queries(len(one)):
        secretary.get(page)


def test_the_pairs_page_shows_what_they_share(secretary, contest):
    contest.flags.create(
        kind="same_people", one=waiting(contest), other=waiting(contest), likeness=1,
        raised_at="2026-05-04T12:00Z", evidence={"shared": ["email"]},
    )  # fmt: skip

    page = secretary.get(reverse("screening:flags", args=[contest.pk])).content.decode()

    assert "same people" in page
    assert "is the double" in page


SAID = "Forty years of machine setting know-how become parameter advice for young setters."


def an_echo(contest, *, title="Old", **fields):
    """An entry of this contest that says what one of another says."""
    other = an_entry(a_contest("earlier"), title_en=title, **fields)
    entry = waiting(contest)
    for one in (entry, other):
        Version.objects.create(
            entry=one, number=1, receipt=f"R-{one.pk}", body={"values": {"summary": SAID}}, at=NOON
        )
    return Echo.objects.create(entry=entry, other=other, likeness="0.9", raised_at=NOON)


def test_of_an_entry_elsewhere_strangers_to_its_contest_learn_only_whom_to_ask(secretary, contest):
    echo = an_echo(contest, title="Hidden idea")

    pages = [
        secretary.get(reverse("screening:echoes", args=[contest.pk])),
        secretary.get(reverse("screening:echo", args=[echo.pk])),
        secretary.get(reverse("screening:check", args=[echo.entry_id])),
    ]

    for page in pages:
        assert page.status_code == 200
        assert "Hidden idea" not in page.content.decode()
        assert "parameter advice</mark>" not in page.content.decode()
    assert "ask its organisers" in pages[1].content.decode()
    assert not Viewing.objects.filter(entry=echo.other).exists()


def test_who_runs_both_contests_sees_the_passages_side_by_side(client, contest):
    echo = an_echo(contest)
    appointed(contest, Role.SECRETARIAT)
    person = appointed(echo.other.contest, Role.SECRETARIAT)
    client.force_login(person)

    page = client.get(reverse("screening:echo", args=[echo.pk])).content.decode()

    assert page.count("<mark>") == page.count(SAID[10:-1]) == 2
    assert Viewing.objects.filter(entry=echo.other, by=person).exists()


def test_an_echo_is_settled_by_its_own_contest_alone(client, secretary, contest):
    echo = an_echo(contest)
    page = reverse("screening:settle_echo", args=[echo.pk])

    assert secretary.post(page, {"state": "harmless"}).status_code == 302
    echo.refresh_from_db()
    assert echo.state == "harmless"

    client.force_login(appointed(echo.other.contest, Role.ORGANISER))
    assert client.post(page, {"state": "open"}).status_code == 404
    assert client.get(reverse("screening:echo", args=[echo.pk])).status_code == 404


def test_the_list_of_echoes_asks_the_same_number_of_questions_for_one_and_for_many(
    secretary, contest, django_assert_num_queries
):
    page = reverse("screening:echoes", args=[contest.pk])
    echo = an_echo(contest)
    secretary.get(page)
    with CaptureQueriesContext(connection) as one:
        secretary.get(page)
    for _ in range(3):
        other = an_entry(echo.other.contest)
        Echo.objects.create(entry=echo.entry, other=other, likeness="0.8", raised_at=NOON)

    with django_assert_num_queries(len(one)):
        secretary.get(page)
