"""Work of the screening room."""

from leitai.foundation import jobs
from leitai.rooms.contests.models import Contest
from leitai.rooms.screening import actions, queries


@jobs.task(queries.FLAGS_JOB)
def find_flags(turn: jobs.Turn, *, contest_id: int) -> None:
    contest = Contest.objects.get(pk=contest_id)
    actions.find_flags(contest=contest, tell=turn.tell, by=turn.job.by, at=turn.at)
