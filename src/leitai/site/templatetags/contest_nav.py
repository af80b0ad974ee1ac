"""The menu of a contest's desk: {% load contest_nav %}{% contest_nav contest %}."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitai.foundation.counts import counts
from leitai.rooms.awards import queries as awards
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.contests.permissions import organise, oversee, run
from leitai.rooms.finals.queries import preparing as finals

register = template.Library()

# Who sees it, where it leads, what it is called.
ITEMS = (
    (oversee, "site:contest_desk", _("Overview")),
    (run, "demands:desk", _("Demands")),
    (run, "submissions:desk", _("Entries")),
    (run, "screening:queue", _("Checks")),
    (run, "jury:jurors", _("Jury")),
    (oversee, "stages:overview", _("Stages")),
    (oversee, "finals:heats", _("Heats")),
    (oversee, "standings:appeals", _("Objections")),
    (oversee, "awards:desk", _("Awards")),
    (run, "messages:outbox", _("Messages")),
    (organise, "contests:desk", _("Rules")),
    (oversee, "site:journal", _("Journal")),
)


@register.inclusion_tag("site/parts/nav.html", takes_context=True)
def contest_nav(context: Context, contest: Contest) -> dict[str, Any]:
    request = context["request"]
    here = request.resolver_match.view_name if request.resolver_match else ""
    items = [
        {"url": reverse(name, args=[contest.pk]), "label": words, "current": _room(name, here)}
        for permission, name, words in ITEMS
        if permission(request.user, contest)
    ]
    return {"items": items}


# Rules are changed in the room that makes stages of them; a standing is read on the way from one.
BELONGS = {"stages:rules": "contests:desk", "stages:section": "contests:desk"}
CASES = {"standings:appeals", "standings:appeal", "standings:corrections"}


def _room(name: str, here: str) -> bool:
    """Site's own pages are each an item; a room's pages all belong to the room's item."""
    here = BELONGS.get(here, here)
    if here.startswith("standings:") and here not in CASES:
        here = "stages:overview"
    return name == here or (name.split(":")[0] == here.split(":")[0] != "site")


@register.inclusion_tag("site/parts/brand.html")
def contest_brand(contest: Contest) -> dict[str, Any]:
    edition = contest.edition
    return {"brand": edition.name, "brand_url": reverse("site:edition", args=[edition.slug])}


@register.inclusion_tag("site/parts/nav.html", takes_context=True)
def public_nav(context: Context) -> dict[str, Any]:
    """Around a contest its public pages; elsewhere the way to one's desk."""
    contest = context.get("contest")
    request = context.get("request")
    here = request.path if request is not None else ""
    links = _of_contest(contest) if isinstance(contest, Contest) else []
    if request is not None and getattr(request, "user", None) and request.user.is_authenticated:
        links.append((reverse("site:desk"), _("My desk")))
    return {"items": [{"url": url, "label": words, "current": url == here} for url, words in links]}


def _of_contest(contest: Contest) -> list[tuple[str, Any]]:
    slugs = [contest.edition.slug, contest.slug]
    given, halls = counts(awards.public(contest), finals.announced(contest))
    heats = [(reverse("finals:programme", args=slugs[:1]), _("Heats"))] if halls else []
    honours = [(reverse("awards:public", args=slugs), _("Awards"))] if given else []
    return [
        (reverse("site:contest", args=slugs), _("This edition")),
        (reverse("demands:public", args=slugs), _("Demands")),
        (reverse("submissions:public", args=slugs), _("Entries")),
        (reverse("contests:rules", args=slugs), _("Rules")),
        (reverse("partners:list", args=slugs[:1]), _("Partners")),
        (reverse("standings:notices", args=slugs), _("Notices")),
        *heats,
        *honours,
    ]


@register.inclusion_tag("site/parts/brand.html", takes_context=True)
def public_brand(context: Context) -> dict[str, Any]:
    """The edition we are in, or the platform."""
    contest, edition = context.get("contest"), context.get("edition")
    if isinstance(contest, Contest):
        edition = contest.edition
    if not isinstance(edition, Edition):
        return {}
    return {"brand": edition.name, "brand_url": reverse("site:edition", args=[edition.slug])}
