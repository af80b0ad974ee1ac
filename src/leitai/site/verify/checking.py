"""All questions, one after the other, over rows wherever they are."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from leitai.site.verify import journal, seats, standings, tables
from leitai.site.verify.archive import Archive
from leitai.site.verify.findings import Check, Finding, Source
from leitai.site.verify.journal import Head
from leitai.site.verify.rows import Rows
from leitai.site.verify.story import Story

Ask = Callable[[Check, Rows, Story], None]
STUCK = gettext_noop("The rows cannot be compared: {why}")


@dataclass(frozen=True)
class Report:
    checks: list[Check]
    head: Head  # of the journal: how many lines it has, the last one's hash

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)

    @property
    def first(self) -> Finding | None:
        """What does not fit, and names a row if any finding does."""
        found = [finding for check in self.checks for finding in check.found]
        return next((f for f in found if f.line is not None), next(iter(found), None))

    def as_json(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            "journal": {"lines": self.head[0], "hash": self.head[1]},
            "first": self.first.as_json() if self.first else None,
            "checks": [check.as_json() for check in self.checks],
        }


def of_archive(archive: Archive, *, key: str = "", digests: Collection[Head] = ()) -> Report:
    outer = [archive.signed(key), archive.whole()]
    told = archive.manifest["journal"]
    report = of_rows(archive, end=(told["lines"], told["hash"]), digests=digests)
    return Report([*outer, *report.checks], report.head)


def of_rows(source: Source, *, end: Head | None = None, digests: Collection[Head] = ()) -> Report:
    rows = Rows(source)
    story = Story(
        stage_of_sheet={pk: row["stage_id"] for pk, row in rows.of("sheets").items()},
        stage_of_draw={pk: row["stage_id"] for pk, row in rows.of("draws").items()},
        stage_of_standing={pk: row["stage_id"] for pk, row in rows.of("standings").items()},
    )
    chain = journal.chained(source, story, end=end, digests=digests)
    questions = {"tables": tables.agree, "seats": seats.kept, "standings": standings.recomputed}
    asked = [_asked(Check(name), ask, rows, story) for name, ask in questions.items()]
    return Report([chain, rows.check, *asked], story.head)


def _asked(check: Check, ask: Ask, rows: Rows, story: Story) -> Check:
    """Rows that somebody made up may say what nobody thought of."""
    try:
        ask(check, rows, story)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        check.say(STUCK, why=f"{type(error).__name__}: {error}"[:200])
    return check
