"""The editor of rules. It works on a draft, section by section; putting the draft into force makes
the next version, which is refused where somebody already goes by the old one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests import queries as contest_queries
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Rules, presets
from leitai.rooms.contests.rules.diff import differences
from leitai.rooms.contests.rules.errors import explain
from leitai.rooms.contests.rules.printing import printed
from leitai.rooms.stages import actions, permissions, queries
from leitai.rooms.stages.forms import SECTIONS, AddStageForm, AddStepForm, AdoptForm, Section
from leitai.rooms.stages.forms.fields import new_stage
from leitai.rooms.stages.forms.plain import rubric_choices


def rules(request: HttpRequest, contest_id: int) -> HttpResponse:
    """The sections, what the draft changes, and the button that puts it into force."""
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)
    return _overview(request, contest)


def _overview(request: HttpRequest, contest: Contest, **forms: Any) -> HttpResponse:
    at_work, revision = contest_queries.rules_at_work(contest)
    zone = contest.edition.time_zone
    context = {
        "contest": contest,
        "rules": at_work,
        "revision": revision,
        "changes": differences(contest.rules, at_work, time_zone=zone),
        "objections": actions.objections_to(contest, at_work) if revision else [],
        "sections": printed(at_work, time_zone=zone),
        "adopt_form": AdoptForm(),
        "stage_form": AddStageForm(prefix="stage"),
        "step_form": AddStepForm(prefix="step"),
        **forms,
    }
    return render(request, "stages/rules.html", context, status=422 if forms else 200)


def section(request: HttpRequest, contest_id: int, kind: str, code: str = "") -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)
    at_work, revision = contest_queries.rules_at_work(contest)
    part = _section(contest, at_work, kind, code)
    problem = ""
    status = 200
    if request.method == "POST" and not part.press(request.POST):
        made = part.read(request.POST)
        if made is not None:
            try:
                _keep(request, contest, made, typed_on=request.POST.get("revision", ""))
                messages.success(request, _("Kept in the draft."))
                return redirect("stages:rules", contest_id)
            except NotPossible as refusal:
                problem = str(refusal.verdict.reason)
        status = 422
    context = {
        "contest": contest,
        "kind": kind,
        "code": code,
        "part": part,
        "revision": request.POST.get("revision", revision),
        "problem": problem,
        "is_open": kind == "stage" and code in queries.opened_codes(contest),
        "rubrics": rubric_choices(),
        "words": _words(at_work, contest, kind, code),
    }
    return render(request, "stages/section.html", context, status=status)


@require_POST
def words(request: HttpRequest, contest_id: int, kind: str, code: str = "") -> HttpResponse:
    """What the form would say in plain sentences, while it is being filled in."""
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)
    at_work, _revision = contest_queries.rules_at_work(contest)
    made = _section(contest, at_work, kind, code).read(request.POST)
    context = {"words": _words(made, contest, kind, code) if made else None}
    return render(request, "stages/section.html#words", context)


def _words(rules: Rules, contest: Contest, kind: str, code: str) -> list[Any]:
    sections = printed(rules, time_zone=contest.edition.time_zone)
    anchor = {"stage": f"stage-{code}"}.get(kind, kind)
    return [section for section in sections if section.anchor == anchor]


@require_POST
def adopt(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)
    at_work, _revision = contest_queries.rules_at_work(contest)
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            ruleset = actions.change_rules(
                contest=contest, rules=at_work, reason=form.cleaned_data["reason"],
                by=request.user, at=request.at,
            )  # fmt: skip
            text = _("Version {n} is in force.").format(n=ruleset.version)
            messages.success(request, text)
            return redirect("contests:desk", contest_id)
        except NotPossible as refusal:
            field = "reason" if refusal.verdict.code == "reason_missing" else None
            form.add_error(field, str(refusal.verdict.reason))
    return _overview(request, _contest(contest_id), adopt_form=form)


@require_POST
def discard(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)
    contests.discard_draft(contest=contest, by=request.user, at=request.at)
    return redirect("contests:desk", contest_id)


# --- whole stages and pages of the form


@require_POST
def add_stage(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)
    form = AddStageForm(request.POST, prefix="stage")
    if form.is_valid():
        code = form.cleaned_data["code"]
        stage = new_stage(code, presets.rubric(form.cleaned_data["rubric"]))
        if problem := _changed_list(request, contest, "stages", lambda s: s.append(stage)):
            form.add_error("code", problem)
        else:
            return redirect("stages:section", contest_id, "stage", code)
    return _overview(request, contest, stage_form=form)


@require_POST
def add_step(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)
    form = AddStepForm(request.POST, prefix="step")
    if form.is_valid():
        data = form.cleaned_data
        step = {"code": data["code"], "name": {"zh": data["zh"], "en": data["en"]}, "fields": []}
        if problem := _changed_list(request, contest, "steps", lambda s: s.append(step)):
            form.add_error("code", problem)
        else:
            return redirect("stages:section", contest_id, "form", data["code"])
    return _overview(request, contest, step_form=form)


@require_POST
def arrange(request: HttpRequest, contest_id: int, kind: str, code: str) -> HttpResponse:
    """Move or remove a stage or a page of the form."""
    contest = _contest(contest_id)
    admit(request, permissions.change_rules, contest)

    def arranged(parts: list[Any]) -> None:
        here = next((n for n, part in enumerate(parts) if part["code"] == code), None)
        if here is None:
            raise Http404
        part = parts.pop(here)
        shift = {"up": -1, "down": 1}.get(request.POST.get("do", ""))
        if shift is not None:
            parts.insert(max(here + shift, 0), part)

    if problem := _changed_list(
        request, contest, {"stage": "stages", "form": "steps"}[kind], arranged
    ):
        messages.error(request, problem)
    return redirect("stages:rules", contest_id)


def _changed_list(request: HttpRequest, contest: Contest, name: str, change: Any) -> str:
    """Change one list of the draft; returns what is wrong with the result, if anything."""
    at_work, revision = contest_queries.rules_at_work(contest)
    body = at_work.model_dump(mode="json")
    change(body["stages"] if name == "stages" else body["entry"]["steps"])
    try:
        made = Rules.model_validate(body)
    except ValidationError as error:
        return " ".join(problem.message for problem in explain(error))
    _keep(request, contest, made, typed_on=str(revision))
    return ""


def _keep(request: HttpRequest, contest: Contest, made: Rules, *, typed_on: str) -> None:
    revision = int(typed_on) if typed_on.isascii() and typed_on.isdigit() else 0
    contests.keep_draft(
        contest=contest, rules=made, revision=revision, by=request.user, at=request.at
    )


def _section(contest: Contest, at_work: Rules, kind: str, code: str) -> Section:
    parts = {"stage": at_work.stages, "form": at_work.entry.steps}.get(kind)
    if (parts is None) == bool(code):
        raise Http404
    index = 0
    if parts is not None:
        index = next((n for n, part in enumerate(parts) if part.code == code), -1)
        if index < 0:
            raise Http404
    return SECTIONS[kind](at_work, index=index, zone=contest.edition.time_zone)


def _contest(contest_id: int) -> Contest:
    return get_object_or_404(
        Contest.objects.select_related("edition", "ruleset", "rule_draft"), pk=contest_id
    )
