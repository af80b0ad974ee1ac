"""The whole demo edition, all of it or nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from leitai.rooms.contests.models import Programme
from leitai.site.demo.load import (
    alliance,
    checks,
    demands,
    entries,
    halls,
    jury,
    leads,
    mailings,
    past,
    programme,
    readiness,
    reminders,
    second_look,
    sheets,
)  # fmt: skip
from leitai.site.demo.load.cast import STAFF, cast, mail, staff
from leitai.site.demo.load.diary import Diary
from leitai.site.demo.load.registers import Houses, People
from leitai.site.demo.load.scene import Hands, Scene
from leitai.site.demo.load.seating import Drawn
from leitai.site.demo.plan import plan
from leitai.site.demo.shapes import Member
from leitai.site.demo.story import Story, write
from leitai.site.export import work

ROLES = (*STAFF, "juror", "investor", "team", "overseas", "enterprise")
Tell = Callable[[str, float], None]


def load(*, size: str, seed: int, now: datetime, tell: Tell = lambda part, seconds: None) -> Story:
    """`tell` hears of each part when it is done, and how many seconds it took."""
    with _part("story", tell):
        drawn = Drawn()
        local = now.astimezone(ZoneInfo(programme.ZONE))
        story = cast(write(plan(size=size, seed=seed, now=local), seater=drawn))
    with transaction.atomic():
        _Loading(story, drawn, tell).run()
    with _part("statistics", tell), connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the first pages are planned for empty tables
    return story


@contextmanager
def _part(name: str, tell: Tell) -> Iterator[None]:
    begun = time.monotonic()
    yield
    tell(name, time.monotonic() - begun)


class _Loading:
    def __init__(self, story: Story, drawn: Drawn, tell: Tell) -> None:
        self.story, self.drawn, self.tell = story, drawn, tell
        self.people, self.houses, self.diary = (
            People(joined=story.timeline["survey"]),
            Houses(),
            Diary(),
        )

    def run(self) -> None:
        with self.part("people and earlier editions"):
            self._staff()
            brand = self._earlier()
        with self.part("edition and partners"):
            scene = self._edition(brand)
            alliance.write(scene)
        with self.part("demands"):
            demands.write(scene)
        with self.part("entries"):
            entries.write(scene, read=_read(self.story))
            leads.write(scene)
        with self.part("checks"):
            checks.write(scene)
        with self.part("jury"):
            jury.write(scene)
            readiness.write(scene)
        with self.part("sheets and marks"):
            sheets.write(scene, self.drawn)
            reminders.write(scene)
        with self.part("journal"):
            self.diary.close()
            work.note_digests(at=self.story.plan.now)
        with self.part("second look"):
            second_look.write(scene)
        with self.part("halls"):
            halls.write(scene)
        with self.part("messages"):
            mailings.write(scene, roles=[mail(role) for role in ROLES])

    def part(self, name: str) -> object:
        return _part(name, self.tell)

    def _staff(self) -> None:
        self.users = {
            role: self.people.add(staff(role), is_host=role == "organiser") for role in STAFF
        }
        self.people.save()
        self.hands = Hands(organiser=self.users["organiser"], secretariat=self.users["secretariat"])

    def _earlier(self) -> Programme:
        by, now = self.hands.organiser, self.story.plan
        brand = programme.found(by=by, at=past.earlier(now, 1).when("survey") - timedelta(days=60))
        for told, crew in zip(self.story.past_ventures, self.story.past_workers):
            then = past.earlier(now, told.edition)
            made = past.edition(brand, then, told, crew, by=by)
            programme.staffed(made, self.users, by=by, at=then.when("survey"))
            if told.edition == 1:
                past.shell(made, then, by=by)
            else:
                past.played(
                    made, then, lead=_team(self.story), hands=self.hands, people=self.people,
                    houses=self.houses,
                )  # fmt: skip
        return brand

    def _edition(self, brand: Programme) -> Scene:
        plan, by = self.story.plan, self.hands.organiser
        made = programme.edition(brand, plan, 3, by=by)
        programme.staffed(made, self.users, by=by, at=plan.when("survey") - timedelta(days=28))
        contest = programme.venture(made, plan, by=by)
        programme.workers(made, plan, self.story.workers_targets, by=by)
        return Scene(
            story=self.story, edition=made, contest=contest, hands=self.hands,
            people=self.people, houses=self.houses, diary=self.diary,
        )  # fmt: skip


def _team(story: Story) -> Member:
    """The captain behind the team's role."""
    captains = (entry.team[0] for entry in story.entries)
    return next(captain for captain in captains if captain.person.email == mail("team"))


def _read(story: Story) -> set[int]:
    """Entries that somebody with a demo role will open: their own, and sheets that wait."""
    roles = {mail(role) for role in ("juror", "investor")}
    jurors = {j.number for j in story.jurors if j.person.email in roles}
    teams = {mail(role) for role in ("team", "overseas")}
    waiting = {s.entry for s in story.sheets if s.juror in jurors and s.state != "sealed"}
    return waiting | {e.number for e in story.entries if e.team[0].person.email in teams}
