"""The menu of a contest's desk: {% load contest_nav %}{% contest_nav contest %}."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.permissions import organise, oversee, run

register = template.Library()

# Who sees it, where it leads, what it is called.
ITEMS = (
    (oversee, "site:contest_desk", _("Overview")),
    (run, "demands:desk", _("Demands")),
    (run, "submissions:desk", _("Entries")),
    (run, "screening:queue", _("Checks")),
    (run, "jury:jurors", _("Jury")),
    (oversee, "stages:overview", _("Stages")),
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


def _room(name: str, here: str) -> bool:
    """Site's own pages are each an item; a room's pages all belong to the room's item."""
    return name == here or (name.split(":")[0] == here.split(":")[0] != "site")


@register.inclusion_tag("site/parts/brand.html")
def contest_brand(contest: Contest) -> dict[str, Any]:
    edition = contest.edition
    return {"brand": edition.name, "brand_url": reverse("site:edition", args=[edition.slug])}
