"""Jobs: asked for, told about, failed, tried again, cancelled."""

from datetime import UTC, datetime

import pytest

from leitai.foundation import jobs
from leitai.foundation.models import Job, JobState
from leitai.foundation.refusals import NotPossible
from leitai.values.verdict import no

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SEEN: list[int] = []


@jobs.task("test.count")
def count(turn, *, upto):
    if upto < 0:
        raise NotPossible(no("negative", "Below zero there is nothing to count."))
    if upto == 13:
        raise RuntimeError("the secret of the machine")
    for i in range(upto):
        turn.tell(i / upto, "counting")
    SEEN.append(upto)


def asked(upto):
    return jobs.ask("test.count", by=None, at=NOON, upto=upto)


def test_a_job_that_ends_well_is_done():
    job = asked(3)

    assert (job.state, job.done, job.why) == (JobState.DONE, 100, "")
    assert SEEN[-1] == 3


def test_a_refusal_is_told_to_those_who_wait():
    job = asked(-1)

    assert (job.state, job.why) == (JobState.FAILED, "Below zero there is nothing to count.")


def test_a_breakdown_is_told_without_its_secrets():
    job = asked(13)

    assert job.state == JobState.FAILED
    assert job.why and "secret" not in job.why


def test_a_job_done_twice_is_done_once():
    job = asked(5)
    SEEN.clear()

    count(job_id=job.pk, upto=5)

    assert SEEN == []


def test_a_job_whose_worker_died_is_taken_up_again():
    job = Job.objects.create(kind="test.count", state=JobState.RUNNING, asked_at=NOON)

    count(job_id=job.pk, upto=7)

    job.refresh_from_db()
    assert (job.state, SEEN[-1]) == (JobState.DONE, 7)


def test_a_cancelled_job_stops_at_its_next_word():
    job = Job.objects.create(kind="test.count", state=JobState.RUNNING, asked_at=NOON)
    jobs.cancel(job, at=NOON)

    with pytest.raises(jobs.Cancelled):
        jobs.Turn(job, NOON).tell(1, "counting")


def test_what_failed_can_be_tried_again_and_what_is_done_cannot():
    job = asked(-1)
    Job.objects.filter(pk=job.pk).update(ids={"upto": 2})

    jobs.try_again(job, at=NOON)

    assert job.state == JobState.DONE
    with pytest.raises(NotPossible):
        jobs.try_again(job, at=NOON)


def test_who_waits_hears_how_many_are_ahead():
    first, second = (Job.objects.create(kind="test.count", asked_at=NOON) for _ in range(2))

    assert (first.ahead, second.ahead) == (0, 1)


def test_outside_of_tests_the_queue_gets_the_job_in_the_same_transaction(settings):
    settings.WORK_AT_ONCE = False
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = jobs.ask("test.count", by=None, at=NOON, lock="stage-1", upto=2)

    queued = ProcrastinateJob.objects.get(task_name="test.count")
    assert (queued.args, queued.lock) == ({"job_id": job.pk, "upto": 2}, "stage-1")
