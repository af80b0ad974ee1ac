"""What may be shown of a row to people who may not see all of it."""

from typing import Any

from django.db.models import Q

from leitai.rooms.contests.models import Contest
from leitai.rooms.submissions.models import Version


def of_versions(contest: Contest) -> Q:
    """Files that some version handed in; what lies in a draft is the team's own."""
    bodies = Version.objects.filter(entry__contest=contest).values_list("body__files", flat=True)
    files = {file["id"] for body in bodies.iterator(chunk_size=500) for file in body or ()}
    return Q(pk__in=files)


def without_draft(sheet: dict[str, Any]) -> dict[str, Any]:
    """What stands on an open sheet belongs to its juror; its seals tell what was sealed before."""
    blank = {"comment": None, "tags": None, "total": None}
    return sheet if sheet["state"] == "sealed" else sheet | blank


def without_words(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Codes, numbers and ids of a note; not what somebody typed."""
    return [{key: said for key, said in note.items() if key != "why"} for note in notes]


def outcomes(body: dict[str, Any]) -> dict[str, Any]:
    """Of a notice who went on, by code; names are on the notice's own page, as long as it is."""
    keys = ("code", "outcome")
    return {"rows": [{key: row.get(key) for key in keys} for row in body.get("rows", ())]}


def whether(words: str) -> str:
    """That something was said, and not what."""
    return "…" if words else ""
