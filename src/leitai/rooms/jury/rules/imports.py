"""Marks that come as a table: on which scale, under which rules, and for which stage."""

import hashlib
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.rules import Rules
from leitai.rooms.stages.rules import State as StageState
from leitai.values.score import Direction, Scale
from leitai.values.verdict import YES, Verdict, no

NOWHERE = "import.invalid"  # a domain that cannot exist, so no letter ever finds it
_SCALE = re.compile(r"(-?[\d.]+)-(-?[\d.]+)(?:/([\d.]+))?")


def read_scale(words: str, *, direction: Direction = "up") -> Scale:
    """A scale as one writes it: lowest-highest/step. Raises ValueError.

    >>> read_scale("1.0-5.0/0.1", direction="down").best
    Decimal('1.0')
    """
    found = _SCALE.fullmatch(words.strip())
    if not found:
        raise ValueError(words)
    low, high, step = (Decimal(part) for part in found.groups(default="1"))
    if low >= high or step <= 0 or (high - low) % step:
        raise ValueError(words)
    return Scale(low, high, step, direction)


def review_rules(
    criteria: Sequence[str], *, scale: Scale, optional: Collection[str] = (), per_entry: int
) -> Rules:
    """Rules that fit a table of marks: one stage, each sheet the mean of its criteria, each score
    the mean of its sheets, equal scores on a shared place, nobody cut."""
    stage = {
        "code": "review", "name": {"zh": "评审", "en": "Review"}, "direction": scale.direction,
        "total": "weighted_mean", "panel": {"per_entry": per_entry}, "criteria": [
            {"code": code, "name": {"en": code.replace("_", " ").capitalize()}, "low": scale.low,
             "high": scale.high, "step": scale.step, "optional": code in optional}
            for code in criteria
        ],
    }  # fmt: skip
    return Rules.model_validate({"stages": [stage]})


def address_of(juror: str) -> str:
    """Where a juror without an account cannot be reached; the same juror, the same address.

    >>> address_of("7"), address_of("Zoë Li") == address_of("zoë li ")
    ('juror-7@import.invalid', True)
    """
    words = juror.strip().casefold()
    if not re.fullmatch(r"[a-z0-9-]{1,40}", words):
        words = hashlib.sha256(words.encode()).hexdigest()[:20]
    return f"juror-{words}@{NOWHERE}"


def may_import(stage: str, *, problems: int) -> Verdict:
    if problems:
        return no("bad_table", _("The table has faults; nothing was imported."))
    if stage == StageState.CLOSED:
        return no("stage_closed", _("This stage is closed; open it again first."))
    return YES


def mark_key(code: str) -> str:
    """The name of a criterion's column among the fields of an import."""
    return f"mark-{code}"


def facts(row: dict[str, Any]) -> dict[str, str]:
    """What the table says beside the marks, kept with the sheet."""
    told = {key: row.get(key, "") for key in ("expertise", "overall", "group")}
    return {"code": "imported", **{key: value for key, value in told.items() if value}}
