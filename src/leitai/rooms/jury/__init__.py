"""Jurors are invited, kept apart from conflicts, seated, and give marks.

Takes: stages and their criteria, entries that take part.
Gives: `queries.marks(stage)`, the sealed marks from which standings are made.
Writes: jury.juror_invited, jury.juror_accepted, jury.juror_declined, jury.juror_edited,
    jury.juror_left, jury.jurors_reminded, jury.conflict_declared, jury.conflict_objected,
    jury.conflicts_derived, jury.conflict_lifted, jury.draw_started, jury.draw_proposed,
    jury.draw_failed, jury.draw_changed, jury.draw_deployed, jury.draw_discarded,
    jury.sheet_assigned, jury.sheet_recalled, jury.sheet_sealed, jury.sheet_reopened,
    jury.sheet_recused,
    jury.juror_imported, jury.sheet_imported, jury.reviews_imported,
    jury.expert_asked, jury.expert_kept, jury.expert_edited, jury.expert_left,
    jury.colleague_proposed, jury.colleague_invited, jury.colleague_refused,
    jury.undertaking_written, jury.undertaking_accepted, jury.ties_named, jury.tie_declared,
    jury.tie_taken_back, jury.holdings_named, jury.unready_reminded, jury.objection_raised,
    jury.objection_upheld, jury.objection_refused, jury.sample_written, jury.sample_removed,
    jury.sample_marked,
    jury.chair_appointed, jury.stand_in_appointed, jury.discussion_begun, jury.discussion_opened,
    jury.remark_written, jury.marks_changed, jury.discussion_closed, jury.judging_closed,
    jury.marks_read, jury.reminders_planned, jury.reminders_paused, jury.reopening_asked,
    jury.reopening_refused, jury.conflict_repaired, jury.repair_undone, jury.sheet_restored,
    jury.seal_restored, jury.portfolio_named
"""
