"""Work that belongs to no room."""

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_again", pass_context=False)
async def take_up_again(timestamp: int) -> None:
    """A worker that died leaves jobs behind; another one does them again."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
