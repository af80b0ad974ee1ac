"""Editions that come from a document: a file, or last year's edition."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from leitai.foundation import journal
from leitai.rooms.contests import queries
from leitai.rooms.contests.actions.appointments import appoint
from leitai.rooms.contests.actions.contests import open_contest
from leitai.rooms.contests.actions.editions import set_scenarios, slug_taken
from leitai.rooms.contests.models import Edition, Figure, OrganisationRole, Programme
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.rules.documents import (
    ContestDocument,
    EditionDocument,
    FigureDocument,
    OrganisationDocument,
)
from leitai.rooms.contests.rules.shifting import A_YEAR_OF_WEEKS, moved, shift
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.rules import normal_name


@transaction.atomic
def import_edition(
    *, programme: Programme, document: EditionDocument, slug: str = "", by: Any, at: datetime
) -> Edition:
    """A draft that is set up as the document says; `slug` gives it another address."""
    edition = _written(programme, document, slug=slug or document.slug)
    journal.write("contests.edition_imported", about=edition, by=by, at=at)
    _fill(edition, document, by=by, at=at)
    return edition


@transaction.atomic
def copy_edition(*, edition: Edition, slug: str, by: Any, at: datetime) -> Edition:
    """Next year's edition: rules, forms, rubrics, scenarios and organisations, every window 364
    days later. No entries, no people but the one who copies, and no figures."""
    document = queries.document(edition)
    contests = tuple(
        contest.model_copy(update={"rules": shift(contest.rules, time_zone=edition.time_zone)})
        for contest in document.contests
    )
    launch_at = moved(edition.launch_at, A_YEAR_OF_WEEKS, edition.time_zone)
    document = document.model_copy(
        update={
            "number": edition.number + 1, "year": edition.year + 1, "contests": contests,
            "launch_at": launch_at, "figures": (),
        }
    )  # fmt: skip
    copied = _written(edition.programme, document, slug=slug, copied_from=edition)
    journal.write("contests.edition_copied", about=copied, by=by, at=at, source=edition.pk)
    _fill(copied, document, by=by, at=at)
    return copied


def _written(
    programme: Programme, document: EditionDocument, *, slug: str, **fields: Any
) -> Edition:
    if Edition.objects.filter(slug=slug).exists():
        raise slug_taken(slug)
    return Edition.objects.create(
        programme=programme, slug=slug, number=document.number, year=document.year,
        name_zh=document.name.zh, name_en=document.name.en,
        theme_zh=document.theme.zh, theme_en=document.theme.en, accent=document.accent,
        about_zh=document.about.zh, about_en=document.about.en,
        place_zh=document.place.zh, place_en=document.place.en,
        time_zone=document.time_zone, launch_at=document.launch_at, **fields,
    )  # fmt: skip


def _fill(edition: Edition, document: EditionDocument, *, by: Any, at: datetime) -> None:
    scenarios = [(s.code, s.name.zh, s.name.en) for s in document.scenarios]
    set_scenarios(edition=edition, scenarios=scenarios, by=by, at=at)
    _stand_behind(edition, document.organisations)
    _figures(edition, document.figures)
    for contest in document.contests:
        _open(edition, contest, by=by, at=at)
    if by is not None:
        appoint(edition=edition, user=by, role=Role.ORGANISER, by=by, at=at)


def _open(edition: Edition, contest: ContestDocument, *, by: Any, at: datetime) -> None:
    open_contest(
        edition=edition, slug=contest.slug, rules=contest.rules, by=by, at=at,
        name_zh=contest.name.zh, name_en=contest.name.en,
        about_zh=contest.about.zh, about_en=contest.about.en,
    )  # fmt: skip


def _stand_behind(edition: Edition, organisations: Iterable[OrganisationDocument]) -> None:
    for order, said in enumerate(organisations):
        OrganisationRole.objects.get_or_create(
            edition=edition,
            organisation=_organisation(said),
            kind=said.role,
            defaults={"order": order},
        )


def _organisation(said: OrganisationDocument) -> Organisation:
    """The one of exactly this name that we know, or a new one."""
    same = Q(name_zh=said.name.zh, name_en=said.name.en, country=said.country, kind=said.kind)
    known = Organisation.objects.filter(same, key=normal_name(said.name.zh or said.name.en))
    return known.order_by("pk").first() or Organisation.objects.create(
        name_zh=said.name.zh, name_en=said.name.en, kind=said.kind, country=said.country
    )


def _figures(edition: Edition, figures: Iterable[FigureDocument]) -> None:
    Figure.objects.bulk_create(
        Figure(
            edition=edition, order=order, key=said.key, value=said.value, unit=said.unit,
            name_zh=said.name.zh, name_en=said.name.en,
            definition_zh=said.definition.zh, definition_en=said.definition.en,
        )
        for order, said in enumerate(figures)
    )  # fmt: skip
