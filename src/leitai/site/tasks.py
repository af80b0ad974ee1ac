"""Work that belongs to no room."""

from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django import app

from leitai.foundation import jobs
from leitai.rooms.contests.actions.exports import EXPORT
from leitai.rooms.contests.models import Contest
from leitai.site.export import work


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_again", pass_context=False)
async def take_up_again(timestamp: int) -> None:
    """A worker that died leaves jobs behind; another one does them again."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="sweep_sessions", pass_context=False)
def sweep_sessions(timestamp: int) -> None:
    """Sessions that ran out are of no use to anybody."""
    call_command("clearsessions")


@jobs.task(EXPORT)
def export_contest(turn: jobs.Turn, *, contest_id: int, is_public: int, with_files: int) -> None:
    contest = Contest.objects.select_related("edition").get(pk=contest_id)
    work.write(
        contest, turn.job, is_public=bool(is_public), with_files=bool(with_files), tell=turn.tell,
        at=turn.at,
    )  # fmt: skip


@jobs.task("site.verify")
def verify_contest(turn: jobs.Turn, *, contest_id: int) -> None:
    contest = Contest.objects.select_related("edition").get(pk=contest_id)
    work.verify(contest, by=turn.job.by, at=turn.at, tell=turn.tell)


@app.periodic(cron="55 23 * * *")
@app.task(queueing_lock="note_digests", pass_context=False)
def note_digests(timestamp: int) -> None:
    """The day's last hashes, for everybody to see."""
    work.note_digests(at=timezone.now())


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="verify_what_is_new", pass_context=False)
def verify_what_is_new(timestamp: int) -> None:
    work.verify_what_is_new(at=timezone.now())


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="forget_old_exports", pass_context=False)
def forget_old_exports(timestamp: int) -> None:
    work.forget_old(at=timezone.now())
