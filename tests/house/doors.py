"""Every address of ours, for tests that try them all."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern

from tests.house.planted import NUMBER

NAMES = {"slug": "hidden", "edition": "hidden", "contest": "secret", "programme": "hidden",
         "role": "nobody", "code": "first", "key": "plan", "kind": "stage", "number": NUMBER,
         "token": "made-up", "page": "nothing"}  # fmt: skip


def doors() -> Iterator[tuple[str, URLPattern]]:
    """Name and pattern of each page of ours."""
    for space, (_, resolver) in sorted(get_resolver().namespace_dict.items()):
        for pattern in resolver.url_patterns:
            if not isinstance(pattern, URLPattern):
                continue
            if inspect.unwrap(pattern.callback).__module__.startswith("leitai."):
                yield f"{space}:{pattern.name}", pattern


def values_of(pattern: URLPattern) -> dict[str, Any]:
    """Values for its address that lead to a planted row."""
    if isinstance(pattern.pattern, RegexPattern):
        groups = pattern.pattern.regex.groupindex
        return {name: NUMBER if name.endswith("_id") else "csv" for name in groups}
    kinds = {name: type(c).__name__ for name, c in pattern.pattern.converters.items()}
    special = {"IntConverter": NUMBER, "WholeSection": "entry"}
    return {name: special.get(kind) or NAMES[name] for name, kind in kinds.items()}
