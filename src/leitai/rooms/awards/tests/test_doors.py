"""Who may open which door of the awards room, and what stands behind it."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from leitai.rooms.awards import actions, queries
from leitai.rooms.awards.models import Bundle, Slate
from leitai.rooms.awards.testing import (
    LATER,
    a_judged_contest,
    a_slate,
    issued,
    published_slate,
    two,
)
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions.models import Member

pytestmark = pytest.mark.django_db


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"awards:{name}", args=args), data)


def get(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"awards:{name}", args=args))


def office(contest):
    return appointed(contest, Role.SECRETARIAT)


def test_from_proposal_to_the_public_page(client):
    contest = a_judged_contest()
    organiser, supervisor = two(contest)
    post(client, organiser, "propose", contest.pk)
    slate = Slate.objects.get()
    hidden = get(client, a_person("Reader"), "public", "haiwan-3", "venture")
    why = {"why": "Minutes"}
    post(client, organiser, "take_out", slate.pk, **{"out-code": "med-0003", "out-why": "Left"})
    seat = slate.awards.get(code="first")
    post(client, organiser, "name_winner", seat.pk, code="MED-0002", **why)
    special = {"name_en": "Audience <award>", "code": "MED-0004", **why}
    post(client, organiser, "add_special", slate.pk, **special)
    for person in (organiser, supervisor):
        post(client, person, "approve", slate.pk)
    post(client, organiser, "publish", slate.pk)

    page = client.get(reverse("awards:public", args=["haiwan-3", "venture"])).content.decode()

    assert hidden.status_code == 404
    assert "Audience &lt;award&gt;" in page and "Audience <award>" not in page
    assert [page.index(c) for c in ("MED-0002", "MED-0001")] == sorted(
        page.index(c) for c in ("MED-0002", "MED-0001")
    )
    assert "MED-0003" not in page


def test_what_does_not_fit_is_told_and_changes_nothing(client):
    slate = a_slate()
    organiser = appointed(slate.contest)
    seat = slate.awards.get(code="first")

    for name, pk in (("name_winner", seat.pk), ("leave_vacant", seat.pk), ("take_out", slate.pk),
                     ("add_special", slate.pk)):  # fmt: skip
        assert post(client, organiser, name, pk, code="X", why="").status_code == 302
    page = get(client, organiser, "desk", slate.contest_id).content.decode()

    assert "There is no entry with this code." in page or "没有" in page
    assert queries.seats(slate).count() == 3
    assert not slate.taken_out


def test_an_unpublished_list_shows_to_those_alone_who_make_and_approve_it(client):
    slate = a_slate()
    organiser, supervisor = two(slate.contest)

    def shows(user):
        return "MED-0001" in get(client, user, "desk", slate.contest_id).content.decode()

    seen = [shows(user) for user in (organiser, supervisor, office(slate.contest))]
    assert seen == [True, True, False]


CLOSED_TO_STAFF = ["approve", "take_back", "publish", "take_out", "add_special"]


def test_the_secretariat_decides_nothing(client):
    slate = a_slate()
    clerk, seat = office(slate.contest), slate.awards.get(code="first")

    answers = [post(client, clerk, name, slate.pk, why="x").status_code for name in CLOSED_TO_STAFF]
    answers += [
        post(client, clerk, name, seat.pk, why="x").status_code
        for name in ("name_winner", "leave_vacant", "drop_special")
    ]

    assert set(answers) == {403}
    assert slate.approvals.count() == 0


def test_a_juror_of_the_contest_sees_no_desk(client):
    slate = published_slate()
    juror = a_juror("Jo", contest=slate.contest).user

    answers = [
        get(client, juror, name, slate.contest_id).status_code
        for name in ("desk", "certificates", "table")
    ]

    assert set(answers) <= {403, 404}


def test_each_takes_their_own_paper_and_nobody_elses(client):
    slate = published_slate()
    entry = slate.awards.get(code="first").entry
    other = a_person("Łukasz Đặng")
    Member.objects.create(entry=entry, user=other, name="Łukasz Đặng", joined_at=NOON)
    ours, of_captain, of_other = [c for c in issued(slate, for_members=True) if c.entry == entry]
    captain, rival = entry.begun_by, slate.contest.entries.get(code="MED-0004").begun_by

    def may(user):
        return [get(client, user, "paper", c.pk).status_code for c in (ours, of_captain, of_other)]

    assert may(captain) == [200, 200, 404]
    assert may(other) == [200, 404, 200]
    assert may(rival) == [404, 404, 404]
    assert may(office(slate.contest)) == [200, 200, 200]
    page = get(client, captain, "of_entry", entry.pk).content.decode()
    assert of_captain.number in page and of_other.number not in page
    assert get(client, rival, "of_entry", entry.pk).status_code == 404
    assert of_other.number in get(client, other, "own").content.decode()


def test_the_paper_is_a_pdf_shown_in_place(client):
    certificate = issued()[0]

    answer = get(client, certificate.entry.begun_by, "paper", certificate.pk)

    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert certificate.number in answer["Content-Disposition"]


def test_numbered_and_printed_from_the_page_and_taken_away(client):
    slate = published_slate()
    clerk = office(slate.contest)

    answer = post(client, clerk, "ask_bundle", slate.contest_id)

    assert answer.status_code == 302
    bundle = Bundle.objects.get()
    assert bundle.job.state == "done"
    taken = post(client, clerk, "bundle_file", bundle.pk)
    assert taken.status_code == 302 and "/files/" in taken.url
    page = get(client, clerk, "certificates", slate.contest_id).content.decode()
    assert "HAIWAN-3-0003" in page
    table = get(client, clerk, "table", slate.contest_id)
    book = load_workbook(io.BytesIO(b"".join(table.streaming_content)))
    assert [row[0].value for row in book.active] == [
        "number",
        *(f"HAIWAN-3-000{n}" for n in (1, 2, 3)),
    ]
    rival = appointed(a_judged_contest(9, slug="other"), name="Rival boss")
    assert post(client, rival, "bundle_file", bundle.pk).status_code == 404


def test_only_organisers_revoke(client):
    slate = published_slate()
    first, second, _third = issued(slate)
    told = {"ground": "print", "why": "Smudged"}

    refused = post(client, office(slate.contest), "revoke", first.pk, **told).status_code
    post(client, appointed(slate.contest), "revoke", first.pk, **told)
    post(client, appointed(slate.contest), "reissue", second.pk, **told)

    states = [c.state for c in slate.contest.certificates.order_by("pk")]
    assert (refused, states) == (403, ["revoked", "revoked", "valid", "valid"])


def test_anybody_checks_and_learns_no_name_from_a_number(client):
    certificate = issued()[0]
    address = reverse("awards:check")

    by_slip = client.get(address, {"c": f"http://localhost:8000{address}?c={certificate.slip}"})
    by_number = client.get(address, {"c": certificate.number})
    unknown = client.get(address, {"c": "HAIWAN-3-9999"})
    forged = client.get(address, {"c": certificate.slip[:-2] + "AA"})

    assert certificate.holder in by_slip.content.decode()
    assert certificate.holder not in by_number.content.decode()
    told = [a.content.decode().count('class="note ok"') for a in (by_slip, by_number)]
    assert told == [1, 1]
    assert all('class="note error"' in a.content.decode() for a in (unknown, forged))


def test_the_check_for_programs_says_the_same(client):
    slate = published_slate()
    certificate = issued(slate)[0]
    by = {"by": appointed(slate.contest), "at": LATER}
    actions.reissue(certificate=certificate, ground="print", why="Smudged", **by)

    def ask(c):
        return client.get("/api/awards/check/", {"c": c}).json()

    assert ask(certificate.number) == {
        "state": "revoked", "signature": "none", "number": certificate.number,
        "replaced_by": "HAIWAN-3-0004",
    }  # fmt: skip
    assert ask(certificate.slip)["told"][4] == certificate.holder
    assert ask("<script>")["state"] == "unknown"


def test_the_letters_of_numbers_are_set_by_organisers_of_the_edition(client):
    contest = a_judged_contest()
    answer = post(client, office(contest), "numbering", contest.pk, prefix="HW")

    assert answer.status_code == 404
