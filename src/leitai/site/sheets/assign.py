"""leitai assign ENTRIES JURORS: who marks what, and why."""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.algorithms.assignment import EntryNeed, JurorOffer, Plan, Rules, Seat, Unseatable, seat
from leitai.foundation.tables.mapping import Checked
from leitai.site.sheets import door, fields, pictures, ready, shortage_words, words
from leitai.site.sheets.html import Report


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="leitai assign", description="Seat jurors on panels.")
    made.add_argument("entries", help="CSV or XLSX: entry, title, tags, organisation, …")
    made.add_argument("jurors", help="CSV or XLSX: juror, kind, tags, organisation, load …")
    made.add_argument("--conflicts", help="CSV or XLSX: entry, juror; they never meet")
    made.add_argument("--fixed", help="CSV or XLSX: entry, juror; they sit in any case")
    made.add_argument("--k", type=int, default=3, help="jurors for each entry")
    made.add_argument("--mix", default="", help="at least so many: technical=2,investor=1")
    made.add_argument(
        "--load", default="", help="sheets a juror, where the table says nothing: 10-40"
    )
    made.add_argument("--fair", action="store_true", help="lift the worst-off panel first")
    made.add_argument("--pair-cap", metavar="SHARE",
                      help="draw seats so that no pair is likelier than this: 0.5")  # fmt: skip
    made.add_argument("--map", nargs="*", default=[], metavar="FIELD=COLUMN",
                      help="where our guess is wrong: tags=C, juror=Gutachter")  # fmt: skip
    return made


def work(args: argparse.Namespace) -> None:
    door.check_outputs(args)
    entries = [
        need(row) for row in door.read(args.entries, fields.entry(), pairs=args.map, keys=["entry"])
    ]
    cap = pair_cap(args)
    load = loads(args.load) or (0, len(entries))
    jurors = [
        offer(row, load)
        for row in door.read(args.jurors, fields.juror(), pairs=args.map, keys=["juror"])
    ]
    conflicts = pairs(args.conflicts, entries, jurors)
    try:
        plan = seat(
            entries,
            jurors,
            rules=Rules(k=args.k, mix=mix(args.mix)),
            conflicts=conflicts,
            fixed=pairs(args.fixed, entries, jurors),
            objective="fair" if args.fair else "sum",
            seed=args.seed,
            report=ready.progress,
            pair_cap=cap,
        )
    except Unseatable as refusal:
        raise CommandError(shortage_words.refused(refusal)) from None
    kinds = {j.id: j.kind for j in jurors}
    headers = [
        pgettext("sheets", "entry"),
        pgettext("sheets", "juror"),
        pgettext("sheets", "kind"),
        pgettext("sheets", "affinity"),
        pgettext("sheets", "reason"),
    ]
    rows = [
        (
            s.entry,
            s.juror,
            kinds[s.juror],
            round(plan.reasons[s].affinity, 3),
            words.why(plan.reasons[s]),
        )
        for s in plan.seats
    ]
    door.write(args.output, headers, rows)
    told(plan, args, headers, rows, n=(len(entries), len(jurors), len(conflicts))).write(
        args.report
    )


def need(row: Checked) -> EntryNeed:
    return EntryNeed(
        id=row["entry"],
        tags=frozenset(row["tags"] or ()),
        text=" ".join(filter(None, (row["title"], row["text"]))) or None,
        organisation=row["organisation"],
        languages=frozenset(row["languages"] or ()),
        k=row["k"],
        group=row["group"],
    )


def offer(row: Checked, load: tuple[int, int]) -> JurorOffer:
    least, most = row["load_min"], row["load_max"]
    most = load[1] if most is None else most
    return JurorOffer(
        id=row["juror"],
        kind=row["kind"] or "juror",
        load_min=min(load[0], most) if least is None else least,
        load_max=most,
        tags=frozenset(row["tags"] or ()),
        text=row["text"],
        organisation=row["organisation"],
        languages=frozenset(row["languages"] or ()),
    )


def mix(told: str) -> dict[str, int]:
    found = {}
    for part in filter(None, told.split(",")):
        kind, _is, n = part.partition("=")
        if not kind or not n.isdigit():
            raise CommandError(
                _("--mix {told}: write it as technical=2,investor=1.").format(told=told)
            )
        found[kind.strip()] = int(n)
    return found


def loads(told: str) -> tuple[int, int] | None:
    if not told:
        return None
    least, dash, most = told.partition("-")
    if not least.isdigit() or (dash and not most.isdigit()):
        raise CommandError(_("--load {told}: write it as 10-40, or as 40.").format(told=told))
    return (int(least), int(most)) if dash else (0, int(least))


def pair_cap(args: argparse.Namespace) -> float | None:
    if args.pair_cap is None:
        return None
    try:
        cap = float(args.pair_cap)
    except ValueError:
        cap = 0.0
    if not 0 < cap <= 1:
        text = _("--pair-cap {told}: write a number above 0 and up to 1.")
        raise CommandError(text.format(told=args.pair_cap))
    if args.fair:
        raise CommandError(_("--pair-cap goes without --fair: the draw follows the total."))
    return cap


def pairs(
    path: str | None, entries: Sequence[EntryNeed], jurors: Sequence[JurorOffer]
) -> frozenset[Seat]:
    """The pairs of a file; a misspelt one must not go unnoticed."""
    if not path:
        return frozenset()
    here = ({e.id for e in entries}, {j.id for j in jurors})
    rows = door.read(path, fields.pair())
    strange = [r for r in rows if r["entry"] not in here[0] or r["juror"] not in here[1]]
    if strange:
        text = _("{path} row {row}: there is no entry {entry} or no juror {juror}; mend the row.")
        raise CommandError(
            "\n".join(
                text.format(path=path, row=r.number, entry=r["entry"], juror=r["juror"])
                for r in strange[: door.TOLD]
            )
        )
    return frozenset(Seat(r["entry"], r["juror"]) for r in rows)


def told(
    plan: Plan,
    args: argparse.Namespace,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    n: tuple[int, int, int],
) -> Report:
    figures = plan.figures
    lead = _("{seats} seats: {entries} entries, {jurors} jurors, {conflicts} conflicts kept apart.")
    made = Report(
        pgettext("sheets", "Who marks what"),
        lead.format(seats=len(plan.seats), entries=n[0], jurors=n[1], conflicts=n[2]),
    )
    made.figures(
        [
            (pgettext("sheets", "fit of all seats"), f"{figures.total:.2f}"),
            (
                pgettext("sheets", "of what is possible"),
                f"{_share(figures.total, figures.bound):.2f} %",
            ),
            (pgettext("sheets", "fit of the worst-off panel"), f"{figures.worst_off:.3f}"),
            (pgettext("sheets", "parts without a common juror"), len(figures.components)),
        ]
    )
    made.heading(pgettext("sheets", "The rules"))
    made.text(*rules_told(args))
    made.heading(pgettext("sheets", "Loads"))
    spread = {load: figures.loads.get(load, 0) for load in _range(figures.loads)}
    made.picture(
        pictures.bars(spread, title=pgettext("sheets", "loads")),
        _("Jurors by their number of sheets."),
    )
    of_juror = Counter(s.juror for s in plan.seats)
    made.table(
        [pgettext("sheets", "juror"), pgettext("sheets", "sheets")],
        sorted(of_juror.items(), key=lambda x: (-x[1], str(x[0]))),
    )
    made.heading(pgettext("sheets", "Every seat and its reason"))
    made.table(headers, rows)
    return made


def rules_told(args: argparse.Namespace) -> list[str]:
    told = [_("{k} jurors for each entry, unless its row says otherwise.").format(k=args.k)]
    told += [
        _("At least {n} of the kind {kind} on each panel.").format(n=least, kind=kind)
        for kind, least in mix(args.mix).items()
    ]
    told.append(
        _(
            "Nobody marks an entry of the own organisation or with a conflict, no panel has two "
            "jurors of one organisation, and every juror reads the entry's language."
        )
    )
    if args.pair_cap:
        text = _("No pair sits together with a probability above {cap}; the seats are drawn.")
        told.append(text.format(cap=args.pair_cap))
    told.append(_("Seed {seed}: the same tables give the same plan.").format(seed=args.seed))
    return told


def _range(loads: Mapping[int, int]) -> range:
    return range(min(loads, default=0), max(loads, default=0) + 1)


def _share(part: float, whole: float) -> float:
    return 100.0 * part / whole if whole else 100.0
