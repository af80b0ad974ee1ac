"""A report in one file: no script, nothing fetched, readable for years, light and dark."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitai import __version__
from leitai.algorithms.lookalike import Side
from leitai.site.sheets.door import unwritable

MOST_ROWS = 2000

STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1b1a17; --quiet: #5c594f;
  --line: #e5e1d6; --seal: #c8321f; --jade: #1f7a5c; --wash: #f1ede3; }
@media (prefers-color-scheme: dark) { :root { --paper: #161512; --ink: #ece9e1; --quiet: #a8a498;
  --line: #322f28; --seal: #f0604a; --jade: #56b894; --wash: #24221d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem clamp(1rem, 4vw, 2.5rem) 4rem;
  background: var(--paper); color: var(--ink); text-wrap: pretty;
  font: 400 1rem/1.6 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif; }
h1, h2 { line-height: 1.2; text-wrap: balance; letter-spacing: -.01em; }
h1 { font-size: clamp(1.6rem, 4vw, 2.4rem); margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; }
p { max-width: 68ch; margin: .5rem 0; } .quiet { color: var(--quiet); font-size: .875rem; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 1.25rem 0; }
dl div { display: flex; flex-direction: column-reverse; } dd { margin: 0; font-size: 1.6rem;
  font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.2; }
dt { color: var(--quiet); font-size: .8125rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { text-align: start; font-weight: 500; color: var(--quiet); font-size: .8125rem; }
th, td { padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1rem 0; overflow-x: auto; } figcaption { color: var(--quiet); font-size: .875rem; }
svg { width: 100%; min-width: 32rem; height: auto; display: block; }
svg text { fill: var(--quiet); font-size: 11px; }
svg .bar { fill: var(--jade); } svg .axis { stroke: var(--line); }
svg .range { stroke: var(--quiet); stroke-opacity: .45; } svg .out { stroke: var(--quiet); }
svg .in { fill: var(--jade); } svg .between { fill: var(--paper); stroke: var(--seal); }
svg .cut { stroke: var(--ink); stroke-dasharray: 4 3; }
mark { background: var(--wash); color: inherit; padding: 0 .15em; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
  gap: .25rem 2rem; border-block-start: 1px solid var(--line); padding-block: .75rem; }
.sides p { margin: 0; color: var(--quiet); white-space: pre-line; overflow-wrap: anywhere; }
.sides b { display: block; font-weight: 500; font-size: .8125rem; }
.sides mark { color: var(--ink); }
@media print { body { max-width: none; } }
"""


class Report:
    """Grows section by section; everything that is not our own markup is escaped."""

    def __init__(self, title: str, lead: str) -> None:
        self.title = title
        self.parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(lead)}</p>"]

    def heading(self, words: str) -> None:
        self.parts.append(f"<h2>{escape(words)}</h2>")

    def text(self, *sentences: str, quiet: bool = False) -> None:
        kind = ' class="quiet"' if quiet else ""
        self.parts += [f"<p{kind}>{escape(sentence)}</p>" for sentence in sentences]

    def figures(self, pairs: Iterable[tuple[str, Any]]) -> None:
        inside = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(str(value))}</dd></div>"
            for name, value in pairs
        )
        self.parts.append(f"<dl>{inside}</dl>")

    def picture(self, svg: str, caption: str) -> None:
        self.parts.append(
            f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>" if svg else ""
        )

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        numeric = [
            any(_is_number(row[i]) for row in rows)
            and all(_is_number(row[i]) or row[i] in ("", None) for row in rows)
            for i in range(len(headers))
        ]
        head = "".join(_cell("th", h, is_number=n) for h, n in zip(headers, numeric))
        body = "".join(
            "<tr>" + "".join(_cell("td", c, is_number=n) for c, n in zip(row, numeric)) + "</tr>"
            for row in rows[:MOST_ROWS]
        )
        inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        self.parts.append(f'<div class="scroll"><table>{inside}</table></div>')
        if len(rows) > MOST_ROWS:
            text = _("The first {n} of {all} rows; the table you wrote with -o has them all.")
            self.text(text.format(n=MOST_ROWS, all=len(rows)), quiet=True)

    def sides(self, names: tuple[str, str], found: Iterable[tuple[Side, Side]]) -> None:
        """Passages of two texts next to each other, with what stands around them."""
        for pair in found:
            told = "".join(_side(name, side) for name, side in zip(names, pair, strict=True))
            self.parts.append(f'<div class="sides">{told}</div>')

    def write(self, path: Path | None) -> None:
        if path is None:
            return
        end = _("Made by Leitai {version} from the tables named above; anybody with them can.")
        foot = f'<p class="quiet">{escape(end.format(version=__version__))}</p>'
        page = (
            f'<!doctype html><html lang="{get_language()}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{STYLE}</style></head>"
            f"<body>{''.join(self.parts)}{foot}</body></html>\n"
        )
        try:
            path.write_text(page, encoding="utf-8")
        except OSError as error:
            raise unwritable(path, error) from error


def _side(name: str, side: Side) -> str:
    before = f"…{escape(side.before)}" if side.before else ""
    after = f"{escape(side.after)}…" if side.after else ""
    return f"<p><b>{escape(name)}</b>{before}<mark>{escape(side.text)}</mark>{after}</p>"


def _cell(tag: str, value: Any, *, is_number: bool) -> str:
    kind = ' class="n"' if is_number else ""
    return f"<{tag}{kind}>{escape('' if value is None else str(value))}</{tag}>"


def _is_number(value: Any) -> bool:
    return not isinstance(value, str | bool) and value is not None
