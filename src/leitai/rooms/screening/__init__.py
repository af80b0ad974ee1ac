"""Is an entry eligible, complete, original, true? The secretariat's check.

Takes: entries handed in; writes their state back through `submissions.actions`.
Gives: `Check`, `Flag` (entered twice?), `Echo` (entered elsewhere?).
Writes: screening.entry_passed, screening.entry_refused, screening.entry_returned,
    screening.check_taken_back, screening.flag_raised, screening.flag_settled,
    screening.echo_raised, screening.echo_settled
"""
