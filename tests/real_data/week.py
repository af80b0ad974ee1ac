"""A jury's whole week with the marks of 2,076 real proposals, without hand work.

`walk(file)` carries a contest from the table of marks to the verified export and tells what each
page cost on the way. The test checks what came of it; `benchmarks/week.py` prints the seconds.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import appointed
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury import queries as jurors
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Conflict, Juror, Sheet
from leitai.rooms.jury.rules import DrawState, JurorKind, JurorState
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings.models import Publication, Standing
from leitai.site.verify import verify
from leitai.values.score import Scale

CRITERIA = ("significance", "investigator", "innovation", "approach", "environment")
LISTS = ("jurors", "entries", "scenarios", "spread", "outliers", "conflicts", "extra")
PLACES, RANGE = 200, 5


@dataclass
class Week:
    """What was done, and what it cost."""

    contest: Contest
    client: Client
    deeds: dict[str, float] = field(default_factory=dict)  # seconds
    # Seconds, seconds of the processor, queries.
    pages: dict[str, tuple[float, float, int]] = field(default_factory=dict)
    discussed: int = 0
    told: int = 0  # teams that got feedback

    @property
    def stage(self) -> Stage:
        return self.contest.stages.select_related("contest__edition", "contest__ruleset").get()

    @property
    def publication(self) -> Publication:
        return Publication.objects.get(contest=self.contest)

    def do(self, name: str, deed: Callable[..., Any], **told: Any) -> Any:
        begun = time.perf_counter()
        done = deed(**told)
        self.deeds[name] = time.perf_counter() - begun
        return done

    def look(self, name: str, address: str) -> None:
        """Twice: the first look may fill what is kept, the second is what people see all day."""
        self.client.get(address)
        begun, worked = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get(address)
        took = time.perf_counter() - begun, time.process_time() - worked
        self.pages[name] = (*took, len(asked))
        assert answer.status_code == 200, (name, answer.status_code)


def walk(file: Path, folder: Path) -> Week:
    week = begin(file)
    look_at_the_jury(week)
    mend_what_is_late(week)
    standing = find_the_line(week)
    discuss(week)
    standing = week.do(
        "standing after the talks", standings.compute_standing, stage=week.stage, **_by("Ora")
    )
    decide(week, standing)
    hear_an_appeal(week)
    tell_the_teams(week)
    export(week, folder)
    return week


def begin(file: Path) -> Week:
    scale = Scale(Decimal(1), Decimal(9), direction="down")
    made = rules.review_rules(CRITERIA, scale=scale, per_entry=1)
    first = made.stages[0]
    panel = first.panel.model_copy(update={"load_max": 20})
    changed = {
        "panel": panel, "range_flag": Decimal(RANGE), "band_factor": Decimal(2),
        "quota": first.quota.model_copy(update={"total": PLACES, "reserves": 20}),
    }  # fmt: skip
    stages = (first.model_copy(update=changed),)
    contest = jury.found_contest(
        edition="haiwan-real", slug="nih", by=None, at=timezone.now(),
        reviewed_by=made.model_copy(update={"stages": stages}),
    )  # fmt: skip
    client = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Language": "en"})
    client.force_login(appointed(contest, name="Ora"))
    week = Week(contest, client)
    week.do("import", lambda: call_command("import_reviews", str(file), contest="haiwan-real/nih"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return week


def look_at_the_jury(week: Week) -> None:
    stage, contest = week.stage.pk, week.contest.pk
    week.look("desk of the contest", reverse("site:contest_desk", args=[contest]))
    for show in LISTS:
        week.look(f"health, {show}", reverse("jury:progress", args=[stage]) + f"?show={show}")
    week.look("reminders", reverse("jury:reminder_plan", args=[stage]))
    week.look("jurors", reverse("jury:jurors", args=[contest]))
    week.look("readiness", reverse("jury:board", args=[contest]))
    week.look("conflicts", reverse("jury:conflicts", args=[contest]))
    week.look("draws", reverse("jury:draws", args=[stage]))
    week.look("all sheets", reverse("jury:sheets", args=[stage]))
    begun = time.perf_counter()
    week.client.get(reverse("jury:report", args=[stage]))
    week.deeds["juror report, reckoned"] = time.perf_counter() - begun
    week.look("juror report, kept", reverse("jury:report", args=[stage]))


def mend_what_is_late(week: Week) -> None:
    """The records show a tie after the marks are in; and one slip of the pen takes two people."""
    stage = week.stage
    first, second = Sheet.objects.filter(stage=stage).select_related("juror", "entry")[:2]
    tie = Conflict.objects.create(
        juror=first.juror, entry=first.entry, source="derived", ground="same_organisation",
        at=timezone.now(),
    )  # fmt: skip
    week.look("late conflict", reverse("jury:repair", args=[stage.pk, tie.pk]))
    found = jurors.mending(tie, stage, first)
    assert found.takes_over is not None
    done = week.do(
        "repair", jury.repair_conflict, conflict=tie, stage=stage, juror=found.takes_over,
        **_by("Ora"),
    )  # fmt: skip
    _mark(done.fresh, like=second)
    asked = jury.ask_reopening(
        sheet=second, why="A slip of the pen", until=timezone.now() + timezone.timedelta(days=1),
        **_by("Ora"),
    )  # fmt: skip
    jury.confirm_reopening(request=asked, **_by("Otto"))
    second.refresh_from_db()
    jury.seal_sheet(sheet=second, **_by("Ora"))


def find_the_line(week: Week) -> Standing:
    standing = week.do("standing", standings.compute_standing, stage=week.stage, **_by("Ora"))
    week.look("standing", reverse("standings:overview", args=[week.stage.pk]))
    begun = time.perf_counter()
    week.client.get(reverse("standings:doubts", args=[standing.pk]))
    week.deeds["the line, reckoned"] = time.perf_counter() - begun
    week.look("the line, kept", reverse("standings:doubts", args=[standing.pk]))
    week.look("formulas compared", reverse("standings:formulas", args=[standing.pk]))
    week.look("second look", reverse("standings:second_look", args=[standing.pk]))
    for way, more in (
        ("band", {"each": 1, "budget": None}),
        ("telling", {"each": None, "budget": 100}),
    ):
        draw = week.do(
            f"second look, {way}", standings.ask_second_look, standing=standing, way=way, **more,
            **_by("Ora"),
        )  # fmt: skip
        draw.refresh_from_db()
        assert draw.state == DrawState.PROPOSED, (draw.state, draw.shortages)
        week.look(f"proposal, {way}", reverse("jury:draw", args=[draw.pk]))
        jury.discard_draw(draw=draw, **_by("Ora"))
    return standing


def discuss(week: Week) -> None:
    """The entries on which jurors differ most; their chair sums up."""
    stage, chair = week.stage, a_person("Chair")
    seat = Juror.objects.create(
        contest=week.contest, user=chair, name="Chair", email=chair.email,
        kind=JurorKind.TECHNICAL, state=JurorState.ACTIVE, invited_at=timezone.now(),
    )  # fmt: skip
    jury.appoint_chair(stage=stage, juror=seat, **_by("Ora"))
    week.do("discussion begun", jury.begin_discussion, stage=stage, **_by("Ora"))
    talks = list(week.stage.discussions.select_related("entry"))
    week.discussed = len(talks)
    week.look("discussions", reverse("jury:discussions", args=[stage.pk]))
    week.look("one discussion", reverse("jury:discussion", args=[talks[0].pk]))
    week.do(
        "discussions closed",
        lambda: [
            jury.close_discussion(discussion=t, summary="They differ, and why.", **_by("Chair"))
            for t in talks
        ],
    )


def decide(week: Week, standing: Standing) -> None:
    for tie in standing.open_ties:
        standing = standings.settle_tie(
            standing=standing, order=sorted(tie["entries"]), why="The older one first.",
            **_by("Ora"),
        )  # fmt: skip
    people = [appointed(week.contest, name=name) for name in ("Ora", "Otto")]
    for person in people:
        standings.enter_room(
            stage=week.stage, name="", title="Committee", user=person, **_by("Ora")
        )
    week.look("meeting", reverse("standings:meeting", args=[week.stage.pk]))
    decision = week.do(
        "decision", standings.decide, standing=standing, text="These go on.", **_by("Ora")
    )
    for person in people:
        standings.sign(decision=decision, by=person, at=timezone.now())
    week.do("publication", standings.publish, standing=decision.standing, **_by("Ora"))
    slugs = [week.contest.edition.slug, week.contest.slug, week.publication.number]
    week.look("record", reverse("standings:record", args=[decision.standing_id]))
    week.look("public notice", reverse("standings:notice", args=slugs))


def hear_an_appeal(week: Week) -> None:
    """By real name, heard by three people from outside, and answered."""
    appeal = standings.file_appeal(
        publication=week.publication, entry=None, ground="procedure",
        text="A sheet was opened again after it had been sealed.",
        identity={"kind": "person", "name": "Ivy", "unit": "Lishi", "contact": "ivy@example.org",
                  "address": "1 Harbour Road"},
        **_by("Ivy"),
    )  # fmt: skip
    standings.take_up_appeal(appeal=appeal, **_by("Ora"))
    for name in ("Pia", "Pit", "Pam"):
        panelist = standings.seat_panelist(appeal=appeal, user=a_person(name), **_by("Ora"))
        standings.vote(
            panelist=panelist, finding="dismissed", reason="Two people agreed.", **_by(name)
        )
    week.look("appeals", reverse("standings:appeals", args=[week.contest.pk]))
    standings.decide_appeal(appeal=appeal, reason="The rules were kept.", **_by("Ora"))
    standings.answer_appeal(appeal=appeal, answer="The rules were kept.", **_by("Ora"))


def tell_the_teams(week: Week) -> None:
    publication = week.publication
    week.look("comments", reverse("standings:comments", args=[publication.pk]))
    week.look("feedback", reverse("standings:feedback", args=[publication.pk]))
    week.told = week.do(
        "feedback", standings.release_feedback, publication=publication, **_by("Ora")
    )


def export(week: Week, folder: Path) -> None:
    """As anybody checks it, without the database."""
    file = folder / "week.zip"
    week.look("journal", reverse("site:journal", args=[week.contest.pk]))
    week.do("export", lambda: call_command("export", "contest", "haiwan-real/nih", str(file)))
    found = week.do("verify", lambda: verify([str(file)]))
    assert found == 0


def _mark(sheet: Sheet, *, like: Sheet) -> None:
    given = {f"mark-{code}": rules.plain(value) for code, value in like.given().items()}
    jury.save_fields(sheet=sheet, fields=given, base=0, **_by("Ora"))
    jury.seal_sheet(sheet=sheet, **_by("Ora"))


def _by(name: str) -> dict[str, Any]:
    return {"by": a_person(name), "at": timezone.now()}
