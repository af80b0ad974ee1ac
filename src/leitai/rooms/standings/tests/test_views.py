"""Who gets through which door of the standings room, and what is behind it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import takes_part
from leitai.rooms.standings import actions, queries
from leitai.rooms.standings.models import Publication, ReleasedComment
from leitai.rooms.standings.testing import a_standing, decided, judged, level, published
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db
CANARY = "10023456789"


@pytest.fixture(autouse=True)
def english_at_noon(monkeypatch, settings):
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def stage():
    return judged(a_contest(), level(7), level(9), level(5), level(8))


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def address(name, *args):
    return reverse(f"standings:{name}", args=args)


def doors(stage):
    """Every door that leads to an organiser's work on standings."""
    publication = published(stage)
    standing = publication.standing
    sheet = Sheet.objects.filter(stage=stage)[:1]
    actions.release_comments(publication=publication, sheets=sheet, by=None, at=NOON)
    comment = ReleasedComment.objects.get()
    return [
        ("get", address("overview", stage.pk)), ("post", address("compute", stage.pk)),
        ("get", address("compare", standing.pk)), ("post", address("settle", standing.pk)),
        ("get", address("doubts", standing.pk)),
        ("post", address("decide", standing.pk)), ("post", address("sign", standing.pk)),
        ("post", address("publish", standing.pk)), ("get", address("record", standing.pk)),
        ("get", address("export", standing.pk)), ("get", address("comments", publication.pk)),
        ("post", address("release", publication.pk)), ("post", address("take_back", comment.pk)),
    ]  # fmt: skip


def statuses(client, listed):
    return {client.generic(method.upper(), path).status_code for method, path in listed}


# --- who gets in


def test_supervisors_see_no_scores(stage, as_):
    listed = doors(stage)

    assert statuses(as_(appointed(stage.contest, Role.SUPERVISOR)), listed) == {403}


def test_the_secretariat_reads_comments_and_sees_no_scores(stage, as_):
    listed = doors(stage)
    comments = [door for door in listed if "comment" in door[1]]
    client = as_(appointed(stage.contest, Role.SECRETARIAT))

    assert statuses(client, [door for door in listed if door not in comments]) == {403}
    assert statuses(client, comments) == {200, 302}


def test_to_strangers_and_teams_these_doors_are_not_there(stage, as_):
    listed = doors(stage)

    assert statuses(as_(a_person("Stranger")), listed) == {404}
    assert statuses(as_(a_person("Captain 2")), listed) == {404}
    assert statuses(as_(appointed(a_contest("other"), name="Otto")), listed) == {404}
    assert ReleasedComment.objects.count() == 1
    assert stage.standings.count() == 1


def test_nobody_gets_in_without_signing_in(stage, client):
    for method, path in doors(stage):
        answer = client.generic(method.upper(), path)
        assert answer.status_code == 302 and "login" in answer.url, path


# --- the organiser's way


def test_the_organiser_computes_decides_signs_and_publishes(stage, as_):
    client = as_(boss := appointed(stage.contest))
    page = address("overview", stage.pk)

    assert "No standing yet" in client.get(page).content.decode()
    client.post(address("compute", stage.pk), {"formula": "mean"})
    standing = stage.standings.get()
    for person in (boss, a_person("Lin Wei")):
        told = {"email": person.email, "title": "Chair"}
        client.post(address("enter", stage.pk), told)
    client.post(address("decide", standing.pk), {"text": "As computed.", "reasons": "Rule 7."})
    client.post(address("sign", standing.pk))
    as_(a_person("Lin Wei")).post(address("sign", standing.pk))
    as_(boss).post(address("publish", standing.pk))

    text = client.get(page).content.decode()
    assert "Lin Wei, Chair" in text and "Notice, version 1" in text
    assert Publication.objects.get().standing == standing


def test_a_refusal_is_told_on_the_page(stage, as_):
    takes_part(stage, an_entry(stage.contest))
    client = as_(appointed(stage.contest))

    answer = client.post(address("compute", stage.pk), {"formula": "mean"}, follow=True)

    assert "1 entries have fewer sealed sheets" in answer.content.decode()
    assert stage.standings.count() == 0


def test_a_tie_is_settled_by_codes_in_their_order(as_):
    stage = judged(a_contest(), level(9), level(7), level(7))
    standing = a_standing(stage)
    client = as_(appointed(stage.contest))

    told = {"order": "MED-0003\nMED-0002", "why": "More customers."}
    client.post(address("settle", standing.pk), told)

    newest = queries.newest(stage)
    assert newest.number == 2
    assert newest.places.get(entry__code="MED-0003").outcome == "in"


def test_a_settlement_of_something_else_is_refused(as_):
    stage = judged(a_contest(), level(9), level(7), level(7))
    standing = a_standing(stage)
    client = as_(appointed(stage.contest))

    answer = client.post(address("settle", standing.pk), {"order": "MED-0001", "why": "So."})

    assert answer.status_code == 409
    assert queries.newest(stage) == standing


def test_other_formulas_are_compared_and_nothing_is_kept(stage, as_):
    standing = a_standing(stage)
    client = as_(appointed(stage.contest))

    for formula in ("mean", "median", "drop_high_low", "z_mean", "nonsense"):
        answer = client.get(address("compare", standing.pk), {"formula": formula})
        assert answer.status_code == 200, formula
    assert stage.standings.count() == 1


def test_the_export_has_a_row_for_each_place(stage, as_):
    standing = a_standing(stage)

    answer = as_(appointed(stage.contest)).get(address("export", standing.pk))

    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [row.split(",")[2] for row in rows[1:]] == [
        "MED-0002", "MED-0004", "MED-0001", "MED-0003",
    ]  # fmt: skip


def test_the_record_names_who_signed(stage, as_):
    standing = decided(a_standing(stage), signed_by="Lin Wei")

    text = as_(appointed(stage.contest)).get(address("record", standing.pk)).content.decode()

    assert "Lin Wei" in text and standing.decision.digest[:12] in text


@pytest.mark.parametrize("found", [{"q": "MED-0002"}, {"outcome": "in"}, {"group": "MED"}])
def test_places_are_found_by_code_outcome_and_scenario(stage, as_, found):
    a_standing(stage)

    text = as_(appointed(stage.contest)).get(address("overview", stage.pk), found).content.decode()

    assert "MED-0002" in text
    assert ("MED-0003" in text) == ("group" in found)


def test_the_overview_asks_as_much_for_one_entry_as_for_twenty(as_):
    asked = {}
    for n in (1, 3, 20):
        stage = judged(a_contest(f"of-{n}"), *[level(1 + i % 9, jurors=1) for i in range(n)])
        a_standing(stage, despite_missing=True)
        client = as_(appointed(stage.contest))
        client.get(address("overview", stage.pk))  # whatever is remembered between pages
        with CaptureQueriesContext(connection) as seen:
            client.get(address("overview", stage.pk))
        asked[n] = len([q for q in seen if "SAVEPOINT" not in q["sql"]])

    assert asked[1] == asked[3] == asked[20] <= 25, asked


def test_three_ties_ask_no_more_than_one(as_):
    rules = some_rules(stage={"quota": {"total": 3, "by": "scenario", "floor": 1}})
    asked = {}
    for contest, marks in [(a_contest("one", rules=rules), (7, 7, 7, 8, 7, 8)),
                           (a_contest("three", rules=rules), (7, 7, 7, 7, 7, 7))]:  # fmt: skip
        stage = judged(contest, *map(level, marks))
        for n, entry in enumerate(contest.entries.order_by("pk")):
            Entry.objects.filter(pk=entry.pk).update(
                scenario=contest.edition.scenarios.all()[n // 2]
            )
        ties = len(a_standing(stage).open_ties)
        client = as_(appointed(contest))
        client.get(address("overview", stage.pk))
        with CaptureQueriesContext(connection) as seen:
            client.get(address("overview", stage.pk))
        asked[ties] = len(seen)

    assert asked[1] == asked[3], asked


def test_a_long_standing_is_turned_page_by_page_to_its_last_place(as_):
    stage = judged(a_contest(), *[level(1 + i % 9, jurors=1) for i in range(3)])
    for _ in range(120):
        takes_part(stage, an_entry(stage.contest, captain=a_person("Cap")))
    a_standing(stage, despite_missing=True)
    client = as_(appointed(stage.contest))

    seen, path = [], address("overview", stage.pk)
    for _page in range(3):
        page = client.get(path).context["page"]
        seen += [place.entry_id for place in page]
        if not page.later:
            break
        path = f"{address('overview', stage.pk)}?cursor={page.later}"

    assert len(seen) == len(set(seen)) == 123


# --- what the public reads


def test_everybody_reads_the_notice_and_no_private_word_in_it(stage, client):
    entry = Entry.objects.get(code="MED-0002")
    entry.members.update(name="林知远", email="secret@example.org")
    Entry.objects.filter(pk=entry.pk).update(title_en=f"Ears, call {CANARY}")
    publication = published(stage)
    contest = stage.contest

    answer = client.get(address("notice", contest.edition.slug, contest.slug, publication.number))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "林*远" in text and "MED-0002" in text
    assert not any(word in text for word in (CANARY, "林知远", "secret@", "18.00"))
    assert "MED-0003" not in text, "who does not go on is not named"


def test_an_old_version_stays_and_points_to_the_newest(stage, client):
    published(stage)
    published(stage, reason="A sheet was mended.")
    edition, contest = stage.contest.edition.slug, stage.contest.slug

    old = client.get(address("notice", edition, contest, 1)).content.decode()
    new = client.get(address("notice", edition, contest, 2)).content.decode()

    assert "This version was replaced." in old
    assert "A sheet was mended." in new
    assert client.get(address("notices", edition, contest)).status_code == 200
    assert client.get(address("notice", edition, contest, 3)).status_code == 404


def test_notices_of_a_contest_that_is_not_public_are_not_there(stage, client):
    published(stage)
    stage.contest.state = "draft"
    stage.contest.save()
    edition, contest = stage.contest.edition.slug, stage.contest.slug

    answer = client.get(address("notice", edition, contest, 1), follow=True)

    assert "MED-0002" not in answer.content.decode()


# --- what a team reads


def test_a_team_reads_its_own_result_once_it_is_published(stage, as_):
    entry = Entry.objects.get(code="MED-0002")
    client = as_(a_person("Captain 2"))
    decided(a_standing(stage))

    assert client.get(address("result", entry.pk)).status_code == 404
    published(stage)
    text = client.get(address("result", entry.pk)).content.decode()

    assert "18.00" in text and "Deployable" in text
    assert "J1" not in text, "jurors are not named"


def test_a_team_reads_nobody_elses_result(stage, as_):
    published(stage)
    other = Entry.objects.get(code="MED-0001")

    for name in ("Captain 2", "Stranger", "J1"):
        assert as_(a_person(name)).get(address("result", other.pk)).status_code == 404
    for role in Role:
        client = as_(appointed(stage.contest, role))
        assert client.get(address("result", other.pk)).status_code == 404


def test_a_team_reads_the_comments_released_to_it_and_no_others(stage, as_):
    publication = published(stage)
    entry = Entry.objects.get(code="MED-0002")
    chosen = Sheet.objects.filter(entry=entry, juror__name="J2").get()
    organiser = as_(appointed(stage.contest))
    organiser.post(address("release", publication.pk), {"sheet": [chosen.pk, "x", 10**9]})

    text = as_(a_person("Captain 2")).get(address("result", entry.pk)).content.decode()
    assert "J2 on MED-0002" in text and "J1 on MED-0002" not in text
    organiser = as_(appointed(stage.contest))
    organiser.post(address("take_back", ReleasedComment.objects.get().pk))
    text = as_(a_person("Captain 2")).get(address("result", entry.pk)).content.decode()
    assert "J2 on MED-0002" not in text


def test_all_comments_are_released_at_once(stage, as_):
    publication = published(stage)
    client = as_(appointed(stage.contest))

    for _again in range(2):
        client.post(address("release", publication.pk), {"all": "yes"})

    assert ReleasedComment.objects.count() == 12
    page = client.get(address("comments", publication.pk), {"state": "released"})
    assert "J3 on MED-0004" in page.content.decode()


def test_blank_criteria_are_left_out_of_a_teams_means(as_):
    criteria = [
        {"code": c, "name": {"en": c.title()}, "low": 1, "high": 5, "optional": c == "style"}
        for c in ("substance", "style")
    ]
    rules = some_rules(stage={"criteria": criteria, "total": "weighted_mean", "tie_breaks": [],
                              "panel": {"per_entry": 2}})  # fmt: skip
    stage = judged(a_contest(rules=rules), [(4, 2), (3,)], [(2,), (1,)])
    published(stage)

    means = {
        entry.code: {c.code: mean for c, mean in queries.own_means(queries.result(entry))}
        for entry in Entry.objects.all()
    }

    assert means == {
        "MED-0001": {"substance": 3.5, "style": 2}, "MED-0002": {"substance": 1.5},
    }  # fmt: skip
