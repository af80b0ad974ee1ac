"""What a juror does before the papers open."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.files.serve import respond
from leitai.foundation.files.typeset import typeset
from leitai.foundation.refusals import NotFound
from leitai.foundation.verdicts import HIDDEN
from leitai.foundation.words import choose
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.forms import HoldingsForm, ProfileForm, TieForm
from leitai.rooms.jury.models import DeclaredTie, Juror, Promise
from leitai.rooms.jury.views.jurors import juror_of

SOURCE = Path(__file__).parents[1] / "typst/undertaking.typ"
TOLD = ("title", "tags", "about", "languages", "load_min", "load_max", "free_from", "free_until")


def readiness_of(request: HttpRequest, pk: int) -> HttpResponse:
    """A juror's own list of what is done and what is owed."""
    juror = _own(request, pk)
    steps = queries.steps(juror)
    context = {
        "juror": juror,
        "contest": juror.contest,
        "steps": steps,
        "is_ready": all(step.is_done for step in steps),
        "next": next((step for step in steps if not step.is_done), None),
        "stages": juror.contest.stages.all(),
        "in_pool": juror.expert_id is not None,
        "programme": juror.contest.edition.programme,
    }
    return render(request, "jury/readiness_of.html", context)


def undertaking(request: HttpRequest, pk: int) -> HttpResponse:
    """To read, and to accept."""
    juror = _own(request, pk)
    edition = juror.contest.edition
    now = queries.undertaking(edition)
    if now is None:
        raise NotFound(HIDDEN)
    if request.method == "POST":
        actions.accept_undertaking(undertaking=now, by=request.user, at=request.at)
        messages.success(request, _("Accepted. You may take it away as a PDF."))
        return redirect("jury:readiness_of", juror.pk)
    promise = queries.promise_of(request.user, edition)
    context = {
        "juror": juror, "contest": juror.contest, "undertaking": now, "promise": promise,
        "is_accepted": promise is not None and promise.undertaking_id == now.pk,
    }  # fmt: skip
    return render(request, "jury/undertaking.html", context)


def undertaking_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The words as they were accepted, in the language they were read in."""
    juror = _own(request, pk)
    promise = queries.promise_of(request.user, juror.contest.edition)
    if promise is None:
        raise NotFound(HIDDEN)
    pdf = typeset(SOURCE, words=_on_paper(juror, promise))
    return respond(BytesIO(pdf), name=f"undertaking-v{promise.undertaking.version}.pdf",
                   kind="application/pdf", inline=False)  # fmt: skip


def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Field, days and load; for an investor also the portfolio."""
    juror = _own(request, pk)
    form = ProfileForm(request.POST or None, initial=_known(juror))
    if form.is_valid():
        actions.tell_profile(juror=juror, changes=form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("Saved."))
        return redirect("jury:readiness_of", juror.pk)
    context = {
        "juror": juror, "contest": juror.contest, "form": form,
        "holdings": _holdings(juror), "away": queries.unfree(juror, juror.contest.stages.all()),
    }  # fmt: skip
    return render(request, "jury/profile.html", context, status=422 if form.is_bound else 200)


@require_POST
def holdings(request: HttpRequest, pk: int) -> HttpResponse:
    juror = _own(request, pk)
    form = HoldingsForm(request.POST)
    if form.is_valid():
        n = actions.name_holdings(
            juror=juror, firms=form.cleaned_data["firms"], source=_("told by the juror"),
            by=request.user, at=request.at,
        )  # fmt: skip
        messages.success(request, _("{n} firms are noted.").format(n=n))
    return redirect("jury:profile", juror.pk)


def ties(request: HttpRequest, pk: int) -> HttpResponse:
    """Houses behind the entries to look through, and a form for people; nothing is said of which
    entries these stand behind, so it works for a blind jury as well."""
    juror = _own(request, pk)
    form = TieForm(request.POST or None)
    if form.is_valid():
        actions.declare_tie(juror=juror, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("Noted. Their entries will never be yours."))
        return redirect("jury:ties", juror.pk)
    rows = queries.houses_of(juror.contest, request.GET.get("q", "").strip())
    context = {
        "juror": juror,
        "contest": juror.contest,
        "page": keyset.page(rows, by=("key", "pk"), cursor=request.GET.get("page", "")),
        "filters": request.GET,
        "form": form,
        "declared": juror.ties.filter(taken_back_at=None).select_related("organisation"),
    }
    return render(request, "jury/ties.html", context, status=422 if form.is_bound else 200)


@require_POST
def tie_back(request: HttpRequest, pk: int) -> HttpResponse:
    tie = get_object_or_404(DeclaredTie.objects.select_related("juror__contest__edition"), pk=pk)
    admit(request, permissions.take_back_tie, tie)
    actions.take_back_tie(tie=tie, by=request.user, at=request.at)
    messages.success(request, _("Taken back. What it kept away stays away until it is looked at."))
    return redirect("jury:ties", tie.juror_id)


@require_POST
def all_ties(request: HttpRequest, pk: int) -> HttpResponse:
    juror = _own(request, pk)
    actions.say_all_ties_named(juror=juror, by=request.user, at=request.at)
    messages.success(request, _("Thank you. You may name further ties at any time."))
    return redirect("jury:readiness_of", juror.pk)


@require_POST
def into_pool(request: HttpRequest, pk: int) -> HttpResponse:
    juror = _own(request, pk)
    actions.join_pool(juror=juror, by=request.user, at=request.at)
    messages.success(request, _("We keep you and may ask again. You can leave at any time."))
    return redirect("jury:expertise")


def _own(request: HttpRequest, pk: int) -> Juror:
    juror = juror_of(pk)
    admit(request, permissions.be_juror, juror)
    return juror


def _known(juror: Juror) -> dict[str, Any]:
    house = juror.organisation.name if juror.organisation else ""
    told = {name: getattr(juror, name) for name in TOLD}
    reads = [language.split("-")[0] for language in juror.languages]
    return {**told, "organisation": house, "languages": reads}


def _holdings(juror: Juror) -> HoldingsForm | None:
    if juror.kind != "investor" or juror.organisation is None:
        return None
    held = queries.portfolio(juror.organisation).filter(until=None)
    return HoldingsForm(initial={"firms": "\n".join(h.firm.name for h in held)})


def _on_paper(juror: Juror, promise: Promise) -> dict[str, Any]:
    edition, words = juror.contest.edition, promise.undertaking
    is_chinese = promise.language.startswith("zh")
    text = choose(words.text_zh, words.text_en) if not words.text_zh or not words.text_en else (
        words.text_zh if is_chinese else words.text_en
    )  # fmt: skip
    at = promise.at.astimezone(ZoneInfo(edition.time_zone))
    return {
        "title": _("Undertaking of the jury"),
        "language": "zh" if (get_language() or "").startswith("zh") else "en",
        "edition": edition.name,
        "version": _("Version {n}").format(n=words.version),
        "text": text.replace("\r\n", "\n"),
        "facts": [
            [_("Accepted by"), juror.name],
            [_("Account"), str(promise.person.email)],
            [_("At"), f"{date_format(at, 'Y-m-d H:i')} ({edition.time_zone})"],
            [_("SHA-256 of the words"), " ".join(
                promise.digest[i : i + 8] for i in range(0, 64, 8)
            )],
        ],
    }  # fmt: skip
