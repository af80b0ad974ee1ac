"""Plants a tie exactly at the cut: two entries before the same three jurors with equal totals."""

from collections import defaultdict
from collections.abc import Collection
from itertools import product
from statistics import fmean, pstdev

Totals = dict[tuple[int, int], int]  # (entry, juror) to total


def standings(totals: Totals) -> dict[int, float]:
    """Mean of per-juror z, as the preset ranks."""
    by_juror: dict[int, list[int]] = defaultdict(list)
    for (_, juror), total in totals.items():
        by_juror[juror].append(total)
    ruler = {juror: (fmean(given), pstdev(given) or 1.0) for juror, given in by_juror.items()}
    seen: dict[int, list[float]] = defaultdict(list)
    for (entry, juror), total in totals.items():
        middle, spread = ruler[juror]
        seen[entry].append((total - middle) / spread)
    return {entry: fmean(scores) for entry, scores in seen.items()}


def at_the_cut(
    totals: Totals,
    *,
    tied: tuple[int, int],
    panel: tuple[int, ...],
    rivals: Collection[int],
    places: int,
) -> tuple[int, ...]:
    """The totals both get from the panel, to share the last place in and the first one out.

    Their own marks move the panel's means a little, so it aims again from the last try.
    """
    for _ in range(6):
        scores = standings(totals)
        others = sorted((scores[e] for e in rivals if e not in tied), reverse=True)
        upper, lower = _gap(others, places)
        for tried in _near(totals, panel, (upper + lower) / 2):
            totals = totals | {(e, j): t for e in tied for j, t in zip(panel, tried)}
            again = standings(totals)
            if sum(again[e] > again[tied[0]] for e in rivals) == places - 1:
                return tried
    raise ValueError("No tie could be planted at the cut; try another seed.")


def _gap(others: list[float], places: int) -> tuple[float, float]:
    """Between the last rival that stays in and the first that stays out."""
    if not others:
        raise ValueError("A tie needs more entries beside the two; try another seed.")
    if len(others) < places:
        return others[-1], others[-1] - 1.0
    return others[places - 2], others[places - 1]


def _near(totals: Totals, panel: tuple[int, ...], target: float) -> list[tuple[int, ...]]:
    """Whole totals whose mean z comes close to the target, the closest first."""
    given = {j: [t for (_, juror), t in totals.items() if juror == j] for j in panel}
    ruler = [(fmean(given[j]), pstdev(given[j]) or 1.0) for j in panel]
    middles = [round(middle + target * spread) for middle, spread in ruler]
    tried = product(*(range(middle - 3, middle + 4) for middle in middles))

    def miss(totals_tried: tuple[int, ...]) -> float:
        zs = [(t - middle) / spread for t, (middle, spread) in zip(totals_tried, ruler)]
        return abs(fmean(zs) - target)

    within = (totals_tried for totals_tried in tried if all(40 <= t <= 98 for t in totals_tried))
    return sorted(within, key=miss)[:4]
