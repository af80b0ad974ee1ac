"""Wild cards between heats, and the further check of those in line for a prize."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.finals.models import Diligence
from leitai.rooms.finals.queries.promotion import promotion
from leitai.rooms.finals.rules import DILIGENCE_MOVES, DiligenceState, diligence
from leitai.rooms.finals.rules.promotion import WildCard
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings import queries
from leitai.rooms.standings.actions.amending import amend
from leitai.rooms.standings.models import Standing
from leitai.rooms.standings.rules import Outcome
from leitai.values.verdict import no


@transaction.atomic
def promote(*, stage: Stage, by: User, at: datetime) -> Standing:
    """Give the wild cards that the newest standing leaves open, each with its calibrated score as
    the reason; the committee decides on the list with them. Where the heats have no jurors in
    common it is refused, and says what can be done."""
    hold(stage)
    found = promotion(stage)
    require(found.may)
    if found.standing is None or not found.cards:
        raise NotPossible(no("nobody_left", _("There is nobody left for a wild card.")))
    hold(found.standing)
    changes = [
        {"what": "special", "entries": [card.entry], "kind": "wild_card", "why": _why(card)}
        for card in found.cards
    ]
    made = amend(standing=found.standing, changes=changes, by=by, at=at)
    journal.write("finals.wild_cards_proposed", about=made, by=by, at=at,
                  entries=[card.entry for card in found.cards])  # fmt: skip
    return made


def _why(card: WildCard) -> str:
    """Published, so in both languages."""
    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words = _("Best calibrated score of those left: {score} ({low} to {high}).")
            told.append(words.format(score=card.score, low=card.low, high=card.high))
    return " ".join(told)


# --- due diligence


@transaction.atomic
def begin_diligence(*, stage: Stage, by: User, at: datetime) -> list[Diligence]:
    """A further check for the share of those in line for a prize that the rules ask for, the best
    first; who is checked already stays. Called again after a replacement it takes in the next."""
    hold(stage)
    standing = queries.newest(stage)
    percent = stage.contest.rules.diligence_percent
    if standing is None or not percent:
        words = _("There is no standing yet, or the rules ask for no further check.")
        raise NotPossible(no("nothing_to_check", words))
    line = list(
        standing.places.filter(outcome=Outcome.IN).exclude(rank=None).order_by("rank", "pk")
    )
    wanted = [place.entry_id for place in line[: ceil(len(line) * percent / 100)]]
    there = set(stage.diligences.values_list("entry_id", flat=True))
    made = Diligence.objects.bulk_create(
        Diligence(stage=stage, entry_id=e, items=dict.fromkeys(diligence.ITEMS, ""), asked_at=at)
        for e in wanted
        if e not in there
    )
    if made:
        journal.write("finals.diligence_begun", about=stage, by=by, at=at, n=len(made))
    return made


@transaction.atomic
def note_diligence(
    *, row: Diligence, items: Mapping[str, str], note: str = "", by: User, at: datetime
) -> Diligence:
    """What was looked at so far, item by item."""
    hold(row)
    require(diligence.may_note(row.state, items=items))
    row.items = {**row.items, **items}
    row.note = note.strip()[:4000] or row.note
    row.save(update_fields=["items", "note"])
    journal.write("finals.diligence_noted", about=row, by=by, at=at, items=dict(items))
    return row


@transaction.atomic
def conclude_diligence(
    *, row: Diligence, state: str, note: str = "", by: User, at: datetime
) -> Standing | None:
    """Passed; or failed, and then the entry leaves the stage with the reason and a new standing is
    made, in which the next one has its place. That one is checked in its turn."""
    hold(row.stage)
    hold(row)
    row.note = note.strip()[:4000] or row.note
    require(diligence.may_conclude(state, items=row.items, note=row.note))
    move(row, state, moves=DILIGENCE_MOVES)
    row.by, row.at = by, at
    row.save(update_fields=["note", "by", "at"])
    made = None
    if state == DiligenceState.FAILED:
        stages.take_out(stage=row.stage, entry=row.entry, reason=row.note[:300], by=by, at=at)
        before = queries.newest(row.stage)
        made = standings.compute_standing(
            stage=row.stage, despite_missing=True, by=by, at=at,
            rulings=queries.rulings(before) if before else (),
        )  # fmt: skip
    journal.write("finals.diligence_concluded", about=row, by=by, at=at, state=state)
    if made is not None:
        begin_diligence(stage=row.stage, by=by, at=at)
    return made
