"""A standing made from another by what people changed in it; the earlier one stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from leitai.foundation import journal
from leitai.rooms.people.models import User
from leitai.rooms.standings import queries, rules
from leitai.rooms.standings.actions.computing import supersede
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.rules import Outcome, State
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State as EntryState

KEPT = ("formula", "body", "quotas", "notes", "rulings", "inputs", "seed")
COPIED = ("rank", "group_rank", "score", "raw", "sheets", "spread", "broken_by")


def amend(
    *, standing: Standing, changes: Sequence[dict[str, Any]], by: User | None, at: datetime
) -> Standing:
    """The next number: the same scores, with these changes beside the earlier ones. Whoever calls
    holds the stage."""
    newest = queries.newest(standing.stage) or standing
    amendments = [*standing.amendments, *changes]
    made = Standing.objects.create(
        stage=standing.stage, number=newest.number + 1, amends=_root(standing),
        amendments=amendments, by=by, at=at, **{name: getattr(standing, name) for name in KEPT},
    )  # fmt: skip
    Place.objects.bulk_create(_places(standing, made), batch_size=2000)
    supersede(standing.stage, besides=made, states=[State.DRAFT])
    journal.write(
        "standings.standing_computed", about=made, by=by, at=at, number=made.number,
        formula=made.formula, inputs=made.inputs, amends=made.amends_id,
    )  # fmt: skip
    return made


def _root(standing: Standing) -> Standing:
    """The decided one, or else the computed one: never a chain."""
    has_own = hasattr(standing, "decision")
    return standing if has_own or standing.amends is None else standing.amends


def _places(standing: Standing, made: Standing) -> list[Place]:
    kept = {place.entry_id: place for place in standing.places.all()}
    why = rules.reasons(made.amendments)
    outcomes = rules.amended({e: p.outcome for e, p in kept.items()}, made.amendments)
    return [
        Place(
            standing=made, entry_id=entry, outcome=outcome, why=why.get(entry, ""),
            **{name: getattr(kept[entry], name) for name in COPIED if entry in kept},
        )
        for entry, outcome in outcomes.items()
    ]  # fmt: skip


def moves_up(
    standing: Standing, stands: Sequence[rules.Stand], *, gone: set[int]
) -> list[dict[str, Any]]:
    """These are gone; the reserves that take their places, as amendments."""
    waiting = [s.entry for s in stands if s.outcome == Outcome.RESERVE]
    fit = Entry.objects.filter(pk__in=waiting, state=EntryState.ACCEPTED)
    pairs = rules.moving_up(
        stands, gone=gone, fit=set(fit.values_list("pk", flat=True)) - gone,
        shares=queries.shares_of(standing), special=set(rules.special(standing.amendments)),
    )  # fmt: skip
    changes: list[dict[str, Any]] = []
    for entry, follows in pairs:
        changes.append({"what": "gone", "entries": [entry]})
        if follows:
            changes.append({"what": "promoted", "entries": [follows], "instead_of": entry})
    return changes
