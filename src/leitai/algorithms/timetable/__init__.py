"""One-to-one meetings: who meets whom, in which slot, at which table.

    made = arrange(hosts, teams, n_slots=12, tables=[Table(id=1)], interpreters=(),
                   excluded=frozenset(), fixed=(), gap=0, floor=True, seed=1)
    made.meetings, made.unmet, made.figures
    faults(made.meetings, hosts, teams, n_slots=12, tables=...)      # [] means it holds
    schedule(host_wish=..., team_wish=..., allowed=..., ...)         # the same on arrays

First a linear programme chooses the pairs, slots aside, and proves a bound. Then each slot is
filled by a matching, and alternating paths make room for whoever was left over. `arrange` raises
`Unschedulable` when meetings fixed by hand cannot stand together.
"""

from leitai.algorithms.timetable.arranging import arrange
from leitai.algorithms.timetable.arrays import schedule
from leitai.algorithms.timetable.checking import broken, faults
from leitai.algorithms.timetable.values import (
    Figures,
    Host,
    Interpreter,
    Meeting,
    Placed,
    Table,
    Team,
    Timetable,
    Unmet,
    Unschedulable,
)

__all__ = [
    "Figures",
    "Host",
    "Interpreter",
    "Meeting",
    "Placed",
    "Table",
    "Team",
    "Timetable",
    "Unmet",
    "Unschedulable",
    "arrange",
    "broken",
    "faults",
    "schedule",
]
