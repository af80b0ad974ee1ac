"""Results kept in the memory of a process, as long as what they were made of stands."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

T = TypeVar("T")
KEPT_FOR = 24 * 3600


def kept(key: str, stamp: str, make: Callable[[], T]) -> T:
    """What `make` gives, made once for each `stamp`, which says of what it is made.

    There is one result under a key: the next one takes its place, so none is old and none piles
    up. It is handed out again as it is, so it should be a value that nobody changes.
    """
    found = caches["near"].get(key)
    if found is None or found[0] != stamp:
        found = (stamp, make())
        caches["near"].set(key, found, KEPT_FOR)
    return found[1]


class NearCache(LocMemCache):
    """Keeps things as they are: packing and unpacking thousands of lines takes longer than many
    a page has."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            self._cache.move_to_end(key, last=False)
            return self._cache[key]

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            self._set(key, value, timeout)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if not self._has_expired(key):
                return False
            self._set(key, value, timeout)
            return True
