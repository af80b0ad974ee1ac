"""Drawing lots: the hash before, the seed after, and a page on which anyone draws them again."""

import inspect
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit, public
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import Lot, Order, Slot
from leitai.rooms.finals.rules import lot as rules
from leitai.rooms.finals.views.preparing import frame, heat_of

MOST_CODES, MOST_SEED = 500, 200


@require_safe
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk's page: seal a seed, tell it, see what came of it."""
    heat = heat_of(pk)
    admit(request, permissions.see_contest_heats, heat.stage.contest)
    lots = list(heat.lots.order_by("-number"))
    newest = lots[0] if lots else None
    context = {
        **frame(request, heat, "lot"), "lot": newest, "earlier": lots[1:],
        "codes": list(heat.slots.values_list("entry__code", flat=True)),
        "drawn": _drawn(newest) if newest else [], "words": rules.IN_WORDS,
    }  # fmt: skip
    return render(request, "finals/lot.html", context)


@require_POST
def sealing(request: HttpRequest, pk: int) -> HttpResponse:
    heat = heat_of(pk)
    admit(request, permissions.run_heat, heat)
    actions.commit_lot(heat=heat, by=request.user, at=request.at)
    messages.success(request, _("Sealed. Tell everybody the hash now; then draw."))
    return redirect("finals:lot", heat.pk)


@require_POST
def revelation(request: HttpRequest, pk: int) -> HttpResponse:
    found = lot_of(pk)
    admit(request, permissions.run_heat, found.heat)
    actions.reveal_lot(lot=found, by=request.user, at=request.at)
    messages.success(request, _("Drawn. The seed is public, and anyone can draw it again."))
    return redirect("finals:lot", found.heat_id)


@public
@require_safe
def lot_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever was told the hash learns whether the draw holds; nobody learns a seed too early."""
    found = lot_of(pk)
    admit(request, permissions.see_heat, found.heat)
    heat = found.heat
    context = {
        "heat": heat, "contest": heat.stage.contest, "stage": heat.stage, "lot": found,
        "drawn": _drawn(found), "words": rules.IN_WORDS, "code": code(),
        "again": _again(found), "codes": "\n".join(found.codes),
        "tried": _tried(request), "command": _command(found),
    }  # fmt: skip
    return render(request, "finals/lot_check.html", context)


def lot_of(pk: int) -> Lot:
    related = ("heat__stage__contest__edition", "heat__stage__contest__ruleset")
    return get_object_or_404(Lot.objects.select_related(*related), pk=pk)


def code() -> str:
    """The very lines that draw; whoever copies them needs nothing but Python."""
    return (
        "import hashlib\n\nWHOLE = 1 << 256\n\n\n"
        + _plain(rules.commitment) + "\n\n" + _plain(rules.order)
    )  # fmt: skip


def _plain(function: Any) -> str:
    """Without the words for readers of our own code."""
    source, doc = inspect.getsource(function), function.__doc__ or ""
    bare = source.replace(f'    """{doc}"""\n', "")
    return bare.replace("Sequence[str]", "list[str]")


def _again(found: Lot) -> list[str] | None:
    """Faults of the draw as it stands, found here and now; none before it is told."""
    if found.revealed_at is None:
        return None
    return rules.faults(
        told=found.commitment, seed=found.seed, codes=found.codes, drawn=found.order
    )


def _tried(request: HttpRequest) -> dict[str, Any] | None:
    """A seed and codes somebody typed."""
    seed, text = request.GET.get("seed", "").strip(), request.GET.get("codes", "")
    codes = text.replace(",", " ").replace("，", " ").split()[:MOST_CODES]
    if not seed or not codes:
        return None
    seed = seed[:MOST_SEED]
    return {
        "seed": seed, "codes": "\n".join(codes), "commitment": rules.commitment(seed),
        "order": rules.order(seed, codes),
    }  # fmt: skip


def _command(found: Lot) -> str:
    """What one types; the seed stands in it only when it has been told."""
    seed = found.seed if found.revealed_at else "SEED"
    return f"leitai finals_lot {seed} {' '.join(found.codes)} --told {found.commitment}"


def _drawn(found: Lot) -> list[dict[str, Any]]:
    """The order as it was drawn, and the place each entry really has."""
    if found.revealed_at is None:
        return []
    slots = Slot.objects.filter(heat=found.heat).select_related("entry")
    by_code = {slot.entry.code: slot for slot in slots}
    order = Order.objects.filter(lot=found).order_by("version").first()
    places = {entry: n for n, entry in enumerate(order.entries, 1)} if order else {}
    return [
        {"number": n, "code": code, "slot": by_code.get(code),
         "place": places.get(by_code[code].entry_id) if code in by_code else None}
        for n, code in enumerate(found.order, 1)
    ]  # fmt: skip
