"""Work in the background that belongs to no contest."""

from django.utils import timezone
from procrastinate.contrib.django import app

from leitai.foundation import digests, mail
from leitai.foundation import post as post_office


@app.task
def deliver(letter_id: int) -> None:
    """What cannot be delivered now is tried again by `send_due`."""
    mail.post(letter_id, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send_due", pass_context=False)
def send_due(timestamp: int = 0) -> None:
    """Everything whose time has come, for some seconds; then other work has its turn first."""
    if post_office.post_due(at=timezone.now(), seconds=20):
        send_on.defer()


@app.task
def send_on() -> None:
    send_due()


@app.periodic(cron="30 0 * * *")
@app.task(queueing_lock="send_digests", pass_context=False)
def send_digests(timestamp: int) -> None:
    """Half past eight in China."""
    digests.gather_all(at=timezone.now())
