"""Everyone's desk, and the desk of a contest."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.awards import queries as awards
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role, State
from leitai.rooms.demands import queries as demands
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.people.permissions import be_known
from leitai.rooms.standings import queries as standings
from leitai.rooms.submissions.models import Entry
from leitai.site.pages import funnel, journal_words, own_todos, todos
from leitai.site.pages.journal import contest_of, lines

LATEST = 8


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, whoever I am."""
    admit(request, be_known)
    user = request.user
    context = {
        "own": own_todos.of(user, at=request.at),
        "runs": _runs(user),
        "hosted": _hosted(user),
        "entries": _entries(user),
        "results": standings.results_of(user)[:8],
        "certificates": awards.own(user)[:3],
        "demands": demands.mine(user)[:5],
        "piles": _piles(user),
        "unready": _unready(user),
        "open_contests": _open_contests(request),
    }
    return render(request, "site/my_desk.html", context)


def _runs(user: Any) -> list[dict[str, Any]]:
    """The contests I work for, each with what waits there."""
    works = user.appointments.exclude(role=Role.CO_HOST)
    appointments = works.values_list("edition_id", "contest_id")
    mine = Q(pk__in=[c for _, c in appointments if c])
    mine |= Q(edition__in=[e for e, c in appointments if not c])
    held = Contest.objects.filter(mine).exclude(edition__state=State.ARCHIVED)
    held = held.select_related("edition").order_by("-edition__year", "order")
    return [{"contest": c, "todos": todos.of_contest(user, c)} for c in held[:6]]


def _hosted(user: Any) -> Any:
    """Contests of which I read the entries of my region."""
    held = user.appointments.filter(role=Role.CO_HOST).exclude(region="")
    mine = Q(appointments__in=held) | Q(edition__in=held.filter(contest=None).values("edition"))
    return Contest.objects.filter(mine).select_related("edition").distinct().order_by("pk")[:6]


def _entries(user: Any) -> Any:
    mine = Entry.objects.filter(members__user=user, members__joined_at__isnull=False)
    return (
        mine.select_related("contest__edition", "contest__ruleset", "scenario")
        .order_by("-changed_at")
        .distinct()[:8]
    )


def _piles(user: Any) -> Any:
    """One row a stage: how many sheets I have, how many are left, until when."""
    mine = Sheet.objects.standing().filter(juror__user=user, juror__state=JurorState.ACTIVE)
    return (
        mine.values("stage", "stage__name_zh", "stage__name_en", "stage__closes_at",
                    "stage__contest__name_zh", "stage__contest__name_en")
        .annotate(all=Count("pk"), left=Count("pk", filter=Q(state=SheetState.ASSIGNED)))
        .order_by("stage__closes_at")
    )  # fmt: skip


def _unready(user: Any) -> Any:
    """Juries I joined without having told my field or looked through my ties."""
    mine = Juror.objects.filter(user=user, state=JurorState.ACTIVE)
    mine = mine.filter(Q(profiled_at=None) | Q(tied_at=None))
    mine = mine.exclude(contest__edition__state=State.ARCHIVED)
    return mine.select_related("contest__edition").order_by("-pk")[:6]


def _open_contests(request: HttpRequest) -> list[Contest]:
    held = Contest.objects.filter(state=State.PUBLIC, edition__state=State.PUBLIC)
    held = held.select_related("edition", "ruleset").order_by("-edition__year", "order")[:12]
    return [c for c in held if request.at in c.rules.entry.span.window]


def contest_desk(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_of(contest_id)
    admit(request, contests.oversee, contest)
    side = request.GET.get("by", "scenario")
    side = side if side in funnel.SIDES else "scenario"
    context = {
        "contest": contest,
        "todos": todos.of_contest(request.user, contest),
        "runs": contests.run(request.user, contest),
        **funnel.drawn(contest, side, opens=_opens(request.user, contest)),
        "steps": funnel.STEPS,
        "side": side,
        "sides": funnel.SIDES,
        "side_label": funnel.SIDES[side],
        "health": _health(contest),
        "latest": journal_words.told(lines(contest)[:LATEST]),
    }
    return render(request, "site/contest_overview.html", context)


def _opens(user: Any, contest: Contest) -> set[str]:
    """The steps of the funnel whose records this person may read."""
    if contests.organise(user, contest):
        return set(funnel.STEPS)
    return set(funnel.STEPS) - {"shortlisted"} if contests.run(user, contest) else set()


def _health(contest: Contest) -> dict[str, Any] | None:
    """The jury's work at its latest stage, counted as the jury's own page counts it."""
    at_work = Sheet.objects.standing().filter(stage__contest=contest)
    last = at_work.order_by("-stage__order").select_related("stage").first()
    if last is None:
        return None
    found = jury.progress(last.stage)
    return {
        "stage": last.stage_id,
        "sealed": found.sealed,
        "jurors": at_work.filter(stage=last.stage_id).aggregate(n=Count("juror", distinct=True))[
            "n"
        ],
        "share": 100 * found.sealed // max(found.wanted, 1),
    }


def leads(request: HttpRequest, contest_id: int) -> HttpResponse:
    """Who was invited to enter: the records behind the funnel's first figure."""
    contest = contest_of(contest_id)
    admit(request, contests.run, contest)
    columns = {"scenario": "scenario__code", "region": "region", "channel": "channel__code"}
    chosen = {side: request.GET.get(side, "")[:60] for side in columns}
    rows = contest.leads.select_related("channel", "scenario", "entry")
    for side, code in chosen.items():
        if code:
            rows = rows.filter(
                **{columns[side]: None if code == "-" and side != "region" else code}
            )
    page = keyset.page(rows, by=["-at", "-id"], cursor=request.GET.get("cursor", ""), size=100)
    given = urlencode({side: code for side, code in chosen.items() if code})
    context = {"contest": contest, "page": page, "given": given}
    return render(request, "site/leads.html", context)
