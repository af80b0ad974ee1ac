"""Contests to tell stories with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from leitai.rooms.contests.models import Appointment, Contest, Edition, Programme, RuleSet, Scenario
from leitai.rooms.contests.rules import Role, Rules, State
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def some_rules(**changes: Any) -> Rules:
    """Rules small enough to reckon with by hand: one paper stage, two criteria of ten points."""
    stage = {
        "code": "first",
        "name": {"zh": "初评", "en": "First round"},
        "span": {"opens_at": NOON - DAY, "closes_at": NOON + 10 * DAY},
        "panel": {"per_entry": 3},
        "criteria": [
            {"code": "landing", "name": {"zh": "可落地", "en": "Deployable"}, "high": 10},
            {"code": "copying", "name": {"zh": "可复制", "en": "Replicable"}, "high": 10},
        ],
        "tie_breaks": ["criterion:landing", "chair"],
        "quota": {"total": 2, "reserves": 1},
        **changes.pop("stage", {}),
    }
    entry = {
        "span": {"opens_at": NOON - 30 * DAY, "closes_at": NOON + DAY},
        **changes.pop("entry", {}),
    }
    return Rules.model_validate({"entry": entry, "stages": [stage], **changes})


def an_edition(slug: str = "haiwan-3", **fields: Any) -> Edition:
    programme, _ = Programme.objects.get_or_create(slug="haiwan", defaults={"name_en": "Haiwan"})
    edition, made = Edition.objects.get_or_create(
        slug=slug,
        defaults={
            "programme": programme, "year": 2026, "number": 3, "name_zh": "第三届海湾杯",
            "name_en": "Haiwan 3", "state": State.PUBLIC, **fields,
        },
    )  # fmt: skip
    if made:
        for order, code in enumerate(["MED", "TRF", "MFG"]):
            Scenario.objects.create(edition=edition, code=code, name_en=code, order=order)
    return edition


def a_contest(slug: str = "venture", *, rules: Rules | None = None, **fields: Any) -> Contest:
    """A public contest with rules in force."""
    edition = fields.pop("edition", None) or an_edition()
    contest = Contest.objects.create(
        edition=edition, slug=slug,
        **{"name_zh": "创投赛", "name_en": "Venture", "state": State.PUBLIC, **fields},
    )  # fmt: skip
    body = (rules or some_rules()).model_dump(mode="json")
    contest.ruleset = RuleSet.objects.create(contest=contest, version=1, body=body, made_at=NOON)
    contest.save()
    return contest


def appointed(contest: Contest, role: Role = Role.ORGANISER, name: str = "") -> User:
    """Somebody who works for this contest in the role."""
    person = a_person(name or role.value.title())
    Appointment.objects.get_or_create(
        user=person, edition=contest.edition, contest=contest, role=role, defaults={"since": NOON}
    )
    person.__dict__.pop("_appointments", None)
    return person
