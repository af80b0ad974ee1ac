"""For those who run the contest: the list of entries, its export, and one entry's record."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.tables.responses import table_response
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.demands.models import Demand
from leitai.rooms.submissions import actions, permissions, queries, rules
from leitai.rooms.submissions.models import Answer, Entry
from leitai.rooms.submissions.queries.veil import veiled
from leitai.rooms.submissions.views.public import pager
from leitai.rooms.submissions.views.team import entry_at, review_of, whole

SIZE = 50
FILTERS = ("q", "state", "scenario", "region", "channel", "kind", "maturity", "reached")
ORDERS = {"": ("-id",), "handed_in": ("-handed_in_at", "-id"), "title": ("title_zh", "id")}


def contest_of(contest_id: int) -> Contest:
    return get_object_or_404(Contest.objects.select_related("edition", "ruleset"), pk=contest_id)


def chosen_of(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "")[:100] for key in FILTERS}


def rows_of(contest: Contest, chosen: dict[str, str]) -> Any:
    rows = queries.desk(contest, chosen).select_related("scenario", "organisation", "channel")
    return rows.defer("draft", "revisions", "search")


@require_safe
def desk(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Every entry of the contest, filtered, page by page."""
    contest = contest_of(contest_id)
    admit(request, permissions.read_desk, contest)
    chosen, order = chosen_of(request), request.GET.get("order", "")
    by = ORDERS.get(order, ORDERS[""])
    shown = keyset.page(
        rows_of(contest, chosen), by=by, cursor=request.GET.get("at", ""), size=SIZE
    )
    context = {
        "contest": contest, "page": shown, "chosen": chosen, "order": order,
        "total": keyset.total(queries.desk(contest, chosen)),
        "query": urlencode({k: v for k, v in chosen.items() if v}),
        "may_import": permissions.import_entries(request.user, contest),
        "channels": contest.channels.all(), "scenarios": queries.scenarios(contest),
        "states": rules.State.choices, "kinds": rules.EntrantKind.choices,
        "steps": STEPS, **pager(request, shown),
    }  # fmt: skip
    return render(request, "submissions/desk.html", context)


STEPS = (
    ("registered", _("registered")), ("drafted", _("drafted")), ("submitted", _("handed in")),
    ("valid", _("valid")),
)  # fmt: skip


@require_safe
def export(request: HttpRequest, contest_id: int, kind: str) -> HttpResponseBase:
    """The list as it is filtered; columns of the public card and the entry's course only."""
    contest = contest_of(contest_id)
    admit(request, permissions.read_desk, contest)
    rows = rows_of(contest, chosen_of(request)).order_by("pk").iterator(chunk_size=1000)
    name = f"{contest.slug}-entries-{request.at:%Y%m%d}.{kind}"
    return table_response(_headers(), map(_line, rows), name=name, title=_("Entries"))


def _headers() -> list[str]:
    return [
        pgettext("entry", "Code"),
        _("Title in Chinese"), _("Title in English"), _("State"), _("Scenario"),
        _("Kind of entrant"), _("Organisation"), _("Team"), _("Maturity"), _("Country"),
        _("Region"), _("Channel"), _("Technology tags"), _("Version"), _("Begun"), _("Handed in"),
        _("Number in the file"),
    ]  # fmt: skip


def _line(entry: Entry) -> list[Any]:
    return [
        entry.code, entry.title_zh, entry.title_en, entry.get_state_display(),
        entry.scenario.code if entry.scenario else "", entry.get_kind_display(),
        entry.organisation.name if entry.organisation else "", entry.team_name,
        entry.get_maturity_display(), entry.country, entry.region,
        entry.channel.name if entry.channel else "", "; ".join(entry.tags), entry.version,
        entry.begun_at, entry.handed_in_at, entry.external_id,
    ]  # fmt: skip


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry as far as the reader may see it. Reading the confidential layer is noted."""
    entry = entry_at(pk)
    oversees = contests.oversee(request.user, entry.contest)
    if not oversees:
        admit(request, permissions.read_teaser, entry)
    whole(entry)
    may_all = permissions.read_confidential(request.user, entry)
    version = entry.versions.first()
    wants_all = request.GET.get("layer") == "confidential"
    if wants_all:
        admit(request, permissions.read_confidential, entry)
        if not permissions.read_own(request.user, entry):
            role = permissions.role_of_reader(request.user, entry)
            actions.note_viewing(entry=entry, by=request.user, as_role=role, at=request.at)
    context = {
        "entry": entry, "contest": entry.contest, "version": version, "may_all": may_all,
        "shows_all": wants_all,
        "steps": layered(entry, version.body["values"], confidential=wants_all) if version else [],
        "leftovers": leftovers(entry, version.body["values"]) if version and wants_all else [],
        "files": _files(request, entry),
        "oversees": oversees,
        "base": "site/contest_desk.html" if oversees else "site/desk.html",
        "runs": contests.run(request.user, entry.contest),
        "viewings": entry.viewings.select_related("by", "attachment__file")[:20]
        if contests.run(request.user, entry.contest) else [],
        "versions": entry.versions.select_related("by"),
        "answers": entry.answers.select_related("demand__owner"),
        "withdrawal": getattr(entry, "withdrawal", None),
    }  # fmt: skip
    return render(request, "submissions/record.html", context)


@require_safe
def regional(request: HttpRequest, contest_id: int) -> HttpResponse:
    """For a co-host: what was handed in from the own region. No scores, no jurors."""
    contest = contest_of(contest_id)
    admit(request, permissions.read_region, contest)
    rows = queries.of_regions(contest, request.user).select_related("scenario", "organisation")
    shown = keyset.page(rows, by=("-id",), cursor=request.GET.get("at", ""), size=SIZE)
    context = {
        "contest": contest, "page": shown, "total": keyset.total(rows), **pager(request, shown),
    }  # fmt: skip
    return render(request, "submissions/regional.html", context)


def layered(entry: Entry, values: dict[str, Any], *, confidential: bool) -> list[dict[str, Any]]:
    layers = {rules.Layer.PUBLIC, rules.Layer.TEASER} | (
        {rules.Layer.CONFIDENTIAL} if confidential else set()
    )
    steps = review_of(entry, values)
    for step in steps:
        step["rows"] = [row for row in step["rows"] if row[2].layer in layers and row[1]]
    return [step for step in steps if step["rows"]]


def leftovers(entry: Entry, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Answers that came with an import and that the form does not ask for."""
    asked = rules.fields_of(entry.contest.rules.entry, entry.kind)
    return [(key, str(value)) for key, value in values.items() if key not in asked]


def _files(request: HttpRequest, entry: Entry) -> list[Any]:
    version = entry.versions.first()
    ids = {f["id"] for f in version.body["files"]} if version else set()
    shown = [a for a in entry.attachments.all() if a.pk in ids]
    return [a for a in shown if permissions.read_layer(request.user, entry, a.layer)]


def _as_agreed(answer: Answer) -> Answer:
    """Who was shown no more than the public card reads no more names than that has."""
    if answer.shows == rules.Layer.PUBLIC and answer.entry.contest.is_veiled:
        answer.entry = veiled(answer.entry)
    return answer


@require_safe
def answered(request: HttpRequest, demand_id: int) -> HttpResponse:
    """For a demand's owner: who answers it, each as far as the team agreed."""
    rows = Demand.objects.select_related(
        "contest__edition", "contest__ruleset", "owner", "scenario"
    )
    demand = get_object_or_404(rows, pk=demand_id)
    admit(request, permissions.read_answers, demand)
    handed_in = demand.answers.filter(entry__version__gt=0).exclude(
        entry__state=rules.State.WITHDRAWN
    )
    answers = handed_in.select_related(
        "entry__scenario",
        "entry__organisation",
        "entry__contest__edition",
        "entry__contest__ruleset",
    )
    carded = set(queries.cards(demand.contest).values_list("pk", flat=True).filter(
        answers__demand=demand
    ))  # fmt: skip
    if demand.contest.is_veiled:
        answers = answers.prefetch_related("entry__members")
    told = [
        (_as_agreed(answer), answer.shows != rules.Layer.PUBLIC or answer.entry_id in carded)
        for answer in answers.order_by("pk")
    ]
    speaks = demand.owner.affiliations.filter(user=request.user, speaks_for_it=True).exists()
    context = {
        "demand": demand, "contest": demand.contest, "answers": told,
        "nominates": speaks and demand.contest.rules.decision.nominations > 0,
    }  # fmt: skip
    return render(request, "submissions/answered.html", context)
