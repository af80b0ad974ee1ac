"""What the public is told: a notice that cannot print what must stay private."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from leitai.foundation import mail
from leitai.rooms.contests.models import Appointment, Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.jury.queries import is_tied
from leitai.rooms.people.models import User
from leitai.rooms.standings.models import (
    Appeal,
    Correction,
    Decision,
    Feedback,
    Hearing,
    Offer,
    Panelist,
    Place,
    Standing,
)
from leitai.rooms.standings.rules import Outcome, reasons, special
from leitai.rooms.standings.rules.appeals import UNDER_WAY
from leitai.rooms.standings.rules.corrections import CorrectionState, PrintedName
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.queries.veil import names_of, unnamed, veiled
from leitai.rooms.submissions.rules import MemberRole
from leitai.values.masking import hide_numbers, mask_name


def body(standing: Standing, *, mask: bool) -> dict[str, Any]:
    """The notice as it is kept and shown: who goes on and the reserves, in their order.

    Names of people are masked by the contest's rule, and whatever reads like a phone or an id
    number is blanked out wherever a team wrote it.
    """
    rows = standing.places.filter(outcome__in=[Outcome.IN, Outcome.RESERVE])
    rows = rows.select_related("entry__scenario", "entry__organisation")
    rows = rows.prefetch_related("entry__members").order_by("rank", "entry__code")
    contest = standing.stage.contest
    is_veiled = contest.is_veiled  # the next jury is to read without names
    printed = {
        "stage": {"zh": standing.stage.name_zh, "en": standing.stage.name_en},
        "rows": [_row(place, mask, is_veiled=is_veiled) for place in rows],
    }
    _add_changes(printed, standing, rows, is_veiled=is_veiled)
    known = [CorrectionState.ACCEPTED, CorrectionState.PRINTED]
    corrections = Correction.objects.filter(entry__contest=contest, state__in=known)
    corrections = corrections.select_related("entry").order_by("pk")
    spell(printed, [(c.entry, c.field, c.after) for c in corrections], contest=contest)
    return printed


def _add_changes(
    printed: dict[str, Any], standing: Standing, places: Iterable[Place], *, is_veiled: bool
) -> None:
    """Special places with their reasons, who moved up, and places that stay empty."""
    kinds, why = special(standing.amendments), reasons(standing.amendments)
    moved = {e for a in standing.amendments if a["what"] == "promoted" for e in a["entries"]}
    for row, place in zip(printed["rows"], places):
        if kind := kinds.get(place.entry_id):
            names = names_of(place.entry) if is_veiled else None
            row |= {"special": kind, "why": hide_numbers(unnamed(why[place.entry_id], names))}
        elif place.entry_id in moved and place.outcome == Outcome.IN:
            row["special"] = "promoted"
    empty = [a for a in standing.amendments if a["what"] == "vacant"]
    if empty:
        printed["vacant"] = [
            {"group": a["group"], "places": a["places"], "why": hide_numbers(a["why"])}
            for a in empty
        ]


def spell(
    body: dict[str, Any], names: Iterable[tuple[Entry, str, str]], *, contest: Contest
) -> None:
    """Names as teams had them corrected; those of people are masked like all others, and what is
    not printed at all stays so."""
    rows = {row["code"]: row for row in body["rows"]}
    for entry, field, name in names:
        part, language = PrintedName(field).place
        row = rows.get(entry.code)
        if row is None or not any(row[part].values()):
            continue
        is_person = part == "by" and entry.organisation_id is None
        shown = mask_name(name) if is_person and contest.rules.notice.mask_names else name
        row[part][language] = hide_numbers(shown)


def _row(place: Place, mask: bool, *, is_veiled: bool) -> dict[str, Any]:
    entry = veiled(place.entry) if is_veiled else place.entry
    scenario = entry.scenario
    return {
        "code": entry.code,
        "outcome": place.outcome,
        "title": {"zh": hide_numbers(entry.title_zh), "en": hide_numbers(entry.title_en)},
        "scenario": {"zh": scenario.name_zh, "en": scenario.name_en} if scenario else {},
        "by": {"zh": "", "en": ""} if is_veiled else _by(place, mask),
    }


def _by(place: Place, mask: bool) -> dict[str, str]:
    """The organisation; for teams without one, the captain's name by rule."""
    entry = place.entry
    if entry.organisation is not None:
        firm = entry.organisation
        return {"zh": hide_numbers(firm.name_zh), "en": hide_numbers(firm.name_en)}
    captain = next((m for m in entry.members.all() if m.role == MemberRole.CAPTAIN), None)
    name = captain.name if captain else entry.team_name
    shown = hide_numbers(mask_name(name) if mask and captain else name)
    return {"zh": shown, "en": shown}


def appeal_told(appeal: Appeal, *, at: datetime) -> None:
    """The objector hears how the case stands; no letter names them but by its address."""
    objector = appeal.objector.by
    if objector is None:
        return
    link = address(reverse("standings:own_appeal", args=[appeal.pk]))
    _write(objector, "appeal", at=at, appeal=appeal, link=link, contest=_contest(appeal))


def hearing_asked(hearing: Hearing, *, at: datetime) -> None:
    """The team's captain; of the objector not a word."""
    entry = hearing.appeal.entry
    link = address(reverse("standings:hearing", args=[hearing.pk]))
    _to_captain(entry, "hearing", at=at, hearing=hearing, link=link)


def team_told(appeal: Appeal, *, at: datetime) -> None:
    """What was found, to the team that was heard."""
    if appeal.entry is None:
        return
    link = address(reverse("standings:hearing", args=[appeal.hearing.pk]))
    _to_captain(appeal.entry, "finding", at=at, appeal=appeal, link=link)


def panelist_seated(panelist: Panelist, *, at: datetime) -> None:
    appeal = panelist.appeal
    link = address(reverse("standings:appeal", args=[appeal.pk]))
    _write(panelist.user, "panel", at=at, appeal=appeal, link=link, contest=_contest(appeal))


def appeal_due(appeal: Appeal, *, at: datetime) -> None:
    """Organisers, and those of the panel whose vote is missing."""
    contest = _contest(appeal)
    link = address(reverse("standings:appeal", args=[appeal.pk]))
    rows = Appointment.objects.filter(
        Q(contest=contest) | Q(contest=None), edition=contest.edition, role=Role.ORGANISER,
    )  # fmt: skip
    people = {a.user for a in rows.select_related("user")}
    people -= set(User.objects.filter(pk=appeal.objector.by_id))
    if appeal.entry_id:
        people = {p for p in people if not is_tied(p, appeal.entry_id)}
    if appeal.state in UNDER_WAY:
        people |= {p.user for p in appeal.panelists.filter(vote="").select_related("user")}
    for person in sorted(people, key=lambda p: p.pk):
        _write(person, "appeal_due", at=at, appeal=appeal, link=link, contest=contest)


def correction_told(correction: Correction, *, at: datetime) -> None:
    if correction.by is not None:
        link = address(reverse("standings:corrections_of", args=[correction.entry_id]))
        _write(correction.by, "correction", at=at, correction=correction, link=link)


def feedback_ready(feedback: Feedback, *, at: datetime) -> None:
    entry = feedback.entry
    link = address(reverse("standings:result", args=[entry.pk]))
    _to_captain(entry, "feedback", at=at, link=link)


def asked_to_sign(decision: Decision, *, but: User | None, at: datetime) -> None:
    """Those who were present and can sign; whoever wrote it down sees the button anyway."""
    link = address(reverse("standings:record", args=[decision.standing_id]))
    stage = decision.standing.stage
    for one in decision.attendees.exclude(user=None).select_related("user"):
        if one.user != but and not one.left_for:
            _write(one.user, "sign", at=at, stage=stage, contest=stage.contest, link=link)


def offered(offers: Iterable[Offer], *, at: datetime) -> None:
    for offer in offers:
        _of_offer(offer, "moved_up" if offer.instead_of_id else "offered", at=at)


def passed_on(offers: Iterable[Offer], *, at: datetime) -> None:
    """To those whose place has gone to somebody else."""
    for offer in offers:
        _of_offer(offer, "place_gone", at=at)


def more_time(offer: Offer, *, at: datetime) -> None:
    _of_offer(offer, "more_time", at=at)


def _of_offer(offer: Offer, template: str, *, at: datetime) -> None:
    link = address(reverse("standings:result", args=[offer.entry_id]))
    _to_captain(offer.entry, template, at=at, offer=offer, stage=offer.stage, link=link)


def address(path: str) -> str:
    return f"{getattr(settings, 'ORIGIN', '')}{path}"


def _contest(appeal: Appeal) -> Contest:
    return appeal.publication.contest


def _to_captain(entry: Entry | None, template: str, *, at: datetime, **context: Any) -> None:
    assert entry is not None
    captain = entry.members.filter(role=MemberRole.CAPTAIN).select_related("user").first()
    if captain is None or not captain.email:
        return
    language = captain.user.language if captain.user else ""
    language = language or ("en" if entry.kind == "overseas" else "")
    mail.send(
        to=captain.email, template=f"standings/mail/{template}", at=at, language=language,
        context={"entry": entry, "contest": entry.contest, "name": captain.name, **context},
    )  # fmt: skip


def _write(person: User, template: str, *, at: datetime, **context: Any) -> None:
    mail.send(
        to=person.email, template=f"standings/mail/{template}", at=at, language=person.language,
        context={"name": str(person), **context},
    )  # fmt: skip
