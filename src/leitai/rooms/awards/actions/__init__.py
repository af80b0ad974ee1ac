"""Awards are proposed, changed with reasons, approved by two and published; certificates follow."""

from leitai.rooms.awards.actions.bundles import ask_bundle, keep_print, make_bundle
from leitai.rooms.awards.actions.certificates import (
    forget_person,
    issue_some,
    reissue,
    reissue_stale,
    revoke,
    set_numbering,
)
from leitai.rooms.awards.actions.changing import (
    add_special,
    drop_special,
    leave_vacant,
    name_winner,
    take_out,
)
from leitai.rooms.awards.actions.slates import (
    approve,
    propose_slate,
    publish_slate,
    take_back_approval,
)

__all__ = [
    "add_special",
    "approve",
    "ask_bundle",
    "drop_special",
    "forget_person",
    "issue_some",
    "keep_print",
    "leave_vacant",
    "make_bundle",
    "name_winner",
    "propose_slate",
    "publish_slate",
    "reissue",
    "reissue_stale",
    "revoke",
    "set_numbering",
    "take_back_approval",
    "take_out",
]
