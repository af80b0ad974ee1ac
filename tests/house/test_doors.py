"""Each door asks who is there, or says that everybody may come in."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from leitai.foundation.doors import admit, public
from leitai.site.api import api
from tests.house.reading import admits, pages

DOORS = [
    pytest.param(
        view, id=f"{view.__module__.removeprefix('leitai.')}.{inspect.unwrap(view).__name__}"
    )
    for view in {inspect.unwrap(view): view for _, view in pages()}.values()
]
OPERATIONS = [
    pytest.param(operation.view_func, id=f"{operation.methods[0]} {prefix}{path}")
    for prefix, router in api._routers
    for path, view in router.path_operations.items()
    for operation in view.operations
]


def keeps_watch(door: Callable[..., Any]) -> bool:
    return admits(door) or getattr(door, "is_public", False)


@pytest.mark.parametrize("view", DOORS)
def test_every_page_asks_who_is_there(view):
    assert keeps_watch(view)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_api_function_asks_who_is_there(operation):
    assert keeps_watch(operation)


def test_a_door_that_asks_nobody_would_be_seen():
    def careless(request):
        return request

    def careful(request):
        admit(request, lambda user: True)

    assert not keeps_watch(careless)
    assert admits(careful) or careful.__module__.startswith("tests")
    assert keeps_watch(public(careless))
    assert len(DOORS) > 50
