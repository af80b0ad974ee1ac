"""When the records must be searched for ties again: the journal tells."""

from collections.abc import Iterator

from django.db.models import Max

from leitai.foundation.models import Line
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.models import ConflictSearch
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.stages.rules import State as StageState

# What can tie somebody to something: who takes part, who is on a team, who is on the jury.
CAUSES = (
    "submissions.entry_handed_in", "submissions.entry_imported", "submissions.entry_accepted",
    "submissions.entry_merged", "submissions.member_joined", "submissions.member_listed",
    "submissions.answer_given", "jury.juror_invited", "jury.juror_accepted", "jury.juror_edited",
    "jury.tie_declared", "jury.holdings_named",
)  # fmt: skip


def search_line(contest: Contest) -> int:
    """The last line of the contest's book that can have made a tie."""
    told = Line.objects.filter(book=f"contest:{contest.pk}", verb__in=CAUSES)
    return told.aggregate(last=Max("number"))["last"] or 0


def due_searches() -> Iterator[Contest]:
    """Contests that still judge and whose book has such a line since the last search."""
    judging = Contest.objects.filter(
        stages__state__in=[StageState.PLANNED, StageState.OPEN],
        jurors__state__in=[JurorState.INVITED, JurorState.ACTIVE],
    )
    reached = dict(ConflictSearch.objects.values_list("contest_id", "line"))
    for contest in judging.distinct().order_by("pk"):
        if search_line(contest) > reached.get(contest.pk, 0):
            yield contest
