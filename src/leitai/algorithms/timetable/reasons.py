"""Why a wish did not come true, in numbers."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from leitai.algorithms.notes import Note
from leitai.algorithms.timetable.frame import Frame
from leitai.algorithms.timetable.values import Figures, Placed, Unmet


def unmet(framed: Frame, placed: Sequence[Placed]) -> tuple[Unmet, ...]:
    """One for each pair that somebody wished for and that does not meet."""
    made = {(p.meeting.host, p.meeting.team) for p in placed}
    host_wish, team_wish = np.nan_to_num(framed.host_wish), np.nan_to_num(framed.team_wish)
    diaries = _Diaries(framed, placed)
    found = []
    for h, t in np.argwhere(host_wish + team_wish > 0).tolist():
        host, team = framed.hosts[h], framed.teams[t]
        if (host.id, team.id) not in made:
            found.append(
                Unmet(
                    host=host.id,
                    team=team.id,
                    host_wish=int(host_wish[h, t]),
                    team_wish=int(team_wish[h, t]),
                    note=diaries.why_not(h, t),
                )
            )
    return tuple(found)


class _Diaries:
    def __init__(self, framed: Frame, placed: Sequence[Placed]) -> None:
        self.framed, self.problem = framed, framed.problem
        self.host_at = [(framed.at_host[p.meeting.host], p.meeting.slot) for p in placed]
        self.team_at = [(framed.at_team[p.meeting.team], p.meeting.slot) for p in placed]
        self.taken = (set(self.host_at), set(self.team_at))
        self.count = (Counter(h for h, _ in self.host_at), Counter(t for t, _ in self.team_at))

    def why_not(self, h: int, t: int) -> Note:
        problem, framed = self.problem, self.framed
        host, team = framed.hosts[h].id, framed.teams[t].id
        params: dict[str, object] = {"host": host, "team": team}
        if framed.refused[h, t]:
            return Note("refused", "One of them said no, or is bound to others.", params)
        common = np.flatnonzero(problem.host_free[h] & problem.team_free[t])
        if not len(common):
            return Note("no_common_slot", "There is no slot in which both are free.", params)
        if not problem.possible[h, t]:
            text = "No table or interpreter that suits them is there in their {n} common slots."
            return Note("nothing_suits", text, {**params, "n": len(common)})
        for at, who, most, code in (
            (self.count[0][h], host, problem.host_cap[h], "host_full"),
            (self.count[1][t], team, problem.team_cap[t], "team_full"),
        ):
            if at >= most:
                text = "{who} has all of its {most} meetings with others."
                return Note(code, text, {**params, "who": who, "most": int(most)})
        open_slots = [
            s for s in common if (h, s) not in self.taken[0] and (t, s) not in self.taken[1]
        ]
        if open_slots:
            text = "In the {n} slots that both have left, tables, interpreters or breaks run short."
            return Note("no_room", text, {**params, "n": len(open_slots)})
        text = "In each of their {n} common slots one of them meets somebody else."
        return Note("slots_taken", text, {**params, "n": len(common)})


def figures(
    framed: Frame, placed: Sequence[Placed], *, bound: float, floor_bound: float, left_out: int
) -> Figures:
    made = {(framed.at_host[p.meeting.host], framed.at_team[p.meeting.team]) for p in placed}
    asked: Counter[int] = Counter()
    met: Counter[int] = Counter()
    value = 0.0
    for wishes in (framed.host_wish, framed.team_wish):
        for h, t in np.argwhere(wishes > 0).tolist():
            wish = int(wishes[h, t])
            asked[wish] += 1
            met[wish] += (h, t) in made
            value += wish * ((h, t) in made)
    busy = {p.meeting.team for p in placed}
    slots = Counter(p.meeting.slot for p in placed)
    return Figures(
        value=value,
        bound=bound,
        floor_bound=floor_bound,
        met={wish: (met[wish], asked[wish]) for wish in sorted(asked, reverse=True)},
        without=tuple(team.id for team in framed.teams if team.id not in busy),
        left_out=left_out,
        by_slot=tuple(slots[s] for s in range(framed.n_slots)),
    )
