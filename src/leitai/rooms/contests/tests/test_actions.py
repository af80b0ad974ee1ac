from datetime import UTC, datetime, timedelta

import pytest

from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import actions, queries
from leitai.rooms.contests.models import Appointment, Edition
from leitai.rooms.contests.rules import Role, State
from leitai.rooms.contests.testing import NOON, a_contest, an_edition, appointed, some_rules
from leitai.rooms.people.testing import a_person, an_organisation

pytestmark = pytest.mark.django_db
LAUNCH = datetime(2026, 5, 28, 1, tzinfo=UTC)


def a_founded_edition(**fields):
    ada = a_person("Ada", is_host=True)
    programme = actions.found_programme(slug="haiwan", name_en="Haiwan", by=ada, at=NOON)
    return actions.found_edition(
        programme=programme, slug="haiwan-3", year=2026, number=3, name_en="Haiwan 3",
        launch_at=LAUNCH, by=ada, at=NOON, **fields,
    )  # fmt: skip


def verbs():
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def test_an_edition_begins_with_eight_scenarios_and_its_founder_as_organiser():
    edition = a_founded_edition()

    assert [s.code for s in edition.scenarios.all()] == [
        "MED", "TRF", "MFG", "FIN", "EDU", "COM", "GOV", "SAF",
    ]  # fmt: skip
    assert queries.edition_roles(a_person("Ada"), edition) == {Role.ORGANISER}


def test_two_editions_cannot_share_an_address():
    edition = a_founded_edition()

    with pytest.raises(NotPossible) as refusal:
        actions.found_edition(
            programme=edition.programme, slug="haiwan-3", year=2027, by=None, at=NOON
        )

    assert refusal.value.verdict.code == "slug_taken"


def test_a_contest_from_a_preset_is_dated_by_the_launch():
    edition = a_founded_edition()

    contest = actions.open_contest(
        edition=edition, slug="venture", preset="venture-2021", name_en="Venture",
        by=a_person("Ada"), at=NOON,
    )  # fmt: skip

    closes_at = contest.rules.entry.span.closes_at
    assert closes_at == datetime(2026, 7, 2, 16, tzinfo=UTC)  # midnight after day 35, Shanghai
    assert contest.ruleset.version == 1
    assert verbs()[-2:] == ["contests.contest_opened", "contests.rules_written"]


def test_scenarios_are_renamed_and_reordered_in_one_go():
    edition = an_edition()

    actions.set_scenarios(
        edition=edition, scenarios=[("TRF", "交通", "Traffic"), ("MED", "医疗", "Health")],
        by=None, at=NOON,
    )  # fmt: skip

    assert [(s.code, s.name_en) for s in edition.scenarios.all()] == [
        ("TRF", "Traffic"), ("MED", "Health"),
    ]  # fmt: skip


def test_reordered_organisations_stand_in_the_journal_with_both_orders():
    edition = an_edition()
    first, second = (
        actions.name_organisation(
            edition=edition, organisation=an_organisation(name), kind="guiding", by=None, at=NOON
        )
        for name in ("Bureau A", "Bureau B")
    )

    actions.order_organisations(edition=edition, roles=[second.pk, first.pk], by=None, at=NOON)

    assert [r.organisation.name_en for r in queries.organisations_behind(edition)] == [
        "Bureau B", "Bureau A",
    ]  # fmt: skip
    assert Line.objects.latest("pk").data == {
        "before": [first.pk, second.pk],
        "after": [second.pk, first.pk],
    }


def test_an_order_of_a_list_that_has_changed_is_refused():
    edition = an_edition()
    role = actions.name_organisation(
        edition=edition, organisation=an_organisation("Bureau A"), kind="host", by=None, at=NOON
    )

    with pytest.raises(NotPossible) as refusal:
        actions.order_organisations(edition=edition, roles=[role.pk, 999], by=None, at=NOON)

    assert refusal.value.verdict.code == "list_changed"


def test_what_has_no_name_is_not_published():
    edition = an_edition(state=State.DRAFT, name_zh="", name_en="")

    with pytest.raises(NotPossible) as refusal:
        actions.publish_edition(edition=edition, by=None, at=NOON)

    assert refusal.value.verdict.code == "name_missing"


def test_a_contest_goes_public_and_back_and_into_the_archive():
    contest = a_contest(state=State.DRAFT)

    for deed in (actions.publish_contest, actions.unpublish_contest, actions.publish_contest):
        deed(contest=contest, by=None, at=NOON)
    actions.archive_contest(contest=contest, by=None, at=NOON)

    contest.refresh_from_db()
    assert contest.state == State.ARCHIVED


def test_the_last_organiser_of_an_edition_stays():
    edition = a_founded_edition()

    with pytest.raises(NotPossible) as refusal:
        actions.end_appointment(
            appointment=Appointment.objects.get(edition=edition), by=None, at=NOON
        )

    assert refusal.value.verdict.code == "last_organiser"


def test_an_ended_appointment_ends_the_role_at_once():
    contest = a_contest()
    bob = appointed(contest, Role.SECRETARIAT, "Bob")
    appointment = Appointment.objects.get(user=bob)

    actions.end_appointment(appointment=appointment, by=None, at=NOON)

    bob = type(bob).objects.get(pk=bob.pk)
    assert queries.roles(bob, contest) == set()


def test_a_draft_two_people_change_at_once_keeps_the_first():
    contest = a_contest()
    actions.keep_draft(contest=contest, rules=some_rules(), revision=0, by=None, at=NOON)

    with pytest.raises(NotPossible) as refusal:
        actions.keep_draft(contest=contest, rules=some_rules(), revision=0, by=None, at=NOON)

    assert refusal.value.verdict.code == "draft_changed"


def test_next_years_edition_takes_rules_and_nobody_but_the_copier():
    contest = a_contest()
    edition = contest.edition
    Edition.objects.filter(pk=edition.pk).update(launch_at=LAUNCH)
    edition.refresh_from_db()
    appointed(contest, Role.SUPERVISOR, "Bob")
    actions.name_organisation(
        edition=edition, organisation=an_organisation("Bureau A"), kind="host", by=None, at=NOON
    )

    copied = actions.copy_edition(edition=edition, slug="haiwan-4", by=a_person("Eve"), at=NOON)

    new = copied.contests.get()
    assert (copied.number, copied.year, copied.state) == (4, 2027, State.DRAFT)
    assert copied.launch_at == LAUNCH + timedelta(days=364)
    assert [s.code for s in copied.scenarios.all()] == ["MED", "TRF", "MFG"]
    assert [r.organisation.name_en for r in copied.organisation_roles.all()] == ["Bureau A"]
    assert list(copied.appointments.values_list("user__name", flat=True)) == ["Eve"]
    assert new.rules.stages[0].criteria == contest.rules.stages[0].criteria
    closes_at = contest.rules.stages[0].span.closes_at
    assert new.rules.stages[0].span.closes_at == closes_at + timedelta(days=364)
