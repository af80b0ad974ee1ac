"""One mail a day, and each letter in one of them."""

from datetime import UTC, datetime, timedelta

import pytest

from leitai.foundation import digests
from leitai.foundation.models import Letter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def gathered(to, subject, **fields):
    told = {"text": f"{subject} & more", "written_at": NOON, "state": "gathered",
            "language": "en", **fields}  # fmt: skip
    return Letter.objects.create(to=to, subject=subject, **told)


def test_letters_of_one_address_come_in_one_mail():
    gathered("ada@example.org", "First")
    gathered("ada@example.org", "Second")
    gathered("bo@example.org", "Third")
    gathered("ada@example.org", "Tomorrow", due_at=NOON + timedelta(days=1))

    assert digests.gather_all(at=NOON) == 2
    assert digests.gather_all(at=NOON) == 0

    mails = Letter.objects.filter(is_digest=True).order_by("to")
    assert [(m.to, m.subject, m.state) for m in mails] == [
        ("ada@example.org", "2 messages for you", "waiting"),
        ("bo@example.org", "1 message for you", "waiting"),
    ]
    assert "Second & more" in mails[0].text
    assert Letter.objects.filter(digest=mails[0]).count() == 2
    assert Letter.objects.filter(state="gathered").count() == 1


def test_the_inbox_shows_the_letters_and_not_the_daily_mail():
    gathered("ada@example.org", "First")
    digests.gather_all(at=NOON)

    assert [letter.subject for letter in Letter.objects.arrived(NOON)] == ["First"]
