"""No column with words slips in unseen: it is planted, or somebody said why it need not be."""

import pytest
from django.db.models import JSONField

from tests.leaks import fields
from tests.leaks.who import ALLOWED, ROLES


def test_every_column_with_words_has_a_class_or_a_reason():
    undecided = [
        fields.name_of(f)
        for model in fields.models()
        for f in fields.planted_fields(model)
        if not fields.class_of(f)
        or (isinstance(f, JSONField) and fields.name_of(f) not in fields.JSONS)
    ]

    assert undecided == [], "see tests/leaks/fields.py"


def test_the_lists_speak_of_columns_that_are_there():
    there = {fields.name_of(f) for m in fields.models() for f in m._meta.concrete_fields}
    labels = {m._meta.label for m in fields.models()}

    assert set(fields.PLAIN_FIELDS) - there == set()
    assert set(fields.PLAIN_MODELS) - labels == set()
    assert set(fields.CLASSES) - there - labels == set()
    assert set(fields.JSONS) - there == set()
    assert not set(fields.PLAIN_MODELS) & set(fields.CLASSES)


TALKING = pytest.mark.parametrize("world", [("discussion", True)], indirect=True, ids=["talking"])


@TALKING
@pytest.mark.django_db
def test_each_of_them_carries_a_canary(world):
    carried = {canary.where for canary in world.canaries.values()}
    wanted = {fields.name_of(f) for m in fields.models() for f in fields.planted_fields(m)}

    assert wanted - carried == set()


@TALKING
@pytest.mark.django_db
def test_the_table_has_a_line_for_each_class_and_a_cell_for_known_people(world):
    classes = {canary.kind for canary in world.canaries.values()}

    assert classes == set(ALLOWED)
    assert {role for line in ALLOWED.values() for role in line} <= {*ROLES, "*"}
    assert len(ROLES) >= 12
