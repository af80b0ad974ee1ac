"""Mail that comes back is believed only when it knows a letter of ours."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.foundation import bounces
from leitai.foundation.models import Letter, Suppression

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
BOUNCE = """From: MAILER-DAEMON@mx.example.org
To: bounces@example.org
Message-ID: <report-1@mx.example.org>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} no such user

--b
Content-Type: {returned}

Message-ID: {message_id}
To: {address}
Subject: Hello

--b--
"""
COMPLAINT = """From: feedback@mx.example.org
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

Somebody pressed the button.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Some/1.0
Version: 1
Original-Rcpt-To: <ada@example.org>

--b
Content-Type: message/rfc822

Message-ID: {message_id}
To: ada@example.org
Subject: Hello

Dear Ada
--b--
"""


def a_letter(**fields):
    told = {"to": "ada@example.org", "subject": "Hello", "text": "", "written_at": NOON,
            "state": "sent", "attempts": 1, **fields}  # fmt: skip
    return Letter.objects.create(**told)


def a_bounce(message_id, *, address="Ada@example.org", action="failed", status="5.1.1",
             returned="text/rfc822-headers"):  # fmt: skip
    return BOUNCE.format(
        message_id=message_id, address=address, action=action, status=status, returned=returned
    ).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_delivery_report_blocks_the_address(returned):
    letter = a_letter()

    bounces.take_in(a_bounce(letter.message_id, returned=returned), at=NOON)

    letter.refresh_from_db()
    assert (letter.state, Suppression.objects.get().reason) == ("refused", "bounced")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "state"),
    [({"action": "delayed", "status": "4.4.1"}, "sent"), ({"status": "5.2.2"}, "refused"),
     ({"status": "4.4.7"}, "refused")],
)  # fmt: skip
def test_what_may_pass_blocks_nobody(changes, state):
    letter = a_letter()

    bounces.take_in(a_bounce(letter.message_id, **changes), at=NOON)

    letter.refresh_from_db()
    assert letter.state == state
    assert not Suppression.objects.exists()


@pytest.mark.django_db
def test_a_complaint_is_kept():
    letter = a_letter()

    told = bounces.take_in(COMPLAINT.format(message_id=letter.message_id).encode(), at=NOON)

    assert [believed for _, believed in told] == [True]
    assert Suppression.objects.get().reason == "complained"


@pytest.mark.django_db
def test_nobody_silences_somebody_else():
    """A report that is made up knows no Message-ID, or only one of the author's own letters."""
    a_letter()
    own = a_letter(to="mallory@example.org")

    for message_id in ("<made-up@example.org>", own.message_id, ""):
        told = bounces.take_in(a_bounce(message_id), at=NOON)
        assert [believed for _, believed in told] == [False]

    assert not Suppression.objects.exists()


HOSTILE = [
    b"", b"\0\xff", b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\n" * 5000,
    b"Content-Type: message/delivery-status\n\nFinal-Recipient: " + b"x" * 10**5,
    b"Content-Type: message/feedback-report; charset=\xff\n\n\xff\xfe",
    b"Content-Type: message/rfc822\n\n" * 2000,
    b"Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n===!",
    b"x" * (bounces.LARGEST + 1),
]  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_mail_is_read_without_harm(raw):
    assert bounces.reports(raw) == []


@given(st.binary(max_size=300), st.integers(0, 900))
def test_a_damaged_report_is_no_harm(noise, where):
    whole = a_bounce("<a@example.org>")

    for report in bounces.reports(whole[:where] + noise + whole[where:]):
        assert "\0" not in report.address + report.why + report.message_id
