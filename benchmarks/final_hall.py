"""The hall of the final, made and looked into past all pages: `final.py` compares with this."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

import django

django.setup()

from django.db import Error, connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from leitai.foundation.models import Broadcast  # noqa: E402
from leitai.rooms.contests.testing import appointed  # noqa: E402
from leitai.rooms.finals import actions  # noqa: E402
from leitai.rooms.finals.models import Session, Slot  # noqa: E402
from leitai.rooms.finals.testing import a_heat, a_live_stage  # noqa: E402
from leitai.rooms.jury.models import Seal, Sheet  # noqa: E402
from leitai.rooms.jury.rules import plain  # noqa: E402

T = TypeVar("T")


def make_hall(pitches: int, jurors: int) -> dict[str, Any]:
    """Entries, jury and an open session; whoever comes is signed in already."""
    now = timezone.now()
    span = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=10)}
    stage = a_live_stage(f"final-{int(now.timestamp())}", span=span, panel={"per_entry": jurors})
    heat = a_heat(stage, entries=pitches, jurors=jurors)
    desk = appointed(stage.contest)
    session = actions.open_session(heat=heat, by=desk, at=now)
    seats = heat.seats.order_by("number").select_related("juror__user")
    return {
        "session": session.pk,
        "desk_cookie": _cookie(desk),
        "jurors": [{"id": s.juror_id, "cookie": _cookie(s.juror.user)} for s in seats],
        "desk": reverse("finals:desk", args=[session.pk, "scores"]),
        "board": reverse("finals:board", args=[session.pk]),
        "marking": reverse("finals:marking", args=[session.pk]),
    }


def _cookie(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["leitai_session"].value


def patient(ask: Callable[..., T]) -> Callable[..., T]:
    """The database may be away for a moment, and a thread's connection may be an old one."""

    @wraps(ask)
    def asked(*given: Any) -> T:
        for _turn in range(200):
            try:
                return ask(*given)
            except Error:
                connection.close()
                time.sleep(0.3)
        raise TimeoutError("the database did not come back")

    return asked


@patient
def order(session: int) -> list[int]:
    rows = Slot.objects.filter(heat__sessions=session).order_by("position")
    return list(rows.values_list("entry_id", flat=True))


@patient
def newest(session: int) -> list[str]:
    """What projector and phones are sent now."""
    topics = [f"finals/{session}/{of}" for of in ("board", "public")]
    rows = Broadcast.objects.filter(topic__in=topics).order_by("topic")
    return list(rows.values_list("body", flat=True))


@patient
def unsealed(session: int) -> int:
    stage = Session.objects.get(pk=session).heat.stage_id
    return Sheet.objects.filter(stage=stage).exclude(state="sealed").count()


@patient
def compare(session: int, confirmed: dict[tuple[int, int], dict[str, str]]) -> dict[str, Any]:
    """Every score a browser confirmed, once, with these marks, and none besides."""
    stage = Session.objects.get(pk=session).heat.stage_id
    sheets = list(Sheet.objects.sealed().filter(stage=stage))
    found: dict[tuple[int, int], list[dict[str, str]]] = {}
    for sheet in sheets:
        marks = {code: plain(mark) for code, mark in sheet.given().items()}
        found.setdefault((sheet.entry_id, sheet.juror_id), []).append(marks)
    lost = [key for key in confirmed if key not in found]
    doubled = [key for key, marks in found.items() if len(marks) > 1 or key not in confirmed]
    wrong = [k for k, marks in confirmed.items() if k in found and found[k][0] != marks]
    seals = Seal.objects.filter(sheet__stage=stage).count()
    told = {"lost": lost, "doubled": doubled, "wrong": wrong}
    faults = [f"{name}: {keys}" for name, keys in told.items() if keys]
    if seals != len(sheets):
        faults.append(f"{seals} seals of {len(sheets)} sheets")
    return {
        "sealed": len(sheets), "seals": seals, "lost": len(lost), "doubled": len(doubled),
        "wrong": len(wrong), "faults": faults,
    }  # fmt: skip
