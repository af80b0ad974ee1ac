"""Entries for programs: public cards, a team's own entries, the organisers' list."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.contests import permissions as contests
from leitai.rooms.submissions import actions, permissions, queries
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.queries.lists import FACETS, filtered
from leitai.rooms.submissions.queries.veil import veiled
from leitai.rooms.submissions.schemas import (
    CardOut,
    CardsOut,
    ClashOut,
    EntryOut,
    FieldIn,
    HandInIn,
    OwnEntryOut,
    ReceiptOut,
    RecordsOut,
    SavedOut,
    card_out,
    record_out,
)
from leitai.rooms.submissions.views.desk import SIZE, chosen_of, contest_of, rows_of
from leitai.rooms.submissions.views.public import card_at
from leitai.rooms.submissions.views.team import contest_at, entry_at, whole

router = Router(tags=["submissions"])


@router.get("/mine/", response=list[OwnEntryOut], summary="My entries")
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    admit(request, permissions.list_own)
    found = Entry.objects.filter(members__user=request.user).order_by("-pk")
    return [_brief(entry) for entry in found.select_related("contest__ruleset")]


@router.get("/{int:pk}/", response=EntryOut, summary="One of my entries")
def show(request: HttpRequest, pk: int) -> dict[str, Any]:
    entry = entry_at(pk)
    admit(request, permissions.read_own, entry)
    whole(entry)
    standing = queries.standing_of(entry)
    return {
        **_brief(entry), "draft": entry.draft, "is_changed": standing.is_changed,
        "missing": [field.key for field in standing.missing],
    }  # fmt: skip


def _brief(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.pk, "code": entry.code, "contest": entry.contest.slug, "state": entry.state,
        "kind": entry.kind, "version": entry.version, "closes_at": entry.closes_at,
        "handed_in_at": entry.handed_in_at, "revision": queries.revision(entry),
    }  # fmt: skip


@router.post("/{int:pk}/fields/", response={200: SavedOut, 409: ClashOut}, summary="Save one field")
def save(request: HttpRequest, pk: int, said: FieldIn) -> Any:
    entry = entry_at(pk)
    admit(request, permissions.edit, entry)
    whole(entry)
    saved = actions.save_field(
        entry=entry, key=said.field, value=said.value, base=said.base,
        by=request.user, at=request.at,
    )  # fmt: skip
    return (200 if saved.is_accepted else 409), saved.__dict__


@router.post("/{int:pk}/hand-in/", response=ReceiptOut, summary="Hand the entry in")
def hand_in(request: HttpRequest, pk: int, said: HandInIn) -> Any:
    entry = entry_at(pk)
    admit(request, permissions.lead, entry)
    whole(entry)
    return actions.hand_in(entry=entry, declared=said.declared, by=request.user, at=request.at)


@router.get("/contests/{int:contest_id}/", response=RecordsOut, summary="The organisers' list")
def desk(request: HttpRequest, contest_id: int, at: str = "") -> dict[str, Any]:
    """The same filters as the page: q, state, scenario, region, channel, kind, maturity,
    reached."""
    contest = contest_of(contest_id)
    admit(request, permissions.read_desk, contest)
    chosen = chosen_of(request)
    shown = keyset.page(rows_of(contest, chosen), by=("-id",), cursor=at, size=SIZE)
    total = keyset.total(queries.desk(contest, chosen))
    return {
        "entries": [record_out(entry) for entry in shown], "total": total.number,
        "is_exact": total.is_exact, "earlier": shown.earlier, "later": shown.later,
    }  # fmt: skip


@router.get("/{slug:edition}/cards/{code}/", response=CardOut, summary="One public card")
def card(request: HttpRequest, edition: str, code: str, c: str = "") -> CardOut:
    entry = card_at(request.user, edition, code, contest=c)
    admit(request, permissions.read_card, entry)
    is_veiled = entry.contest.is_veiled and not permissions.read_teaser(request.user, entry)
    return card_out(veiled(entry) if is_veiled else entry)


@router.get("/{slug:edition}/{slug:contest}/", response=CardsOut, summary="Public cards")
def cards(request: HttpRequest, edition: str, contest: str, at: str = "") -> dict[str, Any]:
    """The same filters as the page: q, scenario, maturity, region, kind."""
    found = contest_at(edition, contest)
    admit(request, contests.read_contest, found)
    chosen = {key: request.GET.get(key, "")[:100] for key in ("q", *FACETS)}
    is_veiled = found.is_veiled
    rows = filtered(queries.cards(found), chosen, is_veiled=is_veiled)
    rows = rows.select_related("scenario", "contest", "organisation").prefetch_related("members")
    shown = keyset.page(rows, by=("-id",), cursor=at, size=SIZE)
    return {
        "cards": [card_out(veiled(entry) if is_veiled else entry) for entry in shown],
        "earlier": shown.earlier, "later": shown.later,
    }  # fmt: skip
