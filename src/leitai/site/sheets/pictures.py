"""Small pictures as SVG, with a title that says the same in words."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 640, 160
FOOT = 18


def bars(counts: Mapping[object, int], *, title: str) -> str:
    """One bar for each key, in the order given, with its number above."""
    if not counts:
        return ""
    step, most = WIDTH / len(counts), max(*counts.values(), 1)
    room = HEIGHT - 2 * FOOT
    every = max(1, len(counts) // 16)
    drawn = []
    for i, (key, n) in enumerate(counts.items()):
        high, x = room * n / most, i * step
        drawn.append(
            f'<rect class="bar" x="{x + 0.1 * step:.1f}" y="{FOOT + room - high:.1f}" '
            f'width="{0.8 * step:.1f}" height="{high:.1f}"/>'
        )
        if i % every == 0:
            drawn.append(_text(x + step / 2, HEIGHT - 4, str(key)))
            drawn.append(_text(x + step / 2, FOOT + room - high - 4, str(n)))
    return _picture(drawn, title)


def histogram(
    values: Sequence[float],
    *,
    title: str,
    ends: tuple[float, float] | None = None,
    bins: int = 24,
) -> str:
    """How often which value, with the ends of the axis written out."""
    if not values:
        return ""
    low, high = ends or (min(values), max(values))
    width = (high - low) / bins or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(int((value - low) / width), bins - 1)] += 1
    step, room, most = WIDTH / bins, HEIGHT - 2 * FOOT, max(counts)
    drawn = [
        f'<rect class="bar" x="{i * step + 1:.1f}" y="{FOOT + room * (1 - n / most):.1f}" '
        f'width="{step - 2:.1f}" height="{room * n / most:.1f}"/>'
        for i, n in enumerate(counts)
        if n
    ]
    drawn += [_text(2, HEIGHT - 4, f"{low:.3g}", "start")]
    drawn += [_text(WIDTH - 2, HEIGHT - 4, f"{high:.3g}", "end")]
    return _picture(drawn, title)


def dots(values: Sequence[tuple[str, float]], *, title: str, middle: float = 0.0) -> str:
    """Each value a dot on one line, from low to high, around a middle."""
    if not values:
        return ""
    ordered = sorted(values, key=lambda pair: pair[1])
    reach = max(abs(v - middle) for _, v in ordered) or 1.0
    room = HEIGHT - 2 * FOOT
    drawn = [
        f'<line class="axis" x1="0" x2="{WIDTH}" y1="{HEIGHT / 2}" y2="{HEIGHT / 2}"/>',
        _text(2, FOOT - 4, f"{middle + reach:+.2f}", "start"),
        _text(2, HEIGHT - 4, f"{middle - reach:+.2f}", "start"),
    ]
    step = (WIDTH - 60) / len(ordered)
    for i, (name, value) in enumerate(ordered):
        y = HEIGHT / 2 - (value - middle) / reach * room / 2
        told = escape(f"{name}: {value:+.2f}")
        x = 50 + (i + 0.5) * step
        drawn.append(
            f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{told}</title></circle>'
        )
    return _picture(drawn, title)


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _picture(drawn: Sequence[str], title: str) -> str:
    inside = "".join(drawn)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(title)}</title>'
        f"{inside}</svg>"
    )
