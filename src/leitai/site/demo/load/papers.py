"""Business plans and scans: one PDF each for the entries a visitor will open, and one that all
others share."""

import io
from collections.abc import Collection
from datetime import datetime
from typing import Any

import typst

from leitai.foundation.files import store
from leitai.foundation.files.watermark import FONTS
from leitai.foundation.models import StoredFile
from leitai.site.demo.load.forms import spoken
from leitai.site.demo.load.pour import pour
from leitai.site.demo.shapes import Entry
from leitai.site.demo.words import Text, pair

PDF = "application/pdf"
PLAN_NAME = pair("商业计划书.pdf|Business plan.pdf")
SCAN_NAME = pair("营业执照.pdf|Business licence.pdf")
LETTER_NAME = pair("知识产权授权书.pdf|Letter of authorisation.pdf")
SHARED = pair(
    "演示数据：本项目的商业计划书从略，内容见报名表。"
    "|Demo data: this plan is left out; see the entry form."
)
SCAN = pair("演示数据：此处应为证照扫描件。|Demo data: a scan would stand here.")
# Without a date, so that the same story makes the same file.
PAGE = """
#set document(title: sys.inputs.title, date: none)
#set page(paper: "a4", margin: 24mm, numbering: "1")
#set text(font: "Noto Sans CJK SC", size: 10.5pt, lang: "zh")
#set par(leading: 0.9em, spacing: 1.4em)
#text(size: 9pt, fill: gray)[#sys.inputs.who]
#v(4mm)
#text(size: 22pt, weight: "bold")[#sys.inputs.title]
#v(2mm)
#text(size: 12pt)[#sys.inputs.line]
#v(8mm)
#for part in sys.inputs.body.split("\\n\\n") [#par(part)]
"""


class Papers:
    """Contents are written to the store at once; rows wait for `save`."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, int]] = {}
        self._rows: list[StoredFile] = []
        self._fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])

    def plan(self, entry: Entry, *, own: Collection[int], by: Any, at: datetime) -> StoredFile:
        if entry.number in own:
            print_ = self._content(f"plan {entry.code}", **_plan(entry))
        else:
            print_ = self._content("plan", title="商业计划书 Business plan", **_notice(SHARED))
        return self._row(print_, spoken(entry, PLAN_NAME), by=by, at=at)

    def proof(self, entry: Entry, name: Text, *, by: Any, at: datetime) -> StoredFile:
        title = f"{name.zh} {name.en}".replace(".pdf", "")
        content = self._content(name.en, title=title, **_notice(SCAN))
        return self._row(content, spoken(entry, name), by=by, at=at)

    def save(self) -> None:
        pour(self._rows)

    def _row(self, content: tuple[str, int], name: str, *, by: Any, at: datetime) -> StoredFile:
        sha256, size = content
        row = StoredFile(sha256=sha256, size=size, kind=PDF, name=name, stored_at=at, by=by)
        self._rows.append(row)
        return row

    def _content(self, key: str, **words: str) -> tuple[str, int]:
        """We wrote it ourselves, so nobody need look for what strangers hide in PDFs."""
        if key not in self._kept:
            made = typst.compile(PAGE.encode(), font_paths=self._fonts, sys_inputs=words)
            self._kept[key] = store.write(io.BytesIO(made))
        return self._kept[key]


def _notice(words: Text) -> dict[str, str]:
    return {"who": "Leitai demo", "line": "", "body": f"{words.zh}\n\n{words.en}"}


def _plan(entry: Entry) -> dict[str, str]:
    proofs = entry.evidence
    parts = [
        entry.summary, Text("\n".join(w.zh for w in entry.innovation),
                            "\n".join(w.en for w in entry.innovation)),
        proofs.deployable, proofs.replicable, proofs.scalable,
    ]  # fmt: skip
    people = "\n\n".join(
        " · ".join(
            (spoken(entry, m.person.name), spoken(entry, m.role), spoken(entry, m.background))
        )
        for m in entry.team
    )
    return {
        "title": spoken(entry, entry.title), "line": spoken(entry, entry.one_liner),
        "who": spoken(entry, entry.entrant.name),
        "body": "\n\n".join([*(spoken(entry, part) for part in parts), people]),
    }  # fmt: skip
