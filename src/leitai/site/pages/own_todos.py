"""What waits for one person by name: a word, a vote or a signature nobody else can give."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.rooms.finals.queries.preparing import turns_ahead
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.rules import LASTS
from leitai.rooms.standings import queries as standings
from leitai.rooms.standings.queries.nominations import nominations_owed
from leitai.site.pages.todos import Todo

MOST = 12


def of(user: Any, *, at: datetime) -> list[Todo]:
    """What ends soonest first; what has no end comes last."""
    found = [*_confirmations(user, at), *_votes(user), *_signatures(user), *_nominations(user),
             *_turns(user)]  # fmt: skip
    return sorted(found, key=lambda todo: (todo.until is None, todo.until))[:MOST]


def _turns(user: Any) -> list[Todo]:
    """A team's own entries that go on stage."""
    what = _("{code} goes on stage: {heat}")
    return [
        Todo(
            what.format(code=slot.entry.code, heat=slot.heat),
            slot.heat.hall,
            reverse("finals:turn", args=[slot.entry_id]),
            _("When and where"),
            slot.heat.starts_at,
        )
        for slot in turns_ahead(user)
    ]


def _confirmations(user: Any, at: datetime) -> list[Todo]:
    """Without the juror's name; the reason stands on the page."""
    what = _("Open the sealed sheet on {code} again?")
    return [
        Todo(
            what.format(code=asked.sheet.entry.code),
            _("{name} asked; it takes the word of a second person.").format(name=asked.by),
            reverse("jury:second_person", args=[asked.pk]),
            _("Read and answer"),
            min(asked.at + LASTS, asked.until or asked.at + LASTS),
        )
        for asked in jury.confirmations_owed(user, at=at)
    ]


def _votes(user: Any) -> list[Todo]:
    what = _("Objection {n}: your vote is missing")
    return [
        Todo(
            what.format(n=seat.appeal.number),
            seat.appeal.publication.contest.name,
            reverse("standings:appeal", args=[seat.appeal_id]),
            _("Read and vote"),
            seat.appeal.due_at,
        )
        for seat in standings.votes_owed(user)
    ]


def _signatures(user: Any) -> list[Todo]:
    what = _("The record of “{stage}” waits for your signature")
    return [
        Todo(
            what.format(stage=one.decision.standing.stage.name),
            _("{n} of {wanted} signatures are there.").format(
                n=one.signed, wanted=one.decision.particulars.get("signatures", 1)
            ),
            reverse("standings:record", args=[one.decision.standing_id]),
            _("Read and sign"),
        )
        for one in standings.signatures_owed(user)
    ]


def _nominations(user: Any) -> list[Todo]:
    what = _("You may nominate an answer to “{demand}”")
    return [
        Todo(
            what.format(demand=demand.title),
            _(
                "The owners of demands have one place beside the quota, "
                "until the committee decides."
            ),
            reverse("submissions:answered", args=[demand.pk]),
            _("See the answers"),
        )
        for demand in nominations_owed(user)
    ]
