"""The form in steps: saving itself field by field, or all at once with the button."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.serve import link_to
from leitai.foundation.files.uploads import takes_upload
from leitai.foundation.refusals import NotFound, NotPossible
from leitai.foundation.verdicts import HIDDEN
from leitai.foundation.words import choose
from leitai.rooms.contests.rules.schema import StepRule
from leitai.rooms.submissions import actions, permissions, queries, rules
from leitai.rooms.submissions.forms import EntryForm
from leitai.rooms.submissions.models import Attachment, Entry
from leitai.rooms.submissions.views.team import entry_at, lacking, whole
from leitai.values.verdict import no

UPLOAD_BYTES = 200 * 2**20


@require_safe
def first(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_at(pk)
    admit(request, permissions.edit, entry)
    whole(entry)
    steps = rules.steps_of(entry.contest.rules.entry, entry.kind)
    return redirect("submissions:step", entry.pk, steps[0].code)


def step(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One step. After the deadline it refuses, and gives the words back to copy."""
    entry = entry_at(pk)
    admit(request, permissions.edit, entry)
    found = _step(entry, code)
    whole(entry)
    form = EntryForm(entry, found, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        status = _save(request, entry, form)
        if status == 200:
            return redirect("submissions:step", entry.pk, _next(entry, code, request))
        return _page(request, whole(entry_at(pk)), found, form, status=status)
    return _page(request, entry, found, form)


def _step(entry: Entry, code: str) -> StepRule:
    steps = rules.steps_of(entry.contest.rules.entry, entry.kind)
    found = next((s for s in steps if s.code == code), None)
    if found is None:
        raise NotFound(HIDDEN)
    return found


def _next(entry: Entry, code: str, request: HttpRequest) -> str:
    codes = [s.code for s in rules.steps_of(entry.contest.rules.entry, entry.kind)]
    place = codes.index(code) + (request.POST.get("then") == "next")
    return codes[min(place, len(codes) - 1)]


def _save(request: HttpRequest, entry: Entry, form: EntryForm) -> int:
    """Every field as if it came alone: good ones stay even when others cannot."""
    base, status = _whole(request.POST.get("base")), 200
    form.full_clean()
    for field in form.asked:
        try:
            saved = actions.save_field(
                entry=entry, key=field.key, value=form.sent(field.key), base=base,
                by=request.user, at=request.at,
            )  # fmt: skip
        except actions.BadAnswer as bad:
            form.add_error(field.key, str(bad.verdict.reason))
            status = 422
        except NotPossible as refused:
            form.refused = refused.verdict  # type: ignore[attr-defined]
            return 409
        else:
            if not saved.is_accepted:
                _show_other(form, field.key, saved)
                status = 409
    if status == 200:
        messages.success(request, _("Saved."))
    form.data = form.data.copy()
    form.data["base"] = queries.revision(entry)
    return status


def _show_other(form: EntryForm, key: str, saved: actions.Saved) -> None:
    words = _(
        "{by} changed this meanwhile to: “{value}”. Your words stand here; save again to keep them."
    )
    other = (
        saved.value if isinstance(saved.value, str) else json.dumps(saved.value, ensure_ascii=False)
    )
    form.add_error(key, words.format(by=saved.by or _("Somebody else"), value=other))


def _page(
    request: HttpRequest, entry: Entry, found: StepRule, form: EntryForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "entry": entry,
        "contest": entry.contest,
        "step": found,
        "step_name": choose(found.name.zh, found.name.en),
        "form": form,
        "refused": getattr(form, "refused", None),
        "may_edit": entry.may_edit(request.at),
        "revision": queries.revision(entry),
        "road": road(entry, found.code),
        "missing": lacking(entry),
        "kinds": [k for k in rules.EntrantKind.choices if k[0] in entry.contest.rules.entry.kinds],
        "files": _files(entry, found),
        "title": queries.title_of(entry),
    }
    return render(request, "submissions/form.html", context, status=status)


def road(entry: Entry, here: str) -> list[dict[str, Any]]:
    """The steps, with what each still misses."""
    keys = {field.key for field in queries.missing(entry)}
    made = []
    for found in rules.steps_of(entry.contest.rules.entry, entry.kind):
        count = sum(field.key in keys for field in found.fields)
        made.append({
            "code": found.code,
            "label": choose(found.name.zh, found.name.en),
            "is": "now" if found.code == here else "" if count else "done",
            "missing": count,
        })  # fmt: skip
    return made


def _files(entry: Entry, found: StepRule) -> list[dict[str, Any]]:
    kept = {a.field: a for a in entry.attachments.all() if a.removed_at is None}
    return [
        {
            "field": field, "label": queries.label(field), "kept": kept.get(field.key),
            "hint": choose(field.hint.zh, field.hint.en),
            "is_required": field.is_required_of(entry.kind),
            "accept": ",".join(f".{kind}" for kind in field.accept or actions.kinds_of(field)),
        }
        for field in found.fields if field.kind == "file"
    ]  # fmt: skip


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """One field, from the page that saves itself: {field, value, base} → 200, 409 or 422."""
    entry = entry_at(pk)
    admit(request, permissions.edit, entry)
    whole(entry)
    try:
        sent = json.loads(request.body)
        key, value, base = str(sent["field"]), sent.get("value"), _whole(sent.get("base"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        reason = _("This was not a field of the form.")
        return JsonResponse({"code": "bad_request", "reason": reason}, status=400)
    try:
        saved = actions.save_field(
            entry=entry, key=key, value=value, base=base, by=request.user, at=request.at
        )
    except NotPossible as refused:
        body = {"code": refused.verdict.code, "reason": str(refused.verdict.reason)}
        return JsonResponse(body, status=409)
    return answer_for(saved, entry, key)


def answer_for(saved: actions.Saved, entry: Entry, key: str) -> JsonResponse:
    if saved.is_accepted:
        return JsonResponse({"revision": saved.revision})
    field = rules.fields_of(entry.contest.rules.entry, entry.kind)[key]
    other = {"revision": saved.revision, "value": _as_sent(field, saved.value), "by": saved.by,
             "at": saved.at.isoformat() if saved.at else None}  # fmt: skip
    return JsonResponse(other, status=409)


def _as_sent(field: Any, value: Any) -> Any:
    from leitai.rooms.submissions.forms import shown

    return shown(field, value)


def _whole(number: Any) -> int:
    try:
        return max(0, int(number))
    except (TypeError, ValueError):
        return 0


@takes_upload(UPLOAD_BYTES)
@require_POST
def upload(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A file in its place; the request's beginning counts, so an upload begun in time may
    finish."""
    entry = entry_at(pk)
    admit(request, permissions.edit, entry)
    whole(entry)
    sent = request.FILES.get("file")
    words, tone = _("The file is kept."), ""
    try:
        if sent is None:
            raise NotPossible(no("no_file", _("Please choose a file first.")))
        actions.attach(entry=entry, key=key, upload=sent, by=request.user, at=request.at)
    except (BadFile, NotPossible) as refused:
        if request.headers.get("Accept", "").startswith("application/json"):
            raise
        words, tone = str(refused.verdict.reason), "error"
    if request.headers.get("HX-Request"):
        return _files_anew(request, pk, key, words=words, tone=tone)
    messages.add_message(request, messages.ERROR if tone else messages.SUCCESS, words)
    return _back_to_field(entry, key)


def _files_anew(request: HttpRequest, pk: int, key: str, *, words: str, tone: str) -> HttpResponse:
    """The step's page once more, of which the script takes the files, and a toast."""
    entry = entry_at(pk)
    found = _step_with(entry, key)
    if found is None:
        raise NotFound(HIDDEN)
    response = _page(request, entry, found, EntryForm(entry, found))
    response["HX-Trigger"] = json.dumps({"toast": {"text": words, "tone": tone}})
    return response


@require_POST
def remove_file(request: HttpRequest, pk: int) -> HttpResponse:
    attachment = _attachment(pk)
    admit(request, permissions.edit_attachment, attachment)
    actions.remove_attachment(attachment=attachment, by=request.user, at=request.at)
    messages.success(request, _("The file is removed."))
    return _back_to_field(attachment.entry, attachment.field)


def _step_with(entry: Entry, key: str) -> StepRule | None:
    steps = rules.steps_of(entry.contest.rules.entry, entry.kind)
    return next((s for s in steps if any(f.key == key for f in s.fields)), None)


def _back_to_field(entry: Entry, key: str) -> HttpResponse:
    found = _step_with(entry, key)
    if found is None:
        return redirect("submissions:form", entry.pk)
    return redirect("submissions:step", entry.pk, found.code)


def _attachment(pk: int) -> Attachment:
    rows = Attachment.objects.select_related(
        "file", "entry__contest__edition", "entry__contest__ruleset"
    ).prefetch_related("entry__members")
    return get_object_or_404(rows, pk=pk)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A link that soon expires. Readers outside the team are noted, and PDFs carry their names."""
    attachment = _attachment(pk)
    admit(request, permissions.read_attachment, attachment)
    entry, mark = attachment.entry, ""
    is_outside = not permissions.read_own(request.user, entry)
    if is_outside and attachment.layer == rules.Layer.CONFIDENTIAL:
        role = permissions.role_of_reader(request.user, entry)
        actions.note_viewing(
            entry=entry, attachment=attachment, by=request.user, as_role=role, at=request.at
        )
        mark = f"{request.user} {request.user.email} {request.at:%Y-%m-%d %H:%M} UTC"
    reader = request.user if request.user.is_authenticated else None
    inline = request.GET.get("inline") == "1"
    return redirect(
        link_to(attachment.file, reader=reader, at=request.at, mark=mark, inline=inline)
    )
