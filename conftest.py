"""What every test may use. `tests/databases.py` tells where the test database comes from."""

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database is a copy of one that is migrated already."""
    from django.conf import settings
    from tests.databases import template

    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template()
