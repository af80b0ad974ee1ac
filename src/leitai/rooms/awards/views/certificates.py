"""Certificates for those who make them: the list, numbers, printing, taking back."""

import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from leitai.foundation import jobs, keyset
from leitai.foundation.doors import admit
from leitai.foundation.files.glyphs import named
from leitai.foundation.files.serve import attachment, link_to, respond
from leitai.foundation.refusals import NotFound, require
from leitai.foundation.tables.write import write_xlsx
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.awards import actions, permissions, queries
from leitai.rooms.awards.actions.bundles import HEADERS, table_rows
from leitai.rooms.awards.forms import BundleForm, FilterForm, NumberingForm, RevokeForm
from leitai.rooms.awards.models import Bundle, Certificate, Slate
from leitai.rooms.awards.rules import number_of
from leitai.rooms.awards.views.desk import contest_of
from leitai.rooms.contests.models import Contest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def certificates(request: HttpRequest, contest_id: int) -> HttpResponse:
    """What has a number, what waits for one, and which names cannot be printed."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_certificates, contest)
    form = FilterForm(request.GET)
    rows = queries.certificates(contest, **form.chosen())
    cursor = request.GET.get("cursor", "")
    page = keyset.page(rows, by=["id"], cursor=cursor, size=50)
    slate = queries.published(contest)
    context = {
        "contest": contest, "slate": slate, "page": page, "form": form,
        "revoke": RevokeForm(auto_id=False),
        "may_revoke": permissions.revoke(request.user, Certificate(contest=contest)),
        **_numbering(request, contest), **(_work(request, slate) if slate else {}),
    }  # fmt: skip
    return render(request, "awards/certificates.html", context)


def _numbering(request: HttpRequest, contest: Contest) -> dict[str, Any]:
    row = queries.numbering(contest)
    may = permissions.set_numbering(request.user, contest)
    return {
        "numbering": row, "next_number": number_of(row.prefix, row.last + 1),
        "number_form": NumberingForm(initial={"prefix": row.prefix}) if may else None,
    }  # fmt: skip


def _work(request: HttpRequest, slate: Slate) -> dict[str, Any]:
    contest = slate.contest
    objections = queries.objections(contest)
    bad = queries.unprintable(slate, for_members=True)
    bundle = contest.certificate_bundles.select_related("job").first()
    return {
        "may_issue": slate.may_issue(objections=objections, at=request.at),
        "due": len(queries.due(slate, for_members=False)),
        "bad": [(w, [(sign, named(sign)) for sign in w.missing]) for w in bad],
        "stale": [(c, w) for c, w in queries.stale(slate) if not w.missing],
        "bundle_form": BundleForm(), "bundle": bundle,
        "job_url": bundle and reverse("awards:bundle", args=[bundle.pk]),
    }  # fmt: skip


@require_GET
def table(request: HttpRequest, contest_id: int) -> HttpResponse:
    """The list for whoever prints and hands them out."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_certificates, contest)
    rows = list(queries.to_print(contest).select_related("entry"))
    target = io.BytesIO()
    write_xlsx(target, HEADERS, table_rows(rows), title="certificates")
    target.seek(0)
    return respond(target, name=f"certificates-{contest.slug}.xlsx", kind=XLSX)


@require_POST
def set_numbering(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.set_numbering, contest)
    form = NumberingForm(request.POST)
    if form.is_valid():
        prefix = form.cleaned_data["prefix"]
        actions.set_numbering(
            edition=contest.edition, prefix=prefix, by=request.user, at=request.at
        )
        messages.success(request, _("Numbers begin with these letters now."))
    else:
        messages.error(request, _("Please give the letters before the number."))
    return redirect("awards:certificates", contest.pk)


@require_POST
def ask_bundle(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, permissions.run_certificates, contest)
    slate = queries.published(contest)
    if slate is None:
        messages.error(request, _("Certificates are made once the awards are published."))
        return redirect("awards:desk", contest.pk)
    for_members = bool(request.POST.get("for_members"))
    actions.ask_bundle(slate=slate, for_members=for_members, by=request.user, at=request.at)
    return redirect("awards:certificates", contest.pk)


def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is; POST tries again what failed, and goes on where it stopped."""
    row = _bundle(pk)
    admit(request, permissions.take_bundle, row)
    assert row.job is not None
    url = reverse("awards:bundle", args=[row.pk])
    if request.method == "POST":
        jobs.try_again(row.job, at=request.at)
        return redirect("awards:certificates", row.contest_id)
    return jobs.answer(request, row.job, label=_("Numbering and printing"), url=url, again=url)


@require_POST
def bundle_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A link that soon expires, for this person alone."""
    row = _bundle(pk)
    admit(request, permissions.take_bundle, row)
    if row.file is None:
        raise NotFound(HIDDEN)
    return redirect(link_to(row.file, reader=request.user, at=request.at))


def _bundle(pk: int) -> Bundle:
    rows = Bundle.objects.exclude(job=None).select_related("contest__edition", "job", "file")
    return get_object_or_404(rows, pk=pk)


@require_POST
def reissue_stale(request: HttpRequest, contest_id: int) -> HttpResponse:
    """All whose names were corrected since they were made."""
    contest = contest_of(contest_id)
    admit(request, permissions.revoke, Certificate(contest=contest))
    slate = queries.published(contest)
    why = request.POST.get("why", "")[:300]
    n = 0
    if slate:
        n = actions.reissue_stale(slate=slate, why=why, by=request.user, at=request.at)
    told = ngettext("%d certificate is made anew.", "%d certificates are made anew.", n) % n
    messages.success(request, told)
    return redirect("awards:certificates", contest.pk)


def certificate_of(pk: int) -> Certificate:
    related = ("contest__edition", "contest__ruleset", "entry", "member__user", "file", "award")
    return get_object_or_404(Certificate.objects.select_related(*related), pk=pk)


@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate itself; printed when it is first asked for."""
    row = certificate_of(pk)
    admit(request, permissions.take_certificate, row)
    if not row.slip:
        raise NotFound(HIDDEN)
    kept = actions.keep_print(certificate=row, by=request.user, at=request.at)
    return attachment(kept, inline=True)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    return _taken_back(request, pk, actions.revoke, _("Certificate %s is revoked."))


@require_POST
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    return _taken_back(request, pk, actions.reissue, _("Certificate %s is made anew."))


def _taken_back(request: HttpRequest, pk: int, action: Any, done: str) -> HttpResponse:
    row = certificate_of(pk)
    admit(request, permissions.revoke, row)
    form = RevokeForm(request.POST)
    if form.is_valid():
        require(row.may_revoke(why=form.cleaned_data["why"]))
        action(certificate=row, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, done % row.number)
    else:
        messages.error(request, _("Please say what happened, and why."))
    return redirect("awards:certificates", row.contest_id)
