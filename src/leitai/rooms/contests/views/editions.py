"""Pages where programmes and editions are founded and set up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import actions, permissions, queries
from leitai.rooms.contests.forms import EditionForm, ProgrammeForm, RoleForm
from leitai.rooms.contests.models import Edition, OrganisationRole, Programme
from leitai.rooms.contests.rules import yamls

EDITION_DEEDS = {
    "publish": actions.publish_edition,
    "unpublish": actions.unpublish_edition,
    "archive": actions.archive_edition,
}


def programmes(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.list_programmes)
    context = {
        "programmes": queries.programmes_for(request.user),
        "may_found": permissions.found_programme(request.user),
    }
    return render(request, "contests/programmes.html", context)


def new_programme(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.found_programme)
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        actions.found_programme(**form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("Founded. Now give it its first edition."))
        return redirect("contests:programmes")
    return _form(
        request, form, heading=_("New programme"), submit=_("Found it"), back="contests:programmes"
    )


def new_edition(request: HttpRequest, programme: str) -> HttpResponse:
    held = get_object_or_404(Programme, slug=programme)
    admit(request, permissions.found_edition, held)
    last = held.editions.order_by("-number").first()
    initial = {
        "year": last.year + 1 if last else request.at.year,
        "number": last.number + 1 if last else 1,
    }
    form = EditionForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            edition = actions.found_edition(
                programme=held, **form.cleaned_data, by=request.user, at=request.at
            )
        except NotPossible as refusal:
            form.add_error("slug", str(refusal.verdict.reason))
        else:
            return redirect("contests:edition", edition.slug)
    return _form(
        request, form, heading=_("New edition of {name}").format(name=held.name),
        submit=_("Found it"), back="contests:programmes",
    )  # fmt: skip


def edition(request: HttpRequest, slug: str) -> HttpResponse:
    held = _edition(slug)
    admit(request, permissions.oversee_edition, held)
    context = {
        "edition": held,
        "contests": held.contests.select_related("ruleset"),
        "scenarios": held.scenarios.all(),
        "roles": queries.organisations_behind(held),
        "people": held.appointments.select_related("user", "contest").order_by("role", "pk"),
        "may_organise": permissions.organise_edition(request.user, held),
        "may_be_public": held.may_be_public(),
    }
    return render(request, "contests/edition.html", context)


def basics(request: HttpRequest, slug: str) -> HttpResponse:
    held = _edition(slug)
    admit(request, permissions.organise_edition, held)
    form = EditionForm(request.POST or None, instance=held)
    if form.is_valid():
        try:
            actions.change_edition(
                edition=_edition(slug), **form.cleaned_data, by=request.user, at=request.at
            )
        except NotPossible as refusal:
            form.add_error("slug", str(refusal.verdict.reason))
        else:
            messages.success(request, _("Saved."))
            return redirect("contests:edition", form.cleaned_data["slug"])
    return _form(
        request, form, heading=_("Name, place and time"), back="contests:edition", of=(slug,)
    )


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    held = _edition(slug)
    admit(request, permissions.organise_edition, held)
    deed = EDITION_DEEDS.get(request.POST.get("do", ""))
    if deed:
        deed(edition=held, by=request.user, at=request.at)
    return redirect("contests:edition", slug)


def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition as YAML, without personal data."""
    held = _edition(slug)
    admit(request, permissions.oversee_edition, held)
    text = yamls.dump(queries.document(held))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{held.slug}.yaml"'
    return response


# --- organisations behind an edition


def organisations(request: HttpRequest, slug: str) -> HttpResponse:
    held = _edition(slug)
    admit(request, permissions.organise_edition, held)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        try:
            actions.name_organisation(
                edition=held, organisation=form.organisation(), kind=form.cleaned_data["kind"],
                by=request.user, at=request.at,
            )  # fmt: skip
            return redirect("contests:organisations", slug)
        except NotPossible as refusal:
            form.add_error("name", str(refusal.verdict.reason))
    context = {"edition": held, "form": form, "roles": queries.organisations_behind(held)}
    return render(
        request, "contests/organisations.html", context, status=422 if form.errors else 200
    )


def suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """Options for the name being typed."""
    admit(request, permissions.organise_edition, _edition(slug))
    found = queries.organisations_called(request.GET.get("name", ""))
    return render(request, "contests/organisations.html#suggestions", {"found": found})


@require_POST
def move_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down; the answer is the list anew."""
    role = get_object_or_404(OrganisationRole.objects.select_related("edition"), pk=pk)
    admit(request, permissions.organise_edition, role.edition)
    order = [r.pk for r in queries.organisations_behind(role.edition)]
    here = order.index(role.pk)
    there = here + (-1 if request.POST.get("to") == "up" else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        actions.order_organisations(
            edition=role.edition, roles=order, by=request.user, at=request.at
        )
    return _organisations_again(request, role.edition)


@require_POST
def remove_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(OrganisationRole.objects.select_related("edition"), pk=pk)
    admit(request, permissions.organise_edition, role.edition)
    actions.remove_organisation(role=role, by=request.user, at=request.at)
    return _organisations_again(request, role.edition)


def _organisations_again(request: HttpRequest, edition: Edition) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("contests:organisations", edition.slug)
    context = {"edition": edition, "roles": queries.organisations_behind(edition)}
    return render(request, "contests/organisations.html#list", context)


def _edition(slug: str) -> Edition:
    return get_object_or_404(Edition.objects.select_related("programme"), slug=slug)


def _form(
    request: HttpRequest,
    form: Any,
    *,
    heading: str,
    back: str,
    of: tuple[Any, ...] = (),
    submit: str = "",
) -> HttpResponse:
    """A page that is one form."""
    context = {
        "form": form,
        "heading": heading,
        "submit": submit or _("Save"),
        "cancel_url": redirect(back, *of).url,
    }
    return render(request, "site/form/page.html", context, status=422 if form.errors else 200)
