"""Countries and regions by name, in the reader's language."""

from collections.abc import Mapping

from babel import Locale

from leitai.foundation.words import in_chinese

NO_PLACES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}  # groups, and codes for tests


def territories() -> Mapping[str, str]:
    """Every code with its name."""
    return Locale.parse("zh_Hans" if in_chinese() else "en").territories


def countries() -> list[tuple[str, str]]:
    """The choices of a form, by name."""
    found = [(code, name) for code, name in territories().items() if _is_place(code)]
    return sorted(found, key=lambda choice: choice[1])


def _is_place(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_PLACES
