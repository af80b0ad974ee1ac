"""Everybody gets feedback, and nobody reads of others in it."""

import pytest
from django.urls import reverse

from leitai.foundation.models import Letter, Line
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.testing import a_person
from leitai.rooms.standings.models import Feedback, HeldComment, ReleasedComment
from leitai.rooms.standings.queries.feedback import ticked_in_field as queries_of
from leitai.rooms.standings.testing import judged, level, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_at_noon(monkeypatch, settings):
    settings.LANGUAGE_CODE = "en"
    settings.WORK_AT_ONCE = True
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def address(name, *args):
    return reverse(f"standings:{name}", args=args)


def field(n):
    """So many entries, each marked by one juror, the later the better."""
    panels = [[(i % 10, min(i // 3, 10))] for i in range(n)]
    rules = {"panel": {"per_entry": 1}}
    return published(judged(a_contest(rules=some_rules(stage=rules)), *panels))


def test_one_deed_gives_every_team_its_bands_and_writes_to_each_once(as_):
    publication = field(24)
    client = as_(appointed(publication.contest))
    page = client.get(address("feedback", publication.pk)).content.decode()

    client.post(address("release_feedback", publication.pk))
    again = client.post(address("release_feedback", publication.pk))

    assert "24 teams would read no comment" in page
    assert again.status_code == 409
    given = Feedback.objects.order_by("entry__code")
    assert given.count() == 24
    assert {f.body["band"] for f in given} == {"quarter", "upper", "lower", "last"}
    assert Letter.objects.filter(subject__contains="your feedback is ready").count() == 24
    assert Line.objects.get(verb="standings.feedback_released").data == {"teams": 24}


def test_a_team_that_is_out_reads_where_it_stands_and_no_others_code(as_):
    publication = field(24)
    as_(appointed(publication.contest)).post(address("release_feedback", publication.pk))
    entry = publication.contest.entries.get(code="MED-0002")

    text = as_(entry.members.get().user).get(address("result", entry.pk)).content.decode()

    assert "the last quarter" in text and "of 24 entries" in text
    assert "lower third: a weakness" in text
    assert "MED-0003" not in text


def test_a_small_field_has_no_bands(as_):
    publication = published(judged(a_contest(), level(7), level(9), level(8)))
    as_(appointed(publication.contest)).post(address("release_feedback", publication.pk))
    entry = publication.contest.entries.get(code="MED-0001")

    text = as_(entry.members.get().user).get(address("result", entry.pk)).content.decode()

    assert "too small for a comparison" in text
    assert {f.body["band"] for f in Feedback.objects.all()} == {""}


def test_doubtful_comments_wait_while_the_others_are_released_at_once(as_):
    publication = published(judged(a_contest(), level(7), level(9)))
    doubtful = Sheet.objects.first()
    Sheet.objects.filter(pk=doubtful.pk).update(comment="Write to jo@example.org about it")
    client = as_(appointed(publication.contest, Role.SECRETARIAT))

    page = client.get(address("comments", publication.pk)).content.decode()
    client.post(address("release", publication.pk), {"all": "yes"})
    client.post(address("mask", publication.pk, doubtful.pk), {"words": "jo@example.org"})

    assert "an e-mail address" in page and "Release all 5" in page
    assert ReleasedComment.objects.count() == 6
    assert doubtful.released_comment.text == "Write to ••• about it"
    doubtful.refresh_from_db()
    assert "jo@example.org" in doubtful.comment


def test_a_comment_is_held_back_with_a_reason_and_may_come_back(as_):
    publication = published(judged(a_contest(), level(7)))
    sheet = Sheet.objects.first()
    client = as_(appointed(publication.contest))

    refused = client.post(address("hold_back", publication.pk), {"sheet": sheet.pk})
    client.post(address("hold_back", publication.pk), {"sheet": sheet.pk, "reason": "Too harsh."})
    held = HeldComment.objects.get()
    client.post(address("release", publication.pk), {"sheet": sheet.pk})
    released = ReleasedComment.objects.count()
    text = client.get(address("comments", publication.pk), {"state": "held"}).content.decode()
    client.post(address("free", held.pk))

    assert refused.status_code == 409
    assert released == 0 and "Too harsh." in text
    assert not HeldComment.objects.exists()


def test_teams_and_strangers_moderate_nothing(as_):
    publication = published(judged(a_contest(), level(7)))
    sheet = Sheet.objects.first()
    held = HeldComment.objects.create(sheet=sheet, reason="So.", at=NOON)
    doors = [("GET", address("feedback", publication.pk)),
             ("POST", address("release_feedback", publication.pk)),
             ("POST", address("hold_back", publication.pk)), ("POST", address("free", held.pk)),
             ("POST", address("mask", publication.pk, sheet.pk))]  # fmt: skip

    for user in (a_person("Stranger"), a_person("Captain 1")):
        assert {as_(user).generic(m, path).status_code for m, path in doors} == {404}
    secretary = as_(appointed(publication.contest, Role.SECRETARIAT))
    assert {secretary.generic(m, path).status_code for m, path in doors[:2]} == {403}


def test_what_jurors_ticked_goes_to_the_team_without_moderation_and_is_counted_for_organisers(as_):
    publication = published(judged(a_contest(), level(8), level(6)))
    ours, theirs = publication.contest.entries.order_by("code")
    Sheet.objects.filter(entry=ours, juror__name="J1").update(tags=["copyable", "vague-plan"])
    Sheet.objects.filter(entry=ours, juror__name="J2").update(tags=["copyable"])
    Sheet.objects.filter(entry=theirs, juror__name="J3").update(tags=["copyable", "thin-evidence"])
    client = as_(appointed(publication.contest))
    client.cookies["leitai_language"] = "en"

    assert queries_of(publication.standing.stage)[4] == ("Can be copied as it is", 3, 2)
    assert "What jurors ticked" in client.get(address("feedback", publication.pk)).content.decode()
    client.post(address("release_feedback", publication.pk))
    page = as_(ours.begun_by).get(address("result", ours.pk)).content.decode()

    assert "Can be copied as it is <span" in page and "The plan is vague <span" in page
    assert "2 jurors" in page
    assert "Evidence is thin" not in page
