"""Where the jury differs: the list for those who run the stage, and one entry's discussion."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import keyset, live
from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.models import Discussion, Juror
from leitai.rooms.jury.rules import DiscussionState, Viewer, sees
from leitai.rooms.jury.rules.sight import FACTS, JudgingState
from leitai.rooms.jury.views import finding
from leitai.rooms.jury.views.draws import stage_of
from leitai.rooms.stages.models import Participation, Stage


def discussions(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The phase of the judging, and every discussion with where it stands."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_discussions, stage)
    may_rule = permissions.rule_jury(request.user, stage.contest)
    called = _chairs(request, stage) if may_rule else None
    if called and finding.is_search(request):
        return finding.names(request, called, legend=_("Who leads the discussions"))
    tied = queries.tied_entries(request.user)
    rows = queries.discussions(stage).exclude(entry__in=tied)
    if (state := request.GET.get("state", "")) in DiscussionState.values:
        rows = rows.filter(state=state)
    sees_marks = permissions.read_scores(request.user, stage)
    flagged = queries.flagged(stage).exclude(entry__in=tied)
    context = {
        "stage": stage, "contest": stage.contest, "judging": getattr(stage, "judging", None),
        "page": keyset.page(
            rows, by=("entry__code", "pk"), cursor=request.GET.get("page", ""), size=50
        ),
        "state": state, "states": DiscussionState.choices, "sees_marks": sees_marks,
        "flagged": flagged.count() if stage.rule.range_flag else 0,
        "phase": queries.phase(stage), "phases": JudgingState.choices,
        "may_rule": may_rule, "may_run": permissions.run_jury(request.user, stage.contest),
        "may_begin": queries.may_begin(stage, at=request.at),
        "may_close": queries.may_close(stage), "called": called,
    }  # fmt: skip
    return render(request, "jury/discussions.html", context)


def sight(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The rule in words: who sees what at this stage, phase by phase. To be printed, too."""
    stage = stage_of(stage_id)
    admit(request, permissions.see_discussions, stage)
    blind = stage.rule.panel.blind
    told = [
        {
            "viewer": viewer.label,
            "phases": [_seen(viewer, phase, blind=blind) for phase in JudgingState],
        }
        for viewer in Viewer
    ]
    context = {
        "stage": stage, "contest": stage.contest, "told": told, "blind": blind,
        "phases": [phase.label for phase in JudgingState], "now": queries.phase(stage),
        "may_run": permissions.run_jury(request.user, stage.contest),
    }  # fmt: skip
    return render(request, "jury/sight.html", context)


def _seen(viewer: Viewer, phase: JudgingState, *, blind: bool) -> dict[str, Any]:
    seen = sees(viewer, phase, blind=blind)
    facts = [name for fact, name in FACTS.items() if getattr(seen, fact)]
    return {"phase": phase.label, "facts": facts}


@require_POST
def chair(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.rule_jury, stage.contest)
    juror = finding.chosen(request, stage.contest_id)
    actions.appoint_chair(stage=stage, juror=juror, by=request.user, at=request.at)
    messages.success(request, _("{name} leads the discussions.").format(name=juror.name))
    return redirect("jury:discussions", stage.pk)


@require_POST
def beginning(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.rule_jury, stage.contest)
    actions.begin_discussion(stage=stage, by=request.user, at=request.at)
    messages.success(request, _("The jury may talk now; each juror concerned gets one letter."))
    return redirect("jury:discussions", stage.pk)


@require_POST
def opening(request: HttpRequest, stage_id: int) -> HttpResponse:
    """One more entry, by its code. With a tie to it, the code is as good as unknown."""
    stage = stage_of(stage_id)
    admit(request, permissions.rule_jury, stage.contest)
    here = Participation.objects.filter(stage=stage, taken_out_at=None)
    here = here.exclude(entry__in=queries.tied_entries(request.user)).select_related("entry")
    found = here.filter(entry__code__iexact=request.POST.get("code", "").strip()[:40]).first()
    if found is None:
        messages.error(request, _("No entry of this stage has that code."))
    else:
        actions.open_discussion(stage=stage, entry=found.entry, by=request.user, at=request.at)
        messages.success(request, _("{code} is open to discussion.").format(code=found.entry.code))
    return redirect("jury:discussions", stage.pk)


@require_POST
def ending(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = stage_of(stage_id)
    admit(request, permissions.rule_jury, stage.contest)
    actions.close_judging(stage=stage, by=request.user, at=request.at)
    messages.success(request, _("The judging is closed."))
    return redirect("jury:discussions", stage.pk)


def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets side by side and what was said; asked again whenever something is new."""
    talk = discussion_of(pk)
    admit(request, permissions.read_discussion, talk)
    if finding.is_search(request):
        admit(request, permissions.appoint_stand_in, talk)
        called = _chairs(request, talk.stage, talk.entry_id)
        return finding.names(request, called, legend=_("Somebody else leads this one"))
    part = "#talk" if request.headers.get("HX-Request") else ""
    return render(request, f"jury/discussion.html{part}", _context(request, talk))


@require_POST
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    talk = discussion_of(pk)
    admit(request, permissions.speak, talk)
    text = request.POST.get("text", "")
    try:
        actions.write_remark(
            discussion=talk, juror=own_juror(request, talk), text=text, by=request.user,
            at=request.at,
        )  # fmt: skip
    except NotPossible as refusal:
        return _again(request, talk, refusal, text=text)
    return redirect("jury:discussion", pk)


@require_POST
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """A juror's own marks, with the reason; refused, every word stays in its field."""
    talk = discussion_of(pk)
    admit(request, permissions.change_marks, talk)
    sheet = queries.own_sheet(request.user, talk)
    assert sheet is not None  # change_marks asked
    said = {k.removeprefix("mark-"): v for k, v in request.POST.items() if k.startswith("mark-")}
    why = request.POST.get("why", "")
    try:
        actions.change_marks(
            discussion=talk, sheet=sheet, marks=said, why=why, by=request.user, at=request.at
        )
    except NotPossible as refusal:
        return _again(request, talk, refusal, said=said, why=why)
    messages.success(request, _("Changed. What stood before stays on record."))
    return redirect("jury:discussion", pk)


@require_POST
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    talk = discussion_of(pk)
    admit(request, permissions.lead_discussion, talk)
    words = request.POST.get("summary", "")
    try:
        actions.close_discussion(discussion=talk, summary=words, by=request.user, at=request.at)
    except NotPossible as refusal:
        return _again(request, talk, refusal, summary=words)
    messages.success(request, _("This discussion is closed."))
    return redirect("jury:pile", talk.stage_id)


@require_POST
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    talk = discussion_of(pk)
    admit(request, permissions.appoint_stand_in, talk)
    juror = finding.chosen(request, talk.stage.contest_id)
    actions.appoint_stand_in(discussion=talk, juror=juror, by=request.user, at=request.at)
    messages.success(request, _("{name} leads this discussion.").format(name=juror.name))
    return redirect("jury:discussion", pk)


def discussion_of(pk: int) -> Discussion:
    known = Discussion.objects.select_related(
        "stage__contest__edition", "stage__judging", "entry__scenario", "entry__organisation",
        "entry__contest__ruleset", "chair",
    )  # fmt: skip
    return get_object_or_404(known, pk=pk)


def _context(request: HttpRequest, talk: Discussion, **said: Any) -> dict[str, Any]:
    stage = talk.stage
    sight = queries.sight(request.user, stage)
    mine = queries.own_sheet(request.user, talk)
    rules_it = bool(permissions.appoint_stand_in(request.user, talk))
    works_here = bool(permissions.see_discussions(request.user, stage))
    return {
        "discussion": talk, "stage": stage, "contest": stage.contest, "mine": mine,
        "talk": queries.talk(talk, reader=request.user, sight=sight),
        "title": talk.entry.title if sight.names else "", "sight": sight,
        "own_marks": mine.given() if mine else {},
        "criteria": list(stage.criteria.all()) if mine else [],
        "may_speak": permissions.speak(request.user, talk),
        "may_lead": permissions.lead_discussion(request.user, talk), "may_rule": rules_it,
        "called": _chairs(request, stage, talk.entry_id) if rules_it else None,
        "works_here": works_here,
        "base": "site/contest_desk.html" if works_here else "site/desk.html",
        "token": live.token(talk.topic, request.at), "said": {}, **said,
    }  # fmt: skip


def _again(
    request: HttpRequest, talk: Discussion, refusal: NotPossible, **said: Any
) -> HttpResponse:
    context = {**_context(request, discussion_of(talk.pk), **said), "verdict": refusal.verdict}
    return render(request, "jury/discussion.html", context, status=422)


def _chairs(request: HttpRequest, stage: Stage, entry: int | None = None) -> queries.Called:
    return finding.among(queries.free_chairs(stage, entry=entry), request)


def own_juror(request: HttpRequest, talk: Discussion) -> Juror:
    """As whom somebody speaks: the chair, or the juror whose sheet it is."""
    if talk.chair is not None and talk.chair.user_id == request.user.pk:
        return talk.chair
    sheet = queries.own_sheet(request.user, talk)
    assert sheet is not None  # speak asked
    return sheet.juror
