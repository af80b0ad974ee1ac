"""A table of jurors: upload, look at it with its columns named, then all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitai.foundation.doors import admit
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.store import keep, open_kept
from leitai.foundation.models import StoredFile
from leitai.foundation.refusals import NotFound
from leitai.foundation.tables.mapping import check, guess_mapping
from leitai.foundation.tables.read import read_table
from leitai.foundation.tables.table import Sheet
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import actions, permissions
from leitai.rooms.jury.forms import JUROR_FIELDS, UploadForm
from leitai.rooms.jury.rules import JurorKind
from leitai.rooms.jury.views.jurors import contest_of

MOST_BYTES = 10 * 2**20
SALT = "jury.import"
FAULTS_SHOWN = 200


def upload(request: HttpRequest, contest_id: int) -> HttpResponse:
    """For the contest's jury, or, with `into=pool`, for the programme's pool."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    form = UploadForm(request.POST or None, request.FILES or None)
    into = "pool" if request.GET.get("into") == "pool" else "jury"
    if form.is_valid():
        try:
            stored = _kept(form.cleaned_data["file"], request)
        except BadFile as bad:
            form.add_error("file", f"{bad.reason} {bad.mend}")
        else:
            token = signing.dumps([contest.pk, stored.pk, into], salt=SALT)
            return redirect("jury:import_preview", contest.pk, token)
    context = {"contest": contest, "form": form, "fields": JUROR_FIELDS, "into": into}
    return render(request, "jury/import.html", context, status=422 if form.is_bound else 200)


def preview(request: HttpRequest, contest_id: int, token: str) -> HttpResponse:
    """GET with `column-<field>` shows what would happen; POST does it."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    stored, into = _stored(contest, token)
    with open_kept(stored) as stream:
        sheet = read_table(stream, stored.name).first
    asked = request.POST if request.method == "POST" else request.GET
    mapping = _mapping(sheet, asked)
    rows, problems = check(sheet, mapping, JUROR_FIELDS, keys=("email",))
    if request.method == "POST" and not problems:
        invited = [actions.Invited(**row.values) for row in rows]
        messages.success(request, _taken(contest, invited, request, into=into))
        stored.delete()
        return redirect("jury:pool" if into == "pool" else "jury:jurors", contest.pk)
    context = {
        "contest": contest,
        "into": into,
        "sheet": sheet,
        "columns": list(enumerate(sheet.headers)),
        "mapped": [(field, mapping.get(field.key)) for field in JUROR_FIELDS],
        "rows": rows[:20],
        "n_rows": len(rows),
        "problems": problems[:FAULTS_SHOWN],
        "n_problems": len(problems),
        "mapping": mapping,
        "kinds": dict(JurorKind.choices),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "jury/import_preview.html", context, status=status)


def _kept(upload: Any, request: HttpRequest) -> StoredFile:
    """Kept only if it can be read as a table."""
    stored = keep(
        upload, allow=("csv", "xlsx"), limit_bytes=MOST_BYTES, by=request.user, at=request.at
    )
    try:
        with open_kept(stored) as stream:
            read_table(stream, stored.name)
    except BadFile:
        stored.delete()
        raise
    return stored


def _taken(
    contest: Contest, rows: list[actions.Invited], request: HttpRequest, *, into: str
) -> str:
    if into == "jury":
        made = actions.import_jurors(contest=contest, rows=rows, by=request.user, at=request.at)
        return _("{n} jurors are invited.").format(n=len(made))
    programme = contest.edition.programme
    asked, left_out = actions.ask_experts(
        programme=programme, rows=rows, by=request.user, at=request.at
    )
    words = _("{n} experts are asked whether we may keep them; {m} were there or had left before.")
    return words.format(n=len(asked), m=left_out)


def _stored(contest: Contest, token: str) -> tuple[StoredFile, str]:
    try:
        contest_id, pk, into = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(HIDDEN) from None
    stored = StoredFile.objects.filter(pk=pk).first()
    if stored is None or contest_id != contest.pk:
        raise NotFound(HIDDEN)
    return stored, into


def _mapping(sheet: Sheet, asked: Any) -> dict[str, int]:
    """The columns somebody chose, or else those we guess."""
    if not any(name.startswith("column-") for name in asked):
        return guess_mapping(sheet.headers, JUROR_FIELDS)
    chosen = {field.key: asked.get(f"column-{field.key}", "") for field in JUROR_FIELDS}
    columns = range(len(sheet.headers))
    return {k: int(c) for k, c in chosen.items() if c.isdecimal() and int(c) in columns}
