"""How people come onto the jury."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from leitai.foundation.models import Letter, StoredFile
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed
from leitai.rooms.jury import actions, notices
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.jury.testing import a_juror, a_sheet
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.testing import a_person, an_organisation

pytestmark = pytest.mark.django_db

TABLE = """姓名,邮箱,类别,单位,专长,语言
林知远,lin@lab.example.org,技术专家,砺石智能（苏州）有限公司,声学；视觉,中文；英文
Ivo Marin,ivo@fund.example.org,投资人,Harbour Fund,edge ai,en
"""


def row(name="Ada", **fields):
    email = f"{name.lower()}@lab.example.org"
    return actions.Invited(**{"name": name, "email": email, "kind": "technical", **fields})


def test_a_table_of_jurors_comes_in_whole_or_not_at_all():
    contest = a_contest()
    actions.invite_juror(contest=contest, invited=row("Bo"), by=None, at=NOON)

    with pytest.raises(NotPossible) as refusal:
        rows = [row("Ada"), row("Bo")]
        actions.import_jurors(contest=contest, rows=rows, by=None, at=NOON)

    assert refusal.value.verdict.code == "invited_already"
    assert Juror.objects.count() == Letter.objects.count() == 1


def test_organisations_are_found_however_they_are_spelt_and_made_when_unknown():
    known = an_organisation("Lishi Intelligence", name_zh="砺石智能（苏州）有限公司", code="9131X")
    rows = [
        row("Ada", organisation="砺石智能(苏州) 有限公司"), row("Bo", organisation="9131X"),
        row("Cy", organisation="lishi intelligence ltd"), row("Di", organisation="New House"),
    ]  # fmt: skip

    made = actions.import_jurors(contest=a_contest(), rows=rows, by=None, at=NOON)

    assert [juror.organisation for juror in made[:3]] == [known] * 3
    assert Organisation.objects.get(name_en="New House") == made[3].organisation


def test_an_invitation_is_answered_once_and_in_time():
    juror = actions.invite_juror(contest=a_contest(), invited=row(), by=None, at=NOON)

    with pytest.raises(NotPossible) as late:
        actions.accept_invitation(juror=juror, by=a_person("Ada"), at=NOON + 31 * DAY)
    actions.accept_invitation(juror=juror, by=a_person("Ada"), at=NOON)
    with pytest.raises(NotPossible) as twice:
        actions.decline_invitation(juror=juror, by=None, at=NOON)

    assert [refusal.value.verdict.code for refusal in (late, twice)] == ["expired", "answered"]


def test_a_new_letter_makes_the_old_one_void():
    juror = actions.invite_juror(contest=a_contest(), invited=row(), by=None, at=NOON)
    old = notices.invitation(juror)

    actions.invite_again(juror=juror, by=None, at=NOON + timedelta(hours=1))

    assert notices.juror_of(old) is None
    assert notices.juror_of(notices.invitation(juror)) == juror


def test_reminders_go_once_a_day_to_those_who_are_behind():
    sheet = a_sheet()
    idle = a_juror("Bo")
    both = {"jurors": [sheet.juror, idle], "stage": sheet.stage, "by": None}

    told = [actions.remind_jurors(at=NOON + hours, **both) for hours in (0 * DAY, DAY / 4, DAY)]

    assert told == [1, 0, 1]
    assert set(Letter.objects.values_list("to", flat=True)) == {sheet.juror.email}


def test_who_left_may_come_back_only_by_name():
    juror = a_juror("Ada")
    actions.leave_jury(juror=juror, by=None, at=NOON)

    with pytest.raises(NotPossible):
        actions.leave_jury(juror=juror, by=None, at=NOON)

    assert juror.state == JurorState.LEFT


@pytest.fixture
def organiser(client):
    contest = a_contest()
    client.force_login(appointed(contest))
    return client, contest


def send(organiser, content, name="jurors.csv"):
    client, contest = organiser
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("jury:import", args=[contest.pk]), {"file": upload})


def test_an_organiser_previews_a_table_and_then_invites_them_all(organiser):
    client, contest = organiser
    preview = send(organiser, TABLE.encode("gb18030")).url

    page = client.get(preview)
    assert not Juror.objects.exists()
    done = client.post(preview, {f"column-{k}": v for k, v in page.context["mapping"].items()})

    assert (page.context["n_rows"], page.context["problems"]) == (2, [])
    assert done.url == reverse("jury:jurors", args=[contest.pk])
    lin, ivo = Juror.objects.order_by("pk")
    assert (lin.kind, lin.tags, lin.languages) == ("technical", ["声学", "视觉"], ["zh", "en"])
    assert (ivo.kind, ivo.languages) == ("investor", ["en"])
    assert Letter.objects.count() == 2
    assert not StoredFile.objects.exists()


def test_a_bad_cell_is_named_and_nobody_is_invited(organiser):
    client, _contest = organiser
    preview = send(organiser, TABLE.replace("lin@lab.example.org", "lin at lab").encode()).url

    page = client.get(preview)
    refused = client.post(preview, {"column-name": 0, "column-email": 1})

    assert [problem.cell for problem in page.context["problems"]] == ["B2"]
    assert refused.status_code == 422
    assert not Juror.objects.exists()


def test_a_language_nobody_knows_is_asked_about(organiser):
    client, _contest = organiser
    preview = send(organiser, TABLE.replace("中文；英文", "Klingon").encode()).url

    [problem] = client.get(preview).context["problems"]

    assert problem.cell == "F2"


def test_a_page_called_table_is_refused_in_words(organiser):
    answer = send(organiser, b"<!doctype html><html><body>no</body></html>")

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_a_preview_of_another_contest_is_not_there(organiser):
    client, _contest = organiser
    token = send(organiser, TABLE.encode()).url.rstrip("/").rpartition("/")[2]
    other = a_contest("other")
    appointed(other, name="Organiser")

    assert client.get(reverse("jury:import_preview", args=[other.pk, token])).status_code == 404
