"""What a juror reads: the entry as it was handed in, without names when the panel is blind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leitai.foundation.words import choose
from leitai.rooms.contests.rules import FieldRule
from leitai.rooms.jury.models import Sheet
from leitai.rooms.submissions.models import Attachment, Entry, Version
from leitai.rooms.submissions.queries import words_of
from leitai.rooms.submissions.rules import is_blank, steps_of

# Questions whose answers are names of people or organisations, or lead to them.
NAMING = frozenset(
    {
        "authorisation", "captain_affiliation", "certificates", "foreign_registration",
        "institute_unit", "ip_owner", "legal_representative", "licence", "licence_proof",
        "organisation_code", "organisation_name", "shareholding", "team_name", "video",
    }
)  # fmt: skip
SHOWN_ABOVE = frozenset({"title_zh", "title_en", "line_zh", "line_en", "scenario", "tags"})
HIDDEN_NAME = "▇▇▇"
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
    def shown(self) -> Attachment | None:
        """The paper that lies open beside the sheet: the first that a browser can show."""
        return next((file for _label, file in self.files if file.file.kind == PDF), None)


def paper(sheet: Sheet) -> Paper:
    """The handed-in version, never the draft the team may be writing meanwhile."""
    entry = sheet.entry
    is_blind = sheet.stage.rule.panel.blind
    version = entry.versions.filter(number=entry.version).first()
    names = _names(entry) if is_blind else None

    def shown(text: Any) -> str:
        return names.sub(HIDDEN_NAME, str(text)) if names else str(text)

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
    return is_blind and field.key in NAMING


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
        if attachment.pk in kept and not (is_blind and attachment.field in NAMING):
            yield labels.get(attachment.field, attachment.field), attachment


def _names(entry: Entry) -> re.Pattern[str] | None:
    """Everything an entry's people and organisation are called, the longest first."""
    names = {entry.team_name, *entry.members.values_list("name", flat=True)}
    if entry.organisation:
        names |= {entry.organisation.name_zh, entry.organisation.name_en}
    long_enough = sorted((n for n in names if len(n) >= 2), key=len, reverse=True)
    words = "|".join(map(re.escape, long_enough))
    return re.compile(words, re.IGNORECASE) if words else None
