"""The pool, letters, colleagues, undertakings: who is asked, who agrees, who is forgotten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation.models import Letter
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed
from leitai.rooms.jury import actions, notices, queries
from leitai.rooms.jury.models import Colleague, Expert, Juror, Promise
from leitai.rooms.jury.rules import ColleagueState, ExpertState, JurorKind, JurorState
from leitai.rooms.jury.testing import a_juror, a_sheet, an_expert, an_undertaking, sealed
from leitai.rooms.people import actions as people
from leitai.rooms.people.testing import a_person, an_organisation

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


def invited(name="Ada", contest=None):
    row = actions.Invited(name=name, email=f"{name}@example.org", kind="technical")
    return actions.invite_juror(contest=contest or a_contest(), invited=row, by=None, at=NOON)


# --- the pool


def test_a_juror_who_agrees_is_asked_again_without_retyping():
    first = a_contest()
    juror = a_juror("Ada", contest=first, tags=["MFG"], organisation=an_organisation("Lab"))
    expert = actions.join_pool(juror=juror, by=juror.user, at=NOON)
    second = a_contest("application")

    (again,) = actions.invite_experts(contest=second, experts=[expert], by=None, at=NOON)

    assert (again.name, again.tags, again.organisation) == ("Ada", ["MFG"], juror.organisation)
    assert (again.expert, again.state) == (expert, JurorState.INVITED)
    assert expert.consent.purpose == "pool"


def test_whoever_takes_the_consent_back_is_forgotten_and_never_asked_again():
    juror = a_juror("Ada", tags=["MFG"], about="Welding")
    expert = actions.join_pool(juror=juror, by=juror.user, at=NOON)

    people.withdraw_consent(consent=expert.consent, by=juror.user, at=NOON)

    expert.refresh_from_db()
    assert (expert.state, expert.tags, expert.about) == (ExpertState.LEFT, [], "")
    assert "ada" not in (expert.name + expert.email).lower()
    row = actions.Invited(name="Ada", email="ADA@example.org", kind="technical")
    programme = juror.contest.edition.programme
    assert actions.ask_experts(programme=programme, rows=[row], by=None, at=NOON) == ([], 1)


def test_an_expert_from_a_table_is_kept_only_after_a_yes(as_):
    contest = a_contest()
    row = actions.Invited(name="Eve", email="eve@example.org", kind="investor")
    (eve,), _left_out = actions.ask_experts(
        programme=contest.edition.programme, rows=[row], by=None, at=NOON
    )
    token = notices.pool_token(eve)
    client = as_(a_person("Eve"))

    page = client.get(reverse("jury:pool_letter", args=[token]))
    client.post(reverse("jury:pool_keeping", args=[token]))

    eve.refresh_from_db()
    assert page.status_code == 200
    assert (eve.state, eve.user) == (ExpertState.KEPT, a_person("Eve"))
    assert Letter.objects.filter(to="eve@example.org").count() == 1


def test_saying_no_to_the_pool_needs_no_account_and_voids_the_letter(client):
    eve = an_expert("Eve")
    token = notices.pool_token(eve)

    client.post(reverse("jury:pool_refusal", args=[token]))

    eve.refresh_from_db()
    assert eve.state == ExpertState.LEFT
    assert client.get(reverse("jury:pool_letter", args=[token])).status_code == 404


def test_organisers_see_past_service_and_invite_many_after_a_preview(as_):
    contest = a_contest()
    veteran = an_expert("Vic", contest=contest)
    sheet = sealed(a_sheet(juror=a_juror("Vic", contest=contest, expert=veteran)), 7, 8)
    type(sheet).objects.update(sealed_at=sheet.stage.closes_at + DAY)
    others = [an_expert(name, contest=contest) for name in ("Eve", "Flo")]
    client = as_(appointed(contest))
    chosen = {"expert": [veteran.pk, *(e.pk for e in others)]}

    page = client.get(reverse("jury:pool", args=[contest.pk]))
    preview = client.post(reverse("jury:pool_invitation", args=[contest.pk]), chosen)
    before = Juror.objects.count()
    client.post(reverse("jury:pool_invitation", args=[contest.pk]), {**chosen, "confirmed": "1"})

    served = {e.name: (e.n_juries, e.sealed, e.late) for e in page.context["page"].rows}
    assert served == {"Eve": (0, 0, 0), "Flo": (0, 0, 0), "Vic": (1, 1, 1)}
    assert [e.name for e in preview.context["new"]] == ["Eve", "Flo"]
    assert "Venture" in preview.context["letter"]["subject"] or preview.context["letter"]
    assert (before, Juror.objects.count()) == (1, 3)


def test_the_pool_asks_as_often_for_twenty_experts_as_for_one(as_):
    contest = a_contest()
    client, counts, n = as_(appointed(contest)), [], 0
    for wanted in (1, 3, 20):
        while n < wanted:
            n += 1
            house = an_organisation(f"House {n}")
            an_expert(f"E{n}", contest=contest, organisation=house)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("jury:pool", args=[contest.pk])).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] == counts[2], counts


def test_an_expert_edits_the_own_profile_and_nobody_elses(as_):
    user = a_person("Eve")
    mine, theirs = an_expert("Eve", user=user), an_expert("Flo", user=a_person("Flo"))
    client = as_(user)
    told = {
        "name": "Eve", "kind": "investor", "organisation": "New House", "tags": "MFG, AI",
        "p-TOTAL_FORMS": "1", "p-INITIAL_FORMS": "0", "p-0-organisation": "Old House",
        "p-0-since": "2019", "p-0-until": "2024",
    }  # fmt: skip

    answer = client.post(reverse("jury:own_profile", args=[mine.pk]), told)

    mine.refresh_from_db()
    assert answer.status_code == 302
    assert (mine.kind, mine.tags, mine.organisation.name) == (
        "investor",
        ["MFG", "AI"],
        "New House",
    )
    assert [(p.organisation.name, p.until) for p in mine.posts.all()] == [("Old House", 2024)]
    for door in ("own_profile", "pool_leaving"):
        assert client.post(reverse(f"jury:{door}", args=[theirs.pk])).status_code == 404


def test_the_pool_of_another_programme_is_not_there(as_):
    contest = a_contest()
    other = Expert.objects.create(
        programme=type(contest.edition.programme).objects.create(slug="other", name_en="Other"),
        name="Zed", email="zed@example.org", kind=JurorKind.TECHNICAL, asked_at=NOON,
    )  # fmt: skip
    client = as_(appointed(contest))

    assert client.get(reverse("jury:expert", args=[contest.pk, other.pk])).status_code == 404
    answer = client.post(
        reverse("jury:pool_invitation", args=[contest.pk]), {"expert": [other.pk], "confirmed": 1}
    )
    assert answer.status_code == 422
    assert not Juror.objects.exists()


@pytest.mark.parametrize("name", ["pool", "board", "colleagues", "objections", "undertaking_desk"])
def test_the_organisers_pages_are_closed_to_others(as_, client, name):
    contest = a_contest()
    address = reverse(f"jury:{name}", args=[contest.pk])

    assert client.get(address).status_code == 302
    assert as_(a_person("Nosy")).get(address).status_code == 404
    assert as_(appointed(contest, Role.SUPERVISOR)).get(address).status_code == 403
    assert as_(appointed(contest)).get(address).status_code == 200


# --- letters


def test_there_is_one_more_letter_and_then_no_other():
    juror = invited()
    actions.decline_invitation(juror=juror, why="In May I am away", by=None, at=NOON)
    kept = Juror.objects.get().declined_why

    actions.invite_again(juror=juror, by=None, at=NOON + DAY)
    with pytest.raises(NotPossible) as refusal:
        actions.invite_again(juror=juror, by=None, at=NOON + 2 * DAY)

    assert kept == "In May I am away"
    assert refusal.value.verdict.code == "asked_twice"
    assert juror.is_expired(NOON + 40 * DAY)


def test_a_colleague_hears_nothing_before_the_organiser_says_so(as_, client):
    juror = invited()
    told = {"name": "Bo", "email": "Bo@example.org", "kind": "technical", "why": "Knows seams"}
    client.post(reverse("jury:proposal", args=[notices.invitation(juror)]), told)
    bo = Colleague.objects.get()
    before = Letter.objects.filter(to="bo@example.org").exists()

    as_(a_person("Nosy")).post(reverse("jury:colleague_invited", args=[bo.pk]))
    nosy = Colleague.objects.get().state
    as_(appointed(juror.contest)).post(reverse("jury:colleague_invited", args=[bo.pk]))

    bo.refresh_from_db()
    assert (before, nosy, bo.state) == (False, ColleagueState.PROPOSED, ColleagueState.INVITED)
    assert Letter.objects.filter(to="bo@example.org").count() == 1
    assert Juror.objects.filter(email="bo@example.org", state=JurorState.INVITED).exists()


def test_a_refused_colleague_is_not_kept_by_address(as_):
    juror = invited()
    bo = actions.propose_colleague(
        juror=juror, name="Bo", email="bo@example.org", kind="technical", why="x", by=None, at=NOON
    )

    as_(appointed(juror.contest)).post(reverse("jury:colleague_refused", args=[bo.pk]))

    bo.refresh_from_db()
    assert bo.state == ColleagueState.REFUSED
    assert "bo@" not in bo.email
    assert not Letter.objects.filter(to="bo@example.org").exists()


def test_three_colleagues_are_enough(client):
    juror = invited()
    address = reverse("jury:proposal", args=[notices.invitation(juror)])
    answers = [
        client.post(
            address, {"name": n, "email": f"{n}@example.org", "kind": "technical", "why": "x"}
        ).status_code
        for n in ("a", "b", "b", "c", "d")
    ]

    assert answers == [302, 302, 409, 302, 409]


# --- the undertaking


def test_papers_open_after_the_undertaking_and_again_after_its_words_changed(as_):
    sheet = a_sheet()
    contest, juror = sheet.stage.contest, sheet.juror
    an_undertaking(contest)
    client = as_(juror.user)
    page = reverse("jury:sheet", args=[sheet.pk])
    accept = reverse("jury:undertaking", args=[juror.pk])

    closed = client.get(page)
    typed = client.post(reverse("jury:draft", args=[sheet.pk]), {"mark-landing": "7", "base": 0})
    client.post(accept)
    opened = client.get(page)
    actions.write_undertaking(
        edition=contest.edition, text_zh="", text_en="Even more", by=juror.user, at=NOON
    )
    again = client.get(page)

    assert (closed.status_code, typed.status_code) == (302, 403)
    assert (opened.status_code, again.status_code) == (200, 302)
    assert [p.undertaking.version for p in Promise.objects.all()] == [1]


def test_what_was_accepted_can_be_taken_away_as_a_pdf(as_):
    juror = a_juror("Ada")
    an_undertaking(juror.contest)
    client = as_(juror.user)
    pdf = reverse("jury:undertaking_print", args=[juror.pk])

    before = client.get(pdf).status_code
    client.post(reverse("jury:undertaking", args=[juror.pk]))
    answer = client.get(pdf)

    assert before == 404
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert as_(a_person("Nosy")).get(pdf).status_code == 404


def test_the_same_words_are_no_new_version():
    contest = a_contest()
    an_undertaking(contest, "Quiet")

    with pytest.raises(NotPossible) as refusal:
        actions.write_undertaking(
            edition=contest.edition, text_zh="", text_en="Quiet", by=None, at=NOON
        )

    assert refusal.value.verdict.code == "nothing_changed"
    assert queries.undertaking(contest.edition).version == 1
