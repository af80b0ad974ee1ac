"""The worker's door."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from leitai.foundation import jobs
from leitai.foundation.refusals import NotPossible
from leitai.rooms.standings import actions, queries
from leitai.rooms.standings.models import Appeal, Publication

log = logging.getLogger(__name__)


@jobs.task("standings.feedback")
def tell_feedback(turn: jobs.Turn, *, publication_id: int) -> None:
    publication = Publication.objects.select_related("contest__edition").get(pk=publication_id)
    total, told = publication.feedback.count(), 0
    while some := actions.tell_some(publication=publication, by=turn.job.by, at=turn.at):
        told += some
        turn.tell(told / max(total, 1), "writing letters")


@app.periodic(cron="10 1 * * *")
@app.task(queueing_lock="remind_of_appeals", pass_context=False)
def remind_of_appeals(timestamp: int) -> None:
    """Each morning in China: the steps that are due within a day."""
    for appeal in Appeal.objects.open().filter(reminded_at=None, due_at__isnull=False):
        actions.remind_of_appeal(appeal=appeal, by=None, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="fill_places", pass_context=False)
def fill_places(timestamp: int) -> None:
    """Silence past a deadline, or a team that has left, lets the reserves move up."""
    at = timezone.now()
    for stage in queries.stages_due(at=at):
        try:
            actions.fill_places(stage=stage, by=None, at=at)
        except NotPossible:
            log.exception("The places of stage %s could not be passed on.", stage.pk)
