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
            drawn.append(text(x + step / 2, HEIGHT - 4, str(key)))
            drawn.append(text(x + step / 2, FOOT + room - high - 4, str(n)))
    return picture(drawn, title)


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
    drawn += [text(2, HEIGHT - 4, f"{low:.3g}", "start")]
    drawn += [text(WIDTH - 2, HEIGHT - 4, f"{high:.3g}", "end")]
    return picture(drawn, title)


def text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def picture(drawn: Sequence[str], title: str, *, height: int = HEIGHT) -> str:
    inside = "".join(drawn)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img"><title>{escape(title)}</title>'
        f"{inside}</svg>"
    )
