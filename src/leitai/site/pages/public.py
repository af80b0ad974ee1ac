"""The front door: what anybody sees first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from leitai.foundation.doors import admit, public
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.contests.rules import State
from leitai.rooms.demands import queries as demands
from leitai.site.pages import figures, timetable


@public
def home(request: HttpRequest) -> HttpResponse:
    """The newest public edition; a word of welcome while there is none."""
    public_ones = Edition.objects.filter(state=State.PUBLIC).select_related("programme")
    edition = public_ones.order_by("-year", "-number", "-pk").first()
    if edition is None:
        return render(request, "site/welcome.html")
    return render(request, "site/edition.html", _edition(request, edition))


@public
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.select_related("programme"), slug=slug)
    admit(request, contests.read_edition, edition)
    return render(request, "site/edition.html", _edition(request, edition))


@public
def contest(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    held = get_object_or_404(
        Contest.objects.select_related("edition__programme", "ruleset"),
        edition__slug=edition,
        slug=contest,
    )
    admit(request, contests.read_contest, held)
    context = _edition(request, held.edition, held)
    return render(request, "site/edition.html", context)


def _edition(request: HttpRequest, edition: Edition, held: Contest | None = None) -> dict[str, Any]:
    """`held` is the contest in front; by default the first public one of the edition."""
    contests_held = [
        c
        for c in edition.contests.select_related("ruleset").order_by("order", "pk")
        if c.state != State.DRAFT or contests.oversee_edition(request.user, edition)
    ]
    for one in contests_held:
        one.edition = edition
    held = held or next(iter(contests_held), None)
    return {
        "edition": edition,
        "contest": held,
        "contests": contests_held,
        "figures": figures.of_edition(edition, held),
        "past": figures.of_the_past(edition),
        "roles": _roles(edition),
        "others": edition.programme.editions.exclude(pk=edition.pk).exclude(state=State.DRAFT),
        **(_contest(request, held) if held else {}),
    }


def _contest(request: HttpRequest, held: Contest) -> dict[str, Any]:
    shown = list(demands.published(held, user=request.user)[:4])
    runs = bool(contests.run(request.user, held))
    window = held.rules.entry.span.window
    return {
        "steps": timetable.steps(held, at=request.at),
        "rules": held.rules,
        "demands": shown,
        "masked": demands.masks(shown, user=request.user, contest=held, runs=runs),
        "is_open": request.at in window,
        "closes_at": window.closes_at,
        "latest": held.publications.first(),
    }


def _roles(edition: Edition) -> list[tuple[str, list[str]]]:
    """Kinds in the order in which they were entered, each with its organisations in order."""
    kinds: dict[str, list[str]] = {}
    for role in edition.organisation_roles.select_related("organisation"):
        kinds.setdefault(str(role.get_kind_display()), []).append(role.organisation.name)
    return list(kinds.items())
