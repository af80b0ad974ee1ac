"""What happens to messages."""

from leitai.rooms.messages.actions.own import (
    block_address,
    choose_rhythm,
    decide_loose_letter,
    forget_person,
    free_address,
    read_all,
    read_letter,
    unsubscribe,
)
from leitai.rooms.messages.actions.sending import (
    confirm_mailing,
    decide_letter,
    resume_mailing,
    stop_mailing,
    tend_mailings,
)
from leitai.rooms.messages.actions.writing import (
    change_mailing,
    copy_mailing,
    draft_mailing,
    drop_mailing,
    freeze_mailing,
    name_sender,
    refreeze_mailing,
    set_undo,
    thaw_mailing,
)

__all__ = [
    "block_address", "change_mailing", "choose_rhythm", "confirm_mailing", "copy_mailing",
    "decide_letter", "decide_loose_letter", "draft_mailing", "drop_mailing", "forget_person",
    "free_address", "freeze_mailing", "name_sender", "read_all", "read_letter",
    "refreeze_mailing", "resume_mailing", "set_undo", "stop_mailing", "tend_mailings",
    "thaw_mailing", "unsubscribe",
]  # fmt: skip
