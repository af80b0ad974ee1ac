"""What the API tells of awards and certificates."""

from datetime import datetime
from typing import Any

from ninja import Schema

from leitai.rooms.awards.models import Award, Certificate
from leitai.rooms.awards.queries import Checked
from leitai.rooms.contests.rules.schema import Words


class AwardOut(Schema):
    code: str
    name: Words
    object: str
    scenario: str = ""
    position: int
    vacant: bool
    entry: str | None = None  # its code
    title: Words | None = None  # as the notice prints it
    by: Words | None = None
    why: str = ""


def award_out(award: Award, printed: dict[str, Any] | None) -> dict[str, Any]:
    told = printed or {}
    return {
        "code": award.code, "name": {"zh": award.name_zh, "en": award.name_en},
        "object": award.object, "scenario": award.group, "position": award.position,
        "vacant": award.is_vacant, "entry": award.entry.code if award.entry else None,
        "title": told.get("title"), "by": told.get("by"), "why": award.why,
    }  # fmt: skip


class CertificateOut(Schema):
    id: int
    number: str
    state: str
    award: Words
    holder: str
    entry: str
    issued_at: datetime


def certificate_out(row: Certificate) -> dict[str, Any]:
    return {
        "id": row.pk, "number": row.number, "state": row.state, "award": row.words["award"],
        "holder": row.holder, "entry": row.entry.code, "issued_at": row.at,
    }  # fmt: skip


class CheckOut(Schema):
    """Of a bare number only its state; what a slip says is told back if its signature holds."""

    state: str  # valid, revoked, unknown
    signature: str  # holds, does_not_hold, none
    number: str = ""
    told: list[str] | None = None
    replaced_by: str | None = None


def check_out(found: Checked) -> dict[str, Any]:
    held = "holds" if found.told is not None else "none"
    revoked = found.certificate.revoked if found.certificate else None
    after = revoked.replaced_by if revoked else None
    return {
        "state": found.state or "unknown", "number": found.number, "told": found.told,
        "signature": "does_not_hold" if found.is_forged else held,
        "replaced_by": after.number if after else None,
    }  # fmt: skip
