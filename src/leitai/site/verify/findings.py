"""What does not fit, each in one sentence that names the row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext

from leitai.site.verify.format import member

KEPT = 50  # of each check; all are counted
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`what` is an English template that the catalogue knows; `values` fill its braces."""

    what: str
    values: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""  # of rows, where it is about one
    line: int | None = None  # in the member, the first is 1
    row: int | None = None  # its id
    where: str = ""  # another member

    @property
    def sentence(self) -> str:
        return gettext(self.what).format(**self.values)

    @property
    def place(self) -> str:
        name = self.where or (member(self.kind) if self.kind else "")
        if self.line is None:
            return name
        if self.row is None:
            return gettext("{member}, line {line}").format(member=name, line=self.line)
        words = gettext("{member}, line {line} (id {row})")
        return words.format(member=name, line=self.line, row=self.row)

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence

    def as_json(self) -> dict[str, Any]:
        found = {"member": self.where or (member(self.kind) if self.kind else ""),
                 "line": self.line, "id": self.row, "sentence": self.sentence,
                 "values": {k: str(v) for k, v in self.values.items()}}  # fmt: skip
        return {key: value for key, value in found.items() if value not in (None, "", {})}


class Source(Protocol):
    """A contest's rows, wherever they are."""

    is_public: bool

    def rows(self, kind: str) -> Iterator[tuple[int, Row]]:
        """Each with its line, beginning with 1."""
        ...


@dataclass
class Check:
    """One question put to the rows, and the answer."""

    name: str
    looked_at: int = 0
    total: int = 0
    found: list[Finding] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)  # what could not be asked, and why

    def add(self, finding: Finding) -> None:
        self.total += 1
        if len(self.found) < KEPT:
            self.found.append(finding)

    def say(
        self, what: str, kind: str = "", line: int | None = None, row: int | None = None,
        where: str = "", **values: Any,
    ) -> None:  # fmt: skip
        self.add(Finding(what=what, values=values, kind=kind, line=line, row=row, where=where))

    def pass_over(self, why: str, **values: Any) -> None:
        words = gettext(why).format(**values)
        if words not in self.unasked:
            self.unasked.append(words)

    @property
    def holds(self) -> bool:
        return not self.total

    def as_json(self) -> dict[str, Any]:
        return {
            "check": self.name, "holds": self.holds, "looked_at": self.looked_at,
            "findings": self.total, "first": [f.as_json() for f in self.found],
            "not_asked": self.unasked,
        }  # fmt: skip
