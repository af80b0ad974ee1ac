"""Experts are asked, agree to be kept, are asked onto juries again, and leave when they like."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold, move
from leitai.rooms.contests.models import Contest, Programme
from leitai.rooms.jury import notices, rules
from leitai.rooms.jury.actions.jurors import Invited, _organisations, import_jurors
from leitai.rooms.jury.models import Expert, Juror, Post
from leitai.rooms.jury.rules import ExpertState
from leitai.rooms.people import actions as people
from leitai.rooms.people.rules import Purpose
from leitai.values.verdict import no

WORDING = "pool-1"  # of the sentence people agree to
KEPT_FIELDS = ("name", "email", "organisation", "expertise", "service")
COPIED = ("name", "email", "kind", "title", "tags", "about", "languages")


@transaction.atomic
def ask_experts(
    *, programme: Programme, rows: Sequence[Invited], by: Any, at: datetime, send: bool = True
) -> tuple[list[Expert], int]:
    """Write experts down and ask whether we may keep them; says how many were left out.

    Whoever is there already stays as they are, and whoever left is not asked again.
    """
    hold(programme)
    known = set(Expert.objects.filter(programme=programme).values_list("email", flat=True))
    new = {
        row.email.strip().lower(): row
        for row in rows
        if not {row.email.strip().lower(), rules.forgotten_address(row.email)} & known
    }
    houses = _organisations({r.organisation for r in new.values() if r.organisation.strip()})
    made = Expert.objects.bulk_create(
        Expert(
            programme=programme, name=row.name.strip(), email=email, kind=row.kind, asked_at=at,
            title=row.title, tags=list(row.tags), about=row.about, languages=list(row.languages),
            organisation=houses.get(row.organisation.strip()),
        )
        for email, row in new.items()
    )  # fmt: skip
    lines = [journal.compose("jury.expert_asked", about=e, by=by, at=at) for e in made]
    journal.append(journal.PLATFORM, lines)
    if send:
        for expert in made:
            notices.expert_asked(expert, at=at)
    return made, len(rows) - len(made)


@transaction.atomic
def keep_expert(*, expert: Expert, by: Any, at: datetime) -> Expert:
    """The person agrees, signed in; from here on the profile is theirs to edit."""
    hold(expert)
    if expert.user_id not in (None, by.pk):
        raise NotPossible(no("not_yours", _("This letter belongs to somebody else.")))
    move(expert, ExpertState.KEPT, moves=rules.EXPERT_MOVES)
    expert.user, expert.answered_at = by, at
    expert.consent = people.give_consent(
        person=by, purpose=Purpose.POOL, about=expert, fields=KEPT_FIELDS, version=WORDING,
        by=by, at=at,
    )  # fmt: skip
    expert.save(update_fields=["user", "answered_at", "consent"])
    journal.write("jury.expert_kept", about=expert, by=by, at=at)
    return expert


@transaction.atomic
def join_pool(*, juror: Juror, by: Any, at: datetime) -> Expert:
    """A juror agrees to be asked again; nothing has to be typed twice."""
    hold(juror)
    expert, _made = Expert.objects.get_or_create(
        programme=juror.contest.edition.programme, email=juror.email,
        defaults={
            **{name: getattr(juror, name) for name in COPIED},
            "organisation": juror.organisation, "asked_at": at,
        },
    )  # fmt: skip
    Juror.objects.filter(pk=juror.pk).update(expert=expert)
    if expert.state != ExpertState.KEPT:
        keep_expert(expert=expert, by=by, at=at)
    return expert


@transaction.atomic
def edit_expert(
    *, expert: Expert, changes: dict[str, Any], posts: Sequence[dict[str, Any]], by: Any,
    at: datetime,
) -> Expert:  # fmt: skip
    """Profile and posts, as the person says; posts are written anew each time."""
    hold(expert)
    for name in {"name", "kind", "title", "tags", "about", "languages"} & changes.keys():
        setattr(expert, name, changes[name])
    named = changes.get("organisation", "").strip()
    houses = _organisations({named, *(post["organisation"] for post in posts)} - {""})
    expert.organisation = houses.get(named)
    expert.save()
    expert.posts.all().delete()
    Post.objects.bulk_create(
        Post(
            expert=expert, organisation=houses[post["organisation"]], title=post["title"],
            since=post["since"], until=post["until"],
        )
        for post in posts
    )  # fmt: skip
    journal.write("jury.expert_edited", about=expert, by=by, at=at, fields=sorted(changes))
    return expert


@transaction.atomic
def leave_pool(*, expert: Expert, by: Any, at: datetime) -> Expert:
    """Everything said of the person goes; a number stays, so that nobody asks them again."""
    hold(expert)
    consent, was = expert.consent, expert.state
    move(expert, ExpertState.LEFT, moves=rules.EXPERT_MOVES)
    expert.email = rules.forgotten_address(expert.email)
    expert.name, expert.title, expert.about = f"№ {expert.pk}", "", ""
    expert.tags, expert.languages, expert.user, expert.consent = [], [], None, None
    expert.organisation, expert.answered_at = None, at
    expert.save()
    expert.posts.all().delete()
    if was == ExpertState.KEPT and consent and consent.withdrawn_at is None:
        people.withdraw_consent(consent=consent, by=by, at=at)
    journal.write("jury.expert_left", about=expert, by=by, at=at)
    return expert


@transaction.atomic
def forget_expert(*, person: Any, by: Any, at: datetime) -> None:
    """Also those who were asked under this address and never answered."""
    there = Expert.objects.present()
    mine = there.filter(user=person) | there.filter(user=None, email__iexact=person.email)
    for expert in mine.order_by("pk"):
        leave_pool(expert=expert, by=by, at=at)


@transaction.atomic
def invite_experts(
    *, contest: Contest, experts: Collection[Expert], by: Any, at: datetime
) -> list[Juror]:
    """Letters to many out of the pool; what we know of them comes along."""
    chosen = [e for e in experts if e.state != ExpertState.LEFT]
    rows = [
        Invited(
            name=e.name, email=e.email, kind=e.kind, title=e.title, tags=e.tags, about=e.about,
            languages=e.languages, house=e.organisation, expert=e,
        )
        for e in chosen
    ]  # fmt: skip
    return import_jurors(contest=contest, rows=rows, by=by, at=at)
