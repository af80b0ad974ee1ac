"""Every address that may be asked for, found out from the addresses and models themselves."""

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.urls.resolvers import RegexPattern, URLPattern

from leitai.site.api import api
from tests.house.doors import doors

MOST = 3  # rows of one model
ASKED = re.compile(r"""(?:GET|asked|data)\.get(?:list)?\(\s*f?["'](\w[\w-]*)["']""")
# Tried wherever a view asks for such a thing; links found on pages bring the real ones.
TRIED = {
    "format": ("csv", "xlsx"), "order": ("score", "-score", "team", "total"),
    "sort": ("score", "-score", "team", "total"), "show": ("entries", "spread"),
}  # fmt: skip


def addresses(world: Any) -> Iterator[str]:
    for name, pattern in doors():
        if is_for_posts(pattern.callback):
            continue
        for values in _values(world, pattern):
            address = reverse(name, kwargs=values)
            yield address
            for key in asked_for(pattern.callback) & frozenset(TRIED):
                yield from (f"{address}?{key}={value}" for value in TRIED[key])
    for path in _api_paths():
        yield from _of_api(world, path)


def is_for_posts(view: Any) -> bool:
    """`require_POST` and its like answer before anybody is admitted; nothing is read there."""
    return "GET" not in _methods(view)


def _methods(view: Any) -> set[str]:
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            allowed = cell.cell_contents
            if isinstance(allowed, list | tuple) and "POST" in allowed:
                return set(allowed)
        view = getattr(view, "__wrapped__", None)
    return {"GET"}


@cache
def _api_paths() -> list[str]:
    paths = api.get_openapi_schema()["paths"].items()
    return [path for path, methods in paths if "get" in methods]


def pairs(world: Any, absent: int) -> Iterator[tuple[str, str]]:
    """Addresses of rows that are there, each with its twin of a row that is not."""
    for name, pattern in doors():
        if not is_for_posts(pattern.callback):
            for values in _values(world, pattern):
                ids = {key for key, value in values.items() if isinstance(value, int)}
                if ids:
                    missing = {**values, **dict.fromkeys(ids, absent)}
                    yield reverse(name, kwargs=values), reverse(name, kwargs=missing)


def searches(world: Any) -> Iterator[str]:
    """Addresses that take words to search for."""
    for name, pattern in doors():
        if "q" in asked_for(pattern.callback):
            for values in _values(world, pattern):
                yield reverse(name, kwargs=values)


@cache
def asked_for(view: Any) -> frozenset[str]:
    """Parameters that the view, or what it calls in its own file, looks for."""
    sources = "".join(inspect.getsource(function) for function in _called(inspect.unwrap(view)))
    words = {"q"} if '"q"' in sources else set()
    return frozenset(words | set(ASKED.findall(sources)))


def _called(view: Callable[..., Any], depth: int = 2) -> Iterator[Callable[..., Any]]:
    yield view
    for word in view.__code__.co_names if depth else ():
        thing = view.__globals__.get(word)
        if inspect.isfunction(thing) and _is_beside(thing, view):
            yield from _called(inspect.unwrap(thing), depth - 1)


def _is_beside(one: Callable[..., Any], other: Callable[..., Any]) -> bool:
    """In the same file, or in another one of the same room's views."""
    folders = {function.__module__.rpartition(".")[0] for function in (one, other)}
    return one.__module__ == other.__module__ or (
        len(folders) == 1 and folders.pop().endswith(".views")
    )


def _values(world: Any, pattern: URLPattern) -> list[dict[str, Any]]:
    if isinstance(pattern.pattern, RegexPattern):
        names = list(pattern.pattern.regex.groupindex)
    else:
        names = list(pattern.pattern.converters)
    choices = [_choices(world, name, pattern) for name in names]
    return [dict(zip(names, chosen)) for chosen in product(*choices)]


def _choices(world: Any, name: str, pattern: URLPattern) -> list[Any]:
    contest, entry = world.contest, world.entries["A"]
    fixed = {
        "edition": [contest.edition.slug], "contest": [contest.slug], "number": [1, 2],
        "programme": [contest.edition.programme.slug], "contest_id": [contest.pk],
        "stage_id": [world.stage.pk], "key": ["plan"], "role": ["team"], "page": ["nothing"],
        "token": ["made-up"], "entry_id": [e.pk for e in world.entries.values()],
    }  # fmt: skip
    if name in fixed:
        return fixed[name]
    if name == "code":
        return (
            [entry.code, world.entries["B"].code] if "cards" in str(pattern.pattern) else ["first"]
        )
    if name == "slug":
        return [contest.edition.slug]
    if name == "kind":
        kind = type(getattr(pattern.pattern, "converters", {}).get(name)).__name__
        return {"WholeSection": ["entry"], "PartSection": ["stage"]}.get(kind, ["csv", "xlsx"])
    return _ids(world, _model(pattern.callback, name, world))


def _ids(world: Any, model: type[Model] | None) -> list[int]:
    """Rows of both entries where there are more than a few."""
    found = [row.pk for row in world.rows.get(model, [])]
    return [*found[: MOST - 1], *found[-1:]] if len(found) > MOST else found or [1]


def _model(view: Any, name: str, world: Any) -> type[Model] | None:
    """The model that the view, or what it calls among its own views, speaks of first."""
    if name != "pk":
        wanted = name.removesuffix("_id")
        return next((m for m in world.rows if m._meta.model_name == wanted), None)
    return next(_spoken_of(inspect.unwrap(view)), None)


def _spoken_of(view: Callable[..., Any]) -> Iterator[type[Model]]:
    for function in _called(view):
        for word in function.__code__.co_names:
            thing = function.__globals__.get(word)
            if inspect.isclass(thing) and issubclass(thing, Model):
                yield thing


def _of_api(world: Any, path: str) -> Iterator[str]:
    contest = world.contest
    known = {"edition": [contest.edition.slug], "contest": [contest.slug], "number": [1, 2],
             "contest_id": [contest.pk], "stage_id": [world.stage.pk],
             "code": [e.code for e in world.entries.values()]}  # fmt: skip
    names = re.findall(r"\{(\w+)\}", path)
    ids = sorted({pk for rows in world.rows.values() for pk in [r.pk for r in rows[:2]]})[:12]
    for chosen in product(*(known.get(name, ids) for name in names)):
        yield path.format(**dict(zip(names, chosen)))
