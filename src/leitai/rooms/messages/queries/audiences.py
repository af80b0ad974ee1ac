"""The closed list of audiences. Each asks the room that knows, and names its blanks.

To whom an audience is open is told in `permissions.WHO_MAY`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.models import Contest
from leitai.rooms.demands import queries as demands
from leitai.rooms.demands.rules import State as DemandState
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.messages.queries.receivers import (
    Receiver,
    captains,
    language_of,
    of_team,
    on_the_clock,
    receiver,
    speakers,
)
from leitai.rooms.messages.rules import COMMON, Blank
from leitai.rooms.partners import queries as partners
from leitai.rooms.screening.models import Check
from leitai.rooms.screening.rules import Finding
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries as standings
from leitai.rooms.standings.models import Publication
from leitai.rooms.standings.rules import Outcome
from leitai.rooms.standings.rules import State as StandingState
from leitai.rooms.submissions import queries as submissions
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State as EntryState


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    label: Any
    find: Callable[[Contest, Any], Iterator[Receiver]]
    blanks: tuple[str, ...]  # besides the common ones
    of: type[Model] | None = None  # what it is asked about

    @property
    def allowed(self) -> tuple[str, ...]:
        return tuple(Blank(name).value for name in (*COMMON, *self.blanks))


def _drafts(contest: Contest, _of: None) -> Iterator[Receiver]:
    """A draft's own words belong to its team, so its title is no blank here."""
    rows = submissions.desk(contest, {"state": EntryState.DRAFT}).filter(version=0)
    closes = contest.rules.entry.span.closes_at
    yield from captains(contest, rows, deadline=lambda e: on_the_clock(closes, contest))


def _in_state(state: str) -> Callable[[Contest, None], Iterator[Receiver]]:
    def find(contest: Contest, _of: None) -> Iterator[Receiver]:
        rows = submissions.desk(contest, {"state": state}).filter(merged_into=None)
        yield from captains(contest, rows, title=_title)

    return find


def _returned(contest: Contest, _of: None) -> Iterator[Receiver]:
    rows = list(submissions.desk(contest, {"state": EntryState.RETURNED}))
    checks = Check.objects.filter(entry__in=rows, finding=Finding.RETURNED, taken_back_at=None)
    last = {check.entry_id: check for check in checks.order_by("at", "pk")}
    yield from captains(
        contest, rows, title=_title, reason=lambda e: lambda: _reason(last.get(e.pk)),
        deadline=lambda e: on_the_clock(e.returned_until, contest),
    )  # fmt: skip


def _reason(check: Check | None) -> str:
    if check is None:
        return ""
    return check.note or ", ".join(check.reasons_in_words)


def _taking_part(contest: Contest, stage: Stage) -> Iterator[Receiver]:
    rows = Entry.objects.filter(participations__stage=stage, participations__taken_out_at=None)
    rows = rows.exclude(state=EntryState.WITHDRAWN)
    yield from captains(contest, rows, title=_title, stage=lambda e: lambda: stage.name)


def _placed(*outcomes: str) -> Callable[[Contest, Publication], Iterator[Receiver]]:
    """By the standing that is published; a superseded one has no audience any more."""

    def find(contest: Contest, publication: Publication) -> Iterator[Receiver]:
        standing = publication.standing
        if standing.state != StandingState.PUBLISHED:
            return
        places = standings.places(standing).filter(outcome__in=outcomes)
        rows = (place.entry for place in places.exclude(entry__state=EntryState.WITHDRAWN))
        stage = standing.stage
        yield from captains(contest, rows, title=_title, stage=lambda e: lambda: stage.name)

    return find


def _team(contest: Contest, entry: Entry) -> Iterator[Receiver]:
    for member in entry.members.exclude(email="").select_related("user").order_by("pk"):
        yield of_team(contest, member, entry, title=_title)


def _jurors(*states: str) -> Callable[[Contest, None], Iterator[Receiver]]:
    def find(contest: Contest, _of: None) -> Iterator[Receiver]:
        rows = jury.jurors(contest).filter(state__in=states)
        yield from (_juror(contest, j, reverse("jury:piles")) for j in rows.select_related("user"))

    return find


def _with_open_sheets(contest: Contest, stage: Stage) -> Iterator[Receiver]:
    held = Sheet.objects.open().filter(stage=stage).order_by().values_list("juror", flat=True)
    left = Counter(held)
    rows = jury.jurors(contest).filter(state=JurorState.ACTIVE, pk__in=left)
    pile = reverse("jury:pile", args=[stage.pk])
    for juror in rows.select_related("user"):
        yield _juror(
            contest, juror, pile, open=left[juror.pk], stage=lambda: stage.name,
            deadline=on_the_clock(stage.closes_at, contest),
        )  # fmt: skip


def _juror(contest: Contest, juror: Juror, link: str, **values: Any) -> Receiver:
    user = juror.user
    reads = {language.split("-")[0] for language in juror.languages}
    language = language_of(user, reads_chinese="zh" in reads or not reads)
    return receiver(
        contest, address=user.email if user else juror.email, about=juror, name=juror.name,
        user=user, language=language, link=link, **values,
    )  # fmt: skip


def _demand_owners(contest: Contest, _of: None) -> Iterator[Receiver]:
    rows = list(demands.desk(contest, state=DemandState.PUBLISHED))
    people = speakers(demand.owner_id for demand in rows)
    for demand in rows:
        for person in people.get(demand.owner_id, []):
            yield receiver(
                contest, address=person.user.email, about=demand, name=str(person.user),
                user=person.user, language=language_of(person.user),
                link=reverse("demands:show", args=[demand.pk]), code=demand.code,
                title=lambda d=demand: d.title, organisation=lambda d=demand: d.owner.name,
            )  # fmt: skip


def _partners(contest: Contest, _of: None) -> Iterator[Receiver]:
    rows = list(partners.of_edition(contest.edition))
    people = speakers(partner.organisation_id for partner in rows)
    link = reverse("partners:list", args=[contest.edition.slug])
    for partner in rows:
        for person in people.get(partner.organisation_id, []):
            yield receiver(
                contest, address=person.user.email, about=partner, name=str(person.user),
                user=person.user, language=language_of(person.user), link=link,
                organisation=lambda p=partner: p.organisation.name,
            )  # fmt: skip


def _title(entry: Entry) -> Callable[[], str]:
    return lambda: entry.title


ENTRY = (Blank.CODE, Blank.TITLE, Blank.TEAM)
AUDIENCES: dict[str, Audience] = {
    "drafts": Audience(
        label=_("teams that have not handed in their draft"), find=_drafts,
        blanks=(Blank.CODE, Blank.TEAM, Blank.DEADLINE),
    ),
    "submitted": Audience(
        label=_("teams whose entry waits for its check"), find=_in_state(EntryState.SUBMITTED),
        blanks=ENTRY,
    ),
    "returned": Audience(
        label=_("teams whose entry was returned by the check"), find=_returned,
        blanks=(*ENTRY, Blank.REASON, Blank.DEADLINE),
    ),
    "accepted": Audience(
        label=_("teams with a valid entry"), find=_in_state(EntryState.ACCEPTED), blanks=ENTRY
    ),
    "stage": Audience(
        label=_("teams that take part in a stage"), find=_taking_part, of=Stage,
        blanks=(*ENTRY, Blank.STAGE),
    ),
    "chosen": Audience(
        label=_("teams that go on, as published"), find=_placed(Outcome.IN), of=Publication,
        blanks=(*ENTRY, Blank.STAGE),
    ),
    "reserves": Audience(
        label=_("reserves, as published"), find=_placed(Outcome.RESERVE), of=Publication,
        blanks=(*ENTRY, Blank.STAGE),
    ),
    "not_chosen": Audience(
        label=_("teams that do not go on, as published"), of=Publication,
        find=_placed(Outcome.OUT, Outcome.UNRANKED), blanks=(*ENTRY, Blank.STAGE),
    ),
    "team": Audience(
        label=_("everybody in the team of one entry"), find=_team, of=Entry, blanks=ENTRY
    ),
    "jurors_invited": Audience(
        label=_("jurors who have not answered"), find=_jurors(JurorState.INVITED), blanks=()
    ),
    "jurors_active": Audience(
        label=_("active jurors"), find=_jurors(JurorState.ACTIVE), blanks=()
    ),
    "jurors_open": Audience(
        label=_("jurors with open sheets in a stage"), find=_with_open_sheets, of=Stage,
        blanks=(Blank.OPEN, Blank.STAGE, Blank.DEADLINE),
    ),
    "demand_owners": Audience(
        label=_("those who speak for the owners of published demands"), find=_demand_owners,
        blanks=(Blank.CODE, Blank.TITLE, Blank.ORGANISATION),
    ),
    "partners": Audience(
        label=_("those who speak for the edition's partners"), find=_partners,
        blanks=(Blank.ORGANISATION,),
    ),
}  # fmt: skip


def things(contest: Contest, audience: Audience) -> QuerySet:
    """What this audience may be asked about, within the contest."""
    if audience.of is Stage:
        return contest.stages.order_by("order")
    if audience.of is Publication:
        current = contest.publications.filter(standing__state=StandingState.PUBLISHED)
        return current.select_related("standing__stage").order_by("-number")
    return contest.entries.order_by("code")


def receivers(contest: Contest, key: str, of_id: int | None) -> list[Receiver]:
    """Whom the audience holds now, each address once for each thing it is written to about."""
    audience = AUDIENCES[key]
    of = None
    if audience.of is not None:
        of = things(contest, audience).filter(pk=of_id).first()
        if of is None:
            return []
    return list({found.key: found for found in audience.find(contest, of)}.values())
