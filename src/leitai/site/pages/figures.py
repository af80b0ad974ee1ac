"""Figures of an edition that everybody may know, each with what it counts."""

from decimal import Decimal
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.rooms.contests.models import Contest, Edition, Figure
from leitai.rooms.contests.rules import State
from leitai.rooms.demands.models import Demand
from leitai.rooms.partners.models import Partner
from leitai.rooms.submissions.models import Entry
from leitai.site.templatetags.amounts import money

SECONDS = 30  # how old the public figures may be


def of_edition(edition: Edition, contest: Contest | None) -> list[dict[str, Any]]:
    """The big figures of the edition's page."""
    counted = _counted(edition.pk)
    figures = []
    if contest is not None:
        where = [edition.slug, contest.slug]
        aim = contest.rules.entry.target
        label = _("entries handed in, target %s") % f"{aim:,}" if aim else _("entries handed in")
        figures.append(
            _figure(counted["entries"], label, reverse("submissions:public", args=where))
        )
        demands = _("demands, asked by %d organisations") % counted["owners"]
        figures.append(_figure(counted["demands"], demands, reverse("demands:public", args=where)))
    figures.append(_figure(counted["countries"], _("countries and regions"), ""))
    partners = reverse("partners:list", args=[edition.slug])
    figures.append(_figure(counted["partners"], _("partners"), partners))
    return [figure for figure in figures if figure["value"]]


def of_the_past(edition: Edition) -> list[dict[str, Any]]:
    """Sums over the programme's earlier editions, with the definition on hover."""
    rows = (
        Figure.objects.filter(
            edition__programme=edition.programme_id,
            edition__number__lt=edition.number,
            edition__state__in=[State.PUBLIC, State.ARCHIVED],
        )
        .values("key", "unit", "name_zh", "name_en", "definition_zh", "definition_en")
        .annotate(total=Sum("value"))
        .order_by("order", "key")
    )
    return [row | {"shown": _shown(row["total"], row["unit"])} for row in rows]


def _shown(value: Decimal, unit: str) -> str:
    if unit == "CNY":
        return money(int(value * 100), "short")
    return f"{value.normalize():,f} {unit}".strip()


def _figure(value: int, label: str, href: str) -> dict[str, Any]:
    return {"value": value, "label": label, "href": href}


def _counted(edition_id: int) -> dict[str, int]:
    cache = caches["near"]
    key = f"figures:{edition_id}"
    counted = cache.get(key)
    if counted is None:
        shown = Contest.objects.filter(edition=edition_id).exclude(state=State.DRAFT)
        entries = Entry.objects.filter(contest__in=shown, version__gt=0)
        demands = Demand.objects.filter(contest__in=shown).listed()
        counted = {
            **entries.aggregate(
                entries=Count("pk"),
                countries=Count("country", distinct=True, filter=~Q(country="")),
            ),
            **demands.aggregate(demands=Count("pk"), owners=Count("owner", distinct=True)),
            "partners": Partner.objects.filter(edition=edition_id, is_public=True).count(),
        }
        cache.set(key, counted, SECONDS)
    return counted
