"""Handing in, and taking back."""

import re
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Func

from leitai.foundation import journal, search
from leitai.foundation.refusals import require
from leitai.foundation.states import hold, move
from leitai.rooms.people.models import Consent, Organisation, User
from leitai.rooms.people.rules import OrganisationKind, Purpose, normal_name
from leitai.rooms.submissions import queries, rules
from leitai.rooms.submissions.actions import letters
from leitai.rooms.submissions.models import Entry, Version, Withdrawal
from leitai.values.verdict import Verdict

SEARCHED = ("title_zh", "title_en", "line_zh", "line_en", "team_name")


def may_hand_in(entry: Entry, *, declared: Collection[str] = rules.DECLARATIONS) -> Verdict:
    entry_rule = entry.contest.rules.entry
    return rules.may_hand_in(
        missing=[str(queries.label(f)) for f in queries.missing(entry)],
        declared=declared,
        seats=queries.seats(entry),
        least=entry_rule.team_min,
        most=entry_rule.team_max,
    )


@transaction.atomic
def hand_in(*, entry: Entry, declared: Collection[str], by: User, at: datetime) -> Version:
    """The draft as it stands becomes the next version, with a receipt. Pressing twice makes one
    version."""
    hold(entry)
    require(entry.may_edit(at))
    body = queries.body(entry)
    last = entry.versions.first()
    if last and last.body == body and entry.state != rules.State.RETURNED:
        return last
    require(may_hand_in(entry, declared=declared))
    _agree(entry, by=by, at=at)
    if entry.state != rules.State.SUBMITTED:
        move(entry, rules.State.SUBMITTED, moves=rules.MOVES)
    entry.version += 1
    entry.handed_in_at = entry.changed_at = at
    entry.returned_until = None
    fill_columns(entry)
    entry.save()
    version = Version.objects.create(
        entry=entry,
        number=entry.version,
        receipt=receipt(entry, entry.version),
        body=body,
        at=at,
        by=by,
    )
    journal.write("submissions.entry_handed_in", about=entry, by=by, at=at, version=entry.version)
    letters.handed_in(version, at=at)
    return version


def receipt(entry: Entry, number: int) -> str:
    """HW3-V-000123-2: edition, contest, entry, version."""
    contest = entry.contest
    words = re.findall(r"[a-z]+|\d+", contest.edition.slug.lower())
    short = "".join(w if w.isdigit() else _short(w) for w in words)[:12].upper()
    return f"{short}-{contest.slug[:1].upper()}-{entry.pk:06d}-{number}"


def _short(word: str) -> str:
    return word[0] + re.sub("[aeiou]", "", word[1:])[:1]


def _agree(entry: Entry, *, by: User, at: datetime) -> None:
    """The declaration, once a person and entry; and the card, when the team shows it."""
    consents = Consent.objects.about(entry).in_force().filter(purpose=Purpose.TERMS, person=by)
    if not consents.exists():
        Consent.objects.create(
            person=by, purpose=Purpose.TERMS, about_type=entry._meta.label_lower, about_id=entry.pk,
            fields=sorted(rules.DECLARATIONS), version=rules.CONSENT_VERSION, given_at=at,
        )  # fmt: skip
    if entry.shows_card and not queries.card_consents(entry).exists():
        queries.new_card_consent(entry, by=by, at=at).save()


def fill_columns(entry: Entry) -> None:
    """What was handed in, where lists and search find it. The entry is not saved here."""
    fields = rules.fields_of(entry.contest.rules.entry, entry.kind).values()
    told = rules.by_meaning(entry.draft, fields)
    for name in rules.TEXT_COLUMNS:
        setattr(entry, name, str(told.get(name, ""))[: rules.COLUMN_LENGTHS[name]])
    entry.tags = [str(tag)[:40] for tag in told.get("tags", [])] if "tags" in told else []
    if "scenario" in told:
        scenarios = queries.scenarios(entry.contest)
        entry.scenario = next((s for s in scenarios if s.code == told["scenario"]), None)
    if entry.maturity not in rules.Maturity.values:
        entry.maturity = ""
    entry.organisation = _organisation(entry, told) or entry.organisation
    entry.search = vector_of(entry)


def vector_of(entry: Entry) -> Func:
    """The words an entry is found by: those of its public card alone, or a search would tell what
    the card does not show."""
    texts = [getattr(entry, name) for name in SEARCHED]
    firm = entry.organisation
    texts += [*entry.tags, entry.code, *((firm.name_zh, firm.name_en) if firm else ())]
    return search.vector(*texts)


def _organisation(entry: Entry, told: dict) -> Organisation | None:
    """The organisation that was named: the one we know under its code or name, or a new one."""
    name = str(told.get("organisation", told.get("organisation_name", "")))[:120]
    if not name:
        return None
    code = str(told.get("organisation_code", ""))[:40]
    known = Organisation.objects.order_by("pk")
    found = (code and known.filter(code=code).first()) or known.filter(
        key=normal_name(name)
    ).first()
    if found:
        return found
    kind = {"institute": OrganisationKind.INSTITUTE}.get(entry.kind, OrganisationKind.COMPANY)
    language = "name_en" if name.isascii() else "name_zh"
    return Organisation.objects.create(
        **{language: name}, code=code, kind=kind,
        country=entry.country or "CN", region=entry.region,
    )  # fmt: skip


@transaction.atomic
def withdraw_entry(*, entry: Entry, reason: str, by: User, at: datetime) -> Withdrawal:
    """For good; what was handed in stays on record."""
    hold(entry)
    require(entry.may_withdraw())
    move(entry, rules.State.WITHDRAWN, moves=rules.MOVES)
    journal.write("submissions.entry_withdrawn", about=entry, by=by, at=at, version=entry.version)
    return Withdrawal.objects.create(entry=entry, reason=rules.tidy(reason)[:500], by=by, at=at)
