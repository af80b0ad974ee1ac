"""A conflict found late: what falls away, who takes over, and one button."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import admit
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Conflict, Juror, Repair
from leitai.rooms.jury.views.draws import stage_of


def repair(request: HttpRequest, stage_id: int, pk: int) -> HttpResponse:
    stage = stage_of(stage_id)
    known = Conflict.objects.select_related("juror__contest", "entry")
    conflict = get_object_or_404(known, pk=pk, juror__contest=stage.contest_id)
    admit(request, permissions.repair_conflict, conflict)
    sheet = queries.fallen(conflict, stage)
    if request.method == "POST":
        number = request.POST.get("juror", "")
        pk = int(number) if number.isdecimal() and len(number) < 18 else 0
        juror = get_object_or_404(Juror, pk=pk, contest=stage.contest_id)
        done = actions.repair_conflict(
            conflict=conflict, stage=stage, juror=juror, by=request.user, at=request.at
        )
        words = _("{name} takes the seat over and gets a letter.")
        messages.success(request, words.format(name=done.fresh.juror.name))
        return redirect(f"{stage_url(stage.pk)}?show=conflicts")
    may = queries.may_repair_conflict(conflict, stage, sheet)
    mending = queries.mending(conflict, stage, sheet) if may and sheet else None
    context = {
        "stage": stage, "contest": stage.contest, "conflict": conflict, "sheet": sheet,
        "may": may, "mending": mending,
        "shortages": [asdict(s) for s in mending.shortages] if mending else [],
    }  # fmt: skip
    return render(request, "jury/repair.html", context)


@require_POST
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    known = Repair.objects.select_related(
        "conflict__juror__contest", "stage__contest__edition", "fresh__juror__user", "fell__juror",
        "fresh__stage", "fell__stage",
    )  # fmt: skip
    done = get_object_or_404(known, pk=pk)
    admit(request, permissions.repair_conflict, done.conflict)
    actions.undo_repair(repair=done, by=request.user, at=request.at)
    messages.success(request, _("Undone. Both jurors' sheets are as they were."))
    return redirect(f"{stage_url(done.stage_id)}?show=conflicts")


def stage_url(stage_id: int) -> str:
    return redirect("jury:progress", stage_id).url
