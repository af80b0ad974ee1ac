"""The worker's door."""

from leitai.foundation import jobs
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Draw


@jobs.task("jury.draw")
def compute_draw(turn: jobs.Turn, *, draw_id: int) -> None:
    draw = Draw.objects.select_related("stage__contest").get(pk=draw_id)
    actions.compute_draw(draw=draw, tell=turn.tell, at=turn.at)
