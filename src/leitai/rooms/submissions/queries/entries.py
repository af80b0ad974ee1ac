"""Questions about one entry."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db.models import F, Func, IntegerField, Max, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext

from leitai.foundation.countries import territories
from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest, Scenario
from leitai.rooms.contests.rules.schema import FieldRule
from leitai.rooms.demands import queries as demands
from leitai.rooms.demands.models import Demand
from leitai.rooms.people.models import Consent
from leitai.rooms.people.rules import Purpose
from leitai.rooms.submissions import rules
from leitai.rooms.submissions.models import Answer, Entry, FieldChange


def last_number(contest: Contest) -> int:
    """The highest number in the contest's codes, whatever stands before it."""
    digits = Func(F("code"), Value(r"\d{1,9}$"), function="substring")
    found = Entry.objects.filter(contest=contest).aggregate(last=Max(Cast(digits, IntegerField())))
    return found["last"] or 0


def scenarios(contest: Contest) -> list[Scenario]:
    """One query a contest object, however often it is asked."""
    if not hasattr(contest, "_scenarios"):
        contest._scenarios = list(Scenario.objects.filter(edition_id=contest.edition_id))  # type: ignore[attr-defined]
    return contest._scenarios  # type: ignore[attr-defined]


def label(field: FieldRule) -> str:
    return choose(field.label.zh, field.label.en)


def revision(entry: Entry) -> int:
    """Counts all changes of the form; each field remembers the one in which it changed last."""
    return max(entry.revisions.values(), default=0)


def last_change(entry: Entry, key: str) -> FieldChange | None:
    changes = entry.field_changes.filter(key=key, was_kept=True)
    return changes.select_related("by").first()


def title_of(entry: Entry) -> str:
    """For the team, also before anything is handed in."""
    zh = entry.draft.get("title_zh") or entry.title_zh
    en = entry.draft.get("title_en") or entry.title_en
    return choose(zh, en) or gettext("Entry without a title yet")


def missing(entry: Entry) -> list[FieldRule]:
    fields = rules.fields_of(entry.contest.rules.entry, entry.kind).values()
    files = {a.field for a in entry.attachments.all() if a.removed_at is None}
    return rules.missing(list(fields), kind=entry.kind, values=entry.draft, files=files)


def seats(entry: Entry) -> int:
    return sum(member.role != rules.MemberRole.ADVISOR for member in entry.members.all())


def role_in(user: Any, entry: Entry) -> str:
    """captain, member or advisor; empty for people outside the team."""
    if not user.is_authenticated:
        return ""
    return next((m.role for m in entry.members.all() if m.user_id == user.pk), "")


def body(entry: Entry) -> dict[str, Any]:
    """What would be handed in now: the answers this entrant is asked for, the team, files,
    answers."""
    fields = rules.fields_of(entry.contest.rules.entry, entry.kind)
    values = {key: entry.draft[key] for key in fields if not rules.is_blank(entry.draft.get(key))}
    members = [
        {"name": m.name, "role": m.role, "about": m.about, "user": m.user_id}
        for m in entry.members.order_by("pk")
    ]
    files = [
        {
            "id": a.pk,
            "field": a.field,
            "layer": a.layer,
            "name": a.file.name,
            "sha256": a.file.sha256,
        }
        for a in entry.attachments.filter(removed_at=None).select_related("file").order_by("pk")
    ]
    answers = [
        {"demand": a.demand_id, "shows": a.shows, "note": a.note}
        for a in entry.answers.order_by("demand_id")
    ]
    return {
        "kind": entry.kind,
        "values": values,
        "members": members,
        "files": files,
        "answers": answers,
    }


@dataclass(frozen=True)
class Difference:
    """One question answered differently in two versions; `parts` are (what, text) to show as a
    diff."""

    key: str
    label: str
    parts: list[tuple[str, str]]


def differences(entry: Entry, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    fields = {
        f.key: f
        for step in entry.contest.rules.entry.steps or rules.PLAIN_STEPS
        for f in step.fields
    }
    told = []
    for key in dict.fromkeys([*fields, *before["values"], *after["values"]]):
        one, other = _text(before["values"].get(key)), _text(after["values"].get(key))
        if one != other:
            name = label(fields[key]) if key in fields else key
            told.append(Difference(key, name, word_diff(one, other)))
    for key in ("kind", "members", "files", "answers"):
        one, other = _lines(before[key]), _lines(after[key])
        if one != other:
            told.append(Difference(key, key, word_diff(one, other)))
    return told


def _text(value: Any) -> str:
    if value is True:
        return "✓"
    return gettext(", ").join(map(str, value)) if isinstance(value, list) else str(value or "")


def _lines(value: Any) -> str:
    """Members, files and answers as lines that people can compare."""
    if isinstance(value, str):
        return value
    shown = ("name", "role", "about", "demand", "shows", "note")
    return "\n".join(" · ".join(str(row[k]) for k in shown if row.get(k)) for row in value)


def word_diff(before: str, after: str) -> list[tuple[str, str]]:
    """Pieces marked "same", "del" or "ins"; long texts are compared line by line to stay quick."""
    is_long = len(before) + len(after) > 8000
    one, other = (before.splitlines(True), after.splitlines(True)) if is_long else (before, after)
    parts: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what in ("delete", "replace"):
            parts.append(("del", "".join(one[a:b])))
        if what in ("insert", "replace"):
            parts.append(("ins", "".join(other[c:d])))
        if what == "equal":
            parts.append(("same", "".join(one[a:b])))
    return parts


def card_consents(entry: Entry) -> QuerySet[Consent]:
    return Consent.objects.about(entry).in_force().filter(purpose=Purpose.PUBLIC_CARD)


def new_card_consent(entry: Entry, *, by: Any, at: datetime) -> Consent:
    return Consent(
        person=by, purpose=Purpose.PUBLIC_CARD, about_type=entry._meta.label_lower,
        about_id=entry.pk, fields=["card"], version=rules.CONSENT_VERSION, given_at=at,
    )  # fmt: skip


def answer_consents(answer: Answer) -> QuerySet[Consent]:
    return Consent.objects.about(answer).in_force().filter(purpose=Purpose.DEMAND_OWNER)


def can_answer(user: Any, entry: Entry) -> dict[int, str]:
    """The demands this person may answer, by id, under the name they may read."""
    found = list(demands.published(entry.contest, user=user))
    masked = demands.masks(found, user=user, contest=entry.contest, runs=False)
    return {d.pk: name_of(d, is_masked=d.pk in masked) for d in found}


def name_of(demand: Demand, *, is_masked: bool) -> str:
    number = f"#{demand.number} " if demand.number else ""
    return number + (demand.scenario.name if is_masked else demand.title)


def words_of(entry: Entry, field: FieldRule, value: Any) -> str:
    """An answer in words, for people to read."""
    if rules.is_blank(value):
        return ""
    if field.kind in ("choice", "choices"):
        names = {code: choose(words.zh, words.en) for code, words in field.options}
        chosen = value if isinstance(value, list) else [value]
        return gettext(", ").join(names.get(code, code) for code in chosen)
    if field.kind == "scenario":
        return next((s.name for s in scenarios(entry.contest) if s.code == value), str(value))
    if field.kind == "country":
        return territories().get(value, value)
    if field.kind == "yes_no":
        return gettext("yes") if value else gettext("no")
    if field.kind in ("number", "money") and len(str(value).partition(".")[2]) <= 6:
        return f"{Decimal(str(value)):,f}"  # Django groups nothing in Chinese
    return _text(value)


@dataclass(frozen=True)
class Standing:
    """Where a team's entry stands, and what is next."""

    is_changed: bool  # since the last hand-in
    missing: list[FieldRule]
    differences: list[Difference]


def standing_of(entry: Entry) -> Standing:
    last = entry.versions.first()
    changes = differences(entry, last.body, body(entry)) if last else []
    return Standing(bool(changes) or last is None, missing(entry), changes)


def seats_of(user: Any) -> list[dict[str, Any]]:
    """For people who ask what we know of them."""
    seats = Entry.objects.filter(members__user=user).order_by("pk")
    return list(
        seats.values(
            "code", "contest__slug", "members__name", "members__email", "members__role",
            "members__about", "members__joined_at",
        )
    )  # fmt: skip
