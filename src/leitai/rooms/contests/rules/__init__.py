"""Does the contest allow it? Rule sets as data, their presets, their text, their preview."""

from leitai.rooms.contests.rules.schema import Rules, StageRule
from leitai.rooms.contests.rules.states import MOVES, OrganisationRoleKind, Role, State

__all__ = ["MOVES", "OrganisationRoleKind", "Role", "Rules", "StageRule", "State"]
