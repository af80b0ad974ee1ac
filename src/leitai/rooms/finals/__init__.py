"""Live stages: heats, their juries, the hall on the day, and what comes of it.

Takes: stages of the kind `live` with who takes part, jurors, sealed sheets, standings.
Gives: `Heat`, `Slot`, `Session`; `queries.board.snapshot(session)`; results of heats.

Before the day, for whoever runs the contest:
    plan_heats(stage, wish, seen)        change_heat(heat, fields)      move_slot(slot, heat)
    seat_jury(stage, wish, seen)         seat_juror(heat, juror)        unseat(seat)
    name_chair(seat)                     appoint_crew(heat, user, role) end_crew(crew)
    commit_lot(heat)                     reveal_lot(lot)  set_order(heat, entries, reason)
    write_show(heat)                     add_cue(heat, …) change_cue(cue, …) remove_cue(cue)
    move_cue(cue, position)              `seen` is the digest of the preview (`queries.plan`)
In the hall (`slot` is a Slot, or a PracticeSlot in a rehearsal):
    open_session(heat, is_rehearsal, pitch_minutes, questions_minutes)  close_session(session)
    play_cue(session, cue)               bring_on_stage(session, slot)  end_turn(session)
    run_clock(session, deed)             deed: start, pause, next, reset
    set_clock(session, pitch_minutes, questions_minutes)
    open_scoring(session, slot=None)     close_scoring(session, slot=None)
    see_order(session, version, juror)   a juror has seen this version of the order
    score(session, juror, entry, order, marks, seal, key)  entry: its id; order: version seen;
                                         key: the change's own UUID; marks: any of the criteria
    say_second(second, word)             give_back(second, word)
    ask_correction(session, sheet, why)  confirm_correction(session, request)
    talk_tie(heat, order, why)           stand_down(session, juror, slot, ground, note)
    leave_seat(seat, why)                mark_absent(slot, why)  call_back(slot)
    withdraw(slot, why)                  add_entry(heat, entry)
On the board:
    reveal_marks(session, all=False)     reveal_result(session)         show_scene(session, scene)
    freeze(session)                      thaw(session)                  show_results(session)
The audience, and afterwards:
    open_poll(heat, weight, needs_account)  close_poll(poll)  show_poll(poll, is_shown)
    vote(poll, entry, user, device, origin) set_aside(poll, ballots)
    recount(result)                      promote(stage)                 write_result(heat, why)
    begin_diligence(stage, entries)      note_diligence(row, items, note)
    conclude_diligence(row, state, note)

Writes: finals.ballots_set_aside, finals.board_frozen, finals.board_thawed, finals.chair_named,
    finals.clock_set, finals.clock_turned, finals.crew_appointed, finals.crew_ended,
    finals.cue_added, finals.cue_changed, finals.cue_moved, finals.cue_played, finals.cue_removed,
    finals.diligence_begun, finals.diligence_concluded, finals.diligence_noted,
    finals.entry_absent, finals.entry_added, finals.entry_called, finals.entry_came,
    finals.entry_left, finals.heat_announced, finals.heat_changed, finals.heat_recalled,
    finals.heats_planned, finals.juror_seated, finals.juror_stood_down, finals.juror_unseated,
    finals.jury_seated, finals.lot_committed, finals.lot_revealed, finals.marks_revealed,
    finals.order_set, finals.picture_set, finals.poll_closed, finals.poll_opened,
    finals.poll_shown, finals.result_recounted, finals.result_revealed, finals.result_written,
    finals.results_shown, finals.scene_shown, finals.scoring_closed, finals.scoring_opened,
    finals.seat_left, finals.second_confirmed, finals.session_closed, finals.session_opened,
    finals.session_reopened, finals.show_written, finals.slot_moved, finals.tie_talked,
    finals.turn_ended, finals.wild_cards_proposed
"""
