"""Bars for docs/performance.md, from the figures that the benchmarks wrote as JSON.

    python benchmarks/fairness/pictures.py calibration.json docs/pictures
    python benchmarks/fairness/pictures.py assignment.json docs/pictures

Each picture has its table in the text; its title says the same in words.
"""

import json
import sys
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

WIDE, ROW, LEFT, RIGHT, TOP = 720, 26, 250, 70, 34
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1b1a17}.quiet{fill:#5c594f}"
    ".bar{fill:#c9c3b3}.ours{fill:#1f7a5c}.axis{stroke:#5c594f}"
    "@media (prefers-color-scheme:dark){text{fill:#ece9e1}.quiet{fill:#a8a498}"
    ".bar{fill:#5c594f}.ours{fill:#56b894}.axis{stroke:#a8a498}}"
)
STRESS = "Stress, 5 marks each"
Bar = tuple[str, float, str]


def bars(title: str, rows: Sequence[Bar], *, ours: Callable[[str], bool], low: float = 0.0) -> str:
    """One bar a row, from `low` on; what is ours has another colour and a bold name."""
    high = max(value for _, value, _ in rows)
    room = WIDE - LEFT - RIGHT
    drawn = [f'<text x="0" y="18" font-weight="600">{escape(title)}</text>']
    for n, (name, value, told) in enumerate(rows):
        y = TOP + n * ROW
        is_ours = ours(name)
        long = max(1.0, room * (value - low) / (high - low or 1.0))
        weight = ' font-weight="600"' if is_ours else ""
        kind = "ours" if is_ours else "bar"
        drawn += [
            f'<text x="{LEFT - 10}" y="{y + 15}" text-anchor="end"{weight}>{escape(name)}</text>',
            f'<rect class="{kind}" x="{LEFT}" y="{y + 3}" width="{long:.1f}" height="{ROW - 8}"/>',
            f'<text class="quiet" x="{LEFT + long + 6:.1f}" y="{y + 15}">{escape(told)}</text>',
        ]
    high_px = TOP + ROW * len(rows) + 6
    drawn.append(f'<line class="axis" x1="{LEFT}" x2="{LEFT}" y1="{TOP}" y2="{high_px - 6}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high_px}" role="img">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>{''.join(drawn)}</svg>\n"
    )


def calibration(found: dict[str, list[dict]], name: str) -> str:
    """How much of Kendall's tau each way leaves to the best that anybody could do."""
    rows = [
        (_plain(one["way"]), max(0.0, -one["tau_gap"]), f"{max(0.0, -one['tau_gap']):.4f}")
        for one in found[name]
        if not one["way"].startswith(("Bayes", "jurors known"))
    ]
    title = f"Kendall's tau left to the optimum ({name.lower()}): shorter is better"
    return bars(title, rows, ours=lambda n: n == "Leitai")


def stress(found: dict[str, list[dict]]) -> str:
    """With careless and drifting jurors nobody knows the optimum: Kendall's tau itself."""
    rows = [(_plain(one["way"]), one["tau"], f"{one['tau']:.3f}") for one in found[STRESS]]
    title = "Kendall's tau with harsh, uneven, drifting and careless jurors (bars from 0.5)"
    return bars(title, rows, ours=lambda n: n == "Leitai", low=0.5)


def second_round(found: dict[str, list[dict]]) -> str:
    rows = [
        (f"{_plain(one['way'])}, {one['extra']:,}" if one["extra"] else "no extra reviews",
         one["recall"], f"{one['recall']:.3f}")
        for one in found["Second round"]
    ]  # fmt: skip
    title = "Share of the true top tenth that is found, by extra reviews (bars from 0.5)"
    return bars(title, rows, ours=lambda n: n.startswith("chosen"), low=0.5)


def short_of_jurors(found: list[dict]) -> str:
    """What the worst-off panel gets where topics are short of jurors, and at what price."""
    mine = [one for one in found if one["case"] == "tight" and not one.get("stopped")]
    bound = min(one["worst_bound"] for one in mine if one.get("worst_bound"))
    rows = [
        (one["method"], 100 * one["worst_off"] / bound, _price(one, bound))
        for one in sorted(mine, key=lambda one: -one["worst_off"])
    ]
    title = "Topics short of jurors: what the worst-off panel gets, % of the limit; rules broken"
    return bars(title, rows, ours=lambda n: n == "Leitai, fair")


def _price(one: dict, bound: float) -> str:
    return f"{100 * one['worst_off'] / bound:.0f} %; {one['broken']}"


def _plain(way: str) -> str:
    return way.replace("**", "")


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    found = json.loads(source.read_text())
    if isinstance(found, list):
        made = {"assignment.svg": lambda: short_of_jurors(found)}
    else:
        made = {
            "calibration.svg": lambda: calibration(found, "Contest, 5 marks each"),
            "calibration-stress.svg": lambda: stress(found),
            "second-round.svg": lambda: second_round(found),
        }
    for name, draw in made.items():
        (folder / name).write_text(draw())
        print(folder / name)


if __name__ == "__main__":
    main()
