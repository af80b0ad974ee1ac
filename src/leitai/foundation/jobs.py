"""Work in the background that somebody waits for.

    # actions.py, in the transaction that makes the work necessary
    draw.job = jobs.ask("jury.draw", by=by, at=at, lock=f"stage-{stage.pk}", draw_id=draw.pk)

    # tasks.py: `kind` names the task, so actions need not know who does the work
    @jobs.task("jury.draw")
    def compute_draw(turn: jobs.Turn, *, draw_id: int) -> None:
        actions.compute_draw(draw=Draw.objects.get(pk=draw_id), tell=turn.tell, at=turn.at)

    # views.py
    return jobs.answer(request, draw.job, url=..., cancel=..., again=...)

A task is handed ids, loads its rows, calls one action, and may run twice without harm: a worker
that dies leaves its job to another one. Jobs with the same `lock` are done one after the other.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from leitai.foundation import live
from leitai.foundation.models import Job, JobState
from leitai.foundation.refusals import NotPossible, Refusal
from leitai.foundation.states import hold
from leitai.values.verdict import no

log = logging.getLogger("leitai.jobs")
A_BREATH = 0.4  # seconds between two words from a worker
OPEN = (JobState.WAITING, JobState.RUNNING)


def ask(kind: str, *, by: Any, at: datetime, lock: str = "", **ids: int) -> Job:
    """Ask for work of this kind; it begins when the running transaction has ended well."""
    job = Job.objects.create(kind=kind, by=by, asked_at=at, lock=lock, ids=ids)
    _defer(job)
    return job


@transaction.atomic
def cancel(job: Job, *, at: datetime) -> None:
    """Nobody waits any more; a worker that is at it stops when it next says how far it is."""
    hold(job)
    if job.is_open:
        _end(job, JobState.CANCELLED, at=at)


@transaction.atomic
def try_again(job: Job, *, at: datetime) -> None:
    """The same work once more, after it failed or was cancelled."""
    hold(job)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise NotPossible(no("job_open", _("This job has not failed.")))
    job.state, job.done, job.now, job.why = JobState.WAITING, 0, "", ""
    job.asked_at, job.ended_at = at, None
    job.save()
    _defer(job)


class Cancelled(Exception):
    """Somebody cancelled the job while it ran."""


@dataclass
class Turn:
    """A worker's turn at a job. The clock is read once, when it begins."""

    job: Job
    at: datetime
    _told: float = field(default=0.0)

    def tell(self, share: float, doing: str) -> None:
        """Say how far the work is, from 0 to 1. Costs nothing when called often.

        Call it outside a transaction, or nobody hears it before the end. `doing` is an English
        message id that the reader's language has a word for.
        """
        if share < 1 and time.monotonic() - self._told < A_BREATH:
            return
        self._told = time.monotonic()
        done = min(max(round(share * 100), 0), 100)
        running = Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING)
        if not running.update(done=done, now=doing[:200]):
            raise Cancelled
        live.announce(topic(self.job), done)


def task(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function the work that `ask(kind, …)` asks for."""

    def named(work: Callable[..., None]) -> Callable[..., None]:
        @app.task(name=kind)
        @wraps(work)
        def run(job_id: int, **ids: int) -> None:
            try:
                _carry_out(work, job_id, ids)
            finally:
                if not connection.in_atomic_block:
                    connection.close()  # a worker's threads come and go; the pool keeps the line

        return run

    return named


def answer(request: HttpRequest, job: Job, **doors: str) -> HttpResponse:
    """The partial that a waiting page asks for; the page comes anew when the job has ended."""
    response = render(request, "foundation/job.html", {"job": job, **doors})
    if not job.is_open:
        response["HX-Refresh"] = "true"
    return response


def topic(job: Job) -> str:
    return f"job/{job.pk}"


def _defer(job: Job) -> None:
    """Hand the job to the queue, in this transaction; tests do the work on the spot."""
    if getattr(settings, "WORK_AT_ONCE", False):
        app.perform_import_paths()
        app.tasks[job.kind](job_id=job.pk, **job.ids)
        job.refresh_from_db()
        return
    lock = {"lock": job.lock} if job.lock else {}
    app.configure_task(job.kind, **lock).defer(job_id=job.pk, **job.ids)


def _carry_out(work: Callable[..., None], job_id: int, ids: dict[str, int]) -> None:
    at = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state__in=OPEN)  # running: another worker died at it
    if not waiting.update(state=JobState.RUNNING, done=0, why=""):
        return
    job = Job.objects.select_related("by").get(pk=job_id)
    with translation.override((job.by and job.by.language) or settings.LANGUAGE_CODE):
        try:
            work(Turn(job, at), **ids)
        except Cancelled:
            return
        except Refusal as refusal:
            _end(job, JobState.FAILED, at=at, why=str(refusal.verdict.reason))
        except Exception:
            log.exception("job %s (%s) failed", job_id, job.kind)
            why = _("Something broke on our side and has been written down. Please try again.")
            _end(job, JobState.FAILED, at=at, why=why)
        else:
            _end(job, JobState.DONE, at=at)


def _end(job: Job, state: JobState, *, at: datetime, why: str = "") -> None:
    done = 100 if state == JobState.DONE else job.done
    ended = max(at, timezone.now())
    Job.objects.filter(pk=job.pk, state__in=OPEN).update(
        state=state, done=done, why=why, ended_at=ended
    )
    job.refresh_from_db()
    live.announce(topic(job), 101)
