"""What happens on a jury? Each deed stands in the file of its subject."""

from leitai.rooms.jury.actions.asking import look_at_band, look_where_telling, start_draw
from leitai.rooms.jury.actions.calibration import mark_sample, remove_sample, write_sample
from leitai.rooms.jury.actions.changes import Kept, apply_change, seal_as_seen
from leitai.rooms.jury.actions.conflicts import (
    declare_conflict,
    derive_conflicts,
    lift_conflict,
    object_to_juror,
)
from leitai.rooms.jury.actions.discussions import (
    appoint_chair,
    appoint_stand_in,
    begin_discussion,
    change_marks,
    close_discussion,
    close_judging,
    note_marks_read,
    open_discussion,
    write_remark,
)
from leitai.rooms.jury.actions.draws import (
    cancel_draw,
    compute_draw,
    deploy_draw,
    discard_draw,
    swap_seat,
)
from leitai.rooms.jury.actions.halls import hand_out, take_back_sheet
from leitai.rooms.jury.actions.imports import (
    Reviews,
    found_contest,
    import_reviews,
    preview_reviews,
    read_reviews,
    review_fields,
)
from leitai.rooms.jury.actions.invitations import (
    invite_colleague,
    propose_colleague,
    refuse_colleague,
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
)
from leitai.rooms.jury.actions.objections import decide_objection, raise_objection
from leitai.rooms.jury.actions.pool import (
    ask_experts,
    edit_expert,
    forget_expert,
    invite_experts,
    join_pool,
    keep_expert,
    leave_pool,
)
from leitai.rooms.jury.actions.readiness import (
    accept_undertaking,
    remind_unready,
    say_all_ties_named,
    tell_profile,
    write_undertaking,
)
from leitai.rooms.jury.actions.reminders import (
    be_quiet,
    plan_reminders,
    remind_by_plan,
    remind_jurors,
)
from leitai.rooms.jury.actions.reopenings import (
    ask_reopening,
    confirm_reopening,
    refuse_reopening,
    reopen_sheet,
)
from leitai.rooms.jury.actions.repairs import repair_conflict, undo_repair
from leitai.rooms.jury.actions.restoring import restore_lapsed, restore_seal
from leitai.rooms.jury.actions.sheets import (
    FieldConflict,
    save_field,
    save_fields,
    seal_sheet,
)
from leitai.rooms.jury.actions.ties import (
    carry_out_search,
    declare_tie,
    name_holdings,
    search_conflicts,
    take_back_tie,
)

__all__ = [
    "FieldConflict",
    "Invited",
    "Kept",
    "Reviews",
    "accept_invitation",
    "accept_undertaking",
    "apply_change",
    "appoint_chair",
    "appoint_stand_in",
    "ask_experts",
    "ask_reopening",
    "be_quiet",
    "begin_discussion",
    "cancel_draw",
    "carry_out_search",
    "change_marks",
    "close_discussion",
    "close_judging",
    "compute_draw",
    "confirm_reopening",
    "decide_objection",
    "declare_conflict",
    "declare_tie",
    "decline_invitation",
    "deploy_draw",
    "derive_conflicts",
    "discard_draw",
    "edit_expert",
    "edit_juror",
    "forget_expert",
    "forget_person",
    "found_contest",
    "hand_out",
    "import_jurors",
    "import_reviews",
    "invite_again",
    "invite_colleague",
    "invite_experts",
    "invite_juror",
    "join_pool",
    "keep_expert",
    "leave_jury",
    "leave_pool",
    "lift_conflict",
    "look_at_band",
    "look_where_telling",
    "mark_sample",
    "name_holdings",
    "note_marks_read",
    "object_to_juror",
    "open_discussion",
    "plan_reminders",
    "preview_reviews",
    "propose_colleague",
    "raise_objection",
    "read_reviews",
    "refuse_colleague",
    "refuse_reopening",
    "remind_by_plan",
    "remind_jurors",
    "remind_unready",
    "remove_sample",
    "reopen_sheet",
    "repair_conflict",
    "restore_lapsed",
    "restore_seal",
    "review_fields",
    "save_field",
    "save_fields",
    "say_all_ties_named",
    "seal_as_seen",
    "seal_sheet",
    "search_conflicts",
    "start_draw",
    "swap_seat",
    "take_back_sheet",
    "take_back_tie",
    "tell_profile",
    "undo_repair",
    "write_remark",
    "write_sample",
    "write_undertaking",
]
