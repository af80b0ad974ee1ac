"""How sure a ranking is: the line with its chances, and how each juror marks."""

import argparse
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from leitai.algorithms.calibration import Cut, JuryReport, Range, Review, cut, report
from leitai.algorithms.notes import Id
from leitai.foundation.notes import said, told
from leitai.site.sheets import chart, marks, pictures, ready
from leitai.site.sheets.html import Report

MOST_DOTS = 240
FORMULAS = {
    "raw_mean": lambda: pgettext("formula", "plain mean"),
    "drop_extremes": lambda: pgettext("formula", "highest and lowest left out"),
    "trimmed_mean": lambda: pgettext("formula", "trimmed mean"),
    "median": lambda: pgettext("formula", "median"),
    "juror_z": lambda: pgettext("formula", "standardised per juror"),
    "juror_min_max": lambda: pgettext("formula", "stretched per juror"),
}


def chances(
    given: marks.Marks, shares: dict[str, Any], args: argparse.Namespace, *, n: int, alone: str
) -> Cut | None:
    """How sure the cut is: each entry's chance to belong among the chosen."""
    if not shares or args.no_chances or args.places >= n:
        return None
    ready.progress(0.6, pgettext("sheets", "weighing the chances"))
    return cut(
        given.sheets,
        places={group: share.places for group, share in shares.items()},
        groups={e: given.groups.get(e, alone) for e in {s.entry for s in given.sheets}},
        better=args.direction,
        seed=args.seed,
    )


def jury(given: marks.Marks, args: argparse.Namespace) -> JuryReport:
    ready.progress(0.8, pgettext("sheets", "looking at the jurors"))
    reviews = [Review(entry=s.entry, juror=s.juror, score=s.score) for s in given.sheets]
    return report(reviews, better=args.direction, seed=args.seed)


def about_the_line(made: Report, found: Cut, chosen: frozenset[Id]) -> None:
    counts = Counter(line.standing for line in found.entries)
    made.heading(pgettext("sheets", "How sure the line is"))
    made.figures(
        [
            (pgettext("sheets", "safely in"), counts["safe_in"]),
            (pgettext("sheets", "borderline"), counts["borderline"]),
            (pgettext("sheets", "safely out"), counts["safe_out"]),
        ]
    )
    made.text(*told(found.notes))
    made.text(
        _(
            "The chance comes from a model of strict and kind, steady and erratic jurors; "
            "it decides nothing."
        ),
        quiet=True,
    )
    if len(found.places) == 1:
        made.picture(
            chart.line(found.entries, places=sum(found.places.values()), chosen=chosen,
                       title=pgettext("sheets", "chances")),
            _(
                "Entries near the line, the likeliest first: each with the range in which its true "
                "value lies nine times in ten. Full dots are safely in, open ones borderline, "
                "dashes safely out; the upright line is the last place."
            ),
        )  # fmt: skip
    else:
        made.picture(
            pictures.histogram(
                [line.p_in for line in found.entries],
                title=pgettext("sheets", "chances"),
                ends=(0.0, 1.0),
            ),
            _("Entries by their chance to belong among the chosen: 0 on the left, 1 on the right."),
        )
    _what_formulas_change(made, found)


def _what_formulas_change(made: Report, found: Cut) -> None:
    made.heading(pgettext("sheets", "What other formulas would decide"))
    headers = [
        pgettext("sheets", "formula"),
        pgettext("sheets", "in instead"),
        pgettext("sheets", "out instead"),
        pgettext("sheets", "expected right"),
    ]
    rows: list[list[object]] = []
    for change in found.changes:
        name = FORMULAS[change.formula]()
        if change.expected_right is None:
            rows.append([name, " ".join(told(change.refused)), "", None])
            continue
        right = round(change.expected_right, 1)
        rows.append([name, _listed(change.comes_in), _listed(change.goes_out), right])
    made.text(_("Beside the list of those likeliest to belong in:"), quiet=True)
    made.table(headers, rows)


def _listed(ids: tuple[Id, ...], *, most: int = 12) -> str:
    shown = ", ".join(str(i) for i in ids[:most]) or "–"
    if len(ids) <= most:
        return shown
    left = len(ids) - most
    return shown + " " + ngettext("and {n} more", "and {n} more", left).format(n=left)


def about_jurors(made: Report, found: JuryReport) -> None:
    made.heading(pgettext("sheets", "How jurors mark"))
    made.text(
        _(
            "Severity is how far a juror's marks lie above or below those of an average juror for "
            "the same entries, with the range it lies in nineteen times in twenty. A strict juror "
            "is not a bad one: look, ask, and judge nobody by a number."
        )
    )
    title = pgettext("sheets", "severity")
    ranges = [(str(line.juror), line.severity) for line in found.jurors]
    if len(ranges) <= MOST_DOTS:
        made.picture(chart.ranges(ranges, title=title), _("Jurors by their severity."))
    else:
        drawn = pictures.histogram([r.value for _name, r in ranges], title=title)
        made.picture(drawn, _("Jurors by their severity."))
    made.text(*[said(copy.note) for copy in found.copies])
    made.table(*juror_rows(found))


def juror_rows(found: JuryReport) -> tuple[list[str], list[list[object]]]:
    headers = [
        pgettext("sheets", "juror"),
        pgettext("sheets", "sheets"),
        pgettext("sheets", "severity"),
        pgettext("sheets", "from"),
        pgettext("sheets", "to"),
        pgettext("sheets", "use of the scale"),
        pgettext("sheets", "chance spread"),
        pgettext("sheets", "agreement"),
        pgettext("sheets", "what stands out"),
    ]
    rows: list[list[object]] = [
        [
            line.juror,
            line.sheets,
            *(round(x, 2) for x in _three(line.severity)),
            round(line.scale.value, 2),
            round(line.noise.value, 2),
            None if line.agreement is None else round(line.agreement.value, 2),
            " ".join(told(line.notes)),
        ]
        for line in found.jurors
    ]
    return headers, rows


def _three(found: Range) -> tuple[float, float, float]:
    return found.value, found.low, found.high
