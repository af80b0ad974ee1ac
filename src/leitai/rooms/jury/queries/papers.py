"""What a juror reads: the entry as it was handed in, without names when the panel is blind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leitai.foundation.words import choose
from leitai.rooms.contests.rules import FieldRule
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.queries.sight import jurors_sight
from leitai.rooms.submissions.models import Attachment, Entry, Version
from leitai.rooms.submissions.queries import words_of
from leitai.rooms.submissions.queries.veil import is_naming, names_of, unnamed
from leitai.rooms.submissions.rules import is_blank, steps_of

SHOWN_ABOVE = frozenset({"title_zh", "title_en", "line_zh", "line_en", "scenario", "tags"})
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of the form: its name, and questions with their answers."""

    name: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    title: str
    line: str
    tags: tuple[str, ...]
    who: str  # empty when blind
    parts: tuple[Part, ...]
    files: tuple[tuple[str, Attachment], ...]

    @property
    def pdfs(self) -> list[tuple[str, Attachment]]:
        """The papers that can be read beside the sheet."""
        return [(label, file) for label, file in self.files if file.file.kind == PDF]

    @property
    def shown(self) -> Attachment | None:
        """The paper that lies open beside the sheet: the first that a browser can show."""
        return next((file for _label, file in self.files if file.file.kind == PDF), None)


def paper(sheet: Sheet) -> Paper:
    """The handed-in version, never the draft the team may be writing meanwhile."""
    entry = sheet.entry
    is_blind = not jurors_sight(sheet.stage).names
    version = entry.versions.filter(number=entry.version).first()
    names = names_of(entry) if is_blind else None

    def shown(text: Any) -> str:
        return unnamed(text, names)

    organisation = entry.organisation.name if entry.organisation else ""
    who = "" if is_blind else " · ".join(filter(None, (entry.team_name, organisation)))
    parts = tuple(_parts(entry, version, is_blind))
    return Paper(
        title=shown(entry.title),
        line=shown(entry.line),
        tags=tuple(map(shown, entry.tags)),
        who=who,
        parts=tuple(
            Part(name=p.name, answers=tuple((q, shown(a)) for q, a in p.answers)) for p in parts
        ),
        files=tuple(_files(entry, version, is_blind)),
    )


def _parts(entry: Entry, version: Version | None, is_blind: bool) -> Iterator[Part]:
    values = _told(version)
    for step in steps_of(entry.contest.rules.entry, entry.kind):
        asked = [f for f in step.fields if not _is_left_out(f, is_blind)]
        answers = tuple(
            (choose(f.label.zh, f.label.en), words_of(entry, f, values[f.key]))
            for f in asked
            if not is_blank(values.get(f.key))
        )
        if answers:
            yield Part(name=choose(step.name.zh, step.name.en), answers=answers)


def _told(version: Version | None) -> dict[str, Any]:
    body = version.body if version else {}
    return body.get("values", body)


def _is_left_out(field: FieldRule, is_blind: bool) -> bool:
    if field.kind == "file" or field.key in SHOWN_ABOVE:
        return True
    return is_blind and is_naming(field)


def _files(
    entry: Entry, version: Version | None, is_blind: bool
) -> Iterator[tuple[str, Attachment]]:
    """Called by what they answer, not by the name of the file, which may tell a firm's."""
    labels = {
        field.key: choose(field.label.zh, field.label.en)
        for step in steps_of(entry.contest.rules.entry, entry.kind)
        for field in step.fields
    }
    # Only what was handed in: a file the team added afterwards is still theirs alone.
    kept = {file["id"] for file in (version.body if version else {}).get("files", ())}
    for attachment in entry.attachments.select_related("file"):
        if attachment.pk in kept and not (is_blind and _names_somebody(attachment)):
            yield labels.get(attachment.field, attachment.field), attachment


def _names_somebody(attachment: Attachment) -> bool:
    """By what it answers, or because it is of a kind that tells its author: a PDF is given without
    that, pictures are kept as pixels, other kinds of file keep what their program wrote."""
    kind = attachment.file.kind
    return is_naming(attachment.field) or not (kind == PDF or kind.startswith("image/"))
