"""Nobody gets a letter twice and nobody never, whatever happens on the way."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from leitai.foundation import mail, post
from leitai.foundation.models import Letter, LetterState, Suppression
from leitai.foundation.tests.sink import HANG_UP, a_sink

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = timedelta(hours=1)


def letters(*names, **fields):
    told = {"subject": "Hello", "text": "Dear reader", "written_at": NOON, **fields}
    return [Letter.objects.create(to=f"{name}@example.org", **told) for name in names]


def states():
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_a_round_hands_over_all_that_is_due(settings):
    with a_sink(settings) as sink:
        letters("ada", "bo", sender="评委办公室", reply_to="jury@example.org",
                unsubscribe="https://leitai.example.org/u/1/")  # fmt: skip
        letters("cy", due_at=NOON + LATER)

        assert post.post_due(at=NOON) is False

    assert states() == ["sent", "sent", "waiting"]
    assert (
        sink.ids() == list(Letter.objects.order_by("pk").values_list("message_id", flat=True))[:2]
    )
    first = sink.taken[0]
    assert first["From"].addresses[0].display_name == "评委办公室"
    assert first["Reply-To"] == "jury@example.org"
    assert first["List-Unsubscribe"] == "<https://leitai.example.org/u/1/>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_not_now_means_later_and_each_time_later(settings):
    with a_sink(settings, lambda phase, a: "451 4.3.0 busy" if phase == "to" else None):
        (letter,) = letters("ada")
        post.post_due(at=NOON)
        letter.refresh_from_db()
        assert letter.state == "waiting"
        assert timedelta(0) <= letter.due_at - NOON - timedelta(minutes=1) < timedelta(seconds=20)

        post.post_due(at=letter.due_at)
        letter.refresh_from_db()

    assert letter.due_at - NOON >= timedelta(minutes=3)
    assert letter.attempts == 2


def test_after_many_refusals_we_give_up(settings):
    with a_sink(settings, lambda phase, a: "451 busy" if phase == "to" else None):
        letters("ada", attempts=post.MOST_ATTEMPTS - 1)
        post.post_due(at=NOON)

    assert states() == ["refused"]


def test_an_address_that_does_not_exist_is_not_written_to_again(settings):
    with a_sink(settings, lambda p, a: "550 5.1.1 no such user" if p == "to" else None) as sink:
        letters("ada")
        post.post_due(at=NOON)

    assert states() == ["refused"]
    assert Suppression.objects.get().address == "ada@example.org"
    assert sink.taken == []


@pytest.mark.parametrize(
    ("phase", "said"),
    [("from", "550 5.1.8 sender unknown"), ("to", "550 5.7.1 relaying denied"),
     ("content", "554 5.7.1 looks like spam"), ("to", "552 5.2.2 box full")],
)  # fmt: skip
def test_what_the_server_has_against_us_speaks_against_no_address(settings, phase, said):
    with a_sink(settings, lambda p, a: said if p == phase else None):
        letters("ada")
        post.post_due(at=NOON)

    assert states() == ["refused"]
    assert not Suppression.objects.exists()


def test_without_a_line_nothing_is_lost_and_the_round_ends(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    letters("ada", "bo", attempts=post.MOST_ATTEMPTS)

    assert post.post_due(at=NOON) is False

    assert states() == ["waiting", "waiting"]
    assert Letter.objects.latest("pk").attempts == 12, "one try told enough"


def test_a_line_that_breaks_before_the_content_sent_nothing(settings):
    with a_sink(settings, lambda p, a: HANG_UP if p == "to" else None):
        letters("ada")
        post.post_due(at=NOON)

    assert states() == ["waiting"]


def test_a_line_that_breaks_after_it_leaves_nobody_knowing(settings):
    with a_sink(settings, lambda p, a: HANG_UP if p == "content" else None) as sink:
        (letter,) = letters("ada")
        post.post_due(at=NOON)
        post.post_due(at=NOON + LATER)

    assert states() == ["uncertain"]
    assert sink.ids() == [letter.message_id]


def test_a_person_decides_what_happens_to_it(settings):
    again, enough = letters("ada", "bo", state="uncertain", claimed_at=NOON)
    with a_sink(settings) as sink:
        post.decide(again, send_again=True, at=NOON)
        post.decide(enough, send_again=False, at=NOON)
        post.post_due(at=NOON)

    assert states() == ["sent", "sent"]
    assert sink.ids() == [again.message_id]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_claim_and_answer_sends_nobody_twice_and_nobody_never(settings):
    """The server has taken the third letter when the worker dies before it hears so."""
    people = ["ada", "bo", "cy", "di", "ed"]
    waiting_for_cy = []

    def says(phase, address):
        if phase == "content" and address == "cy@example.org" and not waiting_for_cy:
            waiting_for_cy.append(address)
            os.kill(worker[0], signal.SIGKILL)
        return

    worker = []
    with a_sink(settings, says) as sink:
        letters(*people)
        connection.close()
        release, go = os.pipe()
        pid = os.fork()
        if not pid:
            os.read(release, 1)
            post.post_due(at=NOON)
            os._exit(0)
        worker.append(pid)
        os.write(go, b"!")
        assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
        assert states() == ["sent", "sent", "claimed", "waiting", "waiting"]

        post.post_due(at=NOON)  # another worker goes on
        assert states() == ["sent", "sent", "claimed", "sent", "sent"]
        post.post_due(at=NOON + LATER)
        assert states() == ["sent", "sent", "uncertain", "sent", "sent"]
        until = time.monotonic() + 5
        while len(sink.taken) < 5 and time.monotonic() < until:
            time.sleep(0.01)

        assert sorted(sink.addresses()) == [f"{name}@example.org" for name in people]
        post.decide(Letter.objects.get(state="uncertain"), send_again=True, at=NOON)
        post.post_due(at=NOON + LATER)

    assert set(states()) == {LetterState.SENT}
    doubled = [i for i in sink.ids() if sink.ids().count(i) > 1]
    assert len(set(doubled)) == 1, "whoever gets it twice can tell that it is one mail"


def test_letters_of_the_platform_respect_blocked_addresses(settings, tmp_path):
    (tmp_path / "hello.txt").write_text("Hello")
    (tmp_path / "hello.subject.txt").write_text("Hello")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    mail.suppress(address="Ada@example.org", reason="bounced", at=NOON)
    mail.suppress(address="bo@example.org", reason="unsubscribed", at=NOON)

    for name in ("ada", "bo"):
        mail.send(to=f"{name}@example.org", template="hello", context={}, at=NOON)

    assert states() == ["blocked", "waiting"]


def test_what_stops_all_is_never_weakened():
    mail.suppress(address="ada@example.org", reason="unsubscribed", at=NOON)
    mail.suppress(address="ada@example.org", reason="bounced", at=NOON)
    mail.suppress(address="ada@example.org", reason="complained", at=NOON)
    mail.resubscribe(addresses=["ada@example.org"])

    assert Suppression.objects.get().reason == "bounced"
