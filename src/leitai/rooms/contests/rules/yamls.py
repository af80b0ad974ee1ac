"""Editions and rule sets as YAML: written in one way only, read with suspicion.

The reader takes plain data and nothing else: no anchors (a few lines of them can grow to
gigabytes), no tags, no duplicate keys, a limited size and depth. Numbers are read as exact
decimals, and times stay text until the schema reads them.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from leitai.rooms.contests.rules.errors import Problem, explain

MAX_BYTES = 2**20
MAX_DEPTH = 40
Document = TypeVar("Document", bound=BaseModel)


class Unreadable(Exception):
    """The file cannot be taken; `problems` say where and what to do."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def dump(document: BaseModel) -> str:
    """Everything, defaults included, in the order of the schema; the same bytes every time."""
    return yaml.dump(
        document.model_dump(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )


def load(content: bytes, kind: type[Document]) -> Document:
    """The document in these bytes, or `Unreadable` with every problem found."""
    node = _composed(_decoded(content))
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        data = _plain(node, (), lines)
        return kind.model_validate(data)
    except ValidationError as error:
        raise Unreadable(explain(error, line_of=lambda at: _nearest(at, lines))) from None


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _unreadable("too_large", _("The file is larger than 1 MB; that is no edition."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030")  # what Chinese editors on Windows write
        except UnicodeDecodeError:
            text = _("The file is not text in UTF-8; please save it as UTF-8 and try again.")
            raise _unreadable("not_text", text) from None


def _composed(text: str) -> yaml.Node:
    try:
        node = _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Unreadable([_syntax(error, mark)]) from None
    except RecursionError:
        raise _too_deep() from None
    if node is None:
        raise _unreadable("empty", _("The file is empty; please choose an exported edition."))
    return node


def _syntax(error: yaml.YAMLError, mark: Any) -> Problem:
    line = mark.line + 1 if mark else None
    if isinstance(error, _Refused):
        return Problem(error.code, error.message, line=line)
    text = _("This is not YAML as we know it; please check indentation, colons and quotes.")
    return Problem("syntax", text, line=line)


class _Refused(yaml.MarkedYAMLError):
    def __init__(self, code: str, message: str, mark: Any) -> None:
        super().__init__(problem=message, problem_mark=mark)
        self.code, self.message = code, message


class _Loader(yaml.SafeLoader):
    """Composes nodes, and refuses what plain data does not need."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if getattr(event, "anchor", None):
            text = _("Anchors and aliases (& and *) are not taken; please write it out.")
            raise _Refused("anchor", text, event.start_mark)
        if getattr(event, "tag", None):
            text = _("Tags (!) are not taken; please remove it.")
            raise _Refused("tag", text, event.start_mark)
        return super().compose_node(parent, index)


def _plain(node: yaml.Node, at: tuple[str | int, ...], lines: dict[Any, int]) -> Any:
    """Python data of a node, noting the line on which each part stands."""
    lines[at] = node.start_mark.line + 1
    if len(at) > MAX_DEPTH:
        raise _too_deep()
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, (*at, n), lines) for n, part in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, lines)
    return _scalar(node)


def _mapping(node: yaml.MappingNode, at: tuple[str | int, ...], lines: dict[Any, int]) -> Any:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name and not isinstance(key, yaml.ScalarNode):
            raise _unreadable("odd_key", _("A field has no name."), line=key.start_mark.line + 1)
        if name in found:
            text = _("“{name}” stands here twice; please keep one.").format(name=name[:40])
            raise _unreadable("twice", text, line=key.start_mark.line + 1)
        found[name] = _plain(value, (*at, name), lines)
    return found


def _scalar(node: yaml.Node) -> Any:
    kind, text = node.tag.rpartition(":")[2], str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in {"yes", "true", "on"}
    if kind in {"int", "float"}:
        return _number(text)
    return text


def _number(text: str) -> Any:
    """Only plain decimal numbers count as numbers; 0x1F, 1_000 and 12:30 stay text."""
    bare = text.lstrip("+-")
    if bare.isdigit() and (bare == "0" or not bare.startswith("0")) and len(bare) <= 30:
        return int(text)
    if bare.replace(".", "", 1).isdigit() and len(bare) <= 40:
        return Decimal(text)
    return text


def _nearest(at: tuple[str | int, ...], lines: dict[Any, int]) -> int | None:
    """The line of this place, or of what should hold it."""
    while at not in lines and at:
        at = at[:-1]
    return lines.get(at)


def _too_deep() -> Unreadable:
    return _unreadable("too_deep", _("The file is nested too deeply; that is no edition."))


def _unreadable(code: str, message: str, *, line: int | None = None) -> Unreadable:
    return Unreadable([Problem(code, message, line=line)])


class _Dumper(yaml.SafeDumper):
    """Plain data without anchors, even where the same value stands twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    text = f"{number.normalize():f}"
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(datetime, lambda dumper, at: dumper.represent_str(at.isoformat()))
_Dumper.add_representer(tuple, lambda dumper, items: dumper.represent_list(list(items)))
