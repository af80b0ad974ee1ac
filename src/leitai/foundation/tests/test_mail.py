from datetime import UTC, datetime

import pytest
from django.core import mail as post_office
from django.db import transaction

from leitai.foundation import mail
from leitai.foundation.models import Letter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def words(settings, tmp_path):
    (tmp_path / "hello.txt").write_text("Dear {{ name }}, welcome.", encoding="utf-8")
    (tmp_path / "hello.subject.txt").write_text("Welcome,\n{{ name }}", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def a_letter():
    return mail.send(to="ada@example.org", template="hello", context={"name": "Ada"}, at=NOON)


def test_a_letter_is_sent_once_however_often_the_worker_tries(words):
    letter = a_letter()

    mail.post(letter.pk, at=NOON)
    mail.post(letter.pk, at=NOON)

    assert [(m.to, m.subject, m.body) for m in post_office.outbox] == [
        (["ada@example.org"], "Welcome, Ada", "Dear Ada, welcome.")
    ]


def test_no_letter_tells_of_a_deed_that_did_not_happen(words):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_letter()
        raise ZeroDivisionError

    assert not Letter.objects.exists()
