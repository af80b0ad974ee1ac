"""Places made of marks: computed, decided by named people, published in numbered versions.

Takes: sealed marks from `jury`, quotas from `stages`.
Gives: `Standing`, `Place`, `Publication`; lets the best into the next stage.
Writes: standings.standing_computed, standings.tie_settled, standings.standing_decided,
    standings.person_present, standings.person_left, standings.special_proposed,
    standings.special_voted, standings.place_offered, standings.place_accepted,
    standings.place_declined, standings.place_lapsed, standings.place_revoked,
    standings.offer_extended, standings.reserve_promoted, standings.decision_signed,
    standings.standing_published, standings.comment_released,
    standings.comment_taken_back,
    standings.appeal_filed, standings.appeal_taken_up, standings.appeal_refused,
    standings.evidence_asked, standings.evidence_given, standings.evidence_missed,
    standings.appeal_withdrawn, standings.panelist_seated, standings.panelist_unseated,
    standings.statement_given, standings.panelist_voted, standings.appeal_decided,
    standings.appeal_answered, standings.appeal_mended, standings.objector_read,
    standings.appeal_reminded, standings.correction_asked, standings.correction_accepted,
    standings.correction_refused, standings.comment_held, standings.comment_freed,
    standings.feedback_released
"""
