from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from leitai.site.tasks import sweep_sessions


@pytest.mark.django_db
def test_sessions_that_ran_out_are_swept_and_others_stay():
    for key, days in (("gone", -1), ("here", 1)):
        until = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=until)

    sweep_sessions(0)

    assert [s.session_key for s in Session.objects.all()] == ["here"]
