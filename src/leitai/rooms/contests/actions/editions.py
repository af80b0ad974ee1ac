"""Programmes and editions: founded, changed, shown."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.actions.appointments import appoint
from leitai.rooms.contests.models import Edition, OrganisationRole, Programme, Scenario
from leitai.rooms.contests.rules import MOVES, Role, State
from leitai.rooms.contests.rules.scenarios import DEFAULT_SCENARIOS
from leitai.rooms.people.models import Organisation
from leitai.values.verdict import no


@transaction.atomic
def found_programme(
    *, slug: str, name_zh: str = "", name_en: str = "", by: Any, at: datetime
) -> Programme:
    if Programme.objects.filter(slug=slug).exists():
        raise slug_taken(slug)
    programme = Programme.objects.create(slug=slug, name_zh=name_zh, name_en=name_en, founded_by=by)
    journal.write("contests.programme_founded", about=programme, by=by, at=at)
    return programme


@transaction.atomic
def found_edition(
    *, programme: Programme, slug: str, year: int, by: Any, at: datetime, **fields: Any
) -> Edition:
    """A draft with the default scenarios; whoever founds it is its first organiser."""
    if Edition.objects.filter(slug=slug).exists():
        raise slug_taken(slug)
    edition = Edition.objects.create(programme=programme, slug=slug, year=year, **fields)
    journal.write("contests.edition_founded", about=edition, by=by, at=at)
    set_scenarios(edition=edition, scenarios=DEFAULT_SCENARIOS, by=by, at=at)
    if by is not None:
        appoint(edition=edition, user=by, role=Role.ORGANISER, by=by, at=at)
    return edition


@transaction.atomic
def change_edition(*, edition: Edition, by: Any, at: datetime, **fields: Any) -> Edition:
    hold(edition)
    changed = sorted(key for key, value in fields.items() if getattr(edition, key) != value)
    if not changed:
        return edition
    if "slug" in changed and Edition.objects.filter(slug=fields["slug"]).exists():
        raise slug_taken(fields["slug"])
    for key in changed:
        setattr(edition, key, fields[key])
    edition.save(update_fields=changed)
    journal.write("contests.edition_changed", about=edition, by=by, at=at, fields=changed)
    return edition


@transaction.atomic
def set_scenarios(
    *, edition: Edition, scenarios: Iterable[Sequence[str]], by: Any, at: datetime
) -> list[Scenario]:
    """These scenarios (code, Chinese, English), in this order, and no others.

    A scenario that entries or demands stand in cannot go; renaming it is always possible.
    """
    hold(edition)
    wanted = [tuple(words) for words in scenarios]
    codes = [code for code, _zh, _en in wanted]
    if len(set(codes)) != len(codes):
        raise NotPossible(no("scenario_twice", _("Two scenarios have the same code.")))
    try:
        edition.scenarios.exclude(code__in=codes).delete()
    except ProtectedError:
        reason = _("A scenario with entries or demands cannot be removed; rename it instead.")
        raise NotPossible(no("scenario_in_use", reason)) from None
    for order, (code, zh, en) in enumerate(wanted):
        Scenario.objects.update_or_create(
            edition=edition,
            code=code,
            defaults={"name_zh": zh, "name_en": en, "order": order},
        )
    journal.write("contests.edition_scenarios_set", about=edition, by=by, at=at, codes=codes)
    return list(edition.scenarios.all())


@transaction.atomic
def name_organisation(
    *, edition: Edition, organisation: Organisation, kind: str, by: Any, at: datetime
) -> OrganisationRole:
    """The organisation stands last among all until it is moved."""
    hold(edition)
    last = edition.organisation_roles.aggregate(last=Max("order"))["last"]
    role, made = OrganisationRole.objects.get_or_create(
        edition=edition,
        organisation=organisation,
        kind=kind,
        defaults={"order": 0 if last is None else last + 1},
    )
    if not made:
        raise NotPossible(no("named_already", _("This organisation has this role already.")))
    journal.write(
        "contests.organisation_named", about=edition, by=by, at=at,
        organisation=organisation.pk, kind=str(kind),
    )  # fmt: skip
    return role


@transaction.atomic
def remove_organisation(*, role: OrganisationRole, by: Any, at: datetime) -> None:
    edition = role.edition
    hold(edition)
    journal.write(
        "contests.organisation_removed", about=edition, by=by, at=at,
        organisation=role.organisation_id, kind=role.kind,
    )  # fmt: skip
    role.delete()


@transaction.atomic
def order_organisations(
    *, edition: Edition, roles: Sequence[int], by: Any, at: datetime
) -> list[OrganisationRole]:
    """Put the roles (by id, all of them) into this order, and keep both orders in the journal."""
    hold(edition)
    before = list(edition.organisation_roles.values_list("pk", flat=True))
    if sorted(before) != sorted(roles):
        reason = _("The list has changed meanwhile; please look again.")
        raise NotPossible(no("list_changed", reason))
    known = OrganisationRole.objects.in_bulk(roles)
    for order, pk in enumerate(roles):
        known[pk].order = order
    OrganisationRole.objects.bulk_update(known.values(), ["order"])
    if before != list(roles):
        journal.write(
            "contests.organisations_ordered", about=edition, by=by, at=at,
            before=before, after=list(roles),
        )  # fmt: skip
    return [known[pk] for pk in roles]


@transaction.atomic
def publish_edition(*, edition: Edition, by: Any, at: datetime) -> Edition:
    hold(edition)
    require(edition.may_be_public())
    return _moved(edition, State.PUBLIC, "contests.edition_published", by=by, at=at)


@transaction.atomic
def unpublish_edition(*, edition: Edition, by: Any, at: datetime) -> Edition:
    hold(edition)
    return _moved(edition, State.DRAFT, "contests.edition_unpublished", by=by, at=at)


@transaction.atomic
def archive_edition(*, edition: Edition, by: Any, at: datetime) -> Edition:
    hold(edition)
    return _moved(edition, State.ARCHIVED, "contests.edition_archived", by=by, at=at)


def slug_taken(slug: str) -> NotPossible:
    reason = _("The address “{slug}” is taken; please choose another.").format(slug=slug)
    return NotPossible(no("slug_taken", reason))


def _moved(edition: Edition, to: State, verb: str, *, by: Any, at: datetime) -> Edition:
    move(edition, to, moves=MOVES)
    journal.write(verb, about=edition, by=by, at=at)
    return edition
