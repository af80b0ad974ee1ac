"""Published results for programs, objections to them, and what a team is told of its own."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings import actions, permissions, queries
from leitai.rooms.standings.models import Hearing, Publication
from leitai.rooms.standings.queries.feedback import told_tags
from leitai.rooms.standings.schemas import (
    AppealIn,
    AppealOut,
    HearingOut,
    NoticeOut,
    ResultOut,
    WhyIn,
    WordsIn,
    appeal_out,
    notice_out,
)
from leitai.rooms.standings.views.appeals import appeal_row
from leitai.rooms.standings.views.offers import own_offer
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import no

router = Router(tags=["standings"])


@router.get("/{slug:edition}/{slug:contest}/notices/", response=list[NoticeOut],
            exclude_none=True, summary="A contest's notices without their rows")  # fmt: skip
def notices(request: HttpRequest, edition: str, contest: str) -> list[dict[str, Any]]:
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, permissions.read_notices, held)
    return [notice_out(p, with_rows=False) for p in held.publications.order_by("-number")]


@router.get("/{slug:edition}/{slug:contest}/notices/{int:number}/", response=NoticeOut,
            exclude_none=True, summary="One notice")  # fmt: skip
def notice(request: HttpRequest, edition: str, contest: str, number: int) -> dict[str, Any]:
    publication = _publication(edition, contest, number)
    admit(request, permissions.read_notice, publication)
    return notice_out(publication)


@router.post("/{slug:edition}/{slug:contest}/notices/{int:number}/appeals/", response=AppealOut,
             summary="Object to a notice, by real name")  # fmt: skip
def file_appeal(
    request: HttpRequest, edition: str, contest: str, number: int, said: AppealIn
) -> dict[str, Any]:
    publication = _publication(edition, contest, number)
    admit(request, permissions.file_appeal, publication)
    appeal = actions.file_appeal(
        publication=publication, entry=_named(publication, said.entry), ground=said.ground,
        text=said.text, source=said.source, identity=said.identity.dict(), by=request.user,
        at=request.at,
    )  # fmt: skip
    return appeal_out(appeal)


@router.get("/appeals/", response=list[AppealOut], summary="What I objected to")
def own_appeals(request: HttpRequest) -> list[dict[str, Any]]:
    admit(request, permissions.list_own_appeals)
    return [appeal_out(appeal) for appeal in queries.own_appeals(request.user)]


@router.get("/appeals/{int:pk}/", response=AppealOut, summary="One of my objections")
def own_appeal(request: HttpRequest, pk: int) -> dict[str, Any]:
    appeal = appeal_row(pk)
    admit(request, permissions.follow_appeal, appeal)
    return appeal_out(appeal)


@router.post("/appeals/{int:pk}/evidence/", response=AppealOut,
             summary="Answer what was asked for; files go by the page")  # fmt: skip
def evidence(request: HttpRequest, pk: int, said: WordsIn) -> dict[str, Any]:
    appeal = appeal_row(pk)
    admit(request, permissions.follow_appeal, appeal)
    actions.give_evidence(
        appeal=appeal, text=said.text, evidence=(), by=request.user, at=request.at
    )
    return appeal_out(appeal_row(pk))


@router.get("/hearings/{int:pk}/", response=HearingOut, summary="What is held against our entry")
def hearing(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = _hearing(pk)
    admit(request, permissions.read_hearing, found)
    return _told(request, found)


@router.post("/hearings/{int:pk}/statement/", response=HearingOut, summary="Answer it")
def statement(request: HttpRequest, pk: int, said: WordsIn) -> dict[str, Any]:
    found = _hearing(pk)
    admit(request, permissions.state_case, found)
    actions.state_case(hearing=found, statement=said.text, by=request.user, at=request.at)
    return _told(request, found)


@router.get("/entries/{int:pk}/", response=ResultOut, summary="Our own result and feedback")
def result(request: HttpRequest, pk: int) -> dict[str, Any]:
    entry = get_object_or_404(Entry.objects.select_related("contest__edition"), pk=pk)
    admit(request, permissions.read_result, entry)
    return _result(entry)


@router.post("/entries/{int:pk}/place/acceptance/", response=ResultOut,
             summary="Accept the place that is offered")  # fmt: skip
def accept(request: HttpRequest, pk: int) -> dict[str, Any]:
    entry, offer = own_offer(request, pk)
    actions.accept_place(offer=offer, by=request.user, at=request.at)
    return _result(entry)


@router.post("/entries/{int:pk}/place/return/", response=ResultOut, summary="Give it back")
def decline(request: HttpRequest, pk: int, said: WhyIn) -> dict[str, Any]:
    entry, offer = own_offer(request, pk)
    actions.decline_place(offer=offer, why=said.why, by=request.user, at=request.at)
    return _result(entry)


def _publication(edition: str, contest: str, number: int) -> Publication:
    return get_object_or_404(
        Publication.objects.select_related("contest__edition", "contest__ruleset"),
        contest__edition__slug=edition, contest__slug=contest, number=number,
    )  # fmt: skip


def _named(publication: Publication, code: str) -> Entry | None:
    entry = publication.contest.entries.filter(code=code).first() if code else None
    if code and entry is None:
        raise NotPossible(no("not_printed", _("This version does not name that entry.")))
    return entry


def _hearing(pk: int) -> Hearing:
    related = ("appeal__entry__contest__edition", "appeal__remedy")
    return get_object_or_404(Hearing.objects.select_related(*related), pk=pk)


def _told(request: HttpRequest, found: Hearing) -> dict[str, Any]:
    return {
        "id": found.pk, "entry": found.appeal.entry.code, "charge": found.charge,
        "due_at": found.due_at, "statement": found.statement,
        "is_over": found.is_over(request.at),
    }  # fmt: skip


def _result(entry: Entry) -> dict[str, Any]:
    """As on the team's own page. A place that was given back may have left the newest version."""
    place, given = queries.result(entry), queries.feedback(entry)
    assert place is not None  # asked at the door
    offer = queries.offer_of(entry)
    is_here = offer is not None and offer.stage_id == place.standing.stage_id
    return {
        "code": entry.code, "stage": place.standing.stage.name, "outcome": place.outcome,
        "score": place.score, "band": queries.told_band(given),
        "criteria": [
            {"criterion": name, "mean": mean, "place": words}
            for name, mean, words in queries.told_thirds(given)
        ],
        "ticked": [
            {"name": name, "jurors": n} for name, n in told_tags(given, entry.contest.rules.jury)
        ],
        "comments": [comment.text for comment in queries.released(entry)],
        "offer": {"state": offer.state, "until": offer.until} if is_here else None,
    }  # fmt: skip
