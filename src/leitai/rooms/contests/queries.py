"""What do we know about roles and rules?"""

from typing import Any

from django.db.models import Prefetch, Q

from leitai.rooms.contests.models import Contest, Edition, OrganisationRole, Programme
from leitai.rooms.contests.rules import Role, Rules, State
from leitai.rooms.contests.rules.documents import (
    ContestDocument,
    EditionDocument,
    FigureDocument,
    OrganisationDocument,
    ScenarioDocument,
)
from leitai.rooms.contests.rules.schema import Words
from leitai.rooms.people.models import Organisation


def roles_in(user: Any, edition_id: int, contest_id: int | None = None) -> set[Role]:
    """The person's roles for this contest, its edition's included; one query a request."""
    if not user.is_authenticated:
        return set()
    if not hasattr(user, "_appointments"):
        columns = ("edition_id", "contest_id", "role", "region")
        user._appointments = list(user.appointments.values_list(*columns))
    return {
        Role(role)
        for edition, contest, role, _region in user._appointments
        if edition == edition_id and contest in (None, contest_id)
    }


def roles(user: Any, contest: Contest) -> set[Role]:
    return roles_in(user, contest.edition_id, contest.pk)


def regions_of(user: Any, contest: Contest) -> list[str]:
    """The regions whose entries this person reads as a co-host."""
    if Role.CO_HOST not in roles(user, contest):
        return []
    return sorted(
        region
        for edition, of, role, region in user._appointments
        if role == Role.CO_HOST and edition == contest.edition_id and of in (None, contest.pk)
        if region
    )


def edition_roles(user: Any, edition: Edition) -> set[Role]:
    return roles_in(user, edition.pk)


def programmes_for(user: Any) -> list[Programme]:
    """Programmes the person founded or works for, each with `known`: its editions they may see.

    Hosts see programmes that nobody else holds as well, to take them up.
    """
    mine = set(user.appointments.values_list("edition_id", flat=True))
    found = Programme.objects.prefetch_related(
        Prefetch("editions", Edition.objects.prefetch_related("contests"))
    )
    kept = []
    for programme in found.order_by("pk"):
        works = any(e.pk in mine for e in programme.editions.all())
        holds = user.is_host and programme.founded_by_id in (None, user.pk)
        programme.known = [
            e for e in programme.editions.all() if e.state != State.DRAFT or e.pk in mine
        ]
        programme.may_grow = user.is_host and (holds or works)
        programme.mine = mine
        if works or holds:
            kept.append(programme)
    return kept


def organisations_behind(edition: Edition) -> list[OrganisationRole]:
    """In the order that was set."""
    return list(edition.organisation_roles.select_related("organisation"))


def organisations_called(words: str, *, most: int = 8) -> list[Organisation]:
    """Organisations whose name holds these words, those that begin with them first."""
    words = words.strip()
    if not words:
        return []
    named = Organisation.objects.filter(Q(name_zh__icontains=words) | Q(name_en__icontains=words))
    begins = Q(name_zh__istartswith=words) | Q(name_en__istartswith=words)
    first = list(named.filter(begins).order_by("pk")[:most])
    return [*first, *named.exclude(begins).order_by("pk")[: most - len(first)]]


def rules_at_work(contest: Contest) -> tuple[Rules, int]:
    """The draft somebody is working on and its revision, or the rules in force and 0."""
    draft = getattr(contest, "rule_draft", None)
    return (draft.rules, draft.revision) if draft else (contest.rules, 0)


def document(edition: Edition) -> EditionDocument:
    """The edition as it can be carried to another place: everything set up, nobody named."""

    def words(row: Any, field: str) -> Words:
        return Words(zh=getattr(row, f"{field}_zh"), en=getattr(row, f"{field}_en"))

    return EditionDocument(
        slug=edition.slug,
        number=edition.number,
        year=edition.year,
        name=words(edition, "name"),
        theme=words(edition, "theme"),
        accent=edition.accent,
        about=words(edition, "about"),
        place=words(edition, "place"),
        time_zone=edition.time_zone,
        launch_at=edition.launch_at,
        scenarios=tuple(
            ScenarioDocument(code=s.code, name=words(s, "name")) for s in edition.scenarios.all()
        ),
        organisations=tuple(
            OrganisationDocument(
                role=role.kind,
                name=words(role.organisation, "name"),
                kind=role.organisation.kind,
                country=role.organisation.country,
            )
            for role in organisations_behind(edition)
        ),
        figures=tuple(
            FigureDocument(
                key=f.key,
                value=f.value,
                unit=f.unit,
                name=words(f, "name"),
                definition=words(f, "definition"),
            )
            for f in edition.figures.all()
        ),
        contests=tuple(
            ContestDocument(
                slug=c.slug, name=words(c, "name"), about=words(c, "about"), rules=c.rules
            )
            for c in edition.contests.select_related("ruleset")
        ),
    )


def appointments_of(user: Any) -> list[dict[str, Any]]:
    """For people who ask what we know of them."""
    told = user.appointments.order_by("pk")
    return list(told.values("edition__slug", "contest__slug", "role", "since"))
