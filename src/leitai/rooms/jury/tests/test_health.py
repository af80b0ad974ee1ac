"""The health of a jury at work: who will be late, what is wide, and what two people decide."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed, some_rules
from leitai.rooms.jury import actions, queries, rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.rules import Lateness, SheetState
from leitai.rooms.jury.testing import a_juror, a_sheet, marked, sealed
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.submissions.testing import an_entry

# --- rules, without a database


def test_a_pace_says_when_the_rest_is_done():
    told = {"since": NOON - 4 * DAY, "at": NOON}

    assert rules.done_at(left=6, sealed=2, **told) == NOON + 12 * DAY
    assert rules.done_at(left=0, sealed=2, **told) is None
    assert rules.done_at(left=6, sealed=0, **told) is None
    assert rules.done_at(left=1000, sealed=1, **told) is None  # eleven years


def test_lateness_compares_the_pace_with_the_days_left():
    def late(left=6, sealed=2, begun=0, until=NOON + 10 * DAY):
        return rules.lateness(
            left=left, begun=begun, sealed=sealed, since=NOON - 4 * DAY, until=until, at=NOON
        )

    assert late() == Lateness.LATE
    assert late(sealed=3) == Lateness.IN_TIME
    assert late(until=None) == Lateness.IN_TIME
    assert late(sealed=0) == Lateness.NOT_BEGUN
    assert late(sealed=0, begun=1) == Lateness.IN_TIME
    assert late(left=0) == Lateness.DONE
    assert late(until=NOON) == Lateness.OVERDUE


def test_reminders_have_their_days_and_stop_by_themselves():
    def due(day, *, is_on=True, stage=StageState.OPEN, closes=date(2026, 5, 20)):
        return rules.is_reminder_day(
            [7, 3, 1], is_on=is_on, stage=stage, closes_on=closes, today=date(2026, 5, day)
        )

    assert [day for day in range(1, 31) if due(day)] == [13, 17, 19]
    assert not due(13, is_on=False)
    assert not due(13, stage=StageState.CLOSED)
    assert not due(13, closes=None)
    assert rules.may_plan([7, 3, 1]) and rules.may_plan([]).code == "no_days"
    assert rules.may_plan([61]).code == rules.may_plan(range(11)).code == "bad_days"


def test_a_second_person_is_somebody_else_in_the_right_role():
    def code(other=2, roles=("organiser",), second="either"):
        return rules.is_second(asker=1, other=other, roles=roles, second=second).code

    assert (
        code()
        == code(roles=("supervisor",))
        == code(roles=("supervisor",), second="supervisor")
        == ""
    )
    assert code(other=1) == "same_person"
    assert code(second="supervisor") == code(roles=("secretariat",)) == "not_the_second"


def test_a_request_lapses_and_takes_a_sealed_sheet():
    def code(state="asked", is_same=False, sheet="sealed", age=timedelta(0), until=None):
        return rules.may_confirm_reopening(
            state, is_same=is_same, sheet=sheet, asked_at=NOON - age, until=until, at=NOON
        ).code

    assert code() == ""
    assert code(state="refused") == "decided"
    assert code(age=rules.LASTS) == code(until=NOON) == "lapsed"
    assert code(sheet="recused") == "not_sealed"
    assert code(is_same=True) == "same_person"


# --- what the page knows


WHY = {"why": "A slip", "until": "2040-01-01T10:00"}


@pytest.fixture
def as_():
    def enter(person):
        client = Client()
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def wide():
    """One entry with three sheets, one of them far off; one entry with nothing sealed."""
    contest = a_contest(rules=some_rules(stage={"panel": {"per_entry": 3}, "range_flag": 6}))
    entry = an_entry(contest)
    for name, mark in (("Ada", 9), ("Bo", 9), ("Cy", 2)):
        sealed(a_sheet(juror=a_juror(name, contest=contest), entry=entry), mark, mark)
    open_ = a_sheet(juror=a_juror("Ada", contest=contest))
    return open_.stage


@pytest.mark.django_db
def test_coverage_pace_and_outliers_are_counted(wide):
    found = queries.health(wide, at=NOON + DAY)

    [cover] = found.covers
    assert (cover.entries, cover.complete, cover.some, cover.none, cover.short) == (2, 1, 0, 1, 1)
    assert found.done_at == NOON + DAY + DAY / 3  # three sheets in a day, one is left
    assert (found.paces[Lateness.DONE], found.slow, found.late_conflicts) == (2, 0, 0)
    [far] = queries.outliers(wide)
    assert (far.juror.name, far.others, far.apart) == ("Cy", 18, 14)


@pytest.mark.django_db
@pytest.mark.parametrize("show", ["entries", "scenarios", "spread", "outliers", "conflicts",
                                  "requests", "extra"])  # fmt: skip
def test_each_list_of_the_page_asks_as_often_for_many(as_, wide, show):
    client = as_(appointed(wide.contest))
    url = reverse("jury:progress", args=[wide.pk])
    counts = []
    for n in (0, 4):
        for _i in range(n):
            entry = an_entry(wide.contest)
            for name, mark in (("Ada", 9), ("Bo", 9), ("Cy", 1)):
                sealed(a_sheet(juror=a_juror(name, contest=wide.contest), entry=entry), mark, mark)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url, {"show": show}).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 24


@pytest.mark.django_db
def test_marks_stay_hidden_from_who_may_not_see_them(as_, wide):
    url = reverse("jury:progress", args=[wide.pk])

    page = as_(appointed(wide.contest, Role.SUPERVISOR)).get(url, {"show": "outliers"})

    assert page.context["show"] == "jurors"
    assert not {"spread", "outliers"} & {key for key, _words in page.context["lists"]}


@pytest.mark.django_db
def test_the_figures_come_alone_when_the_jury_moves(as_, wide):
    client = as_(appointed(wide.contest))

    part = client.get(reverse("jury:progress", args=[wide.pk]), headers={"HX-Request": "true"})

    assert part.status_code == 200 and "<html" not in part.content.decode()


# --- reminders


@pytest.fixture
def behind():
    """Ada has two open sheets, Bo has sealed his one; the stage closes in ten days."""
    first = a_sheet(juror=a_juror("Ada"))
    a_sheet(juror=a_juror("Ada"))
    sealed(a_sheet(juror=a_juror("Bo")), 7, 8)
    Letter.objects.all().delete()
    return first.stage


def plan(stage, *days, is_on=True):
    return actions.plan_reminders(stage=stage, days=days, is_on=is_on, by=a_person("Olga"), at=NOON)


def remind(plan, at):
    return actions.remind_by_plan(plan=plan, by=None, at=at)


@pytest.mark.django_db
def test_letters_go_on_the_days_of_the_plan_to_those_who_are_behind(behind):
    kept = plan(behind, 7, 3, 1)

    told = [remind(kept, NOON + n * DAY) for n in range(12)]

    assert told == [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0]
    assert set(Letter.objects.values_list("to", flat=True)) == {a_juror("Ada").email}
    assert [row["n"] for row in queries.log(behind)] == [1, 1, 1]


@pytest.mark.django_db
def test_a_second_worker_writes_nobody_twice(behind):
    kept = plan(behind, 3)
    day = NOON + 7 * DAY

    assert [remind(kept, day), remind(kept, day), remind(kept, day + timedelta(hours=3))] == [
        1,
        0,
        0,
    ]
    assert (
        actions.remind_jurors(jurors=[a_juror("Ada")], stage=behind, by=a_person("Olga"), at=day)
        == 0
    )
    assert Letter.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("stop", ["sealed", "left", "closed", "off", "quiet"])
def test_reminders_stop_by_themselves(behind, stop):
    kept, ada, day = plan(behind, 3), a_juror("Ada"), NOON + 7 * DAY
    if stop == "sealed":
        for sheet in Sheet.objects.open():
            sealed(sheet, 7, 8)
    elif stop == "left":
        actions.leave_jury(juror=ada, by=a_person("Olga"), at=NOON)
    elif stop == "closed":
        behind.state = StageState.CLOSED
        behind.save()
    elif stop == "off":
        kept = plan(behind, 3, is_on=False)
    else:
        until = (day + DAY).date()
        actions.be_quiet(juror=ada, until=until, note="On a ship", by=ada.user, at=NOON)

    assert remind(kept, day) == 0
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_quiet_ends_by_itself_and_may_be_taken_back(behind):
    ada, kept = a_juror("Ada"), plan(behind, 3, 1)
    until = (NOON + 8 * DAY).date()
    actions.be_quiet(juror=ada, until=until, note="", by=ada.user, at=NOON)
    assert [remind(kept, NOON + 7 * DAY), remind(kept, NOON + 9 * DAY)] == [0, 1]

    with pytest.raises(NotPossible) as refusal:
        actions.be_quiet(juror=ada, until=NOON.date(), note="", by=ada.user, at=NOON)

    assert refusal.value.verdict.code == "bad_day"


@pytest.mark.django_db
def test_the_plan_shows_whom_it_would_write_to(as_, behind):
    url = reverse("jury:reminder_plan", args=[behind.pk])
    client = as_(appointed(behind.contest, Role.SECRETARIAT))

    bad, good = (
        client.post(url, {"days": "soon"}),
        client.post(url, {"days": "7、3, 1", "is_on": "on"}),
    )
    page = client.get(url)

    assert (bad.status_code, good.status_code) == (422, 302)
    assert behind.reminder_plan.days == [7, 3, 1]
    assert [juror.name for juror in page.context["shown"]] == ["Ada"]
    assert as_(a_person("Nosy")).get(url).status_code == 404
    assert as_(appointed(behind.contest, Role.SUPERVISOR)).get(url).status_code == 403


@pytest.mark.django_db
def test_a_juror_asks_for_quiet_and_the_organiser_reads_why(as_, behind):
    ada = a_juror("Ada")
    url = reverse("jury:quiet", args=[ada.pk])
    until = (timezone.now() + 5 * DAY).date().isoformat()

    sent = as_(ada.user).post(url, {"until": until, "note": "On a ship"})

    assert sent.status_code == 302
    assert ada.quiets.get().note == "On a ship"
    page = as_(appointed(behind.contest)).get(reverse("jury:progress", args=[behind.pk]))
    assert "On a ship" in page.content.decode()
    assert as_(a_person("Bo")).get(url).status_code == 404


# --- two people


@pytest.mark.django_db
def test_two_people_open_a_sealed_sheet_and_the_seal_stays(as_):
    sheet = sealed(a_sheet(), 7, 8)
    contest = sheet.stage.contest
    olga, otto = appointed(contest, name="Olga"), appointed(contest, name="Otto")
    asked = as_(olga).post(reverse("jury:reopening", args=[sheet.pk]), WHY)
    request = sheet.reopening_requests.get()
    word = reverse("jury:confirmation", args=[request.pk])

    own = as_(olga).post(word)
    sheet.refresh_from_db()
    assert (asked.status_code, own.status_code, sheet.state) == (302, 403, SheetState.SEALED)
    other = as_(otto).post(word)

    sheet.refresh_from_db()
    request.refresh_from_db()
    assert (other.status_code, sheet.state, request.state) == (302, "assigned", "confirmed")
    assert (sheet.reopenings.get().by, request.decided_by) == (olga, otto)
    assert sheet.seals.get().total == 15
    letters = set(Letter.objects.values_list("to", flat=True))
    assert {otto.email, sheet.juror.email} <= letters and olga.email not in letters
    verbs = list(Line.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["jury.reopening_asked", "jury.sheet_reopened"]
    with pytest.raises(NotPossible) as refusal:
        actions.confirm_reopening(request=request, by=otto, at=NOON)
    assert refusal.value.verdict.code == "decided"


@pytest.mark.django_db
def test_a_supervisor_may_be_the_second_person_and_sees_no_mark(as_):
    sheet = sealed(a_sheet(), 7, 8)
    asked = actions.ask_reopening(sheet=sheet, why="A slip", by=a_person("Olga"), at=NOON)
    url = reverse("jury:second_person", args=[asked.pk])

    page = as_(appointed(sheet.stage.contest, Role.SUPERVISOR)).get(url)

    assert page.context["may_confirm"] and "15" not in page.context["asked"].why
    assert not as_(appointed(sheet.stage.contest, Role.SECRETARIAT)).get(url).context["may_confirm"]
    assert as_(a_person("Nosy")).get(url).status_code == 404
    assert as_(sheet.juror.user).get(url).status_code == 404


@pytest.mark.django_db
def test_a_request_that_waited_too_long_makes_room_for_a_new_one():
    sheet = sealed(a_sheet(), 7, 8)
    told = {"sheet": sheet, "why": "A slip", "by": a_person("Olga")}
    old = actions.ask_reopening(**told, at=NOON)
    with pytest.raises(NotPossible) as twice:
        actions.ask_reopening(**told, at=NOON)
    with pytest.raises(NotPossible) as late:
        actions.confirm_reopening(request=old, by=a_person("Otto"), at=NOON + 3 * DAY)

    actions.ask_reopening(**told, at=NOON + 3 * DAY)

    old.refresh_from_db()
    assert (twice.value.verdict.code, late.value.verdict.code) == ("asked_already", "lapsed")
    assert old.state == "lapsed"


@pytest.mark.django_db
def test_who_asked_may_think_again(as_):
    sheet = sealed(a_sheet(), 7, 8)
    olga = appointed(sheet.stage.contest, name="Olga")
    asked = actions.ask_reopening(sheet=sheet, why="A slip", by=olga, at=NOON)

    sent = as_(olga).post(reverse("jury:reopening_refusal", args=[asked.pk]))

    asked.refresh_from_db()
    sheet.refresh_from_db()
    assert (sent.status_code, asked.state, sheet.state) == (302, "refused", "sealed")


@pytest.mark.django_db
def test_nobody_opens_a_sealed_sheet_alone():
    sheet = sealed(a_sheet(), 7, 8)

    with pytest.raises(NotPossible) as refusal:
        actions.reopen_sheet(
            sheet=sheet, why="A slip", by=a_person("Olga"), at=NOON, until=NOON + DAY
        )

    assert refusal.value.verdict.code == "second_person"


@pytest.mark.django_db
def test_an_open_sheet_is_given_time_by_one_person(as_):
    sheet = marked(a_sheet(), 7, 8)
    client = as_(appointed(sheet.stage.contest))

    sent = client.post(
        reverse("jury:reopening", args=[sheet.pk]),
        {"why": "The train", "until": "2040-01-01T10:00"},
    )

    sheet.refresh_from_db()
    assert (sent.status_code, sheet.extended_until.year) == (302, 2040)
