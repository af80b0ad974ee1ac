"""leitai lookalikes FILE: entries that say the same, with the passages."""

import argparse

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.algorithms.lookalike import find, passages
from leitai.foundation.tables.command import open_sheet
from leitai.foundation.tables.mapping import check
from leitai.site.sheets import door, fields, ready
from leitai.site.sheets.html import Report

SHOWN = 200
LONGEST = 300


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="leitai lookalikes", description="Find similar entries.")
    made.add_argument("entries", help="CSV or XLSX: entry and texts, in Chinese or English")
    made.add_argument("--entry", default="", help="the column that names an entry")
    made.add_argument("--text", default="", help="columns with text, by commas")
    made.add_argument("--least", type=float, default=0.5, help="show pairs from this score on")
    return made


def work(args: argparse.Namespace) -> None:
    door.check_outputs(args)
    ids, texts = read(args)
    ready.progress(0.2, pgettext("sheets", "comparing"))
    first, second, score = find(texts=texts)
    pairs = [
        (i, j, s)
        for i, j, s in zip(first.tolist(), second.tolist(), score.tolist())
        if s >= args.least
    ]
    ready.progress(0.8, pgettext("sheets", "finding the passages"))
    shared = [passages(texts[i], texts[j]) for i, j, _s in pairs]
    headers = [
        pgettext("sheets", "entry"),
        pgettext("sheets", "other entry"),
        pgettext("sheets", "likeness"),
        pgettext("sheets", "shared passages"),
        pgettext("sheets", "the longest"),
    ]
    rows = [
        (ids[i], ids[j], round(s, 3), len(found), max((p.text for p in found), key=len, default=""))
        for (i, j, s), found in zip(pairs, shared)
    ]
    door.write(args.output, headers, rows)
    lead = _("{pairs} pairs among {n} texts look alike. Each is a hint for a person who looks.")
    made = Report(pgettext("sheets", "Look-alikes"), lead.format(pairs=len(pairs), n=len(texts)))
    made.heading(pgettext("sheets", "The rule"))
    made.text(
        _(
            "Two texts look alike when their words and neighbouring words do (cosine of TF-IDF), "
            "or when much of the shorter one stands in the longer one. What stands in very many "
            "texts, such as the form's own words, is left out. Pairs from {least} on are told."
        ).format(least=args.least)
    )
    made.heading(pgettext("sheets", "The pairs"))
    made.table(headers[:4], [row[:4] for row in rows])
    for row, found in list(zip(rows, shared))[:SHOWN]:
        made.heading(f"{row[0]} – {row[1]}")
        longest = sorted(found, key=lambda p: -len(p.text))[:5]
        made.text(*[f"“{p.text[:LONGEST]}{'…' if len(p.text) > LONGEST else ''}”" for p in longest])
    made.write(args.report)
    ready.progress(1.0, pgettext("sheets", "done"))


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
