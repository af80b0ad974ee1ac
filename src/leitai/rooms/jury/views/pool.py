"""The pool: whom a programme may ask again."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit, public
from leitai.foundation.refusals import NotFound
from leitai.foundation.rows import Rows
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import actions, notices, permissions, queries
from leitai.rooms.jury.forms import ExpertForm, PostForm
from leitai.rooms.jury.models import Expert, Juror
from leitai.rooms.jury.rules import ExpertState, JurorKind
from leitai.rooms.jury.views.jurors import contest_of

MOST = 500  # letters at one press
TOLD = ("name", "kind", "title", "tags", "about", "languages")


def pool(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Search, tick, and go on to a preview; who is on this jury already is marked."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    rows = _filtered(queries.experts(contest.edition.programme), request.GET)
    page = keyset.page(rows, by=("name", "pk"), cursor=request.GET.get("page", ""))
    asked = Juror.objects.filter(contest=contest, email__in=[e.email for e in page.rows])
    context = {
        "contest": contest,
        "programme": contest.edition.programme,
        "page": page,
        "total": keyset.total(rows),
        "filters": request.GET,
        "kinds": JurorKind.choices,
        "states": [c for c in ExpertState.choices if c[0] != ExpertState.LEFT],
        "scenarios": contest.edition.scenarios.all(),
        "asked": set(asked.values_list("email", flat=True)),
    }
    return render(request, "jury/pool.html", context)


@require_POST
def pool_invitation(request: HttpRequest, contest_id: int) -> HttpResponse:
    """First who would get a letter, and which; then, confirmed, the letters."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    chosen = _chosen(contest, request)
    on_jury = set(Juror.objects.filter(contest=contest).values_list("email", flat=True))
    new = [expert for expert in chosen if expert.email not in on_jury]
    if request.POST.get("confirmed") and new:
        made = actions.invite_experts(contest=contest, experts=new, by=request.user, at=request.at)
        words = ngettext("{n} letter is on its way.", "{n} letters are on their way.", len(made))
        messages.success(request, words.format(n=len(made)))
        return redirect("jury:jurors", contest.pk)
    context = {
        "contest": contest,
        "new": new,
        "there": [expert for expert in chosen if expert.email in on_jury],
        "letter": notices.letter_preview(contest, new[0]) if new else None,
    }
    return render(request, "jury/pool_invitation.html", context, status=200 if new else 422)


def expert(request: HttpRequest, contest_id: int, pk: int) -> HttpResponse:
    """One expert as organisers see them: profile, years, past service."""
    contest = contest_of(contest_id)
    known = Expert.objects.present().select_related("organisation", "programme", "consent")
    expert = get_object_or_404(known, pk=pk)
    admit(request, permissions.see_expert, contest, expert)
    context = {
        "contest": contest,
        "expert": expert,
        "posts": expert.posts.select_related("organisation"),
        "service": queries.service(expert),
        "is_on_jury": Juror.objects.filter(contest=contest, email=expert.email).exists(),
    }
    return render(request, "jury/expert.html", context)


@public
def pool_letter(request: HttpRequest, token: str) -> HttpResponse:
    """What we know of somebody who was written down for us, and whether we may keep it."""
    expert = _of_letter(token)
    context = {
        "expert": expert, "token": token,
        "may_keep": permissions.answer_letter(request.user, expert),
    }  # fmt: skip
    return render(request, "jury/pool_letter.html", context)


@require_POST
def pool_keeping(request: HttpRequest, token: str) -> HttpResponse:
    expert = _of_letter(token)
    admit(request, permissions.answer_letter, expert)
    actions.keep_expert(expert=expert, by=request.user, at=request.at)
    messages.success(request, _("Thank you. This is what we keep; change it as you like."))
    return redirect("jury:expertise")


@public
@require_POST
def pool_refusal(request: HttpRequest, token: str) -> HttpResponse:
    """Needs no account: the letter is enough."""
    actions.leave_pool(expert=_of_letter(token), by=None, at=request.at)
    messages.success(request, _("We have forgotten what was written down, and will not ask again."))
    return redirect("site:home")


def expertise(request: HttpRequest) -> HttpResponse:
    """The pools somebody is in, for themselves."""
    admit(request, permissions.list_own)
    mine = queries.own_expertise(request.user).filter(user=request.user)
    return render(request, "jury/expertise.html", {"experts": mine})


def own_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """The expert's own profile and years; rows are added and removed on the spot."""
    expert = _own(request, pk)
    rows = Rows(formset_factory(PostForm, extra=0), prefix="p")
    form = ExpertForm(request.POST or None, initial=_known(expert))
    posts = rows.changed(request.POST) or rows.bound(request.POST) if request.POST else None
    if posts is not None and posts.is_bound and form.is_valid() and posts.is_valid():
        told = [post for post in posts.cleaned_data if post]
        actions.edit_expert(
            expert=expert, changes=form.cleaned_data, posts=told, by=request.user, at=request.at
        )
        messages.success(request, _("Saved."))
        return redirect("jury:own_profile", expert.pk)
    shown = posts if posts is not None else rows.of(_posts(expert))
    status = 422 if posts is not None and posts.is_bound else 200
    context = {"expert": expert, "form": form, "rows": shown}
    return render(request, "jury/own_profile.html", context, status=status)


@require_POST
def pool_leaving(request: HttpRequest, pk: int) -> HttpResponse:
    actions.leave_pool(expert=_own(request, pk), by=request.user, at=request.at)
    messages.success(request, _("We have forgotten your profile, and will not ask again."))
    return redirect("jury:expertise")


def _own(request: HttpRequest, pk: int) -> Expert:
    known = Expert.objects.select_related("programme", "organisation")
    expert = get_object_or_404(known, pk=pk)
    admit(request, permissions.be_expert, expert)
    return expert


def _of_letter(token: str) -> Expert:
    expert = notices.expert_of(token)
    if expert is None:
        raise NotFound(HIDDEN)
    return expert


def _chosen(contest: Contest, request: HttpRequest) -> list[Expert]:
    ids = [int(pk) for pk in request.POST.getlist("expert") if pk.isascii() and pk.isdigit()]
    ours = Expert.objects.present().filter(programme=contest.edition.programme_id)
    return list(ours.filter(pk__in=ids[:MOST]).select_related("organisation").order_by("name"))


def _known(expert: Expert) -> dict[str, Any]:
    house = expert.organisation.name if expert.organisation else ""
    told = {name: getattr(expert, name) for name in TOLD}
    reads = [language.split("-")[0] for language in expert.languages]
    return {**told, "organisation": house, "languages": reads}


def _posts(expert: Expert) -> list[dict[str, Any]]:
    return [
        {"organisation": p.organisation.name, "title": p.title, "since": p.since, "until": p.until}
        for p in expert.posts.select_related("organisation")
    ]


def _filtered(rows: Any, asked: Any) -> Any:
    if words := asked.get("q", "").strip():
        rows = rows.filter(
            Q(name__icontains=words) | Q(email__icontains=words) | Q(about__icontains=words)
            | Q(organisation__name_zh__icontains=words) | Q(organisation__name_en__icontains=words)
        )  # fmt: skip
    if tag := asked.get("tag", "").strip():
        rows = rows.filter(tags__contains=[tag])
    if asked.get("kind") in JurorKind.values:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("state") in ExpertState.values:
        rows = rows.filter(state=asked["state"])
    if asked.get("served") == "yes":
        rows = rows.filter(sealed__gt=0)
    return rows
