from datetime import UTC, datetime

import pytest

from leitai.site.demo.plan import plan
from leitai.site.demo.story import Story, write

NOW = datetime(2026, 6, 20, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def full() -> Story:
    return write(plan(size="full", now=NOW))


@pytest.fixture(scope="session")
def tiny() -> Story:
    return write(plan(size="tiny", now=NOW))
