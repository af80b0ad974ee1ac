"""Places on offer: the organisers' list, more time for one team, and the team's own answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.forms import ExtendForm
from leitai.rooms.standings.models import Offer
from leitai.rooms.standings.rules import OfferState
from leitai.rooms.standings.views.making import stage_row
from leitai.rooms.submissions.models import Entry


@require_GET
def offers(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Who has accepted, who is silent, who moved up."""
    stage = stage_row(stage_id)
    admit(request, permissions.read_offers, stage)
    state = request.GET.get("state", "")
    state = state if state in OfferState.values else ""
    rows = queries.offers(stage, user=request.user, state=state)
    page = keyset.page(rows, by=["until", "id"], cursor=request.GET.get("cursor", ""), size=100)
    told = list(queries.offers(stage, user=request.user).values_list("state", flat=True))
    context = {
        "contest": stage.contest, "stage": stage, "page": page, "state": state,
        "days": stage.contest.rules.decision.accept_days, "form": ExtendForm(),
        "states": [(s.value, s.label, told.count(s.value)) for s in OfferState],
        "standing": queries.published(stage),
    }  # fmt: skip
    return render(request, "standings/offers.html", context)


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    related = ("stage__contest__edition", "entry__contest")
    offer = get_object_or_404(Offer.objects.select_related(*related), pk=pk)
    admit(request, permissions.extend_offer, offer)
    form = ExtendForm(request.POST)
    if form.is_valid():
        actions.extend_offer(offer=offer, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("The team has more time."))
    else:
        messages.error(request, _("Please give the new time and the reason."))
    return redirect("standings:offers", offer.stage_id)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    entry, offer = own_offer(request, pk)
    actions.accept_place(offer=offer, by=request.user, at=request.at)
    messages.success(request, _("The place is yours."))
    return redirect("standings:result", entry.pk)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    entry, offer = own_offer(request, pk)
    why = request.POST.get("why", "")[:300]
    actions.decline_place(offer=offer, why=why, by=request.user, at=request.at)
    messages.success(request, _("The place is given back."))
    return redirect("standings:result", entry.pk)


def own_offer(request: HttpRequest, pk: int) -> tuple[Entry, Offer]:
    entry = get_object_or_404(Entry.objects.select_related("contest__edition"), pk=pk)
    admit(request, permissions.answer_offer, entry)
    offer = queries.offer_of(entry)
    assert offer is not None  # answer_offer asked
    return entry, offer
