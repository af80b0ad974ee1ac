"""What a calibration can say about itself, in sentences that carry their numbers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from leitai.algorithms.calibration.arrays import Calibration
from leitai.algorithms.calibration.sheets import Table
from leitai.algorithms.notes import Note

if TYPE_CHECKING:
    from leitai.algorithms.calibration.cut import EntryAtCut

TELLING_LOAD = 8
"""With fewer sheets a strict juror and a juror with weak entries look alike."""


def about_the_cut(
    made: Table,
    calibration: Calibration,
    lines: Sequence["EntryAtCut"],
    *,
    places: Mapping[str, int],
    right: Mapping[str, float],
) -> tuple[Note, ...]:
    if not len(made.score):
        return (Note("no_sheets", "There are no sheets yet."),)
    standing = [x.standing for x in lines]
    summary = Note(
        "cut_summary",
        "{places} places: {safe_in} entries are safely in, {safe_out} safely out, and for "
        "{borderline} the marks cannot tell.",
        {"places": sum(places.values())}
        | {s: standing.count(s) for s in ("safe_in", "safe_out", "borderline")},
    )
    sure = Note(
        "cut_sureness",
        "Of the {places} likeliest entries about {right} are expected to belong there.",
        {"places": sum(places.values()), "right": f"{sum(right.values()):.1f}"},
    )
    return (summary, sure, *unmarked(lines), *about_jurors(made, calibration), *parts(calibration))


def unmarked(lines: Sequence["EntryAtCut"]) -> tuple[Note, ...]:
    without = [x.entry for x in lines if not x.sheets]
    if not without:
        return ()
    return (
        Note(
            "entries_without_sheets",
            "{entries} entries have no sheet yet; their chances are those of anybody.",
            {"entries": len(without)},
        ),
    )


def about_jurors(made: Table, c: Calibration) -> tuple[Note, ...]:
    """How much jurors differ, as far as their sheets can show it."""
    loads = np.bincount(made.juror, minlength=len(made.jurors))
    usual = int(np.median(loads[loads > 0]))
    differ = Note(
        "jurors_differ",
        "Jurors differ by about {severity} marks in severity (an entry's own quality moves a mark "
        "by about {quality}, chance by about {noise}).",
        {
            "severity": f"{float(c.severity_spread.value):.2g}",
            "quality": f"{c.unit:.2g}",
            "noise": f"{float(np.median(c.noise.value)):.2g}",
        },
    )
    if usual >= TELLING_LOAD:
        return (differ,)
    return (
        differ,
        Note(
            "loads_too_small",
            "Jurors have {usual} sheets each at the median, too few to tell a strict juror from "
            "weak entries: scores lean towards the plain mean and ranges are wide.",
            {"usual": usual, "least": TELLING_LOAD},
        ),
    )


def parts(c: Calibration) -> tuple[Note, ...]:
    if c.n_parts < 2:
        return ()
    sizes = sorted(np.bincount(c.part).tolist(), reverse=True)
    return (
        Note(
            "cannot_be_compared",
            "The entries fall into {parts} parts ({sizes}) that share no juror, not even by way of "
            "others. Marks cannot tell a strict part of the jury from a weak part of the entries: "
            "chances across parts rest on the belief that they were alike. Give each part its own "
            "places, or let some jurors mark in two parts.",
            {
                "parts": c.n_parts,
                "sizes": ", ".join(str(s) for s in sizes[:8]) + (", …" if len(sizes) > 8 else ""),
            },
        ),
    )
