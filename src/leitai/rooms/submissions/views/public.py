"""What everybody may see: the cards, and the search through them."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitai.foundation import keyset
from leitai.foundation.doors import admit, public
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.submissions import permissions, queries, rules
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.queries.lists import FACETS, filtered
from leitai.rooms.submissions.queries.veil import is_naming, names_of, unnamed, veiled
from leitai.rooms.submissions.views.team import contest_at

SIZE = 24
Counted = list[tuple[str, int]]  # a choice, and how many cards it would show


@public
@require_safe
def listing(request: HttpRequest, edition: str, contest: str) -> HttpResponse:
    """Cards of valid entries; the counts of the facets keep to the same rows."""
    found = contest_at(edition, contest)
    admit(request, contests.read_contest, found)
    chosen = {key: request.GET.get(key, "")[:100] for key in ("q", *FACETS)}
    cards, is_veiled = queries.cards(found), found.is_veiled
    rows = filtered(cards, chosen, is_veiled=is_veiled).defer("draft", "revisions", "search")
    rows = rows.select_related("scenario", "organisation").prefetch_related("members")
    shown = keyset.page(rows, by=("-id",), cursor=request.GET.get("at", ""), size=SIZE)
    counted = queries.facets(cards, chosen, is_veiled=is_veiled)
    context = {
        "contest": found, "chosen": chosen, "page": shown, "is_veiled": is_veiled,
        "entries": [veiled(entry) for entry in shown] if is_veiled else shown.rows,
        "total": keyset.Total(_total(counted["kind"], chosen["kind"])),
        "facets": facet_links(found, counted, chosen), **pager(request, shown),
    }  # fmt: skip
    return render(request, "submissions/public.html", context)


def pager(request: HttpRequest, shown: keyset.Page) -> dict[str, str]:
    """The addresses around a page, with everything else chosen kept."""
    kept = {key: value for key, value in request.GET.items() if key != "at" and value}
    return {
        "earlier": f"?{urlencode({**kept, 'at': shown.earlier})}" if shown.earlier else "",
        "later": f"?{urlencode({**kept, 'at': shown.later})}" if shown.later else "",
    }


def _total(kinds: Counted, chosen: str) -> int:
    """Every entry is of some kind, and this facet counts those of all kinds."""
    return dict(kinds).get(chosen, 0) if chosen else sum(n for _kind, n in kinds)


def facet_links(
    contest: Contest, counted: dict[str, Counted], chosen: dict[str, str]
) -> list[dict[str, Any]]:
    names = {
        "scenario": {s.code: s.name for s in queries.scenarios(contest)},
        "maturity": dict(rules.Maturity.choices),
        "kind": dict(rules.EntrantKind.choices),
    }
    made = []
    for key, counts in counted.items():
        others = {k: v for k, v in chosen.items() if v and k != key}
        made.append({
            "key": key,
            "all": f"?{urlencode(others)}",
            "chosen": chosen[key],
            "choices": [
                {
                    "name": names.get(key, {}).get(code, code), "count": n,
                    "url": f"?{urlencode({**others, key: code})}", "current": chosen[key] == code,
                }
                for code, n in counts
            ],
        })  # fmt: skip
    return made


def card_at(user: Any, edition: str, code: str, *, contest: str = "") -> Entry:
    """Two contests of an edition may share a code; then `contest` says which is meant."""
    rows = Entry.objects.select_related(
        "contest__edition", "contest__ruleset", "scenario", "organisation"
    ).prefetch_related("members", "attachments__file")
    rows = rows.filter(contest__edition__slug=edition, code=code, version__gt=0).order_by("pk")
    if contest:
        rows = rows.filter(contest__slug=contest)
    entry = next((e for e in rows if permissions.read_card(user, e)), None)
    if entry is None:
        raise Http404
    return entry


@public
@require_safe
def card(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """The public layer of one entry; while a blind jury marks, without names for all whom
    nothing else lets read them."""
    entry = card_at(request.user, edition, code, contest=request.GET.get("c", ""))
    admit(request, permissions.read_card, entry)
    may_read = permissions.read_teaser(request.user, entry)
    is_veiled = entry.contest.is_veiled and not may_read
    context = {
        "entry": veiled(entry) if is_veiled else entry, "contest": entry.contest,
        "is_public": entry.shows_card, "is_veiled": is_veiled,
        "rows": public_rows(entry, is_veiled=is_veiled),
        "pictures": [
            a for a in entry.attachments.all()
            if a.layer == rules.Layer.PUBLIC and permissions.read_attachment(request.user, a)
        ],
        "may_read": may_read,
    }  # fmt: skip
    return render(request, "submissions/card.html", context)


HEADED = {"title_zh", "title_en", "line_zh", "line_en", "scenario", "maturity", "tags", "region"}


def public_rows(entry: Entry, *, is_veiled: bool = False) -> list[tuple[str, str]]:
    """Answers on the public layer of what was handed in last, beside those in the heading."""
    version = entry.versions.first()
    values = version.body["values"] if version else {}
    fields = rules.fields_of(entry.contest.rules.entry, entry.kind).values()
    told = [
        (queries.label(f), queries.words_of(entry, f, values.get(f.key)))
        for f in fields
        if f.layer == rules.Layer.PUBLIC and rules.meaning(f.key) not in HEADED and f.kind != "file"
        and not (is_veiled and is_naming(f))
    ]  # fmt: skip
    names = names_of(entry) if is_veiled else None
    return [(label, unnamed(words, names)) for label, words in told if words]
