"""A table of marks comes in: send it, look at what would come of it, take it or mend it."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from leitai.foundation.doors import admit
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.store import keep, open_kept
from leitai.foundation.files.uploads import takes_upload
from leitai.foundation.models import StoredFile
from leitai.foundation.refusals import NotFound
from leitai.foundation.tables.read import read_table
from leitai.foundation.tables.table import Table, column_letter
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.jury import actions, permissions
from leitai.rooms.jury.forms import MarksForm
from leitai.rooms.stages.models import Stage

MOST_BYTES = 32 * 2**20
SALT = "jury.reviews"
SHOWN_ROWS, SHOWN_PROBLEMS = 8, 200


@takes_upload(MOST_BYTES)
def start(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Send the table; one that cannot be read at all is refused here, with the mend."""
    stage = _stage(stage_id)
    admit(request, permissions.import_reviews, stage)
    form = MarksForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            sent = form.cleaned_data["file"]
            stored = keep(sent, allow=("csv", "txt", "xlsx"), limit_bytes=MOST_BYTES,
                          by=request.user, at=request.at)  # fmt: skip
            _table(stored)
        except BadFile as bad:
            form.add_error("file", f"{bad.reason} {bad.mend}")
        else:
            token = signing.dumps([stored.pk, request.user.pk, stage.pk], salt=SALT)
            return redirect("jury:review_table", stage.pk, token)
    fields = actions.review_fields(stage.rule)
    context = {"contest": stage.contest, "stage": stage, "form": form, "fields": fields}
    return render(request, "jury/reviews.html", context, status=422 if form.errors else 200)


def table(request: HttpRequest, stage_id: int, token: str) -> HttpResponse:
    """Which column is which, every bad cell, and the button that takes all rows or none."""
    stage = _stage(stage_id)
    admit(request, permissions.import_reviews, stage)
    stored = _stored(token, request, stage)
    read = _table(stored)
    wanted = request.POST.get("sheet", "")
    sheet = next((s for s in read.sheets if s.name == wanted), read.first)
    mapping = _mapping(request, stage, len(sheet.headers))
    preview = actions.preview_reviews(stage, sheet, mapping)
    if request.POST.get("do") == "import" and not preview.problems:
        made = actions.import_reviews(
            stage=stage, sheet=sheet, mapping=preview.mapping, by=request.user, at=request.at
        )
        words = ngettext("{n} sheet was imported.", "{n} sheets were imported.", len(made))
        messages.success(request, words.format(n=len(made)))
        return redirect("jury:progress", stage.pk)
    context = {"contest": stage.contest, "stage": stage, "table": read, **_shown(preview)}
    return render(request, "jury/review_table.html", context)


def _shown(preview: actions.Reviews) -> dict[str, Any]:
    headers = preview.sheet.headers
    heads = [field for field in preview.fields if field.key in preview.mapping]
    return {
        "preview": preview,
        "columns": [(i, f"{column_letter(i)} {h}".strip()) for i, h in enumerate(headers)],
        "choices": [(field, preview.mapping.get(field.key)) for field in preview.fields],
        "heads": heads,
        "rows": [
            (row.number, ["" if (v := row[f.key]) is None else v for f in heads])
            for row in preview.rows[:SHOWN_ROWS]
        ],
        "problems": preview.problems[:SHOWN_PROBLEMS],
        "more_problems": max(0, len(preview.problems) - SHOWN_PROBLEMS),
    }


def _mapping(request: HttpRequest, stage: Stage, columns: int) -> dict[str, int] | None:
    """The columns somebody chose; nothing while they have not been asked."""
    if request.method != "POST":
        return None
    fields = actions.review_fields(stage.rule)
    chosen = {field.key: request.POST.get(f"map_{field.key}", "") for field in fields}
    return {
        key: int(column)
        for key, column in chosen.items()
        if column.isascii() and column.isdigit() and int(column) < columns
    }


def _stored(token: str, request: HttpRequest, stage: Stage) -> StoredFile:
    """The file this person sent for this stage; nobody else's opens with the same address."""
    try:
        file_id, user_id, stage_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(HIDDEN) from None
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or (user_id, stage_id) != (request.user.pk, stage.pk):
        raise NotFound(HIDDEN)
    return stored


def _table(stored: StoredFile) -> Table:
    with open_kept(stored) as stream:
        return read_table(stream, stored.name)


def _stage(pk: int) -> Stage:
    rows = Stage.objects.select_related("contest__edition", "contest__ruleset")
    return get_object_or_404(rows, pk=pk)
