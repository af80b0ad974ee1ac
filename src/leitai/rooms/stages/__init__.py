"""The rounds of a contest, and which entries take part in which.

Takes: a contest's rule set; entries that passed the check.
Gives: `Stage`, `Criterion`, `Participation`; `actions.let_in` for the standings of the round
    before; the editor of rules, since it must know what has opened.
Writes: stages.rules_adopted, stages.stage_opened, stages.stage_closed, stages.entry_let_in,
    stages.entry_taken_out, stages.window_extended
"""
