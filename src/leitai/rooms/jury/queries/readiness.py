"""Is the jury ready? What each juror has done and still owes before the papers open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.jury.models import Juror, Promise, Sample, Undertaking
from leitai.rooms.jury.queries.calibration import samples_owed
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.stages.models import Stage
from leitai.values.verdict import YES, Verdict, no

OWED = ("undertaking_owed", "samples_owed")  # a juror may see that these are owed
LACKS = {
    "answer": _("no answer yet"),
    "undertaking": _("undertaking not accepted"),
    "expertise": _("no expertise named"),
    "ties": _("ties not looked through"),
    "availability": _("not free all through a stage"),
    "samples": _("sample entries not marked"),
}


def undertaking(edition: Edition) -> Undertaking | None:
    """The version in force: the newest."""
    return edition.undertakings.order_by("-version").first()


def promise_of(person: Any, edition: Edition) -> Promise | None:
    """The person's newest word, of whatever version."""
    mine = Promise.objects.filter(person=person, undertaking__edition=edition)
    return mine.select_related("undertaking").order_by("-undertaking__version").first()


def has_promised(person: Any, edition: Any) -> bool:
    """Whether the version in force is accepted; where there is none, nothing is owed."""
    newest = Undertaking.objects.filter(edition=edition).order_by("-version").values("pk")[:1]
    owed = Undertaking.objects.filter(pk__in=newest).exclude(promises__person=person)
    return not owed.exists()


def may_open_papers(juror: Juror, stage: Stage) -> Verdict:
    """What stands between a juror and the own pile."""
    if not (may := undertaking_verdict(juror.user_id, stage.contest.edition_id)):
        return may
    if samples_owed(juror, stage):
        return no("samples_owed", _("Please mark the sample entries first."))
    return YES


def undertaking_verdict(person: int | None, edition: int) -> Verdict:
    if has_promised(person, edition):
        return YES
    return no("undertaking_owed", _("Please accept the jury's undertaking first."))


def readiness(contest: Contest) -> QuerySet[Juror]:
    """The jurors who are asked or at work, each with what is done: `promised`, `skilled`,
    `sampled` of `samples`, `tied_at`, and `busy` in a stage that is still to come."""
    newest = undertaking(contest.edition)
    stages = [s for s in contest.stages.all() if s.rule.panel.calibration]
    wanted = Sample.objects.filter(stage__in=stages).count()
    kept = Promise.objects.filter(undertaking=newest, person=OuterRef("user"))
    sampled = Count("sample_sheets", filter=Q(sample_sheets__sample__stage__in=stages))
    return (
        Juror.objects.filter(contest=contest)
        .filter(state__in=[JurorState.INVITED, JurorState.ACTIVE])
        .select_related("organisation")
        .annotate(
            promised=Exists(kept) if newest else Value(True, output_field=BooleanField()),
            sampled=sampled,
            samples=Value(wanted),
        )
        .order_by("name", "pk")
    )


def lacking(rows: QuerySet[Juror], what: str, contest: Contest) -> QuerySet[Juror]:
    """Those of `readiness` who lack this."""
    if what == "answer":
        return rows.filter(state=JurorState.INVITED)
    rows = rows.filter(state=JurorState.ACTIVE)
    if what == "undertaking":
        return rows.filter(promised=False)
    if what == "expertise":
        return rows.filter(tags=[], about="")
    if what == "ties":
        return rows.filter(tied_at=None)
    if what == "samples":
        return rows.filter(sampled__lt=_wanted(contest))
    if what == "availability":
        return rows.filter(_unfree(contest))
    return rows


def unfree(juror: Juror, stages: Any) -> list[Stage]:
    """Stages in whose window the juror is away for a while."""
    return [s for s in stages if _is_away(juror, s.opens_at, s.closes_at)]


def _is_away(juror: Juror, opens_at: datetime | None, closes_at: datetime | None) -> bool:
    late = juror.free_from and opens_at and juror.free_from > opens_at.date()
    early = juror.free_until and closes_at and juror.free_until < closes_at.date()
    return bool(late or early)


def _unfree(contest: Contest) -> Q:
    found = Q(pk__in=[])
    for stage in contest.stages.all():
        if stage.opens_at:
            found |= Q(free_from__gt=stage.opens_at.date())
        if stage.closes_at:
            found |= Q(free_until__lt=stage.closes_at.date())
    return found


def _wanted(contest: Contest) -> int:
    stages = [s for s in contest.stages.all() if s.rule.panel.calibration]
    return Sample.objects.filter(stage__in=stages).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing a juror does before the papers open."""

    label: Any
    note: Any
    url: str
    is_done: bool


def steps(juror: Juror) -> list[Step]:
    """A juror's own list of what is owed, in its order."""
    edition = juror.contest.edition
    found = []
    if undertaking(edition) is not None:
        found.append(Step(
            label=_("The undertaking"), note=_("Read and accept it; papers open afterwards."),
            url=reverse("jury:undertaking", args=[juror.pk]),
            is_done=has_promised(juror.user_id, edition),
        ))  # fmt: skip
    found.append(Step(
        label=_("Your field, your days, your load"),
        note=_("The draw gives you entries you know, when you have time."),
        url=reverse("jury:profile", args=[juror.pk]), is_done=juror.profiled_at is not None,
    ))  # fmt: skip
    found.append(Step(
        label=_("Your ties"), note=_("Houses and people whose entries you will never see."),
        url=reverse("jury:ties", args=[juror.pk]), is_done=juror.tied_at is not None,
    ))  # fmt: skip
    for stage in juror.contest.stages.all():
        samples = Sample.objects.filter(stage=stage).count()
        if samples:
            done = Sample.objects.filter(stage=stage, sheets__juror=juror).count()
            is_must = stage.rule.panel.calibration
            found.append(Step(
                label=_("Sample entries"),
                note=_("Mark them before your own; they are never counted.")
                if is_must else _("For practice; they are never counted."),
                url=reverse("jury:samples_to_mark", args=[juror.pk, stage.pk]),
                is_done=done == samples,
            ))  # fmt: skip
    return found
