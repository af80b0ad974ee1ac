"""A row of each model for each of the two entries, whatever models there are."""

import io
import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction

from leitai.foundation.files import store
from leitai.foundation.files.testing import a_pdf
from leitai.foundation.models import Job, StoredFile
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON
from leitai.rooms.people.models import Organisation, User
from leitai.rooms.people.testing import an_organisation
from leitai.rooms.submissions.models import Entry
from tests.leaks.fields import models as all_models


def _a_file() -> StoredFile:
    sha256, size = store.write(io.BytesIO(a_pdf()))
    return StoredFile.objects.create(
        sha256=sha256, size=size, kind="application/pdf", name="x.pdf", stored_at=NOON
    )


# What a row needs beyond its types. Called with the rows of its side and the people.
FIXED: dict[str, Any] = {
    "submissions.Viewing": lambda here, who: {"by": who["juror"]},
    "submissions.FieldChange": lambda here, who: {"by": here[Entry].begun_by, "key": "summary"},
    "contests.OrganisationRole": lambda here, who: {"organisation": an_organisation("Host Ltd")},
    "submissions.Answer": lambda here, who: {"shows": "public"},
    "people.Consent": lambda here, who: {"person": here[Entry].begun_by},
    "people.Affiliation": lambda here, who: {"user": here[Entry].begun_by},
    "screening.Check": lambda here, who: {"finding": "returned"},
    "screening.Flag": lambda here, who: {"other": here["other"]},
    "screening.Echo": lambda here, who: {"other": here["other"]},
    "standings.Objector": lambda here, who: {"by": here["other"].begun_by},
    "standings.Appeal": lambda here, who: {"entry": here[Entry]},
    "standings.AppealFile": lambda here, who: {"file": _a_file()},
    "standings.Panelist": lambda here, who: {"user": who["panelist"]},
    "standings.Standing": lambda here, who: {"number": 9},
    "standings.Publication": lambda here, who: {
        "body": {"stage": {"zh": "初评", "en": "First"}, "rows": []},
    },
    "mailings.Mailing": lambda here, who: {"sender": "organiser", "audience": "accepted"},
    "mailings.Recipient": lambda here, who: {"user": here[Entry].begun_by, "letter": None},
    "foundation.Letter": lambda here, who: {"state": "sent", "sent_at": NOON},
    "jury.Promise": lambda here, who: {"person": who["juror"]},
    "jury.Post": lambda here, who: {"organisation": an_organisation("Earlier Ltd")},
    "jury.Draw": lambda here, who: {
        "job": Job.objects.create(kind="jury.draw", asked_at=NOON),
        "state": "proposed",
    },
    "jury.Repair": lambda here, who: {"was": "open"},
    "jury.Undertaking": lambda here, who: {"version": 1},
    "finals.Session": lambda here, who: {"is_rehearsal": True},
    "finals.Crew": lambda here, who: {"user": here[User]},
    "finals.Order": lambda here, who: {"entries": [here[Entry].pk]},
    "finals.Lot": lambda here, who: {"codes": [here[Entry].code]},
    "finals.TieTalk": lambda here, who: {"order": [here[Entry].pk]},
    "finals.Result": lambda here, who: {"rows": []},
    "finals.Recount": lambda here, who: {"rows": []},
}
LEFT_OUT = {
    "contests.RuleDraft": "an unfinished rule set would have to be a whole one",
    "foundation.Line": "written by deeds alone",
    "foundation.Digest": "", "foundation.Verification": "", "foundation.Job": "",
    "contests.Figure": "public", "people.User": "", "contests.Contest": "",
    "contests.Programme": "", "contests.Edition": "", "contests.RuleSet": "",
    "jury.ReminderPlan": "", "jury.Undertaking": "", "jury.Promise": "",
}  # fmt: skip


TALKS = {"jury.Discussion", "jury.Remark", "jury.MarkChange", "jury.Judging"}


def _are_there(world: Any) -> list[type[models.Model]]:
    """Nobody talks before the discussions begin."""
    out = {*LEFT_OUT, *(TALKS if world.phase == "independent" else ())}
    return [m for m in all_models() if m._meta.label not in out]


def fill(world: Any) -> None:
    """Entry A's rows first; of what a contest has once, B gets none."""
    for side, other in (("A", "B"), ("B", "A")):
        here: dict[Any, Any] = {
            Entry: world.entries[side], "other": world.entries[other], "side": side,
            Contest: world.contest, User: world.roles["organiser"],
            Organisation: world.entries[side].organisation,
        }  # fmt: skip
        for model in _are_there(world):
            _row(model, here, world)


def _row(model: type[models.Model], here: dict[Any, Any], world: Any) -> Any:
    """The side's row of a model: one that is there, or a new one."""
    if model in here:
        return here[model]
    here[model] = _found(model, here) or _made(model, here, world)
    return here[model]


def _found(model: type[models.Model], here: dict[Any, Any]) -> Any:
    known = _way_to_entry(model)
    rows = model._default_manager.order_by("pk")
    return rows.filter(**{known: here[Entry]}).first() if known else rows.first()


def _way_to_entry(model: type[models.Model], depth: int = 3) -> str:
    """`sheet__entry`, by the shortest way over columns that must be filled."""
    ways = [("", model)]
    for _ in range(depth):
        further = []
        for path, end in ways:
            for f in end._meta.concrete_fields:
                if f.is_relation and f.related_model is not model:
                    if f.related_model is Entry and f.name in ("entry", "one"):
                        return f"{path}{f.name}"
                    if not f.null:
                        further.append((f"{path}{f.name}__", f.related_model))
        ways = further
    return ""


def _made(model: type[models.Model], here: dict[Any, Any], world: Any) -> Any:
    values = {}
    fixed = FIXED.get(model._meta.label, lambda *_: {})(here, world.roles)
    for f in model._meta.concrete_fields:
        if f.name in fixed or f.primary_key or f.null or f.has_default():
            continue
        values[f.name] = _value(f, here, world)
    try:
        with transaction.atomic():
            return model._default_manager.create(**{**values, **fixed})
    except IntegrityError:
        if here["side"] == "A":
            raise
        return model._default_manager.order_by("pk").first()


def _value(f: models.Field, here: dict[Any, Any], world: Any) -> Any:
    if f.is_relation:
        return _row(f.related_model, here, world)
    if f.choices:
        return f.choices[0][0]
    number = 1 if here["side"] == "A" else 2
    for kind, value in (
        (models.DateTimeField, NOON), (models.DateField, NOON.date()),
        (models.UUIDField, uuid.uuid4()), (models.JSONField, {}), (ArrayField, []),
        (models.BooleanField, False), (models.EmailField, f"x{number}@example.org"),
        (models.CharField, f"x{number}"), (models.TextField, f"x{number}"),
    ):  # fmt: skip
        if isinstance(f, kind):
            return value
    return number
