"""Journey 1: an organiser sets up an edition without code."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from leitai.rooms.contests import queries
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.people.testing import a_person
from tests.browser.walk import Walk, both_ways

pytestmark = pytest.mark.django_db(transaction=True)


@both_ways
def test_an_organiser_sets_up_an_edition(walk: Walk, tmp_path):
    walk.at_the_desk_of(a_person("Ora Lin", is_host=True))
    found_a_programme_and_an_edition(walk)
    write_the_scenarios(walk)
    name_the_organisations_in_order(walk)
    open_a_contest_from_a_preset(walk)
    change_the_rules(walk)
    try_the_rules(walk)
    publish_and_read(walk)
    copy_and_carry(walk, tmp_path)


def found_a_programme_and_an_edition(walk: Walk) -> None:
    walk.look("desk")
    walk.press("Programmes I may set up")
    walk.look("programmes-empty")
    walk.press("New programme")
    walk.fill("name in Chinese", "海湾创新赛")
    walk.fill("name in English", "Haiwan Innovation")
    walk.fill("Address", "Haiwan 2026")
    walk.press("Found it")
    walk.reads("Please use small letters, digits and hyphens only.")
    walk.was_refused()
    walk.look("programme-error")
    walk.fill("Address", "haiwan")
    walk.press("Found it")
    walk.look("programmes")

    walk.press("New edition")
    walk.look("edition-form")
    walk.fill("name in Chinese", "第三届海湾创新赛")
    walk.fill("name in English", "Haiwan Innovation 3")
    walk.fill("Address", "haiwan-3")
    walk.fill("theme in English", "Machines that listen")
    walk.fill("theme in Chinese", "会听的机器")
    walk.fill("Launch", "2026-09-01T09:00")
    walk.press("Found it")
    walk.look("edition")


def write_the_scenarios(walk: Walk) -> None:
    walk.press("Change", context="to edit", within=walk.section("Scenarios"))
    walk.look("scenarios")
    rows = walk.main.get_by_role("group")
    before = rows.count()
    walk.press("Add a scenario")
    expect(rows).to_have_count(before + 1)
    last = rows.last
    walk.field("Code", last, context="a part of the rules").fill("HRB")
    walk.fill("name in Chinese", "智慧港口", within=last)
    walk.fill("name in English", "Harbour", within=last)
    last.get_by_role("button", name=walk.says("Up")).click()
    expect(rows.nth(before - 1).locator("[name$=-code]")).to_have_value("HRB")
    walk.press("Save")
    walk.reads("Saved.")
    assert list(Edition.objects.get().scenarios.values_list("code", flat=True))[-2] == "HRB"


def name_the_organisations_in_order(walk: Walk) -> None:
    walk.press("Change", context="to edit", within=walk.section("Who stands behind it"))
    walk.look("organisations-empty")
    for role, name in [("host", "海湾区管委会"), ("guiding", "海湾市科技局")]:
        walk.field("Role").select_option(role)
        walk.fill("Organisation", name)
        walk.press("Add")
        expect(walk.page.locator("#roles")).to_contain_text(name)
    rows = walk.page.locator("#roles tbody tr")
    up = rows.nth(1).get_by_role("button").first
    up.click()
    expect(rows.nth(0)).to_contain_text("海湾市科技局")
    walk.look("organisations")
    walk.page.locator(".crumbs a").click()


def open_a_contest_from_a_preset(walk: Walk) -> None:
    walk.press("New contest")
    walk.look("new-contest")
    walk.main.locator("label", has=walk.page.locator("input[value=venture-2021]")).click()
    walk.fill("Name in Chinese", "创投赛")
    walk.fill("Name in English", "Venture")
    walk.fill("Address", "venture")
    walk.press("Open the contest")
    walk.reads("Here it is. Read its rules, then change what differs.")
    walk.look("rules-desk")


def change_the_rules(walk: Walk) -> None:
    walk.press("Change the rules")
    walk.look("rules-editor")
    stage = "First round" if walk.language == "en" else "初评"
    walk.main.get_by_role("link", name=stage, exact=True).first.click()
    walk.look("stage")
    criterion = walk.main.locator("details", has=walk.page.locator("[name=r-0-code]"))
    criterion.locator("summary").click()
    band = walk.page.locator("[name=r-0-bands__0__text__en]")
    band.fill("Runs in a harbour, every day")
    walk.page.locator("[name=r-0-bands__0__text__zh]").fill("在港口天天运行")
    walk.look("stage-criterion")
    ties = walk.page.locator("fieldset", has=walk.page.locator("[name=t-0-key]"))
    second = ties.locator("select").nth(1).input_value()
    ties.get_by_role("button", name=walk.says("Up")).nth(1).click()
    expect(ties.locator("select").first).to_have_value(second)
    total = walk.page.locator("[name=quota__total]")
    total.fill("100")
    total.blur()
    expect(walk.page.locator("#words")).to_contain_text("100")
    walk.press("Keep in the draft")
    walk.reads("Kept in the draft.")
    walk.look("rules-draft")
    walk.fill("Why", "The committee's letter of 3 June")
    walk.press("Put into force")
    walk.reads("Version {n} is in force.", n=2)

    rules = Contest.objects.get().rules.stages[0]
    assert rules.quota.total == 100 and rules.tie_breaks[0] == second
    assert rules.criteria[0].bands[0].text.zh == "在港口天天运行"


def try_the_rules(walk: Walk) -> None:
    stage = "First round" if walk.language == "en" else "初评"
    walk.main.locator("aside").get_by_role("link", name=stage, exact=True).click()
    walk.look("preview")
    result = walk.page.locator("#result")
    before = result.inner_text()
    walk.page.locator("[name=t-0-0]").fill("100")
    walk.press("Reckon")
    expect(result).not_to_have_text(before)
    walk.look("preview-result")
    walk.go("Rules")


def publish_and_read(walk: Walk) -> None:
    walk.press("Scenarios, organisations, people")
    walk.press("Publish")
    walk.look("edition-public")
    name = "Venture" if walk.language == "en" else "创投赛"
    walk.main.get_by_role("link", name=name, exact=True).click()
    walk.press("Publish")
    walk.press("Public page")
    walk.reads("This text is printed from the very data that the platform reckons with.")
    band = "Runs in a harbour, every day" if walk.language == "en" else "在港口天天运行"
    expect(walk.main).to_contain_text(band)
    expect(walk.main).to_contain_text("100")
    walk.look("rules-public")
    for summary in walk.main.locator("summary").all():
        summary.click()
    walk.look("rules-public-open")


def copy_and_carry(walk: Walk, tmp_path: Path) -> None:
    walk.page.goto("/desk/")
    walk.press("Programmes I may set up")
    walk.main.get_by_role("link", name=re.compile("3|三")).first.click()
    walk.press("Copy as next year's edition")
    walk.look("copy")
    walk.press("Copy")
    walk.look("copied")
    copied = Edition.objects.get(slug="haiwan-4")
    assert copied.contests.get().rules.stages[0].quota.total == 100
    assert copied.appointments.count() == 1

    with walk.page.expect_download() as down:
        walk.press("Download as YAML")
    kept = tmp_path / "edition.yaml"
    down.value.save_as(kept)
    walk.page.locator(".crumbs a").click()
    walk.press("From a file")
    bad = tmp_path / "bad.yaml"
    bad.write_text(kept.read_text().replace("total: 100", "total: many"))
    walk.field("File").set_input_files(bad)
    walk.fill("Address", "haiwan-again")
    walk.press("Take it in")
    walk.look("import-bad")
    expect(walk.main.get_by_role("alert")).to_be_visible()
    walk.was_refused()
    assert not Edition.objects.filter(slug="haiwan-again").exists()
    walk.field("File").set_input_files(kept)
    walk.press("Take it in")
    walk.reads("The edition is here, as a draft.")

    first, again = (
        queries.document(Edition.objects.get(slug=slug)) for slug in ("haiwan-4", "haiwan-again")
    )
    assert again.model_copy(update={"slug": first.slug}) == first
