"""What happens in the halls? Each deed stands in the file of its subject."""

from leitai.rooms.finals.actions.announcing import announce_heat, recall_heat
from leitai.rooms.finals.actions.audience import (
    close_poll,
    forget_person,
    open_poll,
    set_aside,
    show_poll,
    vote,
)
from leitai.rooms.finals.actions.board import (
    freeze,
    reveal_marks,
    reveal_result,
    show_results,
    show_scene,
    thaw,
)
from leitai.rooms.finals.actions.closing import (
    close_session,
    conclude_stage,
    recount,
    reopen_session,
)
from leitai.rooms.finals.actions.exchanging import exchange_juror
from leitai.rooms.finals.actions.following import follow_list
from leitai.rooms.finals.actions.orders import (
    add_entry,
    call_back,
    commit_lot,
    mark_absent,
    reveal_lot,
    see_order,
    set_order,
    shuffle_rehearsal,
    withdraw,
)
from leitai.rooms.finals.actions.preparing import (
    appoint_crew,
    change_heat,
    end_crew,
    move_slot,
    plan_heats,
    set_picture,
    set_remote,
)
from leitai.rooms.finals.actions.promoting import (
    begin_diligence,
    conclude_diligence,
    note_diligence,
    promote,
)
from leitai.rooms.finals.actions.scores import (
    Scored,
    ask_correction,
    confirm_correction,
    give_back,
    leave_seat,
    say_second,
    score,
    stand_down,
    talk_tie,
)
from leitai.rooms.finals.actions.seating import name_chair, seat_juror, seat_jury, unseat
from leitai.rooms.finals.actions.shows import (
    add_cue,
    change_cue,
    move_cue,
    remove_cue,
    write_show,
)
from leitai.rooms.finals.actions.stage import (
    bring_on_stage,
    close_scoring,
    end_turn,
    open_scoring,
    open_session,
    play_cue,
    run_clock,
    set_clock,
)

__all__ = [
    "Scored", "add_cue", "add_entry", "announce_heat", "appoint_crew", "ask_correction",
    "begin_diligence", "bring_on_stage", "call_back", "change_cue", "change_heat", "close_poll",
    "close_scoring", "close_session", "commit_lot", "conclude_diligence", "conclude_stage",
    "confirm_correction", "end_crew", "end_turn", "exchange_juror", "follow_list", "forget_person",
    "freeze", "give_back", "leave_seat", "mark_absent", "move_cue", "move_slot", "name_chair",
    "note_diligence", "open_poll", "open_scoring", "open_session", "plan_heats", "play_cue",
    "promote", "recall_heat", "recount", "remove_cue", "reopen_session", "reveal_lot",
    "reveal_marks", "reveal_result", "run_clock", "say_second", "score", "seat_juror", "seat_jury",
    "see_order", "set_aside", "set_clock", "set_order", "set_picture", "set_remote", "show_poll",
    "show_results", "show_scene", "shuffle_rehearsal", "stand_down", "talk_tie", "thaw", "unseat",
    "vote", "withdraw", "write_show",
]  # fmt: skip
