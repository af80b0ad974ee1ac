"""Does the contest allow it? States and their moves, and what may be done with sheets and draws."""

from leitai.rooms.jury.rules.draws import may_deploy, may_draw, may_repair, may_swap
from leitai.rooms.jury.rules.imports import (
    address_of,
    facts,
    mark_key,
    may_import,
    read_scale,
    review_rules,
)
from leitai.rooms.jury.rules.jurors import PUBLIC_MAIL, domain_of, may_answer, may_leave
from leitai.rooms.jury.rules.loads import Group, even_loads
from leitai.rooms.jury.rules.marks import plain, read_mark, total
from leitai.rooms.jury.rules.sheets import may_mark, may_recuse, may_reopen, may_seal
from leitai.rooms.jury.rules.states import (
    DRAW_MOVES,
    JUROR_MOVES,
    SHEET_MOVES,
    ConflictGround,
    ConflictSource,
    DrawState,
    JurorKind,
    JurorState,
    SecondLook,
    SheetState,
)

__all__ = [
    "DRAW_MOVES",
    "JUROR_MOVES",
    "PUBLIC_MAIL",
    "SHEET_MOVES",
    "ConflictGround",
    "ConflictSource",
    "DrawState",
    "Group",
    "JurorKind",
    "JurorState",
    "SecondLook",
    "SheetState",
    "address_of",
    "domain_of",
    "even_loads",
    "facts",
    "mark_key",
    "may_answer",
    "may_deploy",
    "may_draw",
    "may_import",
    "may_leave",
    "may_mark",
    "may_recuse",
    "may_reopen",
    "may_repair",
    "may_seal",
    "may_swap",
    "plain",
    "read_mark",
    "read_scale",
    "review_rules",
    "total",
]
