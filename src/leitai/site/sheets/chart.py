"""Ranges drawn beside each other: entries at the line, jurors by severity."""

from collections.abc import Collection, Sequence
from html import escape

from leitai.algorithms.calibration import EntryAtCut, Range
from leitai.algorithms.notes import Id
from leitai.site.sheets.pictures import FOOT, WIDTH, picture, text

HEIGHT = 260
AROUND = 25
MOST = 200
LEFT = 44


def line(entries: Sequence[EntryAtCut], *, places: int, chosen: Collection[Id], title: str) -> str:
    """Those around the line, the likeliest first, each with its range; equals by chance."""
    unsure = [n for n, e in enumerate(entries) if e.standing == "borderline"] or [places]
    first = max(0, min(unsure[0] - AROUND, places - AROUND))
    last = min(len(entries), max(unsure[-1] + AROUND, places + AROUND))
    if last - first > MOST:
        first = max(first, places - MOST // 2)
        last = min(last, first + MOST)
    shown = entries[first:last]
    if not shown:
        return ""
    scale = _Scale([x for e in shown for x in (e.low, e.high)])
    step = (WIDTH - LEFT) / len(shown)
    drawn = scale.axis()
    for n, entry in enumerate(shown):
        x = LEFT + (n + 0.5) * step
        told = f"{entry.entry}: {entry.score:.2f} ({entry.low:.2f}-{entry.high:.2f}), "
        told += f"{entry.p_in:.0%}"
        told += " ✓" if entry.entry in chosen else ""
        drawn.append(_range(x, entry.low, entry.high, scale))
        drawn.append(_sign(entry.standing, x, scale.y(entry.score), told))
    if first < places < last:
        x = LEFT + (places - first) * step
        drawn.append(f'<line class="cut" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT - FOOT}"/>')
        drawn.append(text(x, HEIGHT - 4, str(places)))
    return picture(drawn, title, height=HEIGHT)


def ranges(values: Sequence[tuple[str, Range]], *, title: str) -> str:
    """Each value a dot with its range, from low to high, around nought."""
    if not values:
        return ""
    ordered = sorted(values, key=lambda pair: pair[1].value)
    scale = _Scale([0.0, *(x for _name, r in ordered for x in (r.low, r.high))])
    step = (WIDTH - LEFT) / len(ordered)
    drawn = scale.axis()
    drawn.append(
        f'<line class="cut" x1="{LEFT}" x2="{WIDTH}" y1="{scale.y(0):.1f}" y2="{scale.y(0):.1f}"/>'
    )
    for n, (name, r) in enumerate(ordered):
        x = LEFT + (n + 0.5) * step
        drawn.append(_range(x, r.low, r.high, scale))
        told = f"{name}: {r.value:+.2f} ({r.low:+.2f} … {r.high:+.2f})"
        drawn.append(_sign("borderline", x, scale.y(r.value), told))
    return picture(drawn, title, height=HEIGHT)


class _Scale:
    """From a value to its height in the picture."""

    def __init__(self, values: Sequence[float]) -> None:
        self.low, self.high = min(values), max(values)
        self.reach = (self.high - self.low) or 1.0

    def y(self, value: float) -> float:
        return 8 + (HEIGHT - FOOT - 16) * (self.high - value) / self.reach

    def axis(self) -> list[str]:
        drawn = []
        for n in range(5):
            value = self.low + self.reach * n / 4
            y = self.y(value)
            drawn.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
            drawn.append(text(LEFT - 6, y + 4, f"{value:.3g}", "end"))
        return drawn


def _range(x: float, low: float, high: float, scale: _Scale) -> str:
    a, b = scale.y(high), scale.y(low)
    return f'<line class="range" x1="{x:.1f}" x2="{x:.1f}" y1="{a:.1f}" y2="{b:.1f}"/>'


def _sign(standing: str, x: float, y: float, told: str) -> str:
    inside = f"<title>{escape(told)}</title>"
    if standing == "safe_out":
        return f'<path class="out" d="M{x - 3:.1f} {y:.1f}h6">{inside}</path>'
    kind = "in" if standing == "safe_in" else "between"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="3">{inside}</circle>'
