import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.models import Edition, RuleDraft
from leitai.rooms.contests.rules import Role, presets, yamls
from leitai.rooms.contests.rules.states import State as ContestState
from leitai.rooms.contests.testing import NOON, a_contest, an_edition, appointed
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages import actions
from leitai.rooms.stages.rules import State
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db


def a_preset_contest(preset: str = "venture-2021", **fields):
    return actions.open_contest(
        edition=an_edition(), slug="venture", preset=preset, name_en="Venture", by=None, at=NOON,
        **fields,
    )  # fmt: skip


def an_organiser(contest):
    ada = a_person("Ada", is_host=True)
    contests.appoint(edition=contest.edition, user=ada, role=Role.ORGANISER, by=None, at=NOON)
    return ada


def sections(contest):
    rules = contest.rules
    whole = [reverse("stages:section", args=[contest.pk, kind]) for kind in ("entry", "result")]
    steps = [
        reverse("stages:section", args=[contest.pk, "form", s.code]) for s in rules.entry.steps
    ]
    stages = [reverse("stages:section", args=[contest.pk, "stage", s.code]) for s in rules.stages]
    return whole + steps + stages


def typed(page) -> dict:
    """What a browser would send if one pressed the button without changing anything."""
    part = page.context["part"]
    forms = [part.form, *(part.rows or [])]
    forms += list(getattr(part, "ties", []))
    sent: dict = {"revision": page.context["revision"], "do": "save"}
    for form in forms:
        for field in form:
            value = field.value()
            if field.widget_type == "checkbox":
                sent |= {field.html_name: "on"} if value else {}
            elif isinstance(value, list | tuple):
                sent[field.html_name] = list(value)
            elif value is not None:
                sent[field.html_name] = str(value)
    for formset in [part.rows, getattr(part, "ties", None)]:
        if formset is not None:
            sent[f"{formset.prefix}-TOTAL_FORMS"] = str(formset.total_form_count())
            sent[f"{formset.prefix}-INITIAL_FORMS"] = str(formset.initial_form_count())
    return sent


@pytest.mark.parametrize("preset", presets.CODES)
def test_a_section_that_is_sent_back_unchanged_changes_nothing(client, preset):
    contest = a_preset_contest(preset)
    client.force_login(an_organiser(contest))

    for door in sections(contest):
        answer = client.post(door, typed(client.get(door)))
        assert answer.status_code == 302, (door, answer.context["part"].form.errors)

    assert RuleDraft.objects.get().rules == contest.rules


def test_a_changed_section_waits_in_the_draft_until_it_is_put_into_force(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "stage", "first"])
    sent = typed(client.get(door)) | {"panel__per_entry": "4", "formula": "mean"}

    client.post(door, sent)

    contest.refresh_from_db()
    assert contest.rules.stages[0].panel.per_entry == 3
    page = client.get(reverse("stages:rules", args=[contest.pk]))
    assert len(page.context["changes"]) == 2
    client.post(reverse("stages:adopt", args=[contest.pk]), {"reason": ""})
    contest = type(contest).objects.get(pk=contest.pk)
    assert (contest.ruleset.version, contest.rules.stages[0].panel.per_entry) == (2, 4)
    assert contest.stages.get(code="first").rule.formula == "mean"


def test_reasons_to_tick_are_typed_a_line_each_and_leave_the_other_jury_rules_alone(client):
    contest = a_preset_contest()
    rules = contest.rules
    jury = rules.jury.model_copy(update={"names_published": True})
    contest.ruleset.body = rules.model_copy(update={"jury": jury}).model_dump(mode="json")
    contest.ruleset.save()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "result"])
    sent = typed(client.get(door))
    assert sent["jury__strengths"].startswith("real-need | 需求真实明确 | A real need")

    client.post(door, sent | {"jury__strengths": "bold | 大胆 | Bold", "jury__weaknesses": ""})
    drafted = RuleDraft.objects.get().rules.jury
    twice = client.post(door, sent | {"jury__weaknesses": "copyable | 重复 | Twice"})

    assert drafted.names_published
    assert [(code, words.en) for code, words in drafted.strengths] == [("bold", "Bold")]
    assert drafted.weaknesses == ()
    assert twice.status_code == 422


def test_what_the_schema_refuses_is_said_beside_the_field(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "stage", "first"])
    sent = typed(client.get(door)) | {"panel__mix__technical": "9", "r-1-code": "technology"}

    answer = client.post(door, sent)

    assert answer.status_code == 422
    problems = answer.content.decode()
    assert re.search(r"评委|panel", problems)
    assert not RuleDraft.objects.exists()


def test_a_mark_that_is_no_number_keeps_everything_typed(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "stage", "first"])
    sent = typed(client.get(door)) | {"r-0-high": "many", "name__en": "Round One"}

    answer = client.post(door, sent)

    assert answer.status_code == 422
    assert "high" in answer.context["part"].rows.forms[0].errors
    assert 'value="Round One"' in answer.content.decode()


def test_rows_are_added_moved_and_removed_without_saving(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "stage", "first"])
    sent = typed(client.get(door))

    added = client.post(door, sent | {"do": "add:r"}).context["part"]
    moved = client.post(door, sent | {"do": "down:r:0"}).context["part"]
    removed = client.post(door, sent | {"do": "remove:t:0"}).context["part"]

    assert len(added.rows.forms) == 6
    assert [f["code"].value() for f in moved.rows][:2] == ["market", "technology"]
    assert [f["key"].value() for f in removed.ties] == [
        "criterion:technology", "criterion:market", "chair",
    ]  # fmt: skip
    assert not RuleDraft.objects.exists()


def test_a_named_rubric_replaces_the_criteria(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "stage", "first"])
    sent = typed(client.get(door)) | {"do": "rubric", "rubric": "application-paper"}

    page = client.post(door, sent)
    answer = client.post(door, typed(page) | {"do": "save"})

    assert answer.status_code == 302
    stage = RuleDraft.objects.get().rules.stages[0]
    assert [c.code for c in stage.criteria][:3] == ["landing", "copying", "scaling"]
    assert stage.tie_breaks == ("untrimmed_mean", "chair")


def test_the_form_speaks_in_words_while_it_is_filled_in(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "stage", "first"])
    sent = typed(client.get(door)) | {"panel__per_entry": "5"}

    answer = client.post(f"{door}words/", sent, headers={"accept-language": "en"})

    assert "5 jurors mark each entry" in answer.content.decode()


def test_two_editors_do_not_overwrite_each_other(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "entry"])
    page = typed(client.get(door))
    client.post(door, page | {"team_max": "9"})

    answer = client.post(door, page | {"team_max": "7"})

    assert answer.status_code == 422
    assert RuleDraft.objects.get().rules.entry.team_max == 9


def test_a_stage_is_added_moved_and_removed_in_the_draft(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    sent = {"stage-code": "repitch", "stage-rubric": "venture-live"}

    added = client.post(reverse("stages:add_stage", args=[contest.pk]), sent)
    client.post(reverse("stages:arrange", args=[contest.pk, "stage", "repitch"]), {"do": "up"})
    client.post(reverse("stages:arrange", args=[contest.pk, "stage", "stage"]), {"do": "remove"})

    assert added.status_code == 302
    assert [s.code for s in RuleDraft.objects.get().rules.stages] == ["first", "repitch", "final"]


def test_a_stage_that_has_opened_cannot_be_changed_by_putting_a_draft_into_force(client):
    stage = a_stage(state=State.OPEN)
    contest = stage.contest
    client.force_login(an_organiser(contest))
    door = reverse("stages:section", args=[contest.pk, "stage", "first"])
    client.post(door, typed(client.get(door)) | {"panel__per_entry": "4"})

    answer = client.post(reverse("stages:adopt", args=[contest.pk]), {"reason": "More jurors"})

    assert answer.status_code == 422
    contest.refresh_from_db()
    assert contest.ruleset.version == 1


def test_nobody_but_organisers_edits_rules(client):
    contest = a_preset_contest(state=ContestState.PUBLIC)
    posts = [
        reverse("stages:adopt", args=[contest.pk]),
        reverse("stages:discard", args=[contest.pk]),
        reverse("stages:add_stage", args=[contest.pk]),
        reverse("stages:add_step", args=[contest.pk]),
        reverse("stages:arrange", args=[contest.pk, "stage", "first"]),
        reverse("stages:words", args=[contest.pk, "entry"]),
    ]
    slug = contest.edition.slug
    gets = [
        reverse("stages:rules", args=[contest.pk]), *sections(contest),
        reverse("stages:new_contest", args=[slug]), reverse("stages:copy", args=[slug]),
    ]  # fmt: skip
    client.force_login(a_person("Mallory"))
    assert {client.get(door).status_code for door in gets} == {404}
    assert {client.post(door).status_code for door in posts} == {404}

    client.force_login(appointed(contest, Role.SECRETARIAT, "Sam"))
    assert {client.post(door).status_code for door in posts} == {403}


def test_a_contest_is_opened_from_a_card(client):
    edition = an_edition()
    ada = a_person("Ada")
    contests.appoint(edition=edition, user=ada, role=Role.ORGANISER, by=None, at=NOON)
    client.force_login(ada)
    door = reverse("stages:new_contest", args=[edition.slug])
    sent = {"preset": "quick-5x5", "name_zh": "快赛", "slug": "quick"}

    assert "quick-5x5" in client.get(door).content.decode()
    answer = client.post(door, sent)
    again = client.post(door, sent)

    contest = edition.contests.get()
    assert answer.url == reverse("contests:desk", args=[contest.pk])
    assert contest.stages.count() == 1
    assert (again.status_code, "slug" in again.context["form"].errors) == (422, True)


def test_an_edition_is_copied_and_carried_by_file(client):
    contest = a_preset_contest("application-3k")
    client.force_login(an_organiser(contest))
    slug = contest.edition.slug

    copied = client.post(reverse("stages:copy", args=[slug]), {"slug": "haiwan-4"})
    written = client.get(reverse("contests:edition_file", args=[slug])).content
    file = SimpleUploadedFile("e.yaml", written)
    brought = client.post(
        reverse("stages:import", args=[contest.edition.programme.slug]),
        {"file": file, "slug": "haiwan-5"},
    )

    assert (copied.status_code, brought.status_code) == (302, 302)
    four, five = (Edition.objects.get(slug=s) for s in ("haiwan-4", "haiwan-5"))
    assert four.contests.get().stages.count() == five.contests.get().stages.count() == 3
    again = client.get(reverse("contests:edition_file", args=["haiwan-5"])).content
    assert again == written.replace(b"slug: haiwan-3", b"slug: haiwan-5")


def test_a_hostile_file_brings_in_nothing_and_says_why(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

    answer = client.post(
        reverse("stages:import", args=[contest.edition.programme.slug]),
        {"file": SimpleUploadedFile("e.yaml", bomb)},
    )

    assert answer.status_code == 422
    assert [p.code for p in answer.context["problems"]] == ["anchor"]
    assert Edition.objects.count() == 1


def test_a_file_larger_than_a_megabyte_is_refused(client):
    contest = a_preset_contest()
    client.force_login(an_organiser(contest))

    answer = client.post(
        reverse("stages:import", args=[contest.edition.programme.slug]),
        {"file": SimpleUploadedFile("e.yaml", b"#" * (yamls.MAX_BYTES + 1))},
    )

    assert [p.code for p in answer.context["problems"]] == ["too_large"]


def test_a_stage_is_run_from_its_page(client):
    stage = a_stage(state=State.PLANNED)
    stage.closes_at = None  # whatever today is, its window has not closed
    stage.save()
    an_entry(stage.contest)
    client.force_login(an_organiser(stage.contest))

    client.post(reverse("stages:opening", args=[stage.pk]))
    client.post(reverse("stages:let_in", args=[stage.pk]))
    page = client.get(reverse("stages:overview", args=[stage.contest_id]))
    assert page.context["stages"][0]["stage"].inside == 1
    entry = stage.participations.get().entry
    inside = client.get(reverse("stages:participants", args=[stage.pk]))
    client.post(reverse("stages:take_out", args=[stage.pk, entry.pk]), {"reason": "Withdrew"})
    client.post(reverse("stages:closing", args=[stage.pk]))

    stage.refresh_from_db()
    assert entry.code in inside.content.decode()
    assert stage.state == State.CLOSED
    assert stage.participations.get().reason == "Withdrew"


def test_supervisors_watch_stages_and_run_none(client):
    stage = a_stage()
    entry = an_entry(stage.contest)
    takes_part(stage, entry)
    client.force_login(appointed(stage.contest, Role.SUPERVISOR, "Sue"))
    posts = [
        reverse(f"stages:{name}", args=[stage.pk]) for name in ("opening", "closing", "let_in")
    ] + [reverse("stages:take_out", args=[stage.pk, entry.pk])]
    gets = [
        reverse("stages:overview", args=[stage.contest_id]),
        reverse("stages:participants", args=[stage.pk]),
    ]

    assert {client.get(door).status_code for door in gets} == {200}
    assert {client.post(door).status_code for door in posts} == {403}
    assert client.get(reverse("stages:extension", args=[stage.pk])).status_code == 403
    client.force_login(a_person("Mallory"))
    assert {client.get(door).status_code for door in gets} == {404}
    assert {client.post(door).status_code for door in posts} == {404}


def test_an_entry_of_another_contest_is_not_taken_out_by_its_number(client):
    stage = a_stage()
    other = an_entry(a_contest("other"))
    client.force_login(an_organiser(stage.contest))

    door = reverse("stages:take_out", args=[stage.pk, other.pk])

    assert client.post(door, {"reason": "x"}).status_code == 404


def test_the_overview_asks_as_much_for_one_stage_as_for_three(
    client, django_assert_max_num_queries
):
    one, three = a_preset_contest("quick-5x5"), a_contest("three")
    contests.write_rules(contest=three, rules=presets.load("venture-2021"), by=None, at=NOON)
    actions.adopt_rules(contest=three, ruleset=three.ruleset, by=None, at=NOON)
    client.force_login(an_organiser(one))

    counts = []
    for contest in (one, one, three):
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("stages:overview", args=[contest.pk]))
        counts.append(len(asked))

    assert counts[1] == counts[2]
