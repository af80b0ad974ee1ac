"""Between the nested data of a rule set and the flat fields of a form.

A field is named by its path: `panel__per_entry` is `{"panel": {"per_entry": …}}`, and
`bands__0__low` is the low mark of the first band.
"""

from typing import Any

SEPARATOR = "__"


def nested(flat: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in flat.items():
        *above, last = name.split(SEPARATOR)
        here = found
        for part in above:
            here = here.setdefault(part, {})
        here[last] = value
    return {key: _listed(value) for key, value in found.items()}


def _listed(value: Any) -> Any:
    """A group whose keys are numbers is a list; rows of it that are wholly blank are left out."""
    if not isinstance(value, dict):
        return value
    whole = {key: _listed(part) for key, part in value.items()}
    if whole and all(key.isdigit() for key in whole):
        return [whole[key] for key in sorted(whole, key=int) if not is_blank(whole[key])]
    return whole


def is_blank(value: Any) -> bool:
    if isinstance(value, dict):
        return all(is_blank(part) for part in value.values())
    return value in (None, "", [], ())


def flat(data: Any, *, prefix: str = "") -> dict[str, Any]:
    """The other way round; lists of plain values stay as they are."""
    found: dict[str, Any] = {}
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in parts:
        name = f"{prefix}{SEPARATOR}{key}" if prefix else str(key)
        groups = isinstance(value, list | tuple) and value and isinstance(value[0], dict)
        if isinstance(value, dict) or groups:
            found |= flat(value, prefix=name)
        else:
            found[name] = value
    return found
