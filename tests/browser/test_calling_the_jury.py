"""Journey 5: jurors are invited and imported, ties found, panels drawn, put to work and mended."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from leitai.foundation.models import JobState, Letter
from leitai.rooms.contests.testing import a_contest, appointed, some_rules
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Draw, Juror, Sheet
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.jury.testing import a_juror, a_sample, an_undertaking
from leitai.rooms.people.testing import a_person, an_organisation
from leitai.rooms.stages.rules import State
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.testing import an_entry
from tests.browser.walking import BOTH_WAYS, Walker

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "姓名,邮箱,类别,单位,专长\n{rows}"
HOUSES = [("Weld Ears", "焊耳科技"), ("Seam Works", "焊缝工场")]
ROWS = [
    "周启明,zhou@example.org,技术专家,海湾大学,视觉",
    "林雨,lin@example.org,投资人,北岸资本,语音",
    "陈曦,chen@example.org,投资人,潮汐基金,视觉",
]


@pytest.fixture
def contest(live_server):
    """Six entries wait; four jurors said yes, and each may carry three sheets."""
    now = timezone.now()
    span = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=10)}
    panel = {"per_entry": 3, "load_max": 3, "mix": {"investor": 1}}
    contest = a_contest(rules=some_rules(stage={"span": span, "panel": panel}))
    stage = a_stage(contest, state=State.PLANNED)
    for n in range(6):
        house = None
        if n < 2:
            house = an_organisation(HOUSES[n][0], name_zh=HOUSES[n][1])
        takes_part(stage, an_entry(contest, organisation=house, tags=["视觉"]))
    for n, kind in enumerate(["technical", "technical", "investor", "investor"]):
        a_juror(f"评委{n}", contest=contest, kind=kind, tags=["视觉"])
    an_undertaking(contest, "我对所读的一切保密。")
    a_sample(stage)
    return contest


@BOTH_WAYS
def test_a_jury_is_called_drawn_and_mended(walker: Walker, contest, settings, tmp_path):
    organiser = appointed(contest)
    stage = contest.stages.get()
    walker.is_now(organiser)
    walker.open(reverse("site:contest_desk", args=[contest.pk]))

    invite_one_by_hand(walker)
    answer_the_letter(walker)
    get_ready(walker)
    walker.is_now(organiser)
    import_the_rest(walker, contest, tmp_path)
    find_ties(walker)
    too_few_are_told_in_numbers(walker, stage)
    everybody_says_yes(contest)
    draw_and_deploy(walker, stage, settings)
    one_leaves_and_few_seats_move(walker, stage)


def invite_one_by_hand(walker):
    walker.go("Jury")
    walker.look("jurors")
    walker.press("Invite a juror")
    walker.fill("Name", "Mei Song")
    walker.fill("E-mail", "mei@example.org")
    walker.choose("Kind", "technical expert")
    walker.fill("Organisation", "焊耳科技")
    walker.fill("Expertise", "视觉, 焊接")
    walker.look("invite")
    walker.press("Send the letter")
    walker.sees("Mei Song")


def answer_the_letter(walker):
    """The link is in the letter; the account is the juror's own."""
    mei = a_person("Mei Song", email="mei@example.org")
    mei.set_password("harbour-crane-42")
    mei.save()
    EmailAddress.objects.create(user=mei, email=mei.email, verified=True, primary=True)
    letter = Letter.objects.get(to="mei@example.org")
    walker.is_now(None)
    walker.open(re.search(r"/jury/invitations/\S+", letter.text).group())
    walker.look("invitation")
    walker.press("Sign in to say yes")
    walker.page.get_by_label(re.compile("e-mail|email|电子邮箱", re.I)).first.fill(mei.email)
    walker.fill("Password", "harbour-crane-42")
    walker.page.locator("main form .button.go").click()
    walker.press("Yes, I will join")
    walker.reads("Welcome to the jury. A few things come before the papers.")
    walker.look("readiness")
    assert Juror.objects.get(email=mei.email).state == JurorState.ACTIVE


def get_ready(walker):
    """Step by step; the button above always leads to the next one."""
    mei = Juror.objects.get(email="mei@example.org")
    walker.press("The undertaking")
    walker.sees("我对所读的一切保密。")
    walker.look("undertaking")
    walker.press("I have read this and accept it")
    walker.reads("Accepted. You may take it away as a PDF.")

    walker.press("Your field, your days, your load")
    walker.fill("Your field in your own words", "Ultrasonic welding 超声焊接")
    walker.look("profile")
    walker.press("Save")
    walker.reads("Saved.")

    name_ties(walker)
    walker.press("Sample entries")
    walker.look("samples")
    mark_the_sample(walker)
    walker.reads("All is done. Sheets come here when the jury has been drawn.")
    walker.look("ready")
    told = mei.ties.values_list("organisation__name_zh", "name")
    assert set(told) == {("焊缝工场", ""), (None, "Old Friend")}
    mei.refresh_from_db()
    assert None not in (mei.profiled_at, mei.tied_at)


def name_ties(walker):
    """One house is in the list; a person is not, and is named beside it."""
    page = walker.page
    walker.press("Your ties")
    row = page.get_by_role("row").filter(has_text=re.compile("Seam Works|焊缝工场"))
    row.locator("summary").click()
    walker.look("ties")
    row.get_by_role("button", name=walker.says("Name the tie")).click()
    walker.reads("Noted. Their entries will never be yours.")
    beside = page.locator("aside")
    walker.field("or a person's name", within=beside).fill("Old Friend")
    beside.get_by_role("button", name=walker.says("Name the tie")).click()
    walker.sees("Old Friend")
    walker.look("ties-named")
    walker.press("I have named all my ties")
    walker.reads("Thank you. You may name further ties at any time.")


def mark_the_sample(walker):
    page = walker.page
    page.get_by_role("link", name=re.compile("Sample 1|样题1")).click()
    for field in page.locator("[name^=mark-]").all():
        field.fill("6")
    walker.look("sample")
    walker.press("Hand in the marks")
    walker.agree()
    walker.reads("Your marks beside the reference")
    walker.look("sample-marked")
    walker.press("Back")
    walker.press("Back")


def import_the_rest(walker, contest, tmp_path):
    """A bad row stops everything; mended, the table goes in whole."""
    bad = tmp_path / "bad.csv"
    bad.write_bytes(
        TABLE.format(rows="\n".join([*ROWS, "高远,gao(at)example.org,投资人,,"])).encode("gb18030")
    )
    good = tmp_path / "good.csv"
    good.write_text(TABLE.format(rows="\n".join([*ROWS, "高远,gao@example.org,投资人,,"])))
    walker.open(reverse("jury:jurors", args=[contest.pk]))
    walker.press("Import a table")
    walker.look("import")
    walker.page.set_input_files("input[type=file]", str(bad))
    walker.press("Preview")
    walker.reads("%(n)s thing to mend", "%(n)s things to mend", n=1)
    walker.sees("gao(at)example.org")
    walker.look("import-faults")
    assert not Juror.objects.filter(email="zhou@example.org").exists()

    walker.press("Send another table")
    walker.page.set_input_files("input[type=file]", str(good))
    walker.press("Preview")
    walker.look("import-preview")
    walker.page.get_by_role(
        "button", name=walker.says("Invite %(n)s juror", "Invite all %(n)s jurors", n=4)
    ).click()
    walker.agree()
    walker.reads("{n} jurors are invited.", n=4)
    assert Letter.objects.filter(to="zhou@example.org").count() == 1


def find_ties(walker):
    walker.press("Conflicts")
    walker.press("Search the records now")
    walker.sees("Mei Song")
    walker.reads("derived from records")
    walker.look("conflicts")


def too_few_are_told_in_numbers(walker, stage):
    walker.open(reverse("jury:draws", args=[stage.pk]))
    walker.look("draws-empty")
    walker.press("Make a new draw")
    walker.reads("These jurors cannot fill these panels")
    walker.reads("Ways out:")
    walker.sees("18")
    walker.look("draw-failed")


def everybody_says_yes(contest):
    for juror in Juror.objects.filter(contest=contest, state=JurorState.INVITED):
        by = a_person(juror.name, email=juror.email)
        actions.accept_invitation(juror=juror, by=by, at=timezone.now())


def draw_and_deploy(walker, stage, settings):
    settings.WORK_AT_ONCE = False
    walker.press("Draw again")
    walker.press("Make a new draw")
    walker.reads("You may leave this page; the work goes on.")
    walker.look("draw-waits")
    job = Draw.objects.latest("pk").job
    assert job.state == JobState.WAITING
    app.perform_import_paths()
    app.tasks[job.kind](job_id=job.pk, **job.ids)  # the worker's turn
    settings.WORK_AT_ONCE = True
    walker.reads("Seats, and why")  # the page comes anew by itself
    walker.look("draw-proposed")

    walker.press("Deploy")
    walker.agree()
    walker.reads("The jury is at work; each juror gets one letter.")
    walker.look("progress")
    assert Sheet.objects.open().filter(stage=stage).count() == 18
    assert not Sheet.objects.filter(juror__name="Mei Song", entry__code="MED-0001").exists()


def one_leaves_and_few_seats_move(walker, stage):
    before = set(Sheet.objects.open().values_list("entry", "juror__name"))
    left = {seat for seat in before if seat[1] == "周启明"}
    walker.press("Jurors")
    walker.page.get_by_role("link", name="周启明").click()
    walker.look("juror")
    walker.press("Take off the jury")
    walker.agree()
    walker.open(reverse("jury:progress", args=[stage.pk]))
    walker.press("Repair the draw")
    walker.press("Repair: move as few as possible")
    walker.reads("seats stay")
    walker.look("repair-proposed")
    walker.press("Deploy")
    walker.agree()
    walker.reads("The jury is at work; each juror gets one letter.")
    after = set(Sheet.objects.open().values_list("entry", "juror__name"))
    assert len(left) > 0
    assert len(after) == 18
    assert len(before - left - after) <= len(left)  # at most one other gives way for each
