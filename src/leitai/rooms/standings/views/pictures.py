"""Where things stand in the picture of a line; the template draws them."""

from typing import Any

from leitai.rooms.standings.queries import Line, Ranked, Spot
from leitai.rooms.standings.rules import Outcome

WIDTH, HEIGHT = 960, 300
LEFT, TOP, FOOT = 52, 14, 40
AROUND = 12  # entries shown beyond the first and the last that is borderline
MOST = 480


def picture_of_line(line: Line, places: dict[int, Ranked]) -> dict[str, Any]:
    """One dot an entry in the order of the standing: the higher, the likelier it belongs in."""
    shown, first = _around(_ranked(line, places))
    step = (WIDTH - LEFT) / max(len(shown), 1)
    dots = [
        {
            "x": round(LEFT + (n + 0.5) * step, 1), "y": _height(spot.p_in), "kind": spot.standing,
            "is_on": place.outcome == Outcome.IN, "code": place.code, "rank": place.rank,
            "percent": spot.percent,
        }
        for n, (spot, place) in enumerate(shown)
    ]  # fmt: skip
    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "foot": HEIGHT - FOOT, "dots": dots,
        "r": round(min(max(0.42 * step, 2), 6), 1), "line": _line(dots, line),
        "guides": [(share, _height(share / 100)) for share in (95, 50, 5)],
        "ends": (_height(1), _height(0)),
        "first": dots[0]["rank"] if dots else None, "last": dots[-1]["rank"] if dots else None,
        "before": first, "bottom": HEIGHT - 8, "words": HEIGHT - 24,
    }  # fmt: skip


def _ranked(line: Line, places: dict[int, Ranked]) -> list[tuple[Spot, Ranked]]:
    """Entries with a place, the best first."""
    both = [(s, places[s.entry]) for s in line.spots if s.entry in places]
    return sorted((p for p in both if p[1].rank), key=lambda p: (p[1].rank or 0, -p[0].p_in))


def _around(ranked: list[tuple[Spot, Ranked]]) -> tuple[list[tuple[Spot, Ranked]], int]:
    """From a little above the first open entry to a little below the last."""
    near = [n for n, (spot, _place) in enumerate(ranked) if spot.standing == "borderline"]
    if not near:
        near = [n for n, (_spot, place) in enumerate(ranked) if place.outcome == Outcome.IN][-1:]
    first = max(min(near, default=0) - AROUND, 0)
    last = min(max(near, default=0) + AROUND + 1, first + MOST)
    return ranked[first:last], first


def _line(dots: list[dict[str, Any]], line: Line) -> float | None:
    """Where the list ends, if all are cut by one line."""
    is_on = [dot["is_on"] for dot in dots]
    if len(line.places) > 1 or is_on != sorted(is_on, reverse=True) or len(set(is_on)) < 2:
        return None
    n = is_on.index(False)
    return round((dots[n - 1]["x"] + dots[n]["x"]) / 2, 1)


def _height(chance: float) -> float:
    return round(TOP + (1 - chance) * (HEIGHT - TOP - FOOT), 1)
