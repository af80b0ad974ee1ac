"""Pages about partners."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit, public
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.models import Edition
from leitai.rooms.partners import actions, permissions, queries
from leitai.rooms.partners.forms import (
    ChangeForm,
    CommitmentForm,
    DeliveryForm,
    PartnerForm,
    PlaqueForm,
)
from leitai.rooms.partners.models import Commitment, Partner


@public
def listing(request: HttpRequest, edition: str) -> HttpResponse:
    held = get_object_or_404(Edition, slug=edition)
    admit(request, permissions.see_partners, held)
    context = {
        "edition": held,
        "kinds": queries.shown(held),
        "may_keep": permissions.keep_partners(request.user, held),
    }
    return render(request, "partners/public.html", context)


@public
def plaque(request: HttpRequest, number: str) -> HttpResponse:
    """Is this number real, and does it still hold? Whoever reads it on a wall may ask."""
    held = queries.plaque(number)
    if held is None:
        raise Http404
    admit(request, permissions.see_partners, held.partner.edition)
    is_over = held.until is not None and held.until < request.at.date()
    return render(request, "partners/plaque.html", {"plaque": held, "is_over": is_over})


def desk(request: HttpRequest, edition: str) -> HttpResponse:
    held = get_object_or_404(Edition, slug=edition)
    admit(request, permissions.keep_partners, held)
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            partner = actions.welcome_partner(
                edition=held, organisation=form.organisation(), kind=data["kind"],
                is_public=data["is_public"], by=request.user, at=request.at,
            )  # fmt: skip
            return redirect("partners:partner", partner.pk)
        except NotPossible as refusal:
            form.add_error("name", str(refusal.verdict.reason))
    context = {
        "edition": held,
        "partners": queries.of_edition(held),
        "overdue": queries.overdue(held, on=request.at.date()),
        "form": form,
    }
    return render(request, "partners/desk.html", context, status=422 if form.errors else 200)


def partner(request: HttpRequest, pk: int) -> HttpResponse:
    held = _partner(pk)
    admit(request, permissions.keep_partners, held.edition)
    form = ChangeForm(request.POST or None, instance=held)
    if form.is_valid():
        actions.change_partner(
            partner=_partner(pk), **form.cleaned_data, by=request.user, at=request.at
        )
        messages.success(request, _("Saved."))
        return redirect("partners:partner", pk)
    return _page(request, held, form=form, status=422 if form.errors else 200)


@require_POST
def commitments(request: HttpRequest, pk: int) -> HttpResponse:
    held = _partner(pk)
    admit(request, permissions.keep_partners, held.edition)
    form = CommitmentForm(request.POST)
    if not form.is_valid():
        return _page(request, held, commitment_form=form, status=422)
    actions.make_commitment(partner=held, **form.cleaned_data, by=request.user, at=request.at)
    return redirect("partners:partner", pk)


@require_POST
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Commitment.objects.select_related("partner__edition"), pk=pk)
    admit(request, permissions.keep_partners, held.partner.edition)
    form = DeliveryForm(request.POST)
    if form.is_valid():
        actions.record_delivery(
            commitment=held, delivered=form.cleaned_data["delivered"],
            by=request.user, at=request.at,
        )  # fmt: skip
    else:
        messages.error(request, _("Please give a whole number; nothing was changed."))
    return redirect("partners:partner", held.partner_id)


@require_POST
def designation(request: HttpRequest, pk: int) -> HttpResponse:
    """A plaque for the partner."""
    held = _partner(pk)
    admit(request, permissions.keep_partners, held.edition)
    form = PlaqueForm(request.POST)
    if form.is_valid():
        try:
            actions.issue_plaque(partner=held, **form.cleaned_data, by=request.user, at=request.at)
            return redirect("partners:partner", pk)
        except NotPossible as refusal:
            form.add_error(None, str(refusal.verdict.reason))
    return _page(request, held, plaque_form=form, status=422)


def _page(
    request: HttpRequest, partner: Partner, *, status: int = 200, **forms: object
) -> HttpResponse:
    context = {
        "partner": partner,
        "form": ChangeForm(instance=partner),
        "commitment_form": CommitmentForm(),
        "plaque_form": PlaqueForm(initial={"issued_on": request.at.date()}),
        **forms,
    }
    return render(request, "partners/partner.html", context, status=status)


def _partner(pk: int) -> Partner:
    return get_object_or_404(
        Partner.objects.select_related("edition", "organisation", "plaque"), pk=pk
    )
