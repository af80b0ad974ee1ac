"""Sealed sheets on paper, and the hash they are checked by."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from leitai.foundation.models import Line
from leitai.rooms.contests.testing import NOON
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Seal
from leitai.rooms.jury.rules.seals import in_groups, read_digest
from leitai.rooms.jury.testing import a_juror, a_sheet, marked, reopened, sealed
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    sheet = marked(a_sheet(juror=a_juror("陈评委")), 7, 8)
    sheet.marks.update(evidence="两条产线，七个月 #let x = 1")
    sheet.comment = "值得再看：龘 😀"
    sheet.save()
    return actions.seal_sheet(sheet=sheet, by=sheet.juror.user, at=NOON)


@pytest.fixture
def juror(sheet):
    client = Client()
    client.force_login(sheet.juror.user)
    return client


def words(answer):
    content = b"".join(answer.streaming_content)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return "".join(text.split())


def test_the_journal_holds_the_hash_of_what_was_sealed(sheet):
    seal = sheet.seals.get()

    line = Line.objects.get(verb="jury.sheet_sealed", about_id=sheet.pk)

    assert line.data == {"digest": seal.digest}
    assert seal.computed_digest() == seal.digest


def test_another_mark_makes_another_hash(sheet):
    seal = sheet.seals.get()
    seal.marks["landing"] = "8"

    assert seal.computed_digest() != seal.digest


def test_a_sheet_on_paper_shows_chinese_and_its_hash(juror, sheet):
    answer = juror.get(reverse("jury:sheet_print", args=[sheet.pk]))

    text = words(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert {"陈评委", "两条产线，七个月", "#letx=1", "值得再看", sheet.seals.get().digest} == {
        part
        for part in ("陈评委", "两条产线，七个月", "#letx=1", "值得再看", sheet.seals.get().digest)
        if part in text
    }


def test_all_of_a_pile_in_one_file_and_only_ones_own(juror, sheet):
    second = sealed(a_sheet(juror=sheet.juror), 1, 2)
    other = sealed(a_sheet(juror=a_juror("Bo")), 3, 4)

    text = words(juror.get(reverse("jury:pile_print", args=[sheet.stage_id])))

    digests = [one.seals.get().digest for one in (sheet, second, other)]
    assert [digest in text for digest in digests] == [True, True, False]


def test_a_draft_is_not_printed(juror, sheet):
    draft = a_sheet(juror=sheet.juror)

    assert juror.get(reverse("jury:sheet_print", args=[draft.pk])).status_code == 409


def test_a_paper_is_checked_by_its_hash(client, sheet):
    seal = sheet.seals.get()
    address = reverse("jury:check")

    found = client.get(address, {"hash": in_groups(seal.digest).upper()})
    other = client.get(address, {"hash": "0" * 64})
    short = client.get(address, {"hash": "abc"})

    assert (found.context["holds"], found.context["is_last"]) == (True, True)
    assert found.context["line"].data["digest"] == seal.digest
    assert sheet.juror.name not in found.content.decode()
    assert (other.context["seal"], other.context["is_hash"]) == (None, True)
    assert short.context["is_hash"] is False


def test_a_changed_row_is_seen_by_its_hash(client, sheet):
    seal = sheet.seals.get()
    Seal.objects.filter(pk=seal.pk).update(marks={"landing": "10", "copying": "10"})

    found = client.get(reverse("jury:check"), {"hash": seal.digest})

    assert found.context["holds"] is False


def test_a_paper_from_before_the_reopening_says_so(client, sheet):
    seal = sheet.seals.get()
    reopened(sheet, by=a_person("Olga"), at=NOON)

    found = client.get(reverse("jury:check"), {"hash": seal.digest})

    assert found.context["is_last"] is False


@pytest.mark.parametrize("words", ["", "xyz", "g" * 64, "ab" * 33])
def test_what_is_no_hash_is_read_as_none(words):
    assert read_digest(words) == ""
