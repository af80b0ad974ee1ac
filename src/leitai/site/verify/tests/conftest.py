"""One contest that was played to its end, and its exports; made once for all tests here."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from leitai.rooms.contests.models import Contest
from leitai.site.demo.load.whole import load
from leitai.site.export.package import Package
from leitai.site.verify.tests.tampering import unpacked

NOW = datetime(2026, 6, 20, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="package")
def contest(django_db_setup, django_db_blocker):
    """Last year's contest of the smallest demo edition, and everything around it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load(size="tiny", seed=3, now=NOW)
        yield Contest.objects.select_related("edition").get(edition__slug="haiwan-2")
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def export(contest, tmp_path_factory):
    return exported(contest, tmp_path_factory.mktemp("export") / "whole.zip")


@pytest.fixture(scope="package")
def members(export):
    """What lies in the export, by name."""
    return unpacked(export)


def exported(contest, path, *, is_public=False, with_files=False):
    with path.open("wb") as target:
        Package(contest, is_public).write(target, with_files=with_files, at=NOW)
    return path
