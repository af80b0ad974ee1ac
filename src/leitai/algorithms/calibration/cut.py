"""The cut: who is safely in, who safely out, and who is so near the line that marks cannot tell.

Problem: a short list looks exact and is not; some on it owe their place to a kind juror. Promise:
for each entry a calibrated score in the unit of the marks with its range, and the chance that it
truly belongs among the best, adding up to the number of places; per group where groups have
places of their own. What the simple formulas would decide stands beside it. Nothing here decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from leitai.algorithms.calibration import remarks
from leitai.algorithms.calibration.arrays import Calibration
from leitai.algorithms.calibration.chances import chance_in, expected_tau
from leitai.algorithms.calibration.changes import Change, changes
from leitai.algorithms.calibration.choosing import gains
from leitai.algorithms.calibration.sheets import Table, table
from leitai.algorithms.formulas import Sheet
from leitai.algorithms.notes import Id, Note
from leitai.algorithms.quotas import quotas
from leitai.values.score import Direction, Scale

Standing = Literal["safe_in", "borderline", "safe_out"]
NINE_IN_TEN = 1.645
EVERYBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAtCut:
    entry: Id
    group: str
    score: float
    """What an average juror of this jury would give, in the unit and direction of the marks."""
    low: float
    high: float
    """The true value lies between them nine times in ten."""
    p_in: float
    standing: Standing
    gain: float
    """What one more review is expected to save, in standard deviations of true quality."""
    sheets: int
    part: int
    """The number of its part; different parts share no juror, not even by way of others."""
    p_in_part: float | None
    """The chance within its own part at a proportional share of the places; None when all
    entries hang together and `p_in` says it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    entries: tuple[EntryAtCut, ...]
    """The likeliest of each group first, group by group."""
    places: Mapping[str, int]
    expected_right: Mapping[str, float]
    """How many of the likeliest of each group are expected to belong there."""
    expected_tau: float
    tau_sd: float
    """Kendall's tau between the order by score and the true one: 1 is the same order, 0 chance."""
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    calibration: Calibration

    def of(self, entry: Id) -> EntryAtCut:
        return next(e for e in self.entries if e.entry == entry)


def cut(
    sheets: Sequence[Sheet],
    *,
    places: int | Mapping[str, int],
    groups: Mapping[Id, str] | None = None,
    entries: Collection[Id] = (),
    better: Direction = "up",
    scale: Scale | None = None,
    safe_in: float = 0.95,
    safe_out: float = 0.05,
    compare: bool = True,
    seed: int,
) -> Cut:
    """`places` is one number, or a number for each group that `groups` names.

    `entries` names entries that may have no sheet yet. A `scale` checks the marks, gives the
    direction, and keeps scores inside. `compare` sets the plain formulas beside the result.
    """
    if not 0 <= safe_out < safe_in <= 1:
        raise ValueError(f"{safe_out} for safely out must lie below {safe_in} for safely in.")
    better = scale.direction if scale else better
    made = table(sheets, better=better, scale=scale, entries=entries)
    per_group = {EVERYBODY: places} if isinstance(places, int) else dict(places)
    group_of = _groups(made, per_group, groups or {})
    calibration = made.calibrated(cuts=[], seed=seed)
    p_in = _chances(calibration, made, per_group, group_of)
    lines = _lines(made, calibration, p_in, group_of, (safe_out, safe_in), scale)
    right = {
        g: sum(sorted((x.p_in for x in lines if x.group == g), reverse=True)[:n])
        for g, n in per_group.items()
    }
    tau, tau_sd = expected_tau(calibration.draws, calibration.quality)
    differences = changes(sheets, better=better, places=per_group, lines=lines) if compare else ()
    return Cut(
        entries=tuple(lines),
        places=per_group,
        expected_right=right,
        expected_tau=tau,
        tau_sd=tau_sd,
        changes=differences,
        notes=remarks.about_the_cut(made, calibration, lines, places=per_group, right=right),
        calibration=calibration,
    )


def chances_of(
    c: Calibration,
    made: Table,
    *,
    places: int | Mapping[str, int],
    groups: Mapping[Id, str] | None = None,
) -> np.ndarray:
    """[entry]: the chance to belong in, as `cut` has it."""
    per_group = {EVERYBODY: places} if isinstance(places, int) else dict(places)
    return _chances(c, made, per_group, _groups(made, per_group, groups or {}))


def _groups(made: Table, places: Mapping[str, int], groups: Mapping[Id, str]) -> dict[Id, str]:
    if EVERYBODY in places:
        return dict.fromkeys(made.entries, EVERYBODY)
    lost = [e for e in made.entries if groups.get(e) not in places]
    if lost:
        raise ValueError(
            f"{len(lost)} entries (the first: {lost[0]}) are in no group that has places; name "
            "their groups, or give those groups 0 places."
        )
    return {e: groups[e] for e in made.entries}


def _chances(
    c: Calibration, made: Table, places: Mapping[str, int], group_of: Mapping[Id, str]
) -> np.ndarray:
    chances = np.zeros(len(made.entries))
    for group, number in places.items():
        among = np.array([n for n, e in enumerate(made.entries) if group_of[e] == group], int)
        chances[among] = chance_in(c.draws, places=number, among=among)
    return chances


def _part_chances(
    c: Calibration, made: Table, places: Mapping[str, int], group_of: Mapping[Id, str]
) -> np.ndarray:
    """Each part of a group by itself, with the share of places its size gives it."""
    chances = np.zeros(len(made.entries))
    for group, number in places.items():
        parts: dict[str, list[int]] = {}
        for n, entry in enumerate(made.entries):
            if group_of[entry] == group:
                parts.setdefault(str(c.part[n]), []).append(n)
        shares = quotas(total=number, candidates={p: len(ns) for p, ns in parts.items()})
        for part, among in parts.items():
            rows = np.array(among)
            chances[rows] = chance_in(c.draws, places=shares[part].places, among=rows)
    return chances


def _lines(
    made: Table,
    c: Calibration,
    p_in: np.ndarray,
    group_of: Mapping[Id, str],
    safe: tuple[float, float],
    scale: Scale | None,
) -> list[EntryAtCut]:
    counts = np.bincount(made.entry, minlength=len(made.entries))
    inside = None
    if c.n_parts > 1:
        totals: dict[str, float] = {}
        for n, entry in enumerate(made.entries):
            totals[group_of[entry]] = totals.get(group_of[entry], 0.0) + float(p_in[n])
        inside = _part_chances(c, made, {g: round(t) for g, t in totals.items()}, group_of)
    ends = (float(scale.low), float(scale.high)) if scale else (-np.inf, np.inf)
    middle, gain = made.sign * c.score, gains(c, p_in)
    wide = NINE_IN_TEN * c.score_sd
    lines = [
        EntryAtCut(
            entry=entry,
            group=group_of[entry],
            score=float(np.clip(middle[n], *ends)),
            low=float(np.clip(middle[n] - wide[n], *ends)),
            high=float(np.clip(middle[n] + wide[n], *ends)),
            p_in=float(p_in[n]),
            standing=_standing(float(p_in[n]), safe),
            gain=float(gain[n]),
            sheets=int(counts[n]),
            part=int(c.part[n]),
            p_in_part=None if inside is None else float(inside[n]),
        )
        for n, entry in enumerate(made.entries)
    ]
    at = {e: n for n, e in enumerate(made.entries)}
    return sorted(lines, key=lambda x: (x.group, -x.p_in, -c.quality[at[x.entry]]))


def _standing(chance: float, safe: tuple[float, float]) -> Standing:
    if chance >= safe[1]:
        return "safe_in"
    return "safe_out" if chance <= safe[0] else "borderline"
