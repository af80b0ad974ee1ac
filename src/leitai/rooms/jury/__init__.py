"""Jurors are invited, kept apart from conflicts, seated, and give marks.

Takes: stages and their criteria, entries that take part.
Gives: `queries.marks(stage)`, the sealed marks from which standings are made.
Writes: jury.juror_*, jury.conflict_*, jury.draw_*, jury.sheet_assigned, jury.sheet_sealed,
    jury.sheet_reopened, jury.sheet_recused, jury.sheet_recalled
"""
