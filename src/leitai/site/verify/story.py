"""What the journal tells, replayed line by line: who was where, what was sealed, when.

Only verbs that are known here change anything. A line about a row by a verb of another kind makes
its state unknown rather than wrong, so a newer journal raises no false alarm.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leitai.foundation.chain import GENESIS
from leitai.site.verify.findings import Row

# What a line makes of the row it is about.
STATES: dict[str, dict[str, str]] = {
    "jury.sheet": {
        "jury.sheet_assigned": "assigned", "jury.sheet_sealed": "sealed",
        "jury.sheet_reopened": "assigned", "jury.sheet_imported": "sealed",
        "jury.sheet_recused": "recused", "jury.sheet_recalled": "recalled",
        "jury.marks_changed": "sealed", "jury.sheet_restored": "sealed",
        "jury.seal_restored": "sealed",
    },
    "jury.draw": {
        "jury.draw_started": "computing", "jury.draw_proposed": "proposed",
        "jury.draw_changed": "proposed", "jury.draw_failed": "failed",
        "jury.draw_deployed": "deployed", "jury.draw_discarded": "discarded",
    },
    "stages.stage": {"stages.stage_opened": "open", "stages.stage_closed": "closed"},
    "submissions.entry": {
        "submissions.entry_begun": "draft", "submissions.entry_handed_in": "submitted",
        "submissions.entry_accepted": "accepted", "submissions.entry_refused": "refused",
        "submissions.entry_returned": "returned", "submissions.entry_put_back": "submitted",
        "submissions.entry_withdrawn": "withdrawn", "submissions.entry_merged": "withdrawn",
    },
}  # fmt: skip
# Lines of the row's own room that leave its state as it is; those of other rooms always do.
SILENT = frozenset(
    {
        "stages.window_extended", "submissions.entry_kind_changed", "submissions.captain_changed",
        "submissions.card_shown", "submissions.card_hidden", "submissions.confidential_viewed",
    }
)  # fmt: skip
SEALING = frozenset({"jury.sheet_sealed", "jury.sheet_imported"})
HANDING_IN = frozenset({"submissions.entry_handed_in", "submissions.entry_imported"})
UNKNOWN = "?"


@dataclass(frozen=True)
class Told:
    """A line, as far as the checks ask for it."""

    line: int
    number: int
    at: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Moment:
    """How a contest stood when a line was written."""

    line: int
    at: str
    inside: frozenset[int]  # entries that take part in the stage
    sealed: Mapping[int, int]  # sheets of the stage that were sealed, with the number of the seal
    lifted: frozenset[int]  # conflicts that were not in force


@dataclass
class Story:
    stage_of_sheet: Mapping[int, int]
    stage_of_draw: Mapping[int, int]
    stage_of_standing: Mapping[int, int]

    head: tuple[int, str] = (0, GENESIS)
    states: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    seals: dict[int, list[Told]] = field(default_factory=lambda: defaultdict(list))
    hand_ins: dict[int, list[Told]] = field(default_factory=lambda: defaultdict(list))
    inside: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    lifted: set[int] = field(default_factory=set)
    deployed: dict[int, Moment] = field(default_factory=dict)  # by draw
    computed: dict[int, Moment] = field(default_factory=dict)  # by standing
    told: dict[tuple[str, int], Told] = field(default_factory=dict)  # the last line of a verb
    edited: dict[int, int] = field(default_factory=dict)  # juror: the last line that changed them
    adopted: int = 0  # the last line that put rules into force

    def hear(self, n: int, line: Row) -> None:
        verb, about, row = str(line.get("verb")), str(line.get("about_type")), line.get("about_id")
        data = line.get("data")
        if not isinstance(row, int) or not isinstance(data, dict):
            return
        told = Told(n, line.get("number") or 0, str(line.get("at")), data)
        self._state(verb, about, row, n, data)
        if verb in SEALING or (about == "jury.sheet" and "digest" in data):
            self.seals[row].append(told)
        elif verb in HANDING_IN:
            self.hand_ins[row].append(told)
        elif verb in ("stages.entry_let_in", "stages.entry_taken_out"):
            self._walk(row, data.get("stage"), n, is_in=verb.endswith("in"))
        elif about == "jury.conflict":
            (self.lifted.add if verb.endswith("lifted") else self.lifted.discard)(row)
        elif verb == "jury.juror_edited":
            self.edited[row] = n
        elif verb == "stages.rules_adopted":
            self.adopted = n
        elif verb == "jury.draw_deployed":
            self.deployed[row] = self._moment(self.stage_of_draw.get(row), told)
        elif verb == "standings.standing_computed":
            self.computed[row] = self._moment(self.stage_of_standing.get(row), told)
        if about.startswith(("standings.", "jury.draw", "contests.ruleset")):
            self.told[verb, row] = told

    def _state(self, verb: str, about: str, row: int, n: int, data: Row) -> None:
        is_ours = verb.split(".")[0] == about.split(".")[0]
        if about not in STATES or not is_ours or verb in SILENT:
            return
        if verb == "submissions.entry_imported":
            state = str(data.get("state", UNKNOWN))
        else:
            state = STATES[about].get(verb, UNKNOWN)
        self.states[about, row] = (state, n)

    def _walk(self, entry: int, stage: Any, n: int, *, is_in: bool) -> None:
        if is_in:
            self.inside[stage][entry] = n
        else:
            self.inside[stage].pop(entry, None)

    def _moment(self, stage: int | None, told: Told) -> Moment:
        sealed = {
            sheet: len(seals)
            for sheet, seals in self.seals.items()
            if self.stage_of_sheet.get(sheet) == stage
            and self.states[("jury.sheet", sheet)][0] == "sealed"
        }
        inside = frozenset(self.inside[stage] if stage is not None else ())
        return Moment(told.line, told.at, inside, sealed, frozenset(self.lifted))
