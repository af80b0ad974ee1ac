"""Who gets through which door of the jury room."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation.files.store import keep
from leitai.foundation.files.testing import a_pdf
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import actions, notices
from leitai.rooms.jury.models import Conflict, Juror, Sheet
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.jury.testing import a_juror, a_jury, a_sheet, marked, sealed
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.models import Attachment, Version, Viewing
from leitai.rooms.submissions.testing import a_draft, an_entry, an_open_contest, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def drawn():
    stage = a_stage(a_contest())
    a_jury(stage, entries=2, jurors=4)
    return actions.start_draw(stage=stage, by=None, at=NOON, seed=1)


def doors(draw):
    """Every door that leads to a contest's jury, with what its address needs."""
    sheet = a_sheet(juror=a_juror("Jo", contest=draw.stage.contest))
    conflict = actions.declare_conflict(
        juror=Juror.objects.first(), entry=an_entry(draw.stage.contest), ground="other",
        by=None, at=NOON,
    )  # fmt: skip
    contest, stage = draw.stage.contest_id, draw.stage_id
    return {
        "run": [
            ("get", "jurors", [contest]), ("get", "invite", [contest]),
            ("get", "import", [contest]), ("get", "juror", [sheet.juror_id]),
            ("post", "invitation_again", [sheet.juror_id]),
            ("get", "conflicts", [contest]), ("post", "derivation", [contest]),
            ("post", "objection", [contest]), ("get", "draws", [stage]), ("get", "draw", [draw.pk]),
            ("get", "draw_progress", [draw.pk]), ("post", "reminders", [stage]),
        ],
        "rule": [
            ("post", "leaving", [sheet.juror_id]), ("post", "draw_start", [stage]),
            ("post", "draw_retry", [draw.pk]), ("post", "draw_deployment", [draw.pk]),
            ("post", "draw_discarding", [draw.pk]), ("get", "seat", [draw.seats.first().pk]),
            ("get", "sheets", [stage]),
        ],
        "single": [("get", "lifting", [conflict.pk]), ("get", "reopening", [sheet.pk])],
        "oversee": [("get", "progress", [stage])],
        "juror": [
            ("get", "titles", [sheet.juror_id]), ("get", "pile", [stage]),
            ("get", "sheet", [sheet.pk]), ("post", "draft", [sheet.pk]),
            ("post", "seal", [sheet.pk]), ("get", "recusal", [sheet.pk]),
        ],
    }  # fmt: skip


def statuses(client, listed):
    return {
        name: getattr(client, how)(reverse(f"jury:{name}", args=args)).status_code
        for how, name, args in listed
    }


def test_to_somebody_else_nothing_of_a_jury_is_there(as_, drawn):
    listed = [door for kind in doors(drawn).values() for door in kind]

    found = statuses(as_(a_person("Nosy")), listed)

    assert set(found.values()) == {404}, found


def test_a_stranger_is_asked_to_sign_in(client, drawn):
    listed = [door for kind in doors(drawn).values() for door in kind]

    found = statuses(client, listed)

    assert set(found.values()) == {302}, found


def test_the_secretariat_runs_the_jury_and_rules_nothing(as_, drawn):
    listed = doors(drawn)
    client = as_(appointed(drawn.stage.contest, Role.SECRETARIAT))

    assert not set(statuses(client, listed["run"]).values()) & {403, 404}
    assert set(statuses(client, listed["rule"]).values()) == {403}
    assert set(statuses(client, listed["single"] + listed["juror"]).values()) == {404}


def test_a_supervisor_reads_progress_and_changes_nothing(as_, drawn):
    listed = doors(drawn)
    client = as_(appointed(drawn.stage.contest, Role.SUPERVISOR))

    assert statuses(client, listed["oversee"]) == {"progress": 200}
    assert set(statuses(client, listed["run"] + listed["rule"]).values()) == {403}


def test_an_organiser_gets_through_all_doors_but_the_jurors(as_, drawn):
    listed = doors(drawn)
    client = as_(appointed(drawn.stage.contest))

    reading = [d for d in listed["run"] + listed["rule"] + listed["single"] if d[0] == "get"]
    assert set(statuses(client, reading).values()) == {200}
    assert set(statuses(client, [("get", "titles", [Juror.objects.first().pk])]).values()) == {404}


def test_a_juror_reads_the_own_sheet_and_nobody_elses(as_):
    mine, theirs = a_sheet(juror=a_juror("Ada")), a_sheet(juror=a_juror("Bo"))

    client = as_(mine.juror.user)

    assert client.get(reverse("jury:sheet", args=[mine.pk])).status_code == 200
    assert client.get(reverse("jury:sheet", args=[theirs.pk])).status_code == 404


def test_a_juror_with_a_conflict_sees_nothing_of_the_entry(as_):
    sheet, other = a_sheet(), a_sheet()
    Conflict.objects.create(
        juror=sheet.juror, entry=sheet.entry, source="derived", ground="other", at=NOON
    )
    client = as_(sheet.juror.user)

    page = client.get(reverse("jury:pile", args=[sheet.stage_id]))
    titles = client.get(reverse("jury:titles", args=[sheet.juror_id]))

    assert client.get(reverse("jury:sheet", args=[sheet.pk])).status_code == 404
    assert sheet.entry.code not in page.content.decode() + titles.content.decode()
    assert [s.pk for s in page.context["pile"].sheets] == [other.pk]


def test_a_field_typed_is_kept(as_):
    sheet = a_sheet()
    client = as_(sheet.juror.user)

    answer = client.post(
        reverse("jury:draft", args=[sheet.pk]),
        {"field": "mark-landing", "value": "7", "base": 0},
        content_type="application/json",
    )

    assert answer.json() == {"revision": 1}
    assert sheet.marks.get().value == 7


def test_a_mark_off_the_scale_is_refused_in_words(as_):
    sheet = a_sheet()
    client = as_(sheet.juror.user)

    answer = client.post(
        reverse("jury:draft", args=[sheet.pk]),
        {"field": "mark-landing", "value": "11", "base": 0},
        content_type="application/json",
        headers={"Accept": "application/json", "Accept-Language": "en"},
    )  # fmt: skip

    assert answer.status_code == 409
    assert answer.json() == {
        "code": "off_the_scale", "reason": "Marks here go from 0 to 10 in steps of 1.",
    }  # fmt: skip


def test_two_windows_lose_nothing(as_):
    sheet = a_sheet()
    client = as_(sheet.juror.user)
    url = reverse("jury:draft", args=[sheet.pk])
    said = {"field": "comment"}
    client.post(
        url, {**said, "value": "from the first", "base": 0}, content_type="application/json"
    )

    answer = client.post(
        url, {**said, "value": "from the second", "base": 0}, content_type="application/json"
    )

    assert answer.status_code == 409
    assert (answer.json()["value"], answer.json()["revision"]) == ("from the first", 1)
    again = {**said, "value": "from the second", "base": 1}
    assert client.post(url, again, content_type="application/json").json() == {"revision": 2}


def test_sealing_keeps_what_stands_in_the_form_and_goes_on_to_the_next(as_):
    sheet, other = a_sheet(), a_sheet()
    client = as_(sheet.juror.user)

    answer = client.post(
        reverse("jury:seal", args=[sheet.pk]),
        {"mark-landing": "7", "mark-copying": "8", "comment": "Well done", "base": "0"},
    )

    sheet.refresh_from_db()
    assert (sheet.state, sheet.total, sheet.comment) == (SheetState.SEALED, 15, "Well done")
    assert answer.url == reverse("jury:sheet", args=[other.pk])


def test_a_sheet_sealed_too_late_is_refused_and_its_words_come_back(as_):
    sheet = a_sheet()
    sheet.stage.closes_at = NOON
    sheet.stage.save()
    client = as_(sheet.juror.user)

    answer = client.post(
        reverse("jury:seal", args=[sheet.pk]), {"mark-landing": "7", "comment": "My long thoughts"}
    )

    assert answer.status_code == 422
    assert "My long thoughts" in answer.content.decode()
    assert answer.context["verdict"].code == "stage_closed"


def test_a_tie_found_late_hands_the_entry_back(as_):
    sheet = marked(a_sheet(), 7, 8)
    client = as_(sheet.juror.user)

    answer = client.post(reverse("jury:recusal", args=[sheet.pk]), {"ground": "personal"})

    sheet.refresh_from_db()
    assert answer.status_code == 302
    assert sheet.state == SheetState.RECUSED
    assert client.get(reverse("jury:sheet", args=[sheet.pk])).status_code == 404


def test_an_organiser_reads_sealed_marks_and_no_drafts(as_):
    draft, done = marked(a_sheet(juror=a_juror("Ada")), 3, 9), sealed(a_sheet(), 7, 8)
    client = as_(appointed(draft.stage.contest))

    drafts = client.get(reverse("jury:sheet", args=[draft.pk]))
    marks = client.get(reverse("jury:sheet", args=[done.pk]))

    assert "<tfoot>" not in drafts.content.decode()
    assert "<tfoot>" in marks.content.decode()


def test_an_organiser_asks_once_to_open_a_sealed_sheet_again(as_):
    sheet = sealed(a_sheet(), 7, 8)
    client = as_(appointed(sheet.stage.contest))
    url = reverse("jury:reopening", args=[sheet.pk])

    answers = [client.post(url, {"why": why}).status_code for why in ("", "A slip", "Another")]

    sheet.refresh_from_db()
    assert answers == [422, 302, 422]
    assert sheet.state == SheetState.SEALED and sheet.reopening_requests.count() == 1


def test_a_blind_sheet_names_nobody(as_):
    contest = a_contest(rules=some_rules(stage={"panel": {"per_entry": 3, "blind": True}}))
    entry = an_entry(
        contest, team_name="Secret Team", title_zh="", title_en="Welding by Secret Team"
    )
    sheet = a_sheet(juror=a_juror("Ada", contest=contest), entry=entry)

    page = as_(sheet.juror.user).get(reverse("jury:sheet", args=[sheet.pk])).content.decode()

    assert "Secret Team" not in page
    assert "Welding by" in page


def test_a_confidential_paper_carries_the_readers_name_and_the_reading_is_noted(as_):
    sheet, other = a_sheet(), a_sheet(juror=a_juror("Bo"))
    pdf = io.BytesIO(a_pdf())
    pdf.name = "Lishi plan.pdf"
    plan = Attachment.objects.create(
        entry=sheet.entry, field="plan", layer="confidential", added_at=NOON,
        file=keep(pdf, allow=("pdf",), limit_bytes=2**20, by=None, at=NOON),
    )  # fmt: skip

    mine, address = as_(sheet.juror.user), reverse("jury:paper", args=[sheet.pk, plan.pk])
    assert mine.get(address).status_code == 404  # nobody has handed it in
    _version_with(plan)

    answer = mine.get(address)

    assert answer.status_code == 200
    assert "Lishi" not in answer["Content-Disposition"]
    assert [(v.by, v.as_role) for v in Viewing.objects.all()] == [(sheet.juror.user, "juror")]
    theirs = as_(other.juror.user)
    for sheet_id in (sheet.pk, other.pk):
        assert theirs.get(reverse("jury:paper", args=[sheet_id, plan.pk])).status_code == 404


def _version_with(file):
    body = {"values": {}, "files": [{"id": file.pk}]}
    Version.objects.create(entry=file.entry, number=1, receipt="R", body=body, at=NOON)


def test_a_blind_juror_finds_no_paper_that_names_the_firm_not_even_by_its_number(as_):
    rules = some_rules()
    first = rules.stages[0]
    blind = first.model_copy(update={"panel": first.panel.model_copy(update={"blind": True})})
    contest = a_contest(rules=rules.model_copy(update={"stages": (blind, *rules.stages[1:])}))
    sheet = a_sheet(juror=a_juror("Ada", contest=contest), entry=an_entry(contest))
    licence = Attachment.objects.create(
        entry=sheet.entry, field="licence", layer="teaser", added_at=NOON,
        file=keep(a_file(), allow=("pdf",), limit_bytes=2**20, by=None, at=NOON),
    )  # fmt: skip
    _version_with(licence)

    answer = as_(sheet.juror.user).get(reverse("jury:paper", args=[sheet.pk, licence.pk]))

    assert answer.status_code == 404


def a_file(name="Lishi plan.pdf"):
    pdf = io.BytesIO(a_pdf())
    pdf.name = name
    return pdf


def test_reading_an_entry_is_noted_once_an_hour(as_):
    sheet = a_sheet()
    juror = as_(sheet.juror.user)
    for _i in range(2):
        juror.get(reverse("jury:sheet", args=[sheet.pk]))

    assert [(v.by, v.as_role) for v in Viewing.objects.all()] == [(sheet.juror.user, "juror")]


def test_whoever_holds_the_letter_joins_or_says_no(as_, client):
    contest = a_contest()
    letters = {}
    for name in ("Ada", "Bo"):
        invited = actions.Invited(name=name, email=f"{name}@fund.example.org", kind="investor")
        juror = actions.invite_juror(contest=contest, invited=invited, by=None, at=NOON)
        letters[name] = notices.invitation(juror)

    client.post(reverse("jury:refusal", args=[letters["Bo"]]))
    page = client.get(reverse("jury:invitation", args=[letters["Ada"]]))
    signed_in = as_(a_person("Ada"))
    answer = signed_in.post(reverse("jury:acceptance", args=[letters["Ada"]]))

    ada, bo = Juror.objects.order_by("name")
    assert (page.status_code, answer.status_code) == (200, 302)
    assert (ada.state, ada.user, bo.state) == (
        JurorState.ACTIVE,
        a_person("Ada"),
        JurorState.DECLINED,
    )
    assert signed_in.get(reverse("jury:invitation", args=["forged"])).status_code == 404
    assert signed_in.post(reverse("jury:acceptance", args=[letters["Ada"]])).status_code == 409


def test_progress_shows_no_marks_to_a_supervisor(as_):
    sheet = sealed(a_sheet(), 7, 8)
    url = reverse("jury:progress", args=[sheet.stage_id])

    page = as_(appointed(sheet.stage.contest, Role.SUPERVISOR)).get(f"{url}?show=spread")

    assert page.status_code == 200
    assert page.context["show"] == "jurors"
    assert not page.context["sees_scores"]


def test_sheets_are_taken_away_as_a_table(as_):
    sheet = sealed(a_sheet(), 7, 8)
    url = reverse("jury:sheets", args=[sheet.stage_id])
    client = as_(appointed(sheet.stage.contest))

    table = b"".join(client.get(f"{url}?format=csv").streaming_content).decode()

    assert f"{sheet.entry.code},Jo" in table
    assert ",7.000,8.000,15.000," in table
    assert client.get(f"{url}?format=xlsx").content[:2] == b"PK"


def listing(name, stage):
    arg = stage.contest_id if name in ("jurors", "conflicts") else stage.pk
    return reverse(f"jury:{name}", args=[arg])


@pytest.mark.parametrize("name", ["jurors", "conflicts", "progress", "sheets", "draws"])
def test_lists_ask_as_often_for_one_row_as_for_twenty(as_, name):
    stage = a_stage(a_contest())
    client = as_(appointed(stage.contest))
    counts = []
    for n in (1, 3, 20):
        while Sheet.objects.count() < n:
            sheet = a_sheet(juror=a_juror(f"J{Sheet.objects.count()}", contest=stage.contest))
            actions.object_to_juror(
                juror=sheet.juror, entry=an_entry(stage.contest), ground="other", note="n",
                by=None, at=NOON,
            )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(listing(name, stage)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] == counts[2] <= 22


def test_a_pile_asks_as_often_for_one_sheet_as_for_twenty(as_):
    first = a_sheet()
    client = as_(first.juror.user)
    counts = []
    for n in (1, 3, 20):
        while Sheet.objects.count() < n:
            a_sheet(juror=first.juror)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("jury:pile", args=[first.stage_id]))
        counts.append(len(asked))

    assert counts[0] == counts[1] == counts[2]


def test_jurors_read_yes_no_and_money_in_words(as_):
    contest = an_open_contest()
    entry = handed_in(a_draft(contest, is_listed=False, revenue="1200000"))
    sheet = a_sheet(juror=a_juror(contest=contest), entry=entry)

    answer = as_(sheet.juror.user).get(reverse("jury:sheet", args=[sheet.pk])).content.decode()

    assert "<dd>否</dd>" in answer and "<dd>1,200,000</dd>" in answer
    assert "False" not in answer
