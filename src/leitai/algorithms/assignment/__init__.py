"""Seating jurors on panels.

    plan = seat(entries, jurors, rules=Rules(k=3, mix={"technical": 2, "investor": 1}),
                conflicts=frozenset({Seat(12, 7)}), fixed=frozenset(), forbidden=frozenset(),
                objective="sum", seed=1, report=lambda share, doing: ...)
    faults(plan.seats, entries, jurors, rules=..., conflicts=...)         # [] means it holds
    repair(plan.seats, entries, jurors_left, rules=..., conflicts=..., seed=1)
    assign(affinity=..., forbidden=..., demand=..., ...)                  # the same on arrays

`seat` and `repair` raise `Unseatable`, whose `shortages` name the rules that cannot hold
together, in numbers and with ways out.
"""
