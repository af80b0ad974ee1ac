"""What the public is told: a notice that cannot print what must stay private."""

from typing import Any

from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.rules import Outcome
from leitai.rooms.submissions.queries.veil import veiled
from leitai.rooms.submissions.rules import MemberRole
from leitai.values.masking import hide_numbers, mask_name


def body(standing: Standing, *, mask: bool) -> dict[str, Any]:
    """The notice as it is kept and shown: who goes on and the reserves, in their order.

    Names of people are masked by the contest's rule, and whatever reads like a phone or an id
    number is blanked out wherever a team wrote it.
    """
    rows = standing.places.filter(outcome__in=[Outcome.IN, Outcome.RESERVE])
    rows = rows.select_related("entry__scenario", "entry__organisation")
    rows = rows.prefetch_related("entry__members").order_by("rank", "entry__code")
    is_veiled = standing.stage.contest.is_veiled  # the next jury is to read without names
    return {
        "stage": {"zh": standing.stage.name_zh, "en": standing.stage.name_en},
        "rows": [_row(place, mask, is_veiled=is_veiled) for place in rows],
    }


def _row(place: Place, mask: bool, *, is_veiled: bool) -> dict[str, Any]:
    entry = veiled(place.entry) if is_veiled else place.entry
    scenario = entry.scenario
    return {
        "code": entry.code,
        "outcome": place.outcome,
        "title": {"zh": hide_numbers(entry.title_zh), "en": hide_numbers(entry.title_en)},
        "scenario": {"zh": scenario.name_zh, "en": scenario.name_en} if scenario else {},
        "by": {"zh": "", "en": ""} if is_veiled else _by(place, mask),
    }


def _by(place: Place, mask: bool) -> dict[str, str]:
    """The organisation; for teams without one, the captain's name by rule."""
    entry = place.entry
    if entry.organisation is not None:
        firm = entry.organisation
        return {"zh": hide_numbers(firm.name_zh), "en": hide_numbers(firm.name_en)}
    captain = next((m for m in entry.members.all() if m.role == MemberRole.CAPTAIN), None)
    name = captain.name if captain else entry.team_name
    shown = hide_numbers(mask_name(name) if mask and captain else name)
    return {"zh": shown, "en": shown}
