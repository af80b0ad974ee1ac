"""Choosing one juror: of few from a list, of thousands by a part of the name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitai.rooms.contests.testing import a_contest, appointed
from leitai.rooms.jury import queries
from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.jury.queries.called import MOST
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.stages.testing import a_stage
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return a_contest()


@pytest.fixture
def crowd(contest):
    return [a_juror(f"Juror {n:03}", contest=contest) for n in range(MOST + 3)]


@pytest.fixture
def organiser(client, contest):
    client.force_login(appointed(contest))
    return client


def names(called):
    return [juror.name for juror in called.jurors]


def test_a_small_jury_is_there_as_a_whole(contest):
    a_juror("Bo", contest=contest)
    a_juror("Ada", contest=contest)

    found = queries.called(Juror.objects.filter(contest=contest), "")

    assert (names(found), found.wants_words) == (["Ada", "Bo"], False)


def test_of_a_large_one_those_are_there_who_are_called_so(contest, crowd):
    everybody = Juror.objects.filter(contest=contest)

    assert names(queries.called(everybody, "")) == []
    assert queries.called(everybody, "").wants_words
    assert names(queries.called(everybody, "or 007")) == ["Juror 007"]
    assert names(queries.called(everybody, crowd[3].email.upper())) == ["Juror 003"]
    a_juror("Juror 0", contest=contest)
    assert names(queries.called(everybody, "juror"))[0] == "Juror 0"
    assert queries.called(everybody, "juror").is_more
    assert names(queries.called(everybody, "\0%")) == []


def test_without_scripts_the_search_loads_the_page_and_with_them_the_names(
    organiser, contest, crowd
):
    page = reverse("jury:conflicts", args=[contest.pk])

    whole = organiser.get(page, {"who": "007"}).content.decode()
    part = organiser.get(page, {"who": "007"}, headers={"HX-Request": "true"}).content.decode()

    radio = f'type="radio" name="juror" value="{crowd[7].pk}"'
    assert radio in whole and "<h1>" in whole
    assert radio in part and part.startswith("<fieldset") and "<h1>" not in part
    assert f'value="{crowd[8].pk}"' not in whole + part


def test_the_page_costs_the_same_for_few_jurors_and_many(organiser, contest):
    page, counts = reverse("jury:conflicts", args=[contest.pk]), []
    for wanted in (1, 3, MOST + 8):
        while contest.jurors.count() < wanted:
            a_juror(f"J{contest.jurors.count()}", contest=contest)
        with CaptureQueriesContext(connection) as asked:
            organiser.get(page)
        counts.append(len(asked))

    assert len(set(counts)) == 1, counts


def test_whoever_chooses_nobody_is_told_to(organiser, contest):
    stage = a_stage(contest)

    english = {"Accept-Language": "en"}
    answer = organiser.post(reverse("jury:chair", args=[stage.pk]), headers=english)

    assert answer.status_code == 409
    assert "look for a juror by name" in answer.content.decode()


def test_an_objection_without_a_juror_says_so_and_one_with_a_juror_is_noted(
    organiser, contest, crowd
):
    entry = an_entry(contest, organisation=None)
    told = {"entry": entry.code, "ground": "same_organisation", "note": "One house"}
    address = reverse("jury:objection", args=[contest.pk])

    refused = organiser.post(address, told)
    unknown = organiser.post(address, {**told, "juror": crowd[7].pk, "entry": "X-1"})
    noted = organiser.post(address, {**told, "juror": crowd[7].pk})

    assert (refused.status_code, unknown.status_code, noted.status_code) == (422, 422, 302)
    assert f'value="{crowd[7].pk}" required checked' in unknown.content.decode()
    assert Conflict.objects.get().juror == crowd[7]
