"""Which fund holds which firm: organisers write down what a register says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.jury import actions, permissions, queries
from leitai.rooms.jury.forms import PortfolioForm
from leitai.rooms.jury.queries.portfolios import houses_on
from leitai.rooms.jury.views.jurors import contest_of


def portfolios(request: HttpRequest, contest_id: int) -> HttpResponse:
    """The houses behind this jury, each with how many firms are known."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    rows = houses_on(contest)
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(key__icontains=words.lower())
    context = {
        "contest": contest, "filters": request.GET,
        "page": keyset.page(rows, by=("key", "pk"), cursor=request.GET.get("page", "")),
    }  # fmt: skip
    return render(request, "jury/portfolios.html", context)


def portfolio(request: HttpRequest, contest_id: int, pk: int) -> HttpResponse:
    """A house of this jury, and no other one of the register."""
    contest = contest_of(contest_id)
    admit(request, permissions.run_jury, contest)
    house = get_object_or_404(houses_on(contest), pk=pk)
    held = list(queries.portfolio(house))
    known = "\n".join(one.firm.name for one in held if one.until is None)
    form = PortfolioForm(request.POST or None, initial={"firms": known})
    if form.is_valid():
        n = actions.name_portfolio(
            contest=contest, house=house, by=request.user, at=request.at, **form.cleaned_data
        )
        messages.success(request, _("{n} firms are noted.").format(n=n))
        return redirect("jury:portfolios", contest.pk)
    context = {"contest": contest, "house": house, "held": held, "form": form}
    return render(request, "jury/portfolio.html", context, status=422 if form.is_bound else 200)
