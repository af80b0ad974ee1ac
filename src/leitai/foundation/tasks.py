"""Work in the background that belongs to no contest."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from leitai.foundation import mail


@app.task(retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def deliver(letter_id: int) -> None:
    mail.post(letter_id, at=timezone.now())
