"""leitai rank MARKS: from marks to places, with the rule and the doubts written out."""

import argparse
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.algorithms.calibration import Cut, JuryReport
from leitai.algorithms.formulas import FORMULAS, NotComparable, Result, Sheet
from leitai.algorithms.notes import Id
from leitai.algorithms.quotas import Candidate, Selection, quotas, select
from leitai.algorithms.ranking import Ranking, rank
from leitai.site.sheets import door, marks, pictures, ready, words
from leitai.site.sheets.doubts import about_jurors, about_the_line, chances, juror_rows, jury
from leitai.site.sheets.html import Report
from leitai.values.score import publish

NAMES = {
    "mean": "raw_mean",
    "drop_high_low": "drop_extremes",
    "z_mean": "juror_z",
    "median": "median",
}
ALL = ""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="leitai rank", description="From marks to places.")
    made.add_argument("marks", help="CSV or XLSX: a row for each sheet, or a column for each juror")
    made.add_argument("--scale", required=True, help="from-to/step: 0-100, 1.0-5.0/0.1")
    made.add_argument("--direction", choices=["up", "down"], default="up",
                      help="down where low marks are good")  # fmt: skip
    made.add_argument("--formula", choices=list(NAMES), default="mean")
    made.add_argument("--entry", default="", help="its column, or several by commas")
    made.add_argument("--juror", default="", help="the juror's column in a long table")
    made.add_argument("--jurors", default="", help="the jurors' columns in a wide one: j1..j9")
    made.add_argument("--criteria", default="", help="the columns with marks, by commas")
    made.add_argument("--weights", default="", help="approach=2,impact=1; else all count the same")
    made.add_argument("--optional", default="", help="criteria that may be blank, by commas")
    made.add_argument("--absent", default="", help="a mark that stands for an empty chair: 0")
    made.add_argument("--decimals", type=int, default=2, help="of the score that is published")
    made.add_argument("--places", type=int, help="how many are chosen")
    made.add_argument("--quota", default="", help="a column: places are shared among its groups")
    made.add_argument("--floor", type=int, default=0, help="with --quota: at least so many each")
    made.add_argument("--reserves", type=int, default=0)
    made.add_argument("--jury", type=Path, help="a table of how each juror marks: .xlsx or .csv")
    made.add_argument("--no-chances", action="store_true",
                      help="leave out how sure the line is and how jurors mark")  # fmt: skip
    return made


def work(args: argparse.Namespace) -> None:
    door.check_outputs(args)
    if args.quota and not args.places:
        raise CommandError(_("--quota shares out places: say how many with --places."))
    scale = marks.scale_of(args.scale, args.direction)
    ready.progress(0.0, pgettext("sheets", "reading"))
    given = marks.read(
        args.marks,
        scale=scale,
        entry=args.entry,
        juror=args.juror,
        jurors=args.jurors,
        criteria=args.criteria,
        weights=weights(args.weights),
        optional=[name.strip() for name in args.optional.split(",")],
        blank=args.absent,
        group=args.quota,
    )
    ready.progress(0.4, pgettext("sheets", "reckoning"))
    result = reckoned(given.sheets, args)
    scores = {e: publish(s.value, places=args.decimals) for e, s in result.scores.items()}
    ranking = rank(scores, better=args.direction)
    chosen, shares = selected(ranking, given.groups, args)
    doubts = chances(given, shares, args, n=len(scores), alone=ALL)
    jurors = None if args.no_chances else jury(given, args)
    table = lines(result, ranking, chosen, given, doubts)
    door.write(args.output, *table)
    if jurors:
        door.write(args.jury, *juror_rows(jurors))
    outcome = (ranking, chosen, shares)
    told(args, given, result, outcome, (doubts, jurors), table).write(args.report)
    ready.progress(1.0, pgettext("sheets", "done"))


def weights(told: str) -> dict[str, Decimal]:
    try:
        pairs = [part.rsplit("=", 1) for part in told.split(",") if part]
        return {name.strip(): Decimal(weight) for name, weight in pairs}
    except (ValueError, InvalidOperation):
        text = _("--weights {told}: write it as approach=2,impact=1.")
        raise CommandError(text.format(told=told)) from None


def reckoned(sheets: tuple[Sheet, ...], args: argparse.Namespace) -> Result:
    try:
        return FORMULAS[NAMES[args.formula]](sheets, better=args.direction)
    except NotComparable as refusal:
        reasons = [words.said(note) for note in refusal.notes]
        head = _("--formula {name} would not be fair on these marks.").format(name=args.formula)
        raise CommandError("\n".join([head, *reasons])) from None


def selected(
    ranking: Ranking, groups: dict[Id, str], args: argparse.Namespace
) -> tuple[Selection | None, dict[str, Any]]:
    """Who is chosen, and each group's places with their arithmetic."""
    if not args.places:
        return None, {}
    candidates = [
        Candidate(entry=p.entry, place=p.place, group=groups.get(p.entry, ALL))
        for p in ranking.places
    ]
    counts = Counter(c.group for c in candidates)
    shares = quotas(total=args.places, candidates=dict(sorted(counts.items())), floor=args.floor)
    places = {group: share.places for group, share in shares.items()}
    return select(candidates, places=places, reserves=args.reserves), shares


def lines(
    result: Result,
    ranking: Ranking,
    chosen: Selection | None,
    given: marks.Marks,
    doubts: Cut | None,
) -> tuple[list[str], list[list[object]]]:
    headers = [
        pgettext("sheets", "place"),
        pgettext("sheets", "entry"),
        pgettext("sheets", "score"),
        pgettext("sheets", "sheets"),
        pgettext("sheets", "left out"),
        pgettext("sheets", "note"),
    ]
    standing = _standing(chosen)
    at = {line.entry: line for line in doubts.entries} if doubts else {}
    headers += [pgettext("sheets", "group")] if given.groups else []
    headers += [pgettext("sheets", "decision")] if chosen else []
    headers += (
        [
            pgettext("sheets", "chance"),
            pgettext("sheets", "calibrated"),
            pgettext("sheets", "from"),
            pgettext("sheets", "to"),
        ]
        if at
        else []
    )
    rows = []
    for place in ranking.places:
        score, line = result.scores[place.entry], at.get(place.entry)
        row: list[object] = [
            place.place,
            place.entry,
            place.score,
            score.sheets,
            ", ".join(map(str, score.left_out)),
            words.said(score.note) if score.note else "",
        ]
        row += [given.groups[place.entry]] if given.groups else []
        row += [standing.get(place.entry, pgettext("sheets", "out"))] if chosen else []
        if line:
            row += [round(x, 3) for x in (line.p_in, line.score, line.low, line.high)]
        rows.append(row)
    return headers, rows


def _standing(chosen: Selection | None) -> dict[Id, str]:
    if chosen is None:
        return {}
    found = {entry: pgettext("sheets", "chosen") for entry in chosen.chosen}
    found |= {entry: pgettext("sheets", "reserve") for entry in chosen.reserves}
    return found | {
        entry: pgettext("sheets", "tie at the line") for tie in chosen.ties for entry in tie.entries
    }


def told(
    args: argparse.Namespace,
    given: marks.Marks,
    result: Result,
    outcome: tuple[Ranking, Selection | None, dict[str, Any]],
    found: tuple[Cut | None, JuryReport | None],
    table: tuple[list[str], list[list[object]]],
) -> Report:
    ranking, chosen, shares = outcome
    doubts, jurors = found
    lead = _("{sheets} sheets by {jurors} jurors on {entries} entries.").format(
        sheets=len(given.sheets),
        jurors=len({s.juror for s in given.sheets}),
        entries=len(ranking.places),
    )
    made = Report(pgettext("sheets", "Places"), lead)
    made.heading(pgettext("sheets", "The rule"))
    made.text(words.said(result.rule), *rule_told(args))
    if given.empty:
        made.text(_("{n} empty chairs were passed over.").format(n=given.empty))
    if chosen:
        made.figures(
            [
                (pgettext("sheets", "chosen"), len(chosen.chosen)),
                (pgettext("sheets", "reserves"), len(chosen.reserves)),
                (pgettext("sheets", "open ties"), len(chosen.ties)),
            ]
        )
        made.text(*[words.said(share.note) for group, share in shares.items() if group != ALL])
        made.text(*[words.said(tie.note) for tie in chosen.ties])
    if doubts:
        about_the_line(made, doubts, frozenset(chosen.chosen) if chosen else frozenset())
    made.heading(pgettext("sheets", "Scores"))
    scores = [float(place.score) for place in ranking.places]
    made.picture(
        pictures.histogram(scores, title=pgettext("sheets", "scores")), _("Entries by their score.")
    )
    if jurors:
        about_jurors(made, jurors)
    made.heading(pgettext("sheets", "All places"))
    made.table(*table)
    return made


def rule_told(args: argparse.Namespace) -> list[str]:
    better = _("High marks are good.") if args.direction == "up" else _("Low marks are good.")
    published = _("Scores are rounded half up to {n} decimals, and equal ones share a place.")
    scale = _("Marks from {scale}.").format(scale=args.scale)
    several = _(
        "A sheet with several criteria counts as their mean, weighted where told; a "
        "criterion left blank is left out of it."
    )
    return [f"{scale} {better}", several, published.format(n=args.decimals)]
