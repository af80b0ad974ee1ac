"""What every test may use. `tests/databases.py` tells where the test database comes from."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database is a copy of one that is migrated already."""
    from django.conf import settings
    from tests.databases import template

    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template()


def pytest_unconfigure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ and "LEITAI_DATA" in os.environ:
        shutil.rmtree(os.environ["LEITAI_DATA"], ignore_errors=True)
