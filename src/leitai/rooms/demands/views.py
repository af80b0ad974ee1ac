"""Pages about demands."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit, public
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.demands import actions, permissions, queries
from leitai.rooms.demands.forms import (
    DemandForm,
    FilterForm,
    IndicatorFormSet,
    InviteForm,
    ReturnForm,
)
from leitai.rooms.demands.models import Demand
from leitai.rooms.demands.rules import State


@public
def listing(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    """The board of demands, for everybody."""
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, contests.read_contest, held)
    form = FilterForm(request.GET, contest=held)
    demands = list(_filtered(request, held, form))
    runs = bool(contests.run(request.user, held))
    masked = queries.masks(demands, user=request.user, contest=held, runs=runs)
    context = {"contest": held, "demands": demands, "masked": masked, "form": form}
    return render(request, "demands/public.html", context)


def _filtered(request: HttpRequest, contest: Contest, form: FilterForm) -> Any:
    demands = queries.published(contest, user=request.user)
    if not form.is_valid():
        return demands
    if code := form.cleaned_data["scenario"]:
        demands = demands.filter(scenario__code=code)
    if kind := form.cleaned_data["cooperation"]:
        demands = demands.filter(cooperation__contains=[kind])
    if text := form.cleaned_data["q"]:
        demands = queries.search(demands, user=request.user, contest=contest, text=text)
    return demands


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Open to all who may know of it; others sign in first, for they may have been invited."""
    demand = _demand(pk)
    admit(request, permissions.read_demand, demand)
    context = {
        "demand": demand,
        "contest": demand.contest,
        "whole": permissions.read_whole(request.user, demand),
        "owns": permissions.own_demand(request.user, demand),
        "runs": contests.run(request.user, demand.contest),
        "may_change": demand.may_change(),
        "may_send": demand.may_send(),
        "return_form": ReturnForm(),
        "invite_form": InviteForm(),
    }
    return render(request, "demands/show.html", context)


def mine(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.list_own)
    return render(request, "demands/mine.html", {"demands": queries.mine(request.user)})


def desk(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = get_object_or_404(Contest.objects.select_related("edition"), pk=contest_id)
    admit(request, permissions.see_desk, contest)
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    context = {
        "contest": contest,
        "demands": queries.desk(contest, state=state),
        "state": state,
        "states": State.choices,
    }
    return render(request, "demands/desk.html", context)


def new(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = get_object_or_404(Contest.objects.select_related("edition"), pk=contest_id)
    may = permissions.post_demand(request.user, contest)
    if may.code == "speaks_for_nobody":
        messages.info(request, may.reason)
        return redirect("people:organisations")
    admit(request, permissions.post_demand, contest)
    form = DemandForm(request.POST or None, contest=contest, user=request.user)
    indicators = IndicatorFormSet(request.POST or None, prefix="i")
    if request.method == "POST" and form.is_valid() and indicators.is_valid():
        demand = actions.draft_demand(
            contest=contest, owner=form.cleaned_data["owner"], values=form.values(),
            indicators=_rows(indicators), by=request.user, at=request.at,
        )  # fmt: skip
        return redirect("demands:show", demand.pk)
    context = {"contest": contest, "form": form, "indicators": indicators}
    return render(request, "demands/form.html", context, status=_status(form))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    demand = _demand(pk)
    admit(request, permissions.own_demand, demand)
    form = DemandForm(
        request.POST or None, instance=demand, contest=demand.contest, user=request.user
    )
    indicators = IndicatorFormSet(request.POST or None, instance=demand, prefix="i")
    if request.method == "POST" and form.is_valid() and indicators.is_valid():
        try:
            actions.change_demand(
                demand=_demand(pk), base=form.cleaned_data["base"] or 0, values=form.values(),
                indicators=_rows(indicators), by=request.user, at=request.at,
            )  # fmt: skip
            return redirect("demands:show", pk)
        except NotPossible as refusal:
            form.add_error(None, _keep_words(refusal))
    context = {
        "contest": demand.contest, "demand": demand, "form": form, "indicators": indicators,
    }  # fmt: skip
    return render(request, "demands/form.html", context, status=_status(form))


def _keep_words(refusal: NotPossible) -> str:
    """What was typed stays in the form, so that it can be copied over."""
    kept = _("What you wrote is still below. Open the demand in a second window to compare.")
    return f"{refusal.verdict.reason} {kept}"


def _status(form: DemandForm) -> int:
    return 422 if form.is_bound else 200


def _rows(indicators: Any) -> list[dict[str, Any]]:
    """The filled rows in their order, without those ticked for deletion."""
    rows = [f.cleaned_data for f in indicators.forms if f.cleaned_data.get("target")]
    unwanted = {"id", "demand", "DELETE"}
    return [{k: v for k, v in r.items() if k not in unwanted} for r in rows if not r["DELETE"]]


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    demand = _demand(pk)
    admit(request, permissions.own_demand, demand)
    actions.send_demand(demand=demand, by=request.user, at=request.at)
    messages.success(request, _("Sent. The secretariat reads it and answers by e-mail."))
    return redirect("demands:show", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    demand = _demand(pk)
    admit(request, permissions.own_demand, demand)
    actions.withdraw_demand(demand=demand, by=request.user, at=request.at)
    messages.success(request, _("The demand is withdrawn."))
    return redirect("demands:show", pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    demand = _demand(pk)
    admit(request, permissions.vet_demands, demand.contest)
    actions.publish_demand(demand=demand, by=request.user, at=request.at)
    messages.success(request, _("Published as number %s.") % demand.number)
    return redirect("demands:show", pk)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    demand = _demand(pk)
    admit(request, permissions.vet_demands, demand.contest)
    why = request.POST.get("why", "")
    actions.return_demand(demand=demand, why=why, by=request.user, at=request.at)
    messages.success(request, _("Returned; its owner was told why."))
    return redirect("demands:desk", demand.contest_id)


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    demand = _demand(pk)
    admit(request, permissions.own_demand, demand)
    form = InviteForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        actions.invite_answerer(demand=demand, email=email, by=request.user, at=request.at)
        messages.success(request, _("%s may read this demand now.") % email)
    else:
        messages.error(request, _("That is not an e-mail address; nobody was invited."))
    return redirect("demands:show", pk)


def _demand(pk: int) -> Demand:
    related = ("contest__edition", "scenario", "owner", "posted_by")
    return get_object_or_404(Demand.objects.select_related(*related), pk=pk)
