"""What the parts of the loading hand on to one another."""

from dataclasses import dataclass, field

from leitai.rooms.contests.models import Contest, Edition, Scenario
from leitai.rooms.contests.rules import FieldRule, Rules
from leitai.rooms.demands.models import Demand
from leitai.rooms.jury.models import Juror
from leitai.rooms.people.models import Organisation, User
from leitai.rooms.stages.models import Stage
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import fields_of
from leitai.site.demo.load.diary import Diary
from leitai.site.demo.load.registers import Houses, People
from leitai.site.demo.story import Story


@dataclass(kw_only=True)
class Hands:
    """Who does what an organiser or the secretariat does."""

    organiser: User
    secretariat: User


@dataclass(kw_only=True)
class Scene:
    """One contest while it is being written."""

    story: Story
    edition: Edition
    contest: Contest
    hands: Hands
    people: People
    houses: Houses
    diary: Diary
    partners: dict[str, Organisation] = field(default_factory=dict)  # by the story's code
    speakers: dict[str, User] = field(default_factory=dict)  # of partners
    demands: dict[int, Demand] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    jurors: dict[int, Juror] = field(default_factory=dict)
    is_over: bool = False  # an earlier edition: every sheet is sealed

    def __post_init__(self) -> None:
        self.scenarios: dict[str, Scenario] = {s.code: s for s in self.edition.scenarios.all()}
        self.rules: Rules = self.contest.rules
        self._asked: dict[str, dict[str, FieldRule]] = {}
        self.book = f"contest:{self.contest.pk}"

    def asked(self, kind: str) -> dict[str, FieldRule]:
        """The form's questions for this kind of entrant; thousands ask, so it is kept."""
        if kind not in self._asked:
            self._asked[kind] = fields_of(self.rules.entry, kind)
        return self._asked[kind]

    @property
    def first_stage(self) -> Stage:
        return self.contest.stages.order_by("order")[0]
