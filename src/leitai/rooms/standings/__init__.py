"""Places made of marks: computed, decided by named people, published in numbered versions.

Takes: sealed marks from `jury`, quotas from `stages`.
Gives: `Standing`, `Place`, `Publication`; lets the best into the next stage.
Writes: standings.standing_computed, standings.tie_settled, standings.standing_decided,
    standings.decision_signed, standings.standing_published, standings.comment_released,
    standings.comment_taken_back
"""
