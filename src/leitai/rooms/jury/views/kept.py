"""Doors for browsers that were off the net: what they kept comes in here, once."""

from collections.abc import Callable
from typing import Any, TypeVar

import pydantic
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leitai.foundation.doors import admit, public
from leitai.foundation.kept import the_worker
from leitai.foundation.refusals import NotAllowed, NotPossible
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.schemas import ChangeIn, ChangesIn, SealIn
from leitai.rooms.jury.views.sheets import sheet_of
from leitai.values.verdict import no

Said = TypeVar("Said", ChangesIn, SealIn)


@require_POST
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks and words of one sheet, each with its name; the answer tells what became of each."""
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    said = _read(request, ChangesIn.model_validate_json)
    results = [become_of(request, sheet, change) for change in said.changes]
    return JsonResponse({"results": results, "state": sheet.state})


@require_POST
def seal_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal the values that were on the screen when the juror pressed the button."""
    sheet = sheet_of(pk)
    admit(request, permissions.mark_sheet, sheet)
    said = _read(request, SealIn.model_validate_json)
    actions.seal_as_seen(sheet=sheet, key=said.id, seen=said.seen, by=request.user, at=request.at)
    messages.success(request, _("{code} is sealed.").format(code=sheet.entry.code))
    following = queries.pile(request.user, sheet.stage).next
    address = (
        reverse("jury:pile", args=[sheet.stage_id])
        if following is None
        else reverse("jury:sheet", args=[following.pk])
    )
    return JsonResponse({"state": sheet.state, "next": address})


@require_GET
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it must be fetched from below the addresses it looks after."""
    return the_worker("jury-worker.js")


@require_GET
@public
def away(request: HttpRequest) -> HttpResponse:
    """What the browser shows for a page it has not kept; the same for everybody."""
    if request.user.is_authenticated:
        return redirect("jury:piles")
    return render(request, "jury/away.html")


def become_of(request: HttpRequest, sheet: Sheet, change: ChangeIn) -> dict[str, Any]:
    """A refused change is told and stays with its writer; the others go on."""
    told: dict[str, Any] = {"id": str(change.id)}
    try:
        kept = actions.apply_change(
            sheet=sheet, key=change.id, field=change.field, value=change.value, base=change.base,
            after=change.after, by=request.user, at=request.at,
        )  # fmt: skip
    except actions.FieldConflict as theirs:
        return {**told, "is": "conflict", "revision": theirs.revision, "value": theirs.value}
    except NotPossible as refusal:
        verdict = refusal.verdict
        return {**told, "is": "refused", "code": verdict.code, "reason": str(verdict.reason)}
    answer = "kept" if kept.is_new else "known"
    return {**told, "is": answer, "revision": kept.revision, "value": kept.value}


def _read(request: HttpRequest, read: Callable[[bytes], Said]) -> Said:
    """What the browser says, if it speaks for the person who is signed in now."""
    try:
        said = read(request.body)
    except pydantic.ValidationError:
        raise NotPossible(no("bad_request", _("This could not be read."))) from None
    if said.person != request.user.pk:
        raise NotAllowed(no("other_person", _("These changes belong to another account.")))
    return said
