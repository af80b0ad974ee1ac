"""Heats and their lots for programs, results that were told, and a juror's score."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from leitai.foundation.doors import admit
from leitai.foundation.refusals import NotFound, NotPossible
from leitai.foundation.verdicts import HIDDEN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.finals import actions, permissions
from leitai.rooms.finals.models import Heat, Result, Session
from leitai.rooms.finals.schemas import HeatOut, LotOut, ResultOut, ScoredOut, ScoreIn, SeenIn
from leitai.rooms.jury.rules import plain
from leitai.values.verdict import no

router = Router(tags=["finals"])


@router.get("/{slug:edition}/{slug:contest}/heats/", response=list[HeatOut],
            summary="The heats of a contest that are open to everybody")  # fmt: skip
def heats(request: HttpRequest, edition: str, contest: str) -> list[dict[str, Any]]:
    held = get_object_or_404(
        Contest.objects.select_related("edition"), edition__slug=edition, slug=contest
    )
    admit(request, contests.read_contest, held)
    rows = Heat.objects.filter(stage__contest=held).exclude(state="planned")
    rows = rows.select_related("stage").prefetch_related("slots__entry")
    return [_heat(heat) for heat in rows.order_by("stage__order", "number")]


@router.get("/heats/{int:pk}/lots/", response=list[LotOut], summary="Lots, to be drawn again")
def lots(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """A seed is told when the lot is drawn, and not before."""
    heat = get_object_or_404(Heat.objects.select_related("stage__contest__edition"), pk=pk)
    admit(request, permissions.see_heat, heat)
    return [
        {"number": lot.number, "algorithm": lot.algorithm, "commitment": lot.commitment,
         "codes": lot.codes, "order": lot.order, "revealed_at": lot.revealed_at,
         "seed": lot.seed if lot.revealed_at else ""}
        for lot in heat.lots.all()
    ]  # fmt: skip


@router.get("/heats/{int:pk}/result/", response=ResultOut, summary="The newest result of a heat")
def result(request: HttpRequest, pk: int) -> dict[str, Any]:
    rows = Result.objects.select_related("heat__stage__contest__edition")
    found = rows.filter(heat=pk).order_by("-number").first()
    if found is None:
        raise NotFound(HIDDEN)
    admit(request, permissions.see_result, found)
    return {"number": found.number, "formula": found.formula, "inputs": found.inputs,
            "rows": found.rows, "why": found.why, "at": found.at}  # fmt: skip


@router.post("/sessions/{int:pk}/scores/", response=ScoredOut,
             summary="A juror's marks of one entry; applied once")  # fmt: skip
def score(request: HttpRequest, pk: int, said: ScoreIn) -> dict[str, Any]:
    session = _session(pk)
    admit(request, permissions.mark_here, session)
    done = actions.score(
        session=session, juror=_juror(request, session, said), entry=said.entry, order=said.order,
        marks=said.marks, seal=said.seal, key=said.key, by=request.user, at=request.at,
    )  # fmt: skip
    return {
        "entry": done.entry, "is_sealed": done.is_sealed,
        "marks": {code: plain(mark) for code, mark in done.marks.items()},
        "total": None if done.total is None else plain(done.total),
    }  # fmt: skip


@router.post("/sessions/{int:pk}/order/", summary="A juror has seen this version of the order")
def order_seen(request: HttpRequest, pk: int, said: SeenIn) -> dict[str, Any]:
    session = _session(pk)
    admit(request, permissions.mark_here, session)
    actions.see_order(
        session=session, version=said.version, juror=_juror(request, session, said),
        by=request.user, at=request.at,
    )  # fmt: skip
    return {"version": said.version}


def _session(pk: int) -> Session:
    rows = Session.objects.select_related("heat__stage__contest__edition")
    return get_object_or_404(rows, pk=pk)


def _juror(request: HttpRequest, session: Session, said: Schema) -> Any:
    """The device may have changed hands since the marks were given."""
    seat = permissions.jury_seat(request.user, session.heat)
    if seat is None:
        raise NotFound(HIDDEN)
    if said.person != request.user.pk:  # type: ignore[attr-defined]
        raise NotPossible(no("other_person", _("These marks are somebody else's.")))
    return seat.juror


def _heat(heat: Heat) -> dict[str, Any]:
    return {
        "id": heat.pk, "stage": heat.stage.code, "number": heat.number,
        "name": {"zh": heat.name_zh, "en": heat.name_en},
        "hall": {"zh": heat.hall_zh, "en": heat.hall_en}, "time_zone": heat.time_zone,
        "starts_at": heat.starts_at,
        "state": heat.state,
        "order": [
            {"number": slot.position, "code": slot.entry.code, "state": slot.state,
             "title": {"zh": slot.entry.title_zh, "en": slot.entry.title_en}}
            for slot in heat.slots.all()
        ],
    }  # fmt: skip
