"""Pages: who may pass, and what they see there."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation import mail
from leitai.foundation.models import Letter, Suppression
from leitai.foundation.tests.test_bounces import a_bounce
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.messages.models import Mailing, Preference
from leitai.rooms.messages.testing import TEXT, a_letter, a_mailing, confirmed, frozen, verified
from leitai.rooms.messages.tests.season import of_captain
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    held = a_contest()
    of_captain(held, "ada", state="draft")
    of_captain(held, "bo", state="draft")
    return held


def form(**changes):
    return {"sender": "organiser", "audience": "drafts", "is_necessary": "on", **TEXT, **changes}


def test_an_organiser_writes_looks_counts_and_sends(client, contest):
    client.force_login(appointed(contest))
    client.post(reverse("messages:write", args=[contest.pk]), form())
    mailing = Mailing.objects.get()
    page = reverse("messages:mailing", args=[mailing.pk])
    assert "MED-0001" in client.get(page).content.decode()

    client.post(reverse("messages:freeze", args=[mailing.pk]))
    assert client.get(page).status_code == 200
    preview = client.get(reverse("messages:preview", args=[mailing.pk]) + "?q=bo")
    assert "bo，您好" in preview.content.decode()
    listed = client.get(reverse("messages:recipients", args=[mailing.pk]))
    assert "ada@example.org" in listed.content.decode()
    table = b"".join(client.get(reverse("messages:export", args=[mailing.pk])))
    assert b"bo@example.org" in table

    confirm = reverse("messages:confirm", args=[mailing.pk])
    wrong = client.post(confirm, {"typed": "7"})
    assert (wrong.status_code, 'role="alert"' in wrong.content.decode()) == (409, True)
    assert client.post(confirm, {"typed": "2"}).status_code == 302
    assert client.get(page).status_code == 200
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"body_en": "Dear {nmae}"}, "body_en"), ({"subject_zh": "{title}"}, "subject_zh"),
     ({"audience": "team", "entry_code": "no such", "body_zh": "", "body_en": ""}, "entry_code"),
     ({"audience": "everybody"}, "audience"), ({"sender": "nobody"}, "sender")],
)  # fmt: skip
def test_what_does_not_fit_is_said_beside_it(client, contest, changes, field):
    client.force_login(appointed(contest))

    answer = client.post(reverse("messages:write", args=[contest.pk]), form(**changes))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Mailing.objects.exists()


def test_a_line_break_in_a_subject_is_no_header(client, contest):
    client.force_login(appointed(contest))
    client.post(
        reverse("messages:write", args=[contest.pk]),
        form(subject_en="Hello\r\nBcc: all@example.org"),
    )

    assert Mailing.objects.get().subject_en == "Hello Bcc: all@example.org"


def test_the_secretariat_does_not_write_in_the_name_of_the_appeals_panel(client, contest):
    mailing = a_mailing(contest, sender="appeals")
    client.force_login(appointed(contest, Role.SECRETARIAT))

    sent = client.post(reverse("messages:write", args=[contest.pk]), form(sender="appeals"))
    assert sent.status_code == 422
    assert client.get(reverse("messages:mailing", args=[mailing.pk])).status_code == 404
    page = client.get(reverse("messages:outbox", args=[contest.pk])).content.decode()
    assert reverse("messages:mailing", args=[mailing.pk]) not in page


OF_A_MAILING = {
    "get": ["mailing", "edit", "recipients", "export", "preview", "progress"],
    "post": ["freeze", "refreeze", "thaw", "drop", "copy", "confirm", "stop", "resume"],
}


@pytest.mark.parametrize(
    ("method", "name"), [(m, name) for m, names in OF_A_MAILING.items() for name in names]
)
def test_no_door_of_a_mailing_opens_to_others(client, contest, method, name):
    mailing = frozen(a_mailing(contest))
    address = reverse(f"messages:{name}", args=[mailing.pk])
    other = a_contest("other")
    people = {
        appointed(other, name="Rival"): 404, a_person("ada"): 404,
        appointed(contest, Role.SUPERVISOR): 403, appointed(contest, Role.CO_HOST): 404,
    }  # fmt: skip

    for person, status in people.items():
        client.force_login(person)
        assert getattr(client, method)(address, {"typed": "2"}).status_code == status
    mailing.refresh_from_db()
    assert mailing.state == "frozen"


@pytest.mark.parametrize("name", ["outbox", "write", "senders"])
def test_the_contests_own_pages_open_to_those_who_run_it(client, contest, name):
    address = reverse(f"messages:{name}", args=[contest.pk])
    client.force_login(appointed(contest))
    assert client.get(address).status_code == 200

    client.force_login(appointed(contest, Role.SUPERVISOR))
    assert client.get(address).status_code == 403
    client.force_login(a_person("ada"))
    assert client.get(address).status_code == 404


def test_senders_are_named_and_the_window_is_set(client, contest):
    client.force_login(appointed(contest))
    address = reverse("messages:senders", args=[contest.pk])
    client.post(address, {
        "role": "organiser", "organiser-name_zh": "组委会", "organiser-name_en": "Committee",
        "organiser-reply_to": "office@example.org",
    })  # fmt: skip
    client.post(address, {"role": "undo", "minutes": "10"})
    assert client.post(address, {"role": "undo", "minutes": "-1"}).status_code == 422

    mailing = confirmed(a_mailing(contest))

    letter = Letter.objects.first()
    assert (letter.sender, letter.reply_to) == ("组委会", "office@example.org")
    assert mailing.sends_at == NOON + timedelta(minutes=10)


def test_people_read_their_own_letters_and_nobody_elses(client):
    ada, bo = verified(a_person("Ada")), verified(a_person("Bo"))
    mine, others = a_letter("ADA@example.org"), a_letter("bo@example.org", subject="Secret")
    a_letter("ada@example.org", state="held", subject="Kept back")
    a_letter("ada@example.org", state="waiting", sent_at=None, subject="Not yet")
    client.force_login(ada)

    page = client.get(reverse("messages:inbox")).content.decode()
    assert "Hello" in page
    assert not {"Secret", "Kept back", "Not yet"} & set(page.split('"'))
    assert "Secret" not in page and "Kept back" not in page and "Not yet" not in page
    assert client.get(reverse("messages:letter", args=[mine.pk])).status_code == 200
    for hidden in Letter.objects.exclude(pk=mine.pk):
        assert client.get(reverse("messages:letter", args=[hidden.pk])).status_code == 404
    mine.refresh_from_db()
    others.refresh_from_db()
    assert mine.read_at is not None
    assert others.read_at is None
    assert bo.emailaddress_set.count() == 1


def test_an_address_that_is_not_proved_opens_no_inbox(client):
    mallory = a_person("Mallory")
    mallory.emailaddress_set.create(email="ada@example.org", verified=False)
    a_letter("ada@example.org", subject="Secret")
    client.force_login(mallory)

    assert "Secret" not in client.get(reverse("messages:inbox")).content.decode()
    assert client.get("/api/messages/inbox/").json() == []


def test_the_menu_counts_what_is_unread(client):
    client.force_login(verified(a_person("Ada")))
    for _ in range(2):
        a_letter("ada@example.org")

    assert "2 " in client.get(reverse("messages:preferences")).content.decode()
    client.post(reverse("messages:read_all"))

    assert not Letter.objects.filter(read_at=None).exists()


def test_a_letters_text_is_shown_and_never_run(client):
    client.force_login(verified(a_person("Ada")))
    letter = a_letter("ada@example.org", text="<script>alert(1)</script> https://example.org/")

    page = client.get(reverse("messages:letter", args=[letter.pk])).content.decode()

    assert "<script>alert" not in page


def test_people_choose_how_letters_come(client):
    ada = verified(a_person("Ada"))
    client.force_login(ada)
    address = reverse("messages:preferences")

    client.post(address, {"rhythm": "daily"})
    assert Preference.objects.get().rhythm == "daily"
    assert Suppression.objects.get().reason == "unsubscribed"
    client.post(address, {"rhythm": "each", "wants_news": "on"})

    assert not Suppression.objects.exists()
    assert client.post(address, {"rhythm": "never"}).status_code == 422


def test_one_click_unsubscribes_and_a_look_does_not(client):
    client.handler.enforce_csrf_checks = True
    address = reverse("messages:unsubscribe", args=[mail.token_for("Ada@example.org")])

    assert client.get(address).status_code == 200
    assert not Suppression.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert Suppression.objects.get().address == "ada@example.org"
    assert client.post(reverse("messages:unsubscribe", args=["made-up"])).status_code == 404


def test_hosts_keep_the_blocked_addresses(client):
    host = a_person("Host", is_host=True)
    address = reverse("messages:addresses")
    loose = a_letter("cy@example.org", state="uncertain", claimed_at=NOON, sent_at=None)
    client.force_login(a_person("Ada"))
    assert client.get(address).status_code == 404
    assert client.post(reverse("messages:decide_loose", args=[loose.pk])).status_code == 404
    client.force_login(host)

    client.post(address, {"address": "Bo@example.org", "why": "asked us on the phone"})
    row = Suppression.objects.get()
    assert (row.address, row.reason) == ("bo@example.org", "by_hand")
    assert "cy@example.org" in client.get(address).content.decode()
    client.post(reverse("messages:free", args=[row.pk]))
    client.post(reverse("messages:decide_loose", args=[loose.pk]), {"again": "no"})

    loose.refresh_from_db()
    assert (Suppression.objects.count(), loose.state) == (0, "sent")


def test_a_report_on_standard_input_blocks_the_address(monkeypatch, contest):
    confirmed(a_mailing(contest))
    letter = Letter.objects.get(to="ada@example.org")
    Letter.objects.update(attempts=1, state="sent")
    raw = io.BytesIO(a_bounce(letter.message_id))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw))
    said = io.StringIO()

    call_command("bounces", stdout=said)

    assert "taken in" in said.getvalue()
    assert Suppression.objects.get().address == "ada@example.org"


@pytest.mark.parametrize("name", ["recipients", "mailing"])
def test_a_mailings_pages_ask_as_often_for_few_as_for_many(client, contest, name):
    client.force_login(appointed(contest))
    counts = []
    for more in (0, 20):
        for n in range(more):
            of_captain(contest, f"more {n}", state="draft")
        address = reverse(f"messages:{name}", args=[frozen(a_mailing(contest)).pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
