"""The worker's door."""

from leitai.foundation import jobs
from leitai.rooms.awards import actions
from leitai.rooms.awards.models import Bundle


@jobs.task("awards.bundle")
def make_bundle(turn: jobs.Turn, *, bundle_id: int) -> None:
    bundle = Bundle.objects.select_related("contest__edition", "contest__ruleset").get(pk=bundle_id)
    actions.make_bundle(bundle=bundle, tell=turn.tell, by=turn.job.by, at=turn.at)
