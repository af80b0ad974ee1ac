"""A planted contest in one phase, made once for the tests of a module that ask for it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from leitai.rooms.contests.testing import NOON
from tests.leaks.world import World, a_world


@pytest.fixture(scope="module")
def world(request, django_db_setup, django_db_blocker) -> Iterator[World]:
    """`("discussion", True)`: the phase, and whether the panel is blind."""
    phase, blind = getattr(request, "param", ("independent", True))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.utils.timezone.now", lambda: NOON)
        yield a_world(phase, blind=blind)
        transaction.set_rollback(True)
