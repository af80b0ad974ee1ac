"""Pages about oneself."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.people import actions, permissions, queries
from leitai.rooms.people.forms import EraseForm, OrganisationForm, ProfileForm
from leitai.rooms.people.models import Consent, User


def profile(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.be_known)
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = User.objects.get(pk=request.user.pk)
        actions.change_profile(
            person=person, values=form.cleaned_data, by=request.user, at=request.at
        )
        messages.success(request, _("Saved."))
        return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form})


def organisations(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.be_known)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        actions.speak_for(values=form.values(), title=title, by=request.user, at=request.at)
        messages.success(request, _("You may now post demands for this organisation."))
        return redirect("people:organisations")
    context = {"form": form, "affiliations": queries.affiliations(request.user)}
    return render(request, "people/organisations.html", context)


def consents(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.be_known)
    rows = request.user.consents.select_related("receiver").order_by("-given_at")
    return render(request, "people/consents.html", {"consents": rows})


def data(request: HttpRequest) -> HttpResponse:
    """What we keep about me: to take away, or to erase."""
    admit(request, permissions.be_known)
    form = EraseForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_bound and form.is_valid():
        person = User.objects.get(pk=request.user.pk)
        try:
            actions.erase_person(person=person, by=person, at=request.at)
        except NotPossible as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            logout(request)
            messages.success(request, _("Your account is erased."))
            return redirect("site:home")
    return render(request, "people/data.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.be_known)
    told = queries.own_data(request.user)
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    admit(request, permissions.be_known)
    consent = get_object_or_404(Consent, pk=pk, person=request.user)
    actions.withdraw_consent(consent=consent, by=request.user, at=request.at)
    messages.success(request, _("Withdrawn. Nothing more is handed on."))
    return redirect("people:consents")
