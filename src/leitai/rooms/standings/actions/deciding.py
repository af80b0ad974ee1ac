"""Named people decide on a standing, and sign."""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.actions import close_judging
from leitai.rooms.jury.rules import JudgingState
from leitai.rooms.people.models import User
from leitai.rooms.standings import queries, rules
from leitai.rooms.standings.models import Decision, Signature, Standing
from leitai.rooms.standings.rules import MOVES, State
from leitai.values.verdict import no


@transaction.atomic
def decide(*, standing: Standing, text: str, by: User, at: datetime) -> Decision:
    """The committee's record: this standing holds. Its digest covers every place and the text.

    With it the judging of the stage is closed: nobody discusses any more, and names come back.
    """
    if jury.phase(standing.stage) != JudgingState.CLOSED:
        close_judging(stage=standing.stage, by=by, at=at)
    hold(standing)
    newest = queries.newest(standing.stage)
    require(
        rules.may_decide(
            standing.state, open_ties=len(standing.open_ties), is_newest=newest == standing,
            text=text,
        )
    )  # fmt: skip
    decision = Decision.objects.create(
        standing=standing, text=text, digest=digest(standing, text), by=by, at=at
    )
    move(standing, State.DECIDED, moves=MOVES)
    journal.write(
        "standings.standing_decided", about=decision, by=by, at=at, digest=decision.digest
    )
    return decision


def digest(standing: Standing, text: str) -> str:
    rows = standing.places.order_by("entry_id").values_list("entry_id", "rank", "score", "outcome")
    body = [standing.inputs, [[e, r, str(s), o] for e, r, s, o in rows], text]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def sign(*, decision: Decision, name: str, title: str, by: User, at: datetime) -> Signature:
    """A named person of the committee signs."""
    hold(decision)
    if not name.strip():
        raise NotPossible(no("no_name", _("Please give the name of the person who signs.")))
    signature = Signature.objects.create(decision=decision, name=name, title=title, by=by, at=at)
    journal.write("standings.decision_signed", about=signature, by=by, at=at)
    return signature
