"""What happens on a jury? Each deed stands in the file of its subject."""

from leitai.rooms.jury.actions.asking import look_at_band, look_where_telling, start_draw
from leitai.rooms.jury.actions.changes import Kept, apply_change, seal_as_seen
from leitai.rooms.jury.actions.conflicts import (
    declare_conflict,
    derive_conflicts,
    lift_conflict,
    object_to_juror,
)
from leitai.rooms.jury.actions.draws import (
    cancel_draw,
    compute_draw,
    deploy_draw,
    discard_draw,
    swap_seat,
)
from leitai.rooms.jury.actions.imports import (
    Reviews,
    found_contest,
    import_reviews,
    preview_reviews,
    read_reviews,
    review_fields,
)
from leitai.rooms.jury.actions.jurors import (
    Invited,
    accept_invitation,
    decline_invitation,
    edit_juror,
    forget_person,
    import_jurors,
    invite_again,
    invite_juror,
    leave_jury,
    remind_jurors,
)
from leitai.rooms.jury.actions.sheets import (
    FieldConflict,
    reopen_sheet,
    save_field,
    save_fields,
    seal_sheet,
)

__all__ = [
    "FieldConflict",
    "Invited",
    "Kept",
    "Reviews",
    "accept_invitation",
    "apply_change",
    "cancel_draw",
    "compute_draw",
    "declare_conflict",
    "decline_invitation",
    "deploy_draw",
    "derive_conflicts",
    "discard_draw",
    "edit_juror",
    "forget_person",
    "found_contest",
    "import_jurors",
    "import_reviews",
    "invite_again",
    "invite_juror",
    "leave_jury",
    "lift_conflict",
    "look_at_band",
    "look_where_telling",
    "object_to_juror",
    "preview_reviews",
    "read_reviews",
    "remind_jurors",
    "reopen_sheet",
    "review_fields",
    "save_field",
    "save_fields",
    "seal_as_seen",
    "seal_sheet",
    "start_draw",
    "swap_seat",
]
