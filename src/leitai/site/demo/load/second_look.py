"""A first standing while some sheets are still open, and a second look at its band, proposed."""

from datetime import timedelta

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.actions.second_look import solve_second_look
from leitai.rooms.jury.models import Draw, Seat
from leitai.rooms.jury.rules import DrawState, SecondLook
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings import queries
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene

EACH = 3  # a panel of its own for everybody in the band


def write(scene: Scene) -> None:
    """Nothing where the round is too small for jurors to be compared."""
    by, at = scene.hands.organiser, scene.story.plan.now - timedelta(minutes=40)
    stage = scene.first_stage
    try:
        standing = standings.compute_standing(stage=stage, despite_missing=True, by=by, at=at)
    except NotPossible:
        return
    ranks = queries.band(standing)
    asked = {"ranks": {str(entry): rank for entry, rank in ranks.items()}, "each": EACH}
    draw = Draw.objects.create(
        stage=stage, number=2, seed=scene.story.plan.seed, second_look=SecondLook.BAND,
        asked=asked, asked_by=by, asked_at=at + timedelta(minutes=5),
    )  # fmt: skip
    today = jury.seating(stage)
    found = solve_second_look(draw, today, lambda share, doing: None)
    pour(
        [
            Seat(
                draw=draw, entry_id=today.entry_ids[str(pair.entry)], juror_id=pair.juror,
                reason=reason,
            )
            for pair, reason in found.seats.items()
        ]
    )  # fmt: skip
    draw.state, draw.figures = DrawState.PROPOSED, found.figures
    draw.save(update_fields=["state", "figures"])
    journal.write(
        "jury.draw_started", about=draw, by=by, at=draw.asked_at, seed=draw.seed,
        second_look=draw.second_look,
    )  # fmt: skip
    journal.write(
        "jury.draw_proposed", about=draw, by=None, at=draw.asked_at + timedelta(seconds=4),
        seats=len(found.seats),
    )  # fmt: skip
