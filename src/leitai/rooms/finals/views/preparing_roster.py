"""Who pitches in a heat, in which order, and where a team joins from."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit
from leitai.foundation.files.kinds import PICTURES
from leitai.foundation.files.store import keep
from leitai.foundation.files.uploads import takes_upload
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.forms import SlotForm
from leitai.rooms.finals.models import Heat, Slot
from leitai.rooms.finals.queries import preparing
from leitai.rooms.finals.rules import PITCHING, HeatState
from leitai.rooms.finals.views.preparing import frame, heat_of
from leitai.rooms.submissions.models import Entry

PICTURE_BYTES = 8 * 2**20


@require_safe
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    heat = heat_of(pk)
    admit(request, permissions.see_contest_heats, heat.stage.contest)
    orders = list(heat.orders.select_related("by", "lot").order_by("-version"))
    context = {
        **frame(request, heat, "roster"),
        "slots": list(heat.slots.select_related("entry__scenario", "picture")),
        "turns": preparing.turns(heat), "orders": orders,
        "waiting": preparing.waiting(heat.stage)[:200],
        "may_order": heat.state != HeatState.CLOSED,
    }  # fmt: skip
    return render(request, "finals/roster.html", context)


@require_POST
def ordering(request: HttpRequest, pk: int) -> HttpResponse:
    """An order by hand: a number for each entry; who has none keeps the place it had."""
    heat = heat_of(pk)
    admit(request, permissions.run_heat, heat)
    slots = list(heat.slots.order_by("position", "pk"))
    typed = {slot.entry_id: request.POST.get(f"place-{slot.entry_id}", "") for slot in slots}
    entries = _ordered([(slot.entry_id, slot.position) for slot in slots], typed)
    actions.set_order(
        heat=heat, entries=entries, reason=request.POST.get("reason", "")[:300],
        by=request.user, at=request.at,
    )  # fmt: skip
    messages.success(request, _("The order is set."))
    return redirect("finals:roster", heat.pk)


def _ordered(places: list[tuple[int, int]], typed: dict[int, str]) -> list[int]:
    """By the numbers typed; of two with one number, who was moved goes first.

    >>> _ordered([(7, 1), (8, 2), (9, 3)], {9: "1"})
    [9, 7, 8]
    """

    def key(pair: tuple[int, int]) -> tuple[int, bool, int]:
        entry, before = pair
        words = typed.get(entry, "").strip()
        wanted = int(words) if words.isdecimal() and len(words) < 5 else before
        return wanted, wanted == before, before

    return [entry for entry, _before in sorted(places, key=key)]


@require_POST
def joining(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry that waits outside, a reserve for instance, pitches here."""
    heat = heat_of(pk)
    admit(request, permissions.run_heat, heat)
    asked = _number(request.POST.get("entry"))
    entry = get_object_or_404(Entry, pk=asked, contest=heat.stage.contest_id)
    actions.add_entry(heat=heat, entry=entry, by=request.user, at=request.at)
    return redirect("finals:roster", heat.pk)


@takes_upload(PICTURE_BYTES)
def slot(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry in its heat: where it joins from, its picture, another heat."""
    found = slot_of(pk)
    admit(request, permissions.run_heat, found.heat)
    form = SlotForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        _change(request, found, form.cleaned_data)
        return redirect("finals:roster", found.heat_id)
    context = {
        **frame(request, found.heat, "roster"), "slot": found, "form": form,
        "others": preparing.listed(found.stage.heats.exclude(pk=found.heat_id)),
        "is_in": found.state in PITCHING,
    }  # fmt: skip
    return render(request, "finals/slot.html", context, status=422 if form.errors else 200)


def _change(request: HttpRequest, slot: Slot, asked: dict[str, Any]) -> None:
    by, at = request.user, request.at
    if asked["picture"]:
        kept = keep(asked["picture"], allow=PICTURES, limit_bytes=PICTURE_BYTES, by=by, at=at)
        actions.set_picture(slot=slot, file=kept, by=by, at=at)
    if asked["time_zone"] != slot.time_zone:
        actions.set_remote(slot=slot, time_zone=asked["time_zone"], by=by, at=at)


@require_POST
def slot_move(request: HttpRequest, pk: int) -> HttpResponse:
    found = slot_of(pk)
    admit(request, permissions.run_heat, found.heat)
    there = get_object_or_404(Heat, pk=_number(request.POST.get("heat")), stage=found.stage_id)
    actions.move_slot(slot=found, heat=there, by=request.user, at=request.at)
    messages.success(request, _("Moved."))
    return redirect("finals:roster", there.pk)


@require_POST
def slot_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """The team leaves the stage; its reserve is called on the page of promotion."""
    found = slot_of(pk)
    admit(request, permissions.run_heat, found.heat)
    why = request.POST.get("why", "")[:300]
    actions.withdraw(slot=found, why=why, by=request.user, at=request.at)
    messages.success(request, _("The entry is out of the stage; its reason stands in the record."))
    return redirect("finals:roster", found.heat_id)


def slot_of(pk: int) -> Slot:
    related = ("entry", "picture", "stage", "heat__stage__contest__edition",
               "heat__stage__contest__ruleset")  # fmt: skip
    return get_object_or_404(Slot.objects.select_related(*related), pk=pk)


def _number(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 18 else 0
