import pytest
from django.urls import reverse

from leitai.foundation.models import Line
from leitai.rooms.contests import actions, queries
from leitai.rooms.contests.models import Appointment, Edition, Programme
from leitai.rooms.contests.rules import Role, State
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.people.testing import a_person, an_organisation

pytestmark = pytest.mark.django_db


def an_organiser(contest):
    """Of the whole edition."""
    ada = a_person("Ada", is_host=True)
    actions.appoint(edition=contest.edition, user=ada, role=Role.ORGANISER, by=None, at=NOON)
    return ada


def doors(contest):
    """Every address an organiser may open by a link."""
    slug = contest.edition.slug
    return [
        reverse("contests:edition", args=[slug]),
        reverse("contests:edition_basics", args=[slug]),
        reverse("contests:scenarios", args=[slug]),
        reverse("contests:organisations", args=[slug]),
        reverse("contests:suggestions", args=[slug]),
        reverse("contests:people", args=[slug]),
        reverse("contests:edition_file", args=[slug]),
        reverse("contests:desk", args=[contest.pk]),
        reverse("contests:basics", args=[contest.pk]),
        reverse("contests:versions", args=[contest.pk]),
        reverse("contests:preview", args=[contest.pk, "first"]),
    ]


def deeds(contest):
    """Every address that changes something."""
    role = actions.name_organisation(
        edition=contest.edition, organisation=an_organisation("Bureau A"), kind="host",
        by=None, at=NOON,
    )  # fmt: skip
    appointment = Appointment.objects.filter(edition=contest.edition).first()
    return [
        reverse("contests:edition_publication", args=[contest.edition.slug]),
        reverse("contests:publication", args=[contest.pk]),
        reverse("contests:move_organisation", args=[role.pk]),
        reverse("contests:remove_organisation", args=[role.pk]),
        reverse("contests:end_appointment", args=[appointment.pk]),
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_organiser_opens_every_page_in_both_languages(client, language):
    contest = a_contest()
    client.force_login(an_organiser(contest))

    for door in doors(contest):
        answer = client.get(door, headers={"accept-language": language})
        assert answer.status_code == 200, door


def test_somebody_else_does_not_learn_that_a_desk_exists(client):
    contest = a_contest()
    an_organiser(contest)
    client.force_login(a_person("Mallory"))

    assert {client.get(door).status_code for door in doors(contest)} == {404}
    assert {client.post(door).status_code for door in deeds(contest)} == {404}


def test_a_supervisor_reads_and_changes_nothing(client):
    contest = a_contest()
    an_organiser(contest)
    sue = a_person("Sue")
    actions.appoint(edition=contest.edition, user=sue, role=Role.SUPERVISOR, by=None, at=NOON)
    client.force_login(sue)

    answers = {door: client.get(door).status_code for door in doors(contest)}

    slug = contest.edition.slug
    open_to_her = {
        reverse("contests:edition", args=[slug]), reverse("contests:edition_file", args=[slug]),
        reverse("contests:desk", args=[contest.pk]),
        reverse("contests:versions", args=[contest.pk]),
        reverse("contests:preview", args=[contest.pk, "first"]),
    }  # fmt: skip
    assert {door for door, status in answers.items() if status == 200} == open_to_her
    assert {status for door, status in answers.items() if door not in open_to_her} == {403}
    assert {client.post(door).status_code for door in deeds(contest)} == {403}


def test_a_stranger_is_asked_to_sign_in(client):
    contest = a_contest()
    an_organiser(contest)

    for door in [*doors(contest), reverse("contests:programmes")]:
        assert client.get(door).status_code == 302, door


def test_only_hosts_found_programmes(client):
    client.force_login(a_person("Bob"))
    assert client.get(reverse("contests:new_programme")).status_code == 403

    client.force_login(a_person("Hana", is_host=True))
    sent = {"slug": "haiwan", "name_zh": "海湾杯", "name_en": ""}
    assert client.post(reverse("contests:new_programme"), sent).status_code == 302
    assert Programme.objects.get().founded_by.name == "Hana"


def test_a_programme_of_somebody_else_is_not_for_new_editions(client):
    contest = a_contest()
    Programme.objects.update(founded_by=a_person("Ada"))
    client.force_login(a_person("Mallory", is_host=True))

    door = reverse("contests:new_edition", args=[contest.edition.programme.slug])

    assert client.get(door).status_code == 404
    client.force_login(a_person("Ada", is_host=True))


def test_a_new_edition_opens_on_its_desk(client):
    hana = a_person("Hana", is_host=True)
    actions.found_programme(slug="haiwan", name_en="Haiwan", by=hana, at=NOON)
    client.force_login(hana)
    sent = {
        "name_zh": "第四届", "slug": "haiwan-4", "number": "4", "year": "2027",
        "time_zone": "Europe/Paris", "launch_at": "2027-05-28T09:00",
    }  # fmt: skip

    answer = client.post(reverse("contests:new_edition", args=["haiwan"]), sent)

    assert answer.url == reverse("contests:edition", args=["haiwan-4"])
    assert Edition.objects.get().launch_at.isoformat() == "2027-05-28T07:00:00+00:00"


def test_a_missing_name_is_said_beside_its_field(client):
    hana = a_person("Hana", is_host=True)
    actions.found_programme(slug="haiwan", name_en="Haiwan", by=hana, at=NOON)
    client.force_login(hana)

    answer = client.post(reverse("contests:new_edition", args=["haiwan"]), {"slug": "Bad Slug"})

    assert answer.status_code == 422
    assert {"name_zh", "slug", "year"} <= set(answer.context["form"].errors)


def test_a_scenario_row_is_added_without_losing_what_was_typed(client):
    contest = a_contest()
    client.force_login(an_organiser(contest))
    sent = {
        "s-TOTAL_FORMS": "1", "s-INITIAL_FORMS": "0", "s-0-code": "ABC", "s-0-name_zh": "新场景",
        "do": "add:s",
    }  # fmt: skip

    answer = client.post(reverse("contests:scenarios", args=[contest.edition.slug]), sent)

    assert 'value="新场景"' in answer.content.decode()
    assert "s-1-code" in answer.content.decode()
    assert contest.edition.scenarios.count() == 3


def test_organisations_move_by_buttons_and_the_journal_knows(client):
    contest = a_contest()
    client.force_login(an_organiser(contest))
    door = reverse("contests:organisations", args=[contest.edition.slug])
    for name in ("甲局", "乙局"):
        client.post(door, {"kind": "guiding", "name": name, "organisation_kind": "government"})
    second = queries.organisations_behind(contest.edition)[1]

    client.post(reverse("contests:move_organisation", args=[second.pk]), {"to": "up"})

    names = [r.organisation.name_zh for r in queries.organisations_behind(contest.edition)]
    assert names == ["乙局", "甲局"]
    assert Line.objects.latest("pk").verb == "contests.organisations_ordered"


def test_everybody_reads_the_rules_of_a_public_contest(client):
    contest = a_contest()

    answer = client.get(reverse("contests:rules", args=[contest.edition.slug, contest.slug]))

    assert answer.status_code == 200
    assert "可落地" in answer.content.decode()


def test_rules_of_a_draft_are_nobodys_business(client):
    contest = a_contest(state=State.DRAFT)

    door = reverse("contests:rules", args=[contest.edition.slug, contest.slug])

    assert client.get(door).status_code in {302, 404}
    client.force_login(a_person("Mallory"))
    assert client.get(door).status_code == 404


def test_a_trial_reckons_with_what_was_typed(client):
    contest = a_contest()
    client.force_login(an_organiser(contest))
    door = reverse("contests:preview", args=[contest.pk, "first"])
    sent = {f"t-{n}-{j}": str(20 - n) for n in range(10) for j in range(3)} | {"places": "2"}

    answer = client.post(door, sent)

    rows = answer.context["result"].rows
    assert [(r.place, str(r.score), r.outcome) for r in rows[:3]] == [
        (1, "20.00", "in"), (2, "19.00", "in"), (3, "18.00", "reserve"),
    ]  # fmt: skip


def test_the_secretariat_of_one_contest_is_a_stranger_to_another(client):
    one, other = a_contest(), a_contest("other")
    client.force_login(appointed(one, Role.SECRETARIAT, "Bob"))

    assert client.get(reverse("contests:desk", args=[one.pk])).status_code == 200
    assert client.get(reverse("contests:desk", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("name", ["programmes", "edition"])
def test_lists_ask_as_much_for_one_as_for_many(client, name, django_assert_max_num_queries):
    contest = a_contest()
    client.force_login(an_organiser(contest))
    door = reverse(f"contests:{name}", args=[contest.edition.slug] if name == "edition" else [])
    client.get(door)

    counts = []
    for more in (0, 2, 17):
        for n in range(more):
            a_contest(f"c-{more}-{n}", edition=contest.edition)
        with django_assert_max_num_queries(40) as asked:
            client.get(door)
        counts.append(len(asked))

    assert len(set(counts)) == 1
