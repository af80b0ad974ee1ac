"""Work that belongs to no room."""

from django.core.management import call_command
from procrastinate.contrib.django import app


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
