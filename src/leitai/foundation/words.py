"""Data in two languages, side by side in two columns."""

from typing import Any

from django.utils.translation import get_language


def in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def choose(zh: str, en: str) -> str:
    """The text in the reader's language; the other one rather than nothing."""
    return (zh or en) if in_chinese() else (en or zh)


def bilingual(field: str) -> property:
    """`name = bilingual("name")` reads `name_zh` or `name_en`, as the reader's language asks."""

    def read(row: Any) -> str:
        return choose(getattr(row, f"{field}_zh"), getattr(row, f"{field}_en"))

    return property(read)
