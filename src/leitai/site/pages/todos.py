"""What waits for whom: the first thing on a desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitai.rooms.awards.rules import SlateState
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.permissions import organise, run
from leitai.rooms.demands.rules import State as DemandState
from leitai.rooms.jury.models import Colleague, Draw, Juror, Objection, Sheet
from leitai.rooms.jury.rules import (
    ColleagueState,
    DrawState,
    JurorState,
    ObjectionState,
    SheetState,
)
from leitai.rooms.screening.rules import FlagState
from leitai.rooms.standings import queries as results
from leitai.rooms.standings.models import Correction, SpecialPlace, Standing
from leitai.rooms.standings.rules import SpecialState
from leitai.rooms.standings.rules import State as StandingState
from leitai.rooms.standings.rules.corrections import CorrectionState
from leitai.rooms.submissions.rules import State as EntryState


@dataclass(frozen=True)
class Todo:
    what: str
    why: str
    url: str
    button: str
    until: datetime | None = None


def of_contest(user: Any, contest: Contest) -> list[Todo]:
    """For those who run the contest; one query each, empty ones left out. What has an end comes
    first, the soonest before the others."""
    if not run(user, contest):
        return []
    found = [_vetting(contest), _checks(contest), _flags(contest), _invited(contest),
             _colleagues(contest), _corrections(contest)]  # fmt: skip
    if organise(user, contest):
        found += [
            _appeals(user, contest),
            _objections(contest),
            _special(contest),
            _draws(contest),
            _late(contest),
            _standings(contest),
            _awards(contest),
        ]
    todos = [todo for todo in found if todo is not None]
    return sorted(todos, key=lambda todo: (todo.until is None, todo.until))


def _vetting(contest: Contest) -> Todo | None:
    n = contest.demands.filter(state=DemandState.VETTING).count()
    words = ngettext("%d demand waits for vetting", "%d demands wait for vetting", n) % n
    url = reverse("demands:desk", args=[contest.pk]) + "?state=vetting"
    return (
        Todo(words, _("Publish it, or return it with what to correct."), url, _("Vet"))
        if n
        else None
    )


def _checks(contest: Contest) -> Todo | None:
    n = contest.entries.filter(state=EntryState.SUBMITTED).count()
    words = ngettext("%d entry waits for its check", "%d entries wait for their check", n) % n
    url = reverse("screening:queue", args=[contest.pk])
    return Todo(words, _("Eligible, complete, original, true?"), url, _("Check")) if n else None


def _flags(contest: Contest) -> Todo | None:
    n = contest.flags.filter(state=FlagState.OPEN).count()
    words = ngettext("%d pair may be one entry", "%d pairs may be one entry", n) % n
    why = _("Same organisation, same people, or very similar text.")
    return (
        Todo(words, why, reverse("screening:flags", args=[contest.pk]), _("Compare")) if n else None
    )


def _invited(contest: Contest) -> Todo | None:
    n = Juror.objects.filter(contest=contest, state=JurorState.INVITED).count()
    words = ngettext("%d juror has not answered", "%d jurors have not answered", n) % n
    why = _("Remind them, or invite others.")
    return Todo(words, why, reverse("jury:jurors", args=[contest.pk]), _("See who")) if n else None


def _colleagues(contest: Contest) -> Todo | None:
    waiting = Colleague.objects.filter(juror__contest=contest, state=ColleagueState.PROPOSED)
    n = waiting.count()
    words = ngettext("%d colleague is proposed", "%d colleagues are proposed", n) % n
    why = _("Nobody has written to them yet.")
    url = reverse("jury:colleagues", args=[contest.pk]) + "?state=proposed"
    return Todo(words, why, url, _("Decide")) if n else None


def _objections(contest: Contest) -> Todo | None:
    raised = Objection.objects.filter(juror__contest=contest, state=ObjectionState.RAISED)
    n = raised.count()
    words = ngettext("%d objection to a juror", "%d objections to jurors", n) % n
    url = reverse("jury:objections", args=[contest.pk]) + "?state=raised"
    return Todo(words, _("Decide before the draw."), url, _("Decide")) if n else None


def _corrections(contest: Contest) -> Todo | None:
    """With the end of the notice in which the name stands."""
    asked = Correction.objects.filter(entry__contest=contest, state=CorrectionState.ASKED)
    found = asked.aggregate(n=Count("pk"), until=Min("publication__notice_until"))
    n = found["n"]
    words = ngettext("%d name is to be corrected", "%d names are to be corrected", n) % n
    url = reverse("standings:corrections", args=[contest.pk])
    why = _("Spelling as it is printed in the notice.")
    return Todo(words, why, url, _("Look"), found["until"]) if n else None


def _appeals(user: Any, contest: Contest) -> Todo | None:
    """With the day the first step is due."""
    waiting = list(results.appeals(contest, user, only_open=True).values_list("due_at", flat=True))
    n = len(waiting)
    words = ngettext("%d objection to a result", "%d objections to results", n) % n
    url = reverse("standings:appeals", args=[contest.pk]) + "?state=open"
    first = min((day for day in waiting if day), default=None)
    return Todo(words, _("Each step has its working days."), url, _("Look"), first) if n else None


def _special(contest: Contest) -> Todo | None:
    """Proposed by an owner of a demand or by the house; which entry it is stands on the page."""
    waiting = SpecialPlace.objects.filter(stage__contest=contest, state=SpecialState.PROPOSED)
    if not (first := waiting.filter(decision=None).order_by("pk").first()):
        return None
    n = waiting.filter(decision=None).count()
    words = ngettext(
        "%d special place waits for its vote", "%d special places wait for their votes", n
    )
    url = reverse("standings:meeting", args=[first.stage_id])
    return Todo(words % n, _("The committee votes when it meets."), url, _("Look"))


def _draws(contest: Contest) -> Todo | None:
    draw = Draw.objects.filter(stage__contest=contest, state=DrawState.PROPOSED).first()
    if draw is None:
        return None
    url = reverse("jury:draws", args=[draw.stage_id])
    return Todo(
        _("A draw is proposed"), _("Nobody is told before you deploy it."), url, _("Preview")
    )


def _late(contest: Contest) -> Todo | None:
    """Sheets still open at the stage that closes first, and with how many jurors."""
    open_sheets = Sheet.objects.filter(stage__contest=contest, state=SheetState.ASSIGNED)
    found = open_sheets.values("stage", "stage__closes_at").annotate(
        n=Count("pk"), jurors=Count("juror", distinct=True)
    )
    if not (first := found.order_by("stage__closes_at").first()):
        return None
    words = ngettext("%d sheet is still open", "%d sheets are still open", first["n"]) % first["n"]
    why = ngettext("with %d juror", "with %d jurors", first["jurors"]) % first["jurors"]
    url = reverse("jury:progress", args=[first["stage"]])
    return Todo(words, why, url, _("See who"), first["stage__closes_at"])


def _standings(contest: Contest) -> Todo | None:
    waiting = Standing.objects.filter(stage__contest=contest).filter(
        Q(state=StandingState.DECIDED) | Q(state=StandingState.DRAFT)
    )
    if not (standing := waiting.order_by("-pk").first()):
        return None
    is_draft = standing.state == StandingState.DRAFT
    words = (
        _("A standing waits for a decision") if is_draft else _("A decision is not published yet")
    )
    url = reverse("standings:overview", args=[standing.stage_id])
    return Todo(words, _("Places move only by a new version."), url, _("Look"))


def _awards(contest: Contest) -> Todo | None:
    """A list that two people have not approved yet, or that is approved and not public."""
    waiting = contest.slates.filter(state__in=[SlateState.DRAFT, SlateState.DECIDED])
    if not (slate := waiting.order_by("-number").first()):
        return None
    is_draft = slate.state == SlateState.DRAFT
    words = _("Awards wait for approval") if is_draft else _("Awards are not published yet")
    url = reverse("awards:desk", args=[contest.pk])
    return Todo(words, _("Two different people approve each list."), url, _("Look"))
