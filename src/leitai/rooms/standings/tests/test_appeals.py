"""Objections to a published result: who hears them, what becomes of them, and who reads whom."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.foundation.files.testing import a_pdf
from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed, some_rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings import actions, queries, tasks
from leitai.rooms.standings.models import Appeal, Publication
from leitai.rooms.standings.testing import (
    IDENTITY,
    an_appeal,
    judged,
    level,
    published,
    taken_up,
    voted,
)
from leitai.rooms.submissions.models import Entry

pytestmark = pytest.mark.django_db
SECRETS = [IDENTITY[key] for key in ("name", "unit", "contact", "address")]
LATER = NOON + 30 * DAY


@pytest.fixture(autouse=True)
def english_at_noon(monkeypatch, settings):
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def publication():
    return published(judged(a_contest(), level(7), level(9), level(8)))


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def best(publication):
    return publication.contest.entries.get(code="MED-0002")


def organiser(publication):
    return appointed(publication.contest)


def address(name, *args):
    return reverse(f"standings:{name}", args=args)


# --- the way of a case


def test_an_objection_goes_from_the_name_to_the_answer_and_a_new_version(publication):
    appeal = taken_up(an_appeal(publication, best(publication)))
    by = organiser(publication)
    captain = best(publication).members.get().user
    actions.state_case(hearing=appeal.hearing, statement="It is right.", by=captain, at=NOON)
    voted(appeal, "upheld", "upheld", "dismissed")
    actions.decide_appeal(appeal=appeal, reason="The paper says 9.", by=by, at=NOON)
    actions.answer_appeal(appeal=appeal, answer="You are right.", by=by, at=NOON)
    newer = published(publication.standing.stage, reason="A slip was corrected.")
    actions.link_remedy(appeal=appeal, publication=newer, by=by, at=NOON)

    assert (appeal.state, appeal.finding, appeal.remedy) == ("answered", "upheld", newer)
    told = queries.told_in_public(publication)
    assert (told["all"], told["open"], told["versions"]) == (1, 0, [newer.number])
    assert [(str(label), n) for label, n in told["closed"]] == [("upheld", 1)]


def test_the_team_is_heard_before_anything_is_decided(publication):
    appeal = voted(taken_up(an_appeal(publication, best(publication))), *["upheld"] * 3)
    by = organiser(publication)

    with pytest.raises(NotPossible) as refusal:
        actions.decide_appeal(appeal=appeal, reason="So.", by=by, at=NOON)
    actions.decide_appeal(appeal=appeal, reason="So.", by=by, at=LATER)

    assert refusal.value.verdict.code == "not_heard"
    assert appeal.state == "decided"


def test_evidence_is_asked_for_and_the_days_for_the_decision_begin_anew(publication):
    appeal, by = taken_up(an_appeal(publication)), organiser(publication)
    actions.ask_evidence(appeal=appeal, asked_for="The sheet, please.", by=by, at=NOON)
    asked = appeal.due_at
    actions.give_evidence(
        appeal=appeal, text="Here it is.", evidence=[a_file()], by=a_person("Objector"), at=NOON
    )

    assert appeal.state == "accepted" and appeal.due_at > asked
    assert appeal.files.get().file.by is None
    with pytest.raises(NotPossible):
        actions.go_on_without(appeal=appeal, by=by, at=NOON)


def a_file(name="proof.pdf"):
    return SimpleUploadedFile(name, a_pdf(), "application/pdf")


def test_original_jurors_people_with_a_tie_and_the_house_hear_no_case(publication):
    appeal = taken_up(an_appeal(publication, best(publication)))
    by = organiser(publication)
    juror = Sheet.objects.filter(entry=best(publication)).first().juror
    juror.user = a_person("J one")
    juror.save()
    tied = best(publication).members.get().user

    refused = {}
    for person in (juror.user, tied, a_person("Objector"), by, a_person("Outsider")):
        try:
            actions.seat_panelist(appeal=appeal, user=person, by=by, at=NOON)
        except NotPossible as refusal:
            refused[str(person)] = refusal.verdict.code

    assert refused == {
        "J one": "marked_it", str(tied): "tied", "Objector": "own_case", str(by): "works_here",
    }  # fmt: skip


def test_after_the_notice_nobody_objects(publication):
    with pytest.raises(NotPossible) as refusal:
        actions.file_appeal(
            publication=publication, entry=None, ground="slip", text="A mark is wrong here.",
            identity=IDENTITY, by=a_person("Objector"), at=publication.notice_until,
        )  # fmt: skip

    assert refusal.value.verdict.code == "notice_over"


def test_reminders_go_out_once_for_each_step(publication, monkeypatch):
    appeal = an_appeal(publication)
    monkeypatch.setattr("django.utils.timezone.now", lambda: appeal.due_at - timedelta(hours=3))
    Letter.objects.all().delete()

    tasks.remind_of_appeals(0)
    tasks.remind_of_appeals(0)

    assert [letter.to for letter in Letter.objects.all()] == ["organiser@example.org"]


# --- who reads whom


def seen_by(client, user, listed):
    client.force_login(user)
    return "".join(client.get(path, follow=True).content.decode() for path in listed)


def test_who_objects_is_read_by_panel_and_organisers_alone_and_each_look_is_noted(
    publication, client
):
    appeal = taken_up(an_appeal(publication, best(publication)))
    actions.seat_panelist(
        appeal=appeal, user=a_person("Outsider 1"), by=organiser(publication), at=NOON
    )
    door = address("objector", appeal.pk)
    allowed = [organiser(publication), a_person("Outsider 1")]
    others = [
        appointed(publication.contest, Role.SECRETARIAT),
        appointed(publication.contest, Role.SUPERVISOR),
        best(publication).members.get().user, a_person("Stranger"), a_person("Outsider 2"),
    ]  # fmt: skip

    for user in allowed:
        page = seen_by(client, user, [door])
        assert all(secret in page for secret in SECRETS)
    for user in others:
        client.force_login(user)
        assert client.get(door).status_code in (403, 404), user
    looks = Line.objects.filter(verb="standings.objector_read")
    assert [line.by for line in looks] == allowed


def test_nothing_else_tells_who_objects(publication, client):
    """Pages, programs' answers, letters, the journal and the rows of an export."""
    appeal = taken_up(an_appeal(publication, best(publication)))
    team = best(publication).members.get().user
    slugs = [publication.contest.edition.slug, publication.contest.slug]
    pages = [
        address("appeals", publication.contest_id), address("appeal", appeal.pk),
        address("notice", *slugs, 1), address("notices", *slugs),
        address("hearing", appeal.hearing.pk), address("result", best(publication).pk),
        f"/api/standings/{slugs[0]}/{slugs[1]}/notices/1/",
        reverse("site:journal", args=[publication.contest_id]),
        reverse("site:contest_desk", args=[publication.contest_id]),
    ]  # fmt: skip
    people = [organiser(publication), team, a_person("Stranger"),
              appointed(publication.contest, Role.SECRETARIAT),
              appointed(publication.contest, Role.SUPERVISOR)]  # fmt: skip

    seen = "".join(seen_by(client, user, pages) for user in people)
    seen += "".join(f"{letter.subject}{letter.text}" for letter in Letter.objects.all())
    for secret in (*SECRETS, "Objector", "objector@"):
        assert secret not in seen, secret
    by_name = Line.objects.filter(by=a_person("Objector"))
    assert not by_name.exists()
    others = Letter.objects.filter(text__contains="object").exclude(to="objector@example.org")
    assert {letter.to for letter in others} == {team.email}


def test_an_objection_by_form_is_refused_without_a_name_and_kept_with_one(publication, as_):
    door = address("objection", *[publication.contest.edition.slug, publication.contest.slug, 1])
    client = as_(a_person("Objector"))
    told = {"about": "MED-0002", "ground": "plagiarism", "text": "The drawings are copied.",
            "source": "https://example.org/x", **IDENTITY}  # fmt: skip

    anonymous = client.post(door, {**told, "name": "", "evidence": [a_file()]})
    bare = client.post(door, told)
    kept = client.post(door, {**told, "evidence": [a_file(), a_file("b.pdf")]}, follow=True)

    assert (anonymous.status_code, bare.status_code) == (422, 422)
    assert "Plagiarism needs a screenshot" in bare.content.decode()
    assert "Objection 1" in kept.content.decode()
    assert Appeal.objects.get().files.count() == 2


def test_a_unit_objects_with_its_seal_which_is_looked_at_like_the_name(publication, as_):
    unit = {**IDENTITY, "kind": "unit"}
    appeal = an_appeal(publication, identity=unit, seal=a_file("seal.pdf"))
    seal = appeal.files.get()
    client = as_(organiser(publication))

    page = client.get(address("appeal", appeal.pk)).content.decode()
    answer = client.get(address("appeal_file", seal.pk))

    assert "seal.pdf" not in page
    assert answer.status_code == 302 and "/files/" in answer.url
    assert Line.objects.filter(verb="standings.objector_read").count() == 1


POSTS = ["take_up", "refuse", "ask", "go_on", "seat", "vote", "decide_appeal", "answer", "remedy",
         "evidence", "withdraw"]  # fmt: skip


def test_strangers_teams_and_rivals_find_no_case(publication, as_):
    appeal = taken_up(an_appeal(publication, best(publication)))
    doors = [("post", address(name, appeal.pk)) for name in POSTS]
    doors += [("get", address(name, appeal.pk)) for name in ("appeal", "own_appeal", "objector")]
    other = publication.contest.entries.get(code="MED-0001").members.get().user
    rival = appointed(a_contest("other"), name="Otto")

    for user in (a_person("Stranger"), best(publication).members.get().user, rival):
        statuses = {as_(user).generic(m.upper(), path).status_code for m, path in doors}
        assert statuses == {404}, user
    assert as_(other).get(address("hearing", appeal.hearing.pk)).status_code == 404
    assert as_(rival).get(address("appeals", publication.contest_id)).status_code == 404


def test_an_organiser_with_a_tie_does_not_find_the_case(publication, as_):
    appeal = an_appeal(publication, best(publication))
    by = organiser(publication)
    best(publication).members.create(user=by, name="Ada", role="advisor")

    client = as_(by)

    assert client.get(address("appeal", appeal.pk)).status_code == 404
    assert "MED-0002" not in client.get(address("appeals", publication.contest_id)).content.decode()


def test_a_case_is_run_and_heard_by_its_pages(publication, as_):
    appeal = an_appeal(publication)
    client = as_(organiser(publication))
    client.post(address("take_up", appeal.pk))
    for n in (1, 2, 3):
        client.post(address("seat", appeal.pk), {"email": a_person(f"Outsider {n}").email})
    assert client.post(address("seat", appeal.pk), {"email": "no@example.org"}).status_code == 422
    for n in (1, 2, 3):
        told = {"finding": "dismissed", "reason": "All is in order."}
        as_(a_person(f"Outsider {n}")).post(address("vote", appeal.pk), told)
    as_(organiser(publication)).post(address("decide_appeal", appeal.pk), {"words": "In order."})
    client.post(address("answer", appeal.pk), {"words": "We looked at it."})

    own = as_(a_person("Objector")).get(address("own_appeal", appeal.pk)).content.decode()
    mine = client.get(address("own_appeals")).content.decode()
    assert "dismissed" in own and "We looked at it." in own and "Objection 1" in mine


def test_supervisors_read_states(publication, as_):
    an_appeal(publication, best(publication))

    text = as_(appointed(publication.contest, Role.SUPERVISOR)).get(
        address("appeals", publication.contest_id)
    )

    assert "a slip in the scores" in text.content.decode()


def test_the_notice_says_in_chinas_time_when_it_ends_and_how_to_object(publication, client):
    slugs = [publication.contest.edition.slug, publication.contest.slug]

    text = client.get(address("notice", *slugs, 1)).content.decode()

    assert "11 May 2026 24:00" in text and "How to object" in text
    assert "国办发明电〔2025〕7号" in text


def test_holidays_that_nobody_knows_yet_are_told(as_):
    rules = some_rules(notice={"days": 200})
    publication = published(judged(a_contest(rules=rules), level(7), level(9)))

    text = as_(organiser(publication)).get(address("appeals", publication.contest_id))

    assert "The holidays of 2027 are not known yet" in text.content.decode()


def test_lists_ask_as_often_for_one_objection_as_for_many(publication, as_):
    client, asked = as_(organiser(publication)), []
    for n in (1, 3):
        for _ in range(n):
            an_appeal(publication, best(publication))
        path = address("appeals", publication.contest_id)
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        asked.append(len([q for q in seen if "SAVEPOINT" not in q["sql"]]))

    assert asked[0] == asked[1]


# --- names


def test_a_spelling_is_corrected_in_a_new_version_and_nothing_else_moves(publication, as_):
    entry = best(publication)
    captain = entry.members.get().user
    places = list(publication.standing.places.values_list("entry", "rank", "score"))
    as_(captain).post(
        address("corrections_of", entry.pk), {"field": "title_en", "after": "Weld Ears"}
    )
    correction = entry.corrections.get()
    client = as_(appointed(publication.contest, Role.SECRETARIAT))
    client.get(address("corrections", publication.contest_id))
    client.post(address("decide_correction", correction.pk), {"verdict": "accepted"})
    client.post(address("print", publication.contest_id))

    newest = Publication.objects.latest("number")
    row = queries.printed_row(newest, entry.code)
    assert (newest.number, row["title"]["en"]) == (2, "Weld Ears")
    assert queries.printed_row(publication, entry.code)["title"]["en"] == "Project 2"
    assert newest.standing == publication.standing
    assert newest.notice_until == publication.notice_until and newest.reason
    assert list(newest.standing.places.values_list("entry", "rank", "score")) == places
    assert "Weld Ears" in str(published(publication.standing.stage, reason="Again.").body)


def test_a_persons_name_is_masked_when_it_is_corrected(publication):
    entry, by = best(publication), organiser(publication)
    correction = actions.ask_correction(
        publication=publication, entry=entry, field="by_zh", after="林知远", by=by, at=NOON
    )
    actions.decide_correction(correction=correction, is_accepted=True, by=by, at=NOON)

    newer = actions.print_corrections(contest=publication.contest, by=by, at=NOON)

    assert queries.printed_row(newer, entry.code)["by"]["zh"] == "林*远"


def test_corrections_are_asked_by_captains_and_decided_in_the_house(publication, as_):
    entry = best(publication)
    told = {"field": "title_en", "after": "Mine"}
    other = Entry.objects.get(code="MED-0001").members.get().user

    assert as_(other).post(address("corrections_of", entry.pk), told).status_code == 404
    correction = actions.ask_correction(
        publication=publication, entry=entry, by=None, at=NOON, **told
    )
    for user in (other, a_person("Stranger")):
        assert as_(user).post(address("decide_correction", correction.pk)).status_code == 404
        assert as_(user).get(address("corrections", publication.contest_id)).status_code == 404
    refused = actions.decide_correction(
        correction=correction, is_accepted=False, reply="Another project.", by=None, at=NOON
    )
    assert refused.state == "refused"
