"""Before the draw: ties by house, objections, sample entries, and the board that shows it all."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation.models import Letter
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, a_contest, an_edition, appointed, some_rules
from leitai.rooms.jury import actions, queries, tasks
from leitai.rooms.jury.models import Conflict, ConflictSearch, Juror, Sample, SampleSheet
from leitai.rooms.jury.rules import ConflictSource, ObjectionState
from leitai.rooms.jury.testing import a_juror, a_sample, a_sheet, an_expert, an_undertaking
from leitai.rooms.people.models import Holding
from leitai.rooms.people.testing import a_person, an_organisation
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.models import Member
from leitai.rooms.submissions.testing import an_entry

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


def grounds(contest):
    return {(t.juror, t.entry): t.ground for t in queries.ties(contest, at=NOON)}


# --- ties


def test_a_house_left_long_ago_ties_no_more_and_one_left_lately_does():
    contest, house = a_contest(), an_organisation("Old House")
    entry = an_entry(contest, organisation=house)
    lately, long_ago = (an_expert(n, contest=contest, user=a_person(n)) for n in ("Eve", "Flo"))
    lately.posts.create(organisation=house, since=2015, until=2024)
    long_ago.posts.create(organisation=house, since=2010, until=2020)
    eve = a_juror("Eve", contest=contest, expert=lately)
    a_juror("Flo", contest=contest, expert=long_ago)

    (tie,) = queries.ties(contest, at=NOON)

    assert (tie.juror, tie.entry, tie.ground) == (eve.pk, entry.pk, "same_organisation")
    assert tie.evidence["until"] == "2024-12-31"


def test_a_holding_that_was_sold_long_ago_is_over_and_its_source_is_told():
    contest = a_contest()
    fund, kept, sold = (an_organisation(n) for n in ("Fund", "Kept", "Sold"))
    Holding.objects.create(investor=fund, firm=kept, source="Annual report 2025")
    Holding.objects.create(investor=fund, firm=sold, until=NOON.date().replace(year=2020))
    juror = a_juror("Ivo", contest=contest, organisation=fund, kind="investor")
    entry, _other = an_entry(contest, organisation=kept), an_entry(contest, organisation=sold)

    (tie,) = queries.ties(contest, at=NOON)

    assert (tie.juror, tie.entry, tie.ground) == (juror.pk, entry.pk, "portfolio")
    assert tie.evidence["source"] == "Annual report 2025"


@pytest.mark.parametrize(("year", "is_tied"), [(2024, True), (2021, False)])
def test_who_was_in_one_team_in_an_earlier_edition_keeps_away(year, is_tied):
    contest = a_contest()
    past = a_contest("past", edition=an_edition("haiwan-1", year=year, number=1))
    ada, cao = a_person("Ada"), a_person("Cao")
    old = an_entry(past, captain=cao)
    Member.objects.create(entry=old, user=ada, name="Ada", email=ada.email, role="member")
    juror = a_juror("Ada", contest=contest)
    entry = an_entry(contest, captain=cao)

    expected = {(juror.pk, entry.pk): "earlier_team"} if is_tied else {}
    assert grounds(contest) == expected


def test_a_juror_names_houses_and_people_and_is_not_told_which_entries_that_means(as_):
    rules = some_rules(stage={"panel": {"per_entry": 3, "blind": True}})
    contest = a_contest(rules=rules)
    house = an_organisation("Weld AI")
    one = an_entry(contest, organisation=house, title_en="Seam of Secrets", title_zh="")
    two, three = an_entry(contest), an_entry(contest)
    two.members.update(name="Old Friend")
    juror = a_juror("Ada", contest=contest)
    client, address = as_(juror.user), reverse("jury:ties", args=[juror.pk])

    page = client.get(address).content.decode()
    client.post(address, {"house": "Weld AI", "ground": "personal"})
    client.post(address, {"name": "old friend", "ground": "other"})
    nobody = client.post(address, {"ground": "other"})

    assert "Weld AI" in page
    assert one.code not in page
    assert "Secrets" not in page
    assert nobody.status_code == 422
    found = {c.entry_id: (c.source, c.ground) for c in Conflict.objects.all()}
    declared = ConflictSource.DECLARED.value
    assert found == {one.pk: (declared, "personal"), two.pk: (declared, "other")}
    assert three.pk not in found


def test_a_tie_of_another_juror_cannot_be_taken_back(as_):
    juror = a_juror("Ada")
    tie = actions.declare_tie(juror=juror, ground="other", name="Bo", by=juror.user, at=NOON)

    assert as_(a_person("Nosy")).post(reverse("jury:tie_back", args=[tie.pk])).status_code == 404
    assert as_(juror.user).post(reverse("jury:tie_back", args=[tie.pk])).status_code == 302
    tie.refresh_from_db()
    assert tie.taken_back_at is not None


def test_records_are_searched_again_when_somebody_comes_and_not_otherwise():
    contest = a_contest()
    a_stage(contest)
    house = an_organisation("House")
    an_entry(contest, organisation=house)
    row = actions.Invited(name="Ada", email="ada@example.org", kind="technical", house=house)
    actions.invite_juror(contest=contest, invited=row, by=None, at=NOON)
    due = list(queries.due_searches())

    tasks.look_for_ties(timestamp=0)

    assert due == [contest]
    assert list(queries.due_searches()) == []
    assert ConflictSearch.objects.get().found == 1
    assert Conflict.objects.get().evidence["by"] in {"id", "key"}


def test_a_portfolio_is_kept_with_its_source_and_what_is_left_out_was_sold(as_):
    juror = a_juror("Ivo", organisation=an_organisation("Fund"), kind="investor")
    address = reverse("jury:holdings", args=[juror.pk])
    client = as_(juror.user)

    client.post(address, {"firms": "Weld AI\nSeam Co"})
    client.post(address, {"firms": "Seam Co\n"})

    held = {h.firm.name: (bool(h.source), h.until is None) for h in Holding.objects.all()}
    assert held == {"Weld AI": (True, False), "Seam Co": (True, True)}
    assert as_(a_person("Nosy")).post(address, {"firms": "x"}).status_code == 404


# --- objections


@pytest.fixture
def open_jury():
    contest = a_contest(rules=some_rules(jury={"names_published": True, "objections_max": 2}))
    return contest, an_entry(contest), [a_juror(n, contest=contest) for n in ("J1", "J2", "J3")]


def test_a_team_objects_at_most_twice_and_an_upheld_objection_is_a_conflict(as_, open_jury):
    contest, entry, (one, two, three) = open_jury
    client, address = as_(entry.begun_by), reverse("jury:published_jury", args=[entry.pk])

    answers = [
        client.post(address, {"juror": juror.pk, "why": "They advise our rival"}).status_code
        for juror in (one, one, two, three)
    ]
    first, second = entry.objections_to_jurors.order_by("pk")
    organiser = as_(appointed(contest))
    decide = reverse("jury:decision", args=[first.pk])
    organiser.post(decide, {"verdict": "upheld", "answer": "So it is."})
    actions.decide_objection(
        objection=second, is_upheld=False, answer="No tie was found.", by=None, at=NOON
    )

    assert answers == [302, 422, 302, 422]
    first.refresh_from_db()
    assert first.state == ObjectionState.UPHELD
    assert [(c.juror, c.source) for c in Conflict.objects.all()] == [(one, "objected")]
    assert "No tie was found." in as_(entry.begun_by).get(address).content.decode()


def test_objections_end_where_the_marking_begins(open_jury):
    contest, entry, (one, *_others) = open_jury
    takes_part(a_stage(contest, state=StageState.OPEN), entry)

    with pytest.raises(NotPossible) as refusal:
        actions.raise_objection(entry=entry, juror=one, why="x", by=entry.begun_by, at=NOON)

    assert refusal.value.verdict.code == "being_marked"


def test_the_jury_is_shown_to_teams_only_where_the_rules_say_so(as_, open_jury):
    _contest, entry, jurors = open_jury
    quiet = an_entry(a_contest("quiet"))
    address = reverse("jury:published_jury", args=[entry.pk])
    page = as_(entry.begun_by).get(address)

    assert jurors[0].name in page.content.decode()
    assert jurors[0].email not in page.content.decode()
    assert as_(a_person("Nosy")).get(address).status_code == 404
    hidden = reverse("jury:published_jury", args=[quiet.pk])
    assert as_(quiet.begun_by).get(hidden).status_code == 404


def test_only_organisers_decide_on_objections(as_, open_jury):
    contest, entry, (one, *_others) = open_jury
    objection = actions.raise_objection(entry=entry, juror=one, why="x", by=entry.begun_by, at=NOON)
    address = reverse("jury:decision", args=[objection.pk])

    assert as_(entry.begun_by).get(address).status_code == 404
    assert as_(appointed(contest, Role.SECRETARIAT)).get(address).status_code == 404
    assert as_(appointed(contest)).get(address).status_code == 200


# --- sample entries


@pytest.fixture
def calibrated():
    rules = some_rules(stage={"panel": {"per_entry": 3, "calibration": True}})
    contest = a_contest(rules=rules)
    stage = a_stage(contest)
    sheet = a_sheet(juror=a_juror("Ada", contest=contest), entry=an_entry(contest))
    return stage, sheet


def test_the_pile_opens_after_the_samples_and_the_reference_is_shown_afterwards(as_, calibrated):
    stage, sheet = calibrated
    a_sample(stage, 1, 7, 5)
    client = as_(sheet.juror.user)
    page = reverse("jury:sheet", args=[sheet.pk])
    sample = reverse("jury:sample_sheet", args=[sheet.juror_id, stage.pk, 1])

    closed = client.get(page)
    asked = client.get(sample).content.decode()
    wrong = client.post(sample, {"mark-landing": "77", "mark-copying": "5"})
    client.post(sample, {"mark-landing": "8", "mark-copying": "5"})
    told = client.get(sample)
    twice = client.post(sample, {"mark-landing": "1", "mark-copying": "1"})

    assert (closed.status_code, wrong.status_code) == (302, 422)
    assert "Runs in a plant" not in asked
    assert "Runs in a plant" in told.content.decode()
    assert [line.off for _name, line, _why in told.context["lines"]] == [Decimal(1), Decimal(0)]
    assert client.get(page).status_code == 200
    assert SampleSheet.objects.get().marks == {"landing": "8", "copying": "5"}
    assert twice.status_code == 200  # it shows, and keeps the first marks
    assert queries.marks(stage) == []


def test_others_marks_are_shown_from_five_on_and_without_names(calibrated):
    stage, sheet = calibrated
    sample = a_sample(stage, 1, 7, 5)
    own = actions.mark_sample(
        sample=sample, juror=sheet.juror, marks={"landing": "8", "copying": "5"}, by=None, at=NOON
    )
    spreads = []
    for n in range(1, 6):
        actions.mark_sample(
            sample=sample, juror=a_juror(f"J{n}", contest=stage.contest),
            marks={"landing": str(n), "copying": "5"}, by=None, at=NOON,
        )  # fmt: skip
        spreads.append(queries.feedback(own)[0].middle)

    assert spreads == [None, None, None, None, Decimal(3)]


def test_a_sample_that_was_marked_stands(calibrated, as_):
    stage, sheet = calibrated
    client = as_(appointed(stage.contest))
    address = reverse("jury:sample", args=[stage.pk, 2])
    told = {"title_en": "Sample", "text_en": "Words", "mark-landing": "7", "mark-copying": "6",
            "why-en-landing": "Because"}  # fmt: skip

    short = client.post(address, {**told, "mark-copying": ""})
    client.post(address, told)
    sample = Sample.objects.get()
    actions.mark_sample(sample=sample, juror=sheet.juror, marks=sample.marks, by=None, at=NOON)
    again = client.post(address, told)
    removal = client.post(reverse("jury:sample_removal", args=[sample.pk]))

    assert (short.status_code, sample.number, sample.reasons_en) == (422, 2, {"landing": "Because"})
    assert (again.status_code, removal.status_code) == (409, 409)


def test_samples_take_their_words_from_another_contest_and_never_from_this_one(calibrated, as_):
    stage, sheet = calibrated
    past = an_entry(a_contest("past"), code="OLD-0001", title_en="An old seam")
    client, address = as_(appointed(stage.contest)), reverse("jury:sample", args=[stage.pk, 1])

    assert "An old seam" in client.get(f"{address}?entry=old-0001").content.decode()
    assert client.get(f"{address}?entry={sheet.entry.code}").context["source"] is None
    assert client.get(f"{address}?entry={past.code}").context["source"] == past


def test_a_jurors_doors_are_closed_to_others(as_, calibrated):
    stage, sheet = calibrated
    a_sample(stage)
    an_undertaking(stage.contest)
    pk = sheet.juror_id
    own = [("readiness_of", [pk]), ("undertaking", [pk]), ("profile", [pk]), ("ties", [pk]),
           ("samples_to_mark", [pk, stage.pk]), ("sample_sheet", [pk, stage.pk, 1])]  # fmt: skip
    posts = ["all_ties", "into_pool", "holdings"]

    nosy = as_(a_juror("Bo", contest=stage.contest).user)
    assert {nosy.get(reverse(f"jury:{n}", args=a)).status_code for n, a in own} == {404}
    assert {nosy.post(reverse(f"jury:{n}", args=[pk])).status_code for n in posts} == {404}
    me = as_(sheet.juror.user)
    assert {me.get(reverse(f"jury:{n}", args=a)).status_code for n, a in own} == {200}
    desk = [reverse("jury:samples", args=[stage.pk]), reverse("jury:sample", args=[stage.pk, 1])]
    assert {me.get(address).status_code for address in desk} == {404}


# --- the board


def test_the_board_shows_what_each_lacks_and_reminds_once_a_day(as_):
    contest = a_contest()
    an_undertaking(contest)
    stage = a_stage(contest)
    ready = a_juror("Ada", contest=contest, tags=["MFG"], tied_at=NOON)
    actions.accept_undertaking(
        undertaking=queries.undertaking(contest.edition), by=ready.user, at=NOON
    )
    away = a_juror("Bo", contest=contest, free_from=(stage.opens_at + 5 * DAY).date())
    client, address = as_(appointed(contest)), reverse("jury:board", args=[contest.pk])

    page = client.get(address)
    lacks = {key: n for key, _label, n in page.context["lacks"]}
    away_only = client.get(f"{address}?lacks=availability").context["page"].rows
    for _twice in range(2):
        client.post(reverse("jury:reminding", args=[contest.pk]), {"kind": "technical"})

    assert lacks == {
        "answer": 0, "undertaking": 1, "expertise": 1, "ties": 1, "availability": 1, "samples": 0,
    }  # fmt: skip
    assert [juror.pk for juror in away_only] == [away.pk]
    assert list(Letter.objects.values_list("to", flat=True)) == [away.email]


def test_the_board_asks_as_often_for_twenty_jurors_as_for_one(as_):
    contest = a_contest()
    a_stage(contest)
    an_undertaking(contest)
    client, counts, n = as_(appointed(contest)), [], 0
    for wanted in (1, 3, 20):
        while n < wanted:
            n += 1
            a_juror(f"J{n}", contest=contest)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("jury:board", args=[contest.pk])).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] == counts[2], counts


def test_a_profile_gives_the_draw_its_words_and_its_loads(as_):
    contest = a_contest()
    stage = a_stage(contest)
    takes_part(stage, an_entry(contest))
    juror = a_juror("Ada", contest=contest)
    told = {"tags": "MFG", "about": "Ultrasonic welding", "load_min": 2, "load_max": 9,
            "free_from": "2026-05-01", "free_until": "2026-04-01"}  # fmt: skip
    client, address = as_(juror.user), reverse("jury:profile", args=[juror.pk])

    backwards = client.post(address, told)
    client.post(address, {**told, "free_until": "2026-06-01"})

    (offer,) = queries.seating(stage).offers
    juror.refresh_from_db()
    assert backwards.status_code == 422
    assert (offer.text, offer.load_min, offer.load_max) == ("Ultrasonic welding", 2, 9)
    assert juror.profiled_at is not None
    assert Juror.objects.get().kind == "technical"
    assert "Ultrasonic" in queries.seating(stage).needs[0].text
