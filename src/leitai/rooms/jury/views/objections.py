"""Who is on the jury, as teams may see it, and whom they object to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.forms import AnswerForm, ObjectionForm
from leitai.rooms.jury.models import Objection
from leitai.rooms.jury.rules import ObjectionState
from leitai.rooms.jury.views.jurors import contest_of
from leitai.rooms.submissions.models import Entry


def published_jury(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A team's page: the jury of its contest, and its own objections."""
    known = Entry.objects.select_related("contest__edition", "contest__ruleset")
    entry = get_object_or_404(known, pk=entry_id)
    admit(request, permissions.see_published_jury, entry)
    jurors = queries.published_jurors(entry.contest)
    form = ObjectionForm(request.POST or None, jurors=jurors)
    if request.method == "POST":
        admit(request, permissions.object_to_juror, entry)
        if form.is_valid() and _raised(request, entry, form):
            return redirect("jury:published_jury", entry.pk)
    context = {
        "entry": entry,
        "contest": entry.contest,
        "page": keyset.page(jurors, by=("name", "pk"), cursor=request.GET.get("page", "")),
        "objections": entry.objections_to_jurors.select_related("juror").order_by("pk"),
        "may_object": queries.may_object(entry),
        "may_lead": permissions.object_to_juror(request.user, entry),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "jury/published_jury.html", context, status=status)


def objections(request: HttpRequest, contest_id: int) -> HttpResponse:
    """What teams said, and what was answered."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    rows = queries.objections(contest)
    if request.GET.get("state") in ObjectionState.values:
        rows = rows.filter(state=request.GET["state"])
    context = {
        "contest": contest,
        "page": keyset.page(rows, by=("-pk",), cursor=request.GET.get("page", "")),
        "total": keyset.total(rows),
        "states": ObjectionState.choices,
        "filters": request.GET,
        "may_rule": permissions.rule_jury(request.user, contest),
    }
    return render(request, "jury/objections.html", context)


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    known = Objection.objects.select_related("juror__contest__edition", "entry", "by")
    objection = get_object_or_404(known, pk=pk)
    admit(request, permissions.decide_objection, objection)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        actions.decide_objection(
            objection=objection, is_upheld=form.cleaned_data["verdict"] == "upheld",
            answer=form.cleaned_data["answer"], by=request.user, at=request.at,
        )  # fmt: skip
        messages.success(request, _("Decided; the team reads your answer."))
        return redirect("jury:objections", objection.juror.contest_id)
    context = {"contest": objection.juror.contest, "objection": objection, "form": form}
    return render(request, "jury/decision.html", context, status=422 if form.is_bound else 200)


def _raised(request: HttpRequest, entry: Entry, form: ObjectionForm) -> bool:
    try:
        actions.raise_objection(entry=entry, by=request.user, at=request.at, **form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(None, str(refusal.verdict.reason))
        return False
    messages.success(request, _("Your objection is noted. The organiser answers here."))
    return True
