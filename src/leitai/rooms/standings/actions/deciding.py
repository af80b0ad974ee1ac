"""Named people decide on a standing, and sign."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.foundation import journal
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.actions import close_judging
from leitai.rooms.jury.rules import JudgingState
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import notices, queries, rules
from leitai.rooms.standings.actions.amending import amend, moves_up
from leitai.rooms.standings.models import Attendee, Decision, Signature, SpecialPlace, Standing
from leitai.rooms.standings.rules import (
    CLOSED_OFFERS,
    MOVES,
    Outcome,
    SpecialState,
    State,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """Places of a group that the committee leaves empty."""

    group: str = ""
    places: int = 0
    why: str = ""


@transaction.atomic
def decide(
    *, standing: Standing, text: str, reasons: str = "", vacancy: Vacancy | None = None,
    by: User, at: datetime,
) -> Decision:  # fmt: skip
    """The committee's record: this standing holds, with what the committee changed in it. The
    digest covers every place, the text, who was present and why.

    With it the judging of the stage is closed: nobody discusses any more, and names come back.
    """
    stage, vacancy = standing.stage, vacancy or Vacancy()
    hold(stage)
    hold(standing)
    special = list(queries.special_places(stage).exclude(state=SpecialState.REJECTED))
    wanted = stage.contest.rules.decision.signatures
    require(
        rules.may_decide(
            standing.state, open_ties=len(standing.open_ties),
            is_newest=queries.newest(stage) == standing, text=text, wanted=wanted,
            signers=queries.signers(stage),
            open_votes=sum(p.state == SpecialState.PROPOSED for p in special),
        )
    )  # fmt: skip
    changes = _changes(standing, special, vacancy)
    if jury.phase(stage) != JudgingState.CLOSED:
        close_judging(stage=stage, by=by, at=at)
    held = amend(standing=standing, changes=changes, by=by, at=at) if changes else standing
    particulars = _particulars(stage, reasons, wanted)
    decision = Decision.objects.create(
        standing=held, text=text, particulars=particulars,
        digest=digest(held, text, particulars), by=by, at=at,
    )  # fmt: skip
    _bind(decision, special)
    move(held, State.DECIDED, moves=MOVES)
    journal.write(
        "standings.standing_decided", about=decision, by=by, at=at, digest=decision.digest
    )
    notices.asked_to_sign(decision, but=by, at=at)
    return decision


def _changes(
    standing: Standing, special: Sequence[SpecialPlace], vacancy: Vacancy
) -> list[dict[str, Any]]:
    """Who has given a place back before stays out, places are left empty, special places given."""
    changes: list[dict[str, Any]] = []
    stands = queries.stands(standing)
    closed = standing.stage.offers.filter(state__in=CLOSED_OFFERS)
    gone = set(closed.values_list("entry_id", flat=True))
    changes += moves_up(standing, stands, gone=gone) if gone else []
    after = rules.amended({s.entry: s.outcome for s in stands}, changes)
    stands = [rules.Stand(s.entry, after[s.entry], s.group) for s in stands]
    ours = [s for s in stands if s.group == vacancy.group and s.outcome == Outcome.IN]
    require(rules.may_leave_vacant(places=vacancy.places, chosen=len(ours), why=vacancy.why))
    if vacancy.places:
        empty = rules.left_vacant(stands, group=vacancy.group, places=vacancy.places)
        changes.append({"what": "vacant", "entries": empty, "group": vacancy.group,
                        "places": vacancy.places, "why": vacancy.why.strip()})  # fmt: skip
    for place in special:
        if after.get(place.entry_id) == Outcome.IN:
            continue  # its marks give it a place by now
        changes.append({"what": "special", "entries": [place.entry_id], "kind": place.kind,
                        "why": place.why})  # fmt: skip
    return changes


def _particulars(stage: Stage, reasons: str, wanted: int) -> dict[str, Any]:
    """As they stand in the record for ever; entries by their codes."""
    people = list(queries.attendees(stage))
    left = queries.leaves_for(stage, people)
    for one in people:
        one.left_for = [entry.code for entry in left[one.pk]]
    Attendee.objects.bulk_update(people, ["left_for"])
    return {
        "present": [[one.name, one.title, one.left_for] for one in people],
        "reasons": reasons.strip(), "signatures": wanted, "rules": stage.contest.ruleset.version,
    }  # fmt: skip


def _bind(decision: Decision, special: Sequence[SpecialPlace]) -> None:
    """Who was present and what was given belong to this decision now."""
    queries.attendees(decision.standing.stage).update(decision=decision)
    SpecialPlace.objects.filter(pk__in=[p.pk for p in special]).update(decision=decision)


def digest(standing: Standing, text: str, particulars: dict[str, Any] | None = None) -> str:
    """Records from before people present were listed have no particulars."""
    rows = standing.places.order_by("entry_id").values_list("entry_id", "rank", "score", "outcome")
    body: list[Any] = [standing.inputs, [[e, r, str(s), o] for e, r, s, o in rows], text]
    body += [particulars] if particulars else []
    told = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def sign(*, decision: Decision, by: User, at: datetime) -> Signature:
    """A named person who was present signs, with the own account."""
    hold(decision)
    attendee = decision.attendees.filter(user=by).first()
    is_older = not decision.particulars  # decided before people present were listed
    require(
        rules.may_sign(
            is_present=attendee is not None or is_older,
            is_tied=bool(attendee and attendee.left_for),
            has_signed=decision.signatures.filter(by=by).exists(),
        )
    )
    signature = Signature.objects.create(
        decision=decision, attendee=attendee, name=attendee.name if attendee else by.name,
        title=attendee.title if attendee else "", by=by, at=at,
    )  # fmt: skip
    journal.write("standings.decision_signed", about=signature, by=by, at=at)
    return signature
