"""The worker's door."""

from django.utils import timezone
from procrastinate.contrib.django import app

from leitai.foundation import jobs
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Draw


@jobs.task("jury.draw")
def compute_draw(turn: jobs.Turn, *, draw_id: int) -> None:
    draw = Draw.objects.select_related("stage__contest").get(pk=draw_id)
    actions.compute_draw(draw=draw, tell=turn.tell, at=turn.at)


@jobs.task("jury.ties")
def search_conflicts(turn: jobs.Turn, *, contest_id: int) -> None:
    contest = Contest.objects.select_related("edition").get(pk=contest_id)
    turn.tell(0.1, "looking for conflicts")
    actions.carry_out_search(contest=contest, by=turn.job.by, at=turn.at)


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="look_for_ties", pass_context=False)
def look_for_ties(timestamp: int) -> None:
    """Entries and jurors come and go; the records are searched after each change."""
    for contest in queries.due_searches():
        actions.search_conflicts(contest=contest, by=None, at=timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="remind_jurors", pass_context=False)
def remind_jurors(timestamp: int) -> None:
    """By each stage's plan, in the daytime of its edition; what a sleeping worker missed goes out
    the same day, and nothing goes out twice."""
    now = timezone.now()
    plans = {plan.pk: plan for plan in queries.running_plans()}
    plans |= {plan.pk: plan for plan in queries.plans_of_reopened(at=now)}
    for plan in plans.values():
        if queries.is_daytime(plan.stage, at=now):
            actions.remind_by_plan(plan=plan, by=None, at=now)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="restore_seals", pass_context=False)
def restore_seals(timestamp: int) -> None:
    """Sheets that were opened again and not sealed in time."""
    actions.restore_lapsed(by=None, at=timezone.now())
