"""Did each draw that was put to work keep the rules it had to keep that day?

Asked again from the rows, with the checker that stands beside the solver. Of languages nothing is
asked: what an entry and a juror said of theirs that day is not kept.
"""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop
from pydantic import ValidationError

from leitai.algorithms.assignment import EntryNeed, JurorOffer, Rules, Seat, faults
from leitai.rooms.contests.rules import StageRule
from leitai.site.verify.findings import Check, Finding, Row
from leitai.site.verify.rows import LINE, Rows
from leitai.site.verify.story import Moment, Story

ANY_LOAD = 10**6
TIED = gettext_noop("Juror {juror} sits on entry {entry}, and there was a conflict.")
NO_RULE = gettext_noop("The stage's rule cannot be read: {why}")
RULES_CHANGED = gettext_noop("Loads and panels of draw {number}: rules were changed after it.")
SECOND_LOOK = gettext_noop("Loads and panels of draw {number}: it adds second looks to a draw.")


def kept(check: Check, rows: Rows, story: Story) -> None:
    for draw in rows.of("draws").values():
        moment = story.deployed.get(draw["id"])
        if draw["state"] == "deployed" and moment is not None:
            _Draw(check, rows, story, draw, moment).ask()


class _Draw:
    def __init__(self, check: Check, rows: Rows, story: Story, draw: Row, moment: Moment) -> None:
        self.check, self.rows, self.story, self.draw, self.then = check, rows, story, draw, moment
        self.at = _instant(moment.at)
        self.jurors = rows.of("jurors")
        self.seats = rows.by("seats", "draw_id").get(draw["id"], [])
        self.sealed = {
            (row["entry_id"], row["juror_id"])
            for pk in moment.sealed
            if (row := rows.of("sheets").get(pk))
        }

    def ask(self) -> None:
        self.check.looked_at += len(self.seats)
        self._conflicts()
        if self.draw["second_look"]:
            self.check.pass_over(SECOND_LOOK, number=self.draw["number"])
        elif self.story.adopted > self.then.line:
            self.check.pass_over(RULES_CHANGED, number=self.draw["number"])
        else:
            self._panels()

    def _conflicts(self) -> None:
        """Those known that day; a sheet that was sealed already is left to the organiser."""
        tied = {
            (tie["entry_id"], tie["juror_id"])
            for tie in self.rows.of("conflicts").values()
            if tie["id"] not in self.then.lifted and _instant(tie["at"]) <= self.at
        }
        for seat in self.seats:
            pair = seat["entry_id"], seat["juror_id"]
            if pair in tied and pair not in self.sealed:
                self.check.say(TIED, "seats", seat[LINE], seat["id"], juror=pair[1],
                               entry=self._code(pair[0]))  # fmt: skip

    def _panels(self) -> None:
        stage = self.rows.of("stages").get(self.draw["stage_id"], {})
        try:
            panel = StageRule.model_validate(stage.get("body")).panel
        except ValidationError as error:
            self.check.say(
                NO_RULE, "stages", stage.get(LINE), stage.get("id"), why=str(error)[:200]
            )
            return
        active = {pk for pk, juror in self.jurors.items() if self._was_active(juror)}
        found = faults(
            [Seat(self._code(s["entry_id"]), s["juror_id"]) for s in self.seats],
            self._needs(panel, active),
            [self._offer(self.jurors[pk], panel) for pk in sorted(active)],
            rules=Rules(k=panel.per_entry, mix=dict(panel.mix), match_language=False,
                        one_per_organisation=panel.one_per_organisation),
        )  # fmt: skip
        for fault in found:
            kind, row = self._row_of(fault.entry, fault.juror)
            self.check.add(Finding(what=fault.note.english, values=dict(fault.note.params),
                                   kind=kind, line=row[LINE], row=row["id"]))  # fmt: skip

    def _needs(self, panel: Any, active: set[int]) -> list[EntryNeed]:
        """A sealed sheet of a juror who has left counts and needs nobody new."""
        gone: dict[int, Counter[str]] = defaultdict(Counter)
        for entry, juror in self.sealed:
            if juror not in active and juror in self.jurors:
                gone[entry][self.jurors[juror]["kind"]] += 1
        changed = {s["entry_id"] for s in self.seats if self._was_edited(s["juror_id"])}
        return [
            EntryNeed(
                id=self._code(entry),
                k=max(panel.per_entry - gone[entry].total(), 0),
                mix={} if entry in changed
                else {kind: max(n - gone[entry][kind], 0) for kind, n in panel.mix.items()},
            )
            for entry in sorted(self.then.inside)
        ]  # fmt: skip

    def _offer(self, juror: Row, panel: Any) -> JurorOffer:
        """Whose record was changed since may have had other limits that day."""
        most = panel.load_max if juror["load_max"] is None else juror["load_max"]
        least = panel.load_min if juror["load_min"] is None else juror["load_min"]
        if was_edited := self._was_edited(juror["id"]):
            most, least = ANY_LOAD, 0
        house = None if was_edited else juror["organisation_id"]
        return JurorOffer(
            id=juror["id"], kind=juror["kind"], load_max=most, load_min=min(least, most),
            organisation=str(house) if house else None,
        )  # fmt: skip

    def _was_edited(self, juror: int) -> bool:
        return self.story.edited.get(juror, 0) > self.then.line

    def _was_active(self, juror: Row) -> bool:
        came, left = _instant(juror["answered_at"]), _instant(juror["left_at"])
        is_here = juror["state"] in ("active", "left") and came is not None and came <= self.at
        return is_here and (left is None or left > self.at)

    def _row_of(self, entry: Any, juror: Any) -> tuple[str, Row]:
        """The seat a fault is about; the draw, where it is about several."""
        for seat in self.seats:
            if self._code(seat["entry_id"]) == entry and juror in (None, seat["juror_id"]):
                return "seats", seat
        return "draws", self.draw

    def _code(self, entry: int) -> str:
        return self.rows.of("entries").get(entry, {}).get("code") or f"#{entry}"


def _instant(words: str | None) -> Any:
    return None if words is None else datetime.fromisoformat(words)
