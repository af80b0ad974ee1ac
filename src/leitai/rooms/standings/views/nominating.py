"""The owner of a demand names an entry for a place beside the quota."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leitai.foundation.doors import admit
from leitai.rooms.standings import actions, permissions
from leitai.rooms.standings.forms import NominationForm
from leitai.rooms.standings.queries import nominations
from leitai.rooms.submissions.models import Answer


def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """By code: how far the owner may read the entry is told where its answers are listed."""
    rows = Answer.objects.select_related(
        "demand__owner", "entry__contest__edition", "entry__contest__ruleset"
    )
    answer = get_object_or_404(rows, pk=pk)
    admit(request, permissions.nominate, answer)
    form = NominationForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        actions.nominate(answer=answer, why=why, by=request.user, at=request.at)
        messages.success(request, _("Nominated; the committee votes on it when it meets."))
        return redirect("submissions:answered", answer.demand_id)
    stage = nominations.stage_to_nominate(answer.entry)
    context = {
        "answer": answer, "demand": answer.demand, "contest": answer.entry.contest, "form": form,
        "may": nominations.may_nominate_answer(answer, by=request.user, stage=stage, why="-"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "standings/nomination.html", context, status=status)
