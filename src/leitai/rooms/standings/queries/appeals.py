"""Objections and corrections: which there are, who may hear them, what the public reads."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from leitai.rooms.contests import queries as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import Sheet
from leitai.rooms.people.models import User
from leitai.rooms.standings.models import (
    Appeal,
    Correction,
    Objector,
    Panelist,
    Publication,
    Standing,
)
from leitai.rooms.standings.queries.standing import last_publication
from leitai.rooms.standings.rules import appeals as rules
from leitai.rooms.standings.rules.appeals import OPEN, AppealState, Finding
from leitai.rooms.standings.rules.corrections import CorrectionState
from leitai.rooms.standings.rules.states import CHINA, notice_until
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict
from leitai.values.workdays import china, china_sources

IN_HOUSE = {Role.ORGANISER, Role.SECRETARIAT, Role.SUPERVISOR}


def appeals(contest: Contest, user: Any, *, only_open: bool = False) -> QuerySet[Appeal]:
    """What due next first. Of an entry one has a tie with, nothing is there."""
    rows = Appeal.objects.filter(publication__contest=contest)
    rows = rows.exclude(entry__in=jury.tied_entries(user)).select_related("publication", "entry")
    return (rows.open() if only_open else rows).order_by("-number")


def due(contest: Contest, at: datetime) -> QuerySet[Appeal]:
    return Appeal.objects.open().filter(publication__contest=contest, due_at__lte=at)


def own_appeals(user: User) -> QuerySet[Appeal]:
    rows = Appeal.objects.filter(objector__by=user)
    return rows.select_related("publication__contest__edition", "entry").order_by("-pk")


def heard_by(user: User) -> QuerySet[Appeal]:
    rows = Appeal.objects.filter(panelists__user=user)
    return rows.select_related("publication__contest__edition", "entry").order_by("-pk")


def votes_owed(user: User) -> QuerySet[Panelist]:
    """Cases under way that this person hears and has not voted on."""
    rows = Panelist.objects.filter(user=user, vote="", appeal__state__in=rules.UNDER_WAY)
    rows = rows.exclude(appeal__entry__in=jury.tied_entries(user))
    return rows.select_related("appeal__publication__contest__edition").order_by("appeal__due_at")


def objections_of(person: User) -> list[dict[str, Any]]:
    """For the person to take away."""
    told = ("kind", "name", "unit", "contact", "address", "appeal__number", "appeal__text",
            "appeal__ground", "appeal__at", "appeal__state", "appeal__answer")  # fmt: skip
    return list(Objector.objects.filter(by=person).order_by("pk").values(*told))


def hearings(entry: Entry) -> QuerySet[Appeal]:
    """Objections of which the team has been told."""
    return entry.appeals.filter(hearing__isnull=False).select_related("hearing").order_by("-pk")


def may_file(publication: Publication, at: datetime) -> Verdict:
    return rules.may_file(
        opens_at=publication.notice_from, closes_at=publication.notice_until, at=at,
        is_newest=last_publication(publication.contest) == publication,
    )  # fmt: skip


def may_sit(user: User, appeal: Appeal) -> Verdict:
    """Original jurors, those with a tie, the objector and, by rule, the house hear no case."""
    contest, entry = appeal.publication.contest, appeal.entry
    stage = appeal.publication.standing.stage
    marked = Sheet.objects.filter(juror__user=user, stage__contest=contest)
    ties = jury.is_tied(user, entry.pk) if entry else jury.is_tied_at(user, stage)
    made = Q(decision__by=user) | Q(by=user) | Q(publications__by=user)
    works_here = bool(contests.roles(user, contest) & IN_HOUSE)
    works_here |= Standing.objects.filter(made, stage__contest=contest).exists()
    return rules.may_sit(
        marked_it=(marked.filter(entry=entry) if entry else marked.filter(stage=stage)).exists(),
        is_tied=ties,
        is_objector=Objector.objects.filter(appeal=appeal, by=user).exists(),
        works_here=works_here,
        outsiders_only=contest.rules.notice.appeals.outsiders_only,
    )


def told_in_public(publication: Publication) -> dict[str, Any]:
    """How many objections there were to a version and what became of them; names nobody."""
    rows = list(publication.appeals.values_list("state", "finding", "remedy__number"))
    closed = Counter(
        finding if state == AppealState.ANSWERED else state
        for state, finding, _ in rows
        if state not in OPEN
    )
    named = [
        *((Finding(f).label, closed[f]) for f in Finding.values if closed[f]),
        *((s.label, closed[s]) for s in (AppealState.REFUSED, AppealState.WITHDRAWN) if closed[s]),
    ]
    return {
        "all": len(rows),
        "open": sum(state in OPEN for state, _, _ in rows),
        "closed": named,
        "versions": sorted({number for _, _, number in rows if number}),
    }


def calendar(publication: Publication) -> list[tuple[int, str]]:
    """The years the notice runs in, each with the paper that arranged its holidays, if known."""
    first, last = (
        moment.astimezone(CHINA).year
        for moment in (publication.notice_from, publication.notice_until)
    )
    return [(year, china_sources().get(year, "")) for year in range(first, last + 1)]


def unknown_years(publication: Publication) -> list[int]:
    """Years that the notice or a step after it may reach, whose holidays are not arranged yet."""
    rule = publication.contest.rules.notice.appeals
    steps = rule.reply_days + rule.evidence_days + rule.decision_days + rule.letter_days
    last = notice_until(publication.notice_until, days=steps, working_days=True)
    first = publication.notice_from.astimezone(CHINA).year
    return [y for y in range(first, last.astimezone(CHINA).year + 1) if y not in china().years]


def corrections(contest: Contest, *, state: str = "") -> QuerySet[Correction]:
    rows = Correction.objects.filter(entry__contest=contest)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("entry", "publication", "by", "printed_in").order_by("-pk")


def to_print(contest: Contest) -> QuerySet[Correction]:
    return corrections(contest, state=CorrectionState.ACCEPTED)


def printed_row(publication: Publication, code: str) -> dict[str, Any] | None:
    rows = publication.body["rows"]
    return next((row for row in rows if row["code"] == code), None)
