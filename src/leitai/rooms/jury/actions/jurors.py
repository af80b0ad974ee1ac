"""How people come onto the jury, and leave it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import notices, queries, rules
from leitai.rooms.jury.models import Expert, Juror, Sheet
from leitai.rooms.jury.rules import JurorState, SheetState
from leitai.rooms.people import queries as people
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.rules import OrganisationKind
from leitai.values.verdict import no


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Somebody to be invited, as the organiser wrote it; `organisation` is a name or a code."""

    name: str
    email: str
    kind: str
    organisation: str = ""
    title: str = ""
    tags: Sequence[str] = ()
    languages: Sequence[str] = ()
    load_min: int | None = None
    load_max: int | None = None
    about: str = field(default="")
    house: Organisation | None = None  # when the row itself is known
    expert: Expert | None = None  # out of the pool


def invite_juror(*, contest: Contest, invited: Invited, by: Any, at: datetime) -> Juror:
    """Write the juror down and send the letter."""
    return import_jurors(contest=contest, rows=[invited], by=by, at=at)[0]


@transaction.atomic
def import_jurors(
    *, contest: Contest, rows: Sequence[Invited], by: Any, at: datetime, send: bool = True
) -> list[Juror]:
    """All of them or none. Organisations are found however they are spelt, or made."""
    hold(contest)
    taken = set(Juror.objects.filter(contest=contest).values_list("email", flat=True))
    if twice := sorted({row.email.lower() for row in rows} & taken):
        words = _("Already on this jury: {emails}.")
        raise NotPossible(no("invited_already", str(words).format(emails=", ".join(twice[:5]))))
    houses = _organisations({r.organisation for r in rows if r.organisation.strip()})
    made = Juror.objects.bulk_create([_juror(contest, row, houses, at) for row in rows])
    lines = [journal.compose("jury.juror_invited", about=j, by=by, at=at) for j in made]
    journal.append(journal.book_of(contest), lines)
    if send:
        for juror in made:
            notices.juror_invited(juror, at=at)
    return made


def invite_again(*, juror: Juror, by: Any, at: datetime) -> Juror:
    """A second and last letter with a new date, to somebody who has not answered or said no."""
    with transaction.atomic():
        hold(juror)
        require(juror.may_write_again())
        if juror.state != JurorState.INVITED:
            move(juror, JurorState.INVITED, moves=rules.JUROR_MOVES)
        juror.invited_at, juror.answered_at, juror.declined_why = at, None, ""
        juror.letters += 1
        juror.save(update_fields=["invited_at", "answered_at", "declined_why", "letters"])
        journal.write("jury.juror_invited", about=juror, by=by, at=at)
        notices.juror_invited(juror, at=at)
    return juror


@transaction.atomic
def accept_invitation(*, juror: Juror, by: Any, at: datetime) -> Juror:
    """From now on this account carries the juror's sheets, whichever address the letter went to."""
    hold(juror)
    require(juror.may_answer(at))
    move(juror, JurorState.ACTIVE, moves=rules.JUROR_MOVES)
    juror.user, juror.answered_at = by, at
    juror.save(update_fields=["user", "answered_at"])
    journal.write("jury.juror_accepted", about=juror, by=by, at=at)
    return juror


@transaction.atomic
def decline_invitation(*, juror: Juror, why: str = "", by: Any, at: datetime) -> Juror:
    """Needs no account: the letter is enough, and nobody owes a reason."""
    hold(juror)
    require(juror.may_answer(at))
    move(juror, JurorState.DECLINED, moves=rules.JUROR_MOVES)
    juror.answered_at, juror.declined_why = at, why.strip()[:300]
    juror.save(update_fields=["answered_at", "declined_why"])
    journal.write("jury.juror_declined", about=juror, by=by, at=at)
    return juror


@transaction.atomic
def edit_juror(*, juror: Juror, changes: dict[str, Any], by: Any, at: datetime) -> Juror:
    """Expertise, loads, languages, kind and house; never the person."""
    hold(juror)
    may_change = {"kind", "title", "tags", "languages", "load_min", "load_max", "about",
                  "free_from", "free_until"}  # fmt: skip
    for name in may_change & changes.keys():
        setattr(juror, name, changes[name])
    if "organisation" in changes:
        named = changes["organisation"].strip()
        juror.organisation = _organisations({named})[named] if named else None
    juror.save()
    journal.write("jury.juror_edited", about=juror, by=by, at=at, fields=sorted(changes))
    return juror


@transaction.atomic
def leave_jury(*, juror: Juror, by: Any, at: datetime) -> int:
    """The juror leaves. Sealed sheets count on; the open ones are taken back, and say how many
    entries now wait for somebody else, which a repair draw finds."""
    hold(juror)
    require(juror.may_leave())
    move(juror, JurorState.LEFT, moves=rules.JUROR_MOVES)
    juror.left_at = at
    juror.save(update_fields=["left_at"])
    orphans = list(Sheet.objects.open().filter(juror=juror).select_for_update(no_key=True))
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in orphans]).update(
        state=SheetState.RECALLED, changed_at=at
    )
    lines = [journal.compose("jury.sheet_recalled", about=s, by=by, at=at) for s in orphans]
    lines.append(journal.compose("jury.juror_left", about=juror, by=by, at=at, open=len(orphans)))
    journal.append(journal.book_of(juror), lines)
    for stage in {sheet.stage_id: sheet.stage for sheet in orphans}.values():
        notices.jury_moved(stage, at=at)
    return len(orphans)


@transaction.atomic
def forget_person(*, person: Any, by: Any, at: datetime) -> None:
    """Sealed sheets stay under a number; open ones wait for somebody else."""
    name, email = people.pseudonym(person)
    for juror in Juror.objects.filter(user=person).order_by("pk"):
        if juror.may_leave():
            leave_jury(juror=juror, by=by, at=at)
        hold(juror)
        juror.name, juror.email, juror.title, juror.about = name, email, "", ""
        juror.declined_why = ""
        juror.save(update_fields=["name", "email", "title", "about", "declined_why"])
        juror.ties.update(name="", email="", note="")
        juror.colleagues.update(name=name, why="")


def _juror(contest: Contest, row: Invited, houses: dict[str, Organisation], at: datetime) -> Juror:
    return Juror(
        contest=contest, name=row.name.strip(), email=row.email.strip().lower(), kind=row.kind,
        organisation=row.house or houses.get(row.organisation.strip()), expert=row.expert,
        title=row.title, tags=list(row.tags),
        languages=list(row.languages), load_min=row.load_min, load_max=row.load_max,
        about=row.about, invited_at=at,
    )  # fmt: skip


def _organisations(names: Collection[str]) -> dict[str, Organisation]:
    """By the name as written; those nobody knows are made."""
    found = queries.match_organisations(names)
    for name in sorted({name.strip() for name in names} - found.keys()):
        language = "name_en" if name.isascii() else "name_zh"
        found[name] = Organisation.objects.create(kind=OrganisationKind.COMPANY, **{language: name})
    return found
