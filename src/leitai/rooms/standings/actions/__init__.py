"""A standing is computed, ties are settled, named people decide, and a version is published."""

from leitai.rooms.standings.actions.appeals import (
    ask_evidence,
    file_appeal,
    forget_objector,
    give_evidence,
    go_on_without,
    refuse_appeal,
    take_up_appeal,
    withdraw_appeal,
)
from leitai.rooms.standings.actions.computing import (
    ask_second_look,
    compute_standing,
    settle_tie,
)
from leitai.rooms.standings.actions.corrections import (
    ask_correction,
    decide_correction,
    print_corrections,
)
from leitai.rooms.standings.actions.deciding import Vacancy, decide, digest, sign
from leitai.rooms.standings.actions.feedback import (
    free_comment,
    hold_back,
    release_feedback,
    release_masked,
    tell_some,
)
from leitai.rooms.standings.actions.meeting import (
    enter_room,
    leave_room,
    nominate,
    propose_special,
    settle_special,
)
from leitai.rooms.standings.actions.offers import (
    accept_place,
    decline_place,
    extend_offer,
    fill_places,
)
from leitai.rooms.standings.actions.panels import (
    answer_appeal,
    decide_appeal,
    link_remedy,
    note_objector_read,
    remind_of_appeal,
    seat_panelist,
    state_case,
    unseat_panelist,
    vote,
)
from leitai.rooms.standings.actions.publishing import (
    publish,
    release_comments,
    take_comment_back,
)

__all__ = [
    "Vacancy",
    "accept_place",
    "answer_appeal",
    "ask_correction",
    "ask_evidence",
    "ask_second_look",
    "compute_standing",
    "decide",
    "decide_appeal",
    "decide_correction",
    "decline_place",
    "digest",
    "enter_room",
    "extend_offer",
    "file_appeal",
    "fill_places",
    "forget_objector",
    "free_comment",
    "give_evidence",
    "go_on_without",
    "hold_back",
    "leave_room",
    "link_remedy",
    "nominate",
    "note_objector_read",
    "print_corrections",
    "propose_special",
    "publish",
    "refuse_appeal",
    "release_comments",
    "release_feedback",
    "release_masked",
    "remind_of_appeal",
    "seat_panelist",
    "settle_special",
    "settle_tie",
    "sign",
    "state_case",
    "take_comment_back",
    "take_up_appeal",
    "tell_some",
    "unseat_panelist",
    "vote",
    "withdraw_appeal",
]
