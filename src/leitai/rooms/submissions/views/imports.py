"""A table of entries comes in: send it, look at what would come of it, take it or mend it."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from leitai.foundation.doors import admit
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.store import keep, open_kept
from leitai.foundation.files.uploads import takes_upload
from leitai.foundation.models import StoredFile
from leitai.foundation.refusals import NotFound
from leitai.foundation.tables.read import read_table
from leitai.foundation.tables.table import Sheet, Table, column_letter
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.contests.models import Contest
from leitai.rooms.submissions import actions, permissions, rules
from leitai.rooms.submissions.forms import ImportForm
from leitai.rooms.submissions.views.desk import contest_of

TABLE_BYTES = 64 * 2**20
SALT = "submissions.import"
SHOWN_ROWS, SHOWN_PROBLEMS = 8, 500


@takes_upload(TABLE_BYTES)
def start(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Send the table; a table that cannot be read at all is refused here, with the mend."""
    contest = contest_of(contest_id)
    admit(request, permissions.import_entries, contest)
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            sent = form.cleaned_data["file"]
            stored = keep(sent, allow=("csv", "txt", "xlsx"), limit_bytes=TABLE_BYTES,
                          by=request.user, at=request.at)  # fmt: skip
            _table(stored)
        except BadFile as bad:
            form.add_error("file", str(bad.verdict.reason))
        else:
            token = signing.dumps([stored.pk, request.user.pk, contest.pk], salt=SALT)
            return redirect("submissions:import_table", contest.pk, token)
    context = {"contest": contest, "form": form, "fields": actions.import_fields(contest)}
    status = 422 if form.errors else 200
    return render(request, "submissions/import.html", context, status=status)


def table(request: HttpRequest, contest_id: int, token: str) -> HttpResponse:
    """Which column is which, every bad cell, and the button that takes all rows or none."""
    contest = contest_of(contest_id)
    admit(request, permissions.import_entries, contest)
    stored = _stored(token, request, contest)
    kept = _table(stored)
    sheet = _sheet(kept, request.POST.get("sheet") or request.GET.get("sheet", ""))
    mapping = _mapping(request.POST, contest, sheet) if request.method == "POST" else None
    preview = actions.preview_import(contest, sheet, mapping)
    if request.POST.get("do") == "import" and not preview.problems:
        return _take(request, contest, preview)
    return render(
        request, "submissions/import_table.html", _context(request, contest, kept, preview, token)
    )


def _take(request: HttpRequest, contest: Contest, preview: actions.Preview) -> HttpResponse:
    made = actions.import_entries(
        contest=contest,
        preview=preview,
        state=request.POST.get("state", ""),
        kind=request.POST.get("kind", ""),
        shows_cards="shows_cards" in request.POST,
        by=request.user,
        at=request.at,
    )
    words = ngettext("{n} entry was imported.", "{n} entries were imported.", len(made))
    messages.success(request, words.format(n=len(made)))
    if preview.known:
        words = ngettext("{n} was here already.", "{n} were here already.", preview.known)
        messages.info(request, words.format(n=preview.known))
    return redirect("submissions:desk", contest.pk)


def _stored(token: str, request: HttpRequest, contest: Contest) -> StoredFile:
    try:
        file_id, user_id, contest_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(HIDDEN) from None
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or (user_id, contest_id) != (request.user.pk, contest.pk):
        raise NotFound(HIDDEN)
    return stored


def _table(stored: StoredFile) -> Table:
    with open_kept(stored) as stream:
        return read_table(stream, stored.name)


def _sheet(kept: Table, name: str) -> Sheet:
    return next((s for s in kept.sheets if s.name == name), kept.first)


def _mapping(sent: Any, contest: Contest, sheet: Sheet) -> dict[str, int]:
    chosen = {f.key: sent.get(f"map_{f.key}", "") for f in actions.import_fields(contest)}
    return {
        key: int(column)
        for key, column in chosen.items()
        if column.isascii() and column.isdigit() and int(column) < len(sheet.headers)
    }


def _context(
    request: HttpRequest, contest: Contest, kept: Table, preview: actions.Preview, token: str
) -> dict[str, Any]:
    columns = [
        (i, f"{column_letter(i)} {header}".strip())
        for i, header in enumerate(preview.sheet.headers)
    ]
    sample = [f for f in preview.fields if f.key in preview.mapping]
    return {
        "contest": contest, "table": kept, "preview": preview, "columns": columns,
        "choices": [(f, preview.mapping.get(f.key)) for f in preview.fields],
        "sample_heads": sample,
        "sample_rows": [
            (row.number, [_words(row.values[f.key]) for f in sample])
            for row in preview.rows[:SHOWN_ROWS]
        ],
        "problems": preview.problems[:SHOWN_PROBLEMS],
        "more_problems": max(0, len(preview.problems) - SHOWN_PROBLEMS),
        "notes": [*kept.notes, *preview.sheet.notes],
        "kinds": [(k, v) for k, v in rules.EntrantKind.choices if k in contest.rules.entry.kinds],
        "states": [(s.value, s.label) for s in (rules.State.SUBMITTED, rules.State.ACCEPTED)],
        "chosen_cards": "shows_cards" in request.POST,
        "chosen_kind": request.POST.get("kind", ""), "chosen_state": request.POST.get("state", ""),
        "back": reverse("submissions:import", args=[contest.pk]), "token": token,
    }  # fmt: skip


def _words(value: Any) -> str:
    text = "; ".join(value) if isinstance(value, list) else str(value or "")
    return text if len(text) <= 80 else f"{text[:79]}…"
