"""A standing is computed, ties are settled, named people decide, and a version is published."""

from leitai.rooms.standings.actions.computing import (
    ask_second_look,
    compute_standing,
    settle_tie,
)
from leitai.rooms.standings.actions.deciding import decide, digest, sign
from leitai.rooms.standings.actions.publishing import (
    publish,
    release_comments,
    take_comment_back,
)

__all__ = [
    "ask_second_look",
    "compute_standing",
    "decide",
    "digest",
    "publish",
    "release_comments",
    "settle_tie",
    "sign",
    "take_comment_back",
]
