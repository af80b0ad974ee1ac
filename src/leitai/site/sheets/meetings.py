"""leitai meetings HOSTS TEAMS WISHES: who meets whom, when and at which table."""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.algorithms.notes import Id
from leitai.algorithms.timetable import (
    Host,
    Interpreter,
    Meeting,
    Table,
    Team,
    Timetable,
    Unschedulable,
    arrange,
)
from leitai.foundation.tables.mapping import Checked
from leitai.site.sheets import door, fields, pictures, ready, words
from leitai.site.sheets.html import Report

Wishes = Mapping[Id, Mapping[Id, int]]


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="leitai meetings", description="One-to-one meetings.")
    made.add_argument("hosts", help="CSV or XLSX: host, most, free slots, languages, needs, only")
    made.add_argument("teams", help="CSV or XLSX: team, and the same columns")
    made.add_argument("wishes", help="CSV or XLSX: who, whom, wish (3 very much … 0 never)")
    made.add_argument("--slots", required=True, help="how many, or their names: 9:00,9:20,9:40")
    made.add_argument("--tables", required=True,
                      help="how many at once, or a file: table, features, free slots")  # fmt: skip
    made.add_argument("--interpreters", help="CSV or XLSX: interpreter, languages, free slots")
    made.add_argument("--fixed", help="CSV or XLSX: slot, host, team; they stay")
    made.add_argument("--gap", type=int, default=0, help="free slots between two meetings")
    made.add_argument("--no-floor", action="store_true",
                      help="do not see to a meeting for every team first")  # fmt: skip
    return made


def work(args: argparse.Namespace) -> None:
    door.check_outputs(args)
    names = slot_names(args.slots)
    host_rows = door.read(args.hosts, fields.party("host"), keys=["host"])
    team_rows = door.read(args.teams, fields.party("team"), keys=["team"])
    by_host, by_team = wishes(args.wishes, host_rows, team_rows)
    hosts = [Host(**party(row, "host", by_host)) for row in host_rows]
    teams = [Team(**party(row, "team", by_team)) for row in team_rows]
    room = tables(args.tables)
    try:
        made = arrange(
            hosts,
            teams,
            n_slots=len(names),
            tables=room,
            interpreters=interpreters(args.interpreters),
            fixed=fixed(args.fixed),
            gap=args.gap,
            floor=not args.no_floor,
            seed=args.seed,
            report=ready.progress,
        )
    except Unschedulable as refusal:
        head = _("The fixed meetings cannot all stand:")
        raise CommandError("\n".join([head, *map(words.said, refusal.notes)])) from None
    headers, rows = lines(made, names, by_host, by_team)
    door.write(args.output, headers, rows)
    told(made, names, args, (headers, rows), n=(len(hosts), len(teams), len(room))).write(
        args.report
    )


def slot_names(told: str) -> list[str]:
    if told.isdigit():
        return [str(i + 1) for i in range(int(told))]
    return [name.strip() for name in told.split(",") if name.strip()]


def party(row: Checked, side: str, wishes: Wishes) -> dict[str, Any]:
    return {
        "id": row[side],
        "wishes": wishes.get(row[side], {}),
        "most": row["most"],
        "free": row["free"],
        "languages": frozenset(row["languages"] or ()),
        "needs": frozenset(row["needs"] or ()),
        "only": frozenset(row["only"]) if row["only"] else None,
    }


def wishes(
    path: str, hosts: Sequence[Checked], teams: Sequence[Checked]
) -> tuple[dict[Id, dict[Id, int]], dict[Id, dict[Id, int]]]:
    """The hosts' wishes and the teams'; who names somebody unknown is told so."""
    here = ({row["host"] for row in hosts}, {row["team"] for row in teams})
    if both := here[0] & here[1]:
        text = _("{name} is both a host and a team; give them different names.")
        raise CommandError(text.format(name=sorted(both)[0]))
    found: tuple[dict[Id, dict[Id, int]], ...] = (defaultdict(dict), defaultdict(dict))
    strange = []
    for row in door.read(path, fields.wish(), keys=["who", "whom"]):
        side = 0 if row["who"] in here[0] else 1
        if row["who"] not in here[side] or row["whom"] not in here[1 - side]:
            strange.append(row)
        else:
            found[side][row["who"]][row["whom"]] = row["wish"]
    if strange:
        text = _("{path} row {row}: {who} and {whom} are not a host and a team; mend the row.")
        raise CommandError(
            "\n".join(
                text.format(path=path, row=r.number, who=r["who"], whom=r["whom"])
                for r in strange[: door.TOLD]
            )
        )
    return found[0], found[1]


def tables(told: str) -> list[Table]:
    if told.isdigit():
        return [Table(id=i + 1) for i in range(int(told))]
    rows = door.read(told, fields.table(), keys=["id"])
    return [
        Table(id=row["id"], features=frozenset(row["features"] or ()), free=row["free"])
        for row in rows
    ]


def interpreters(path: str | None) -> list[Interpreter]:
    rows = door.read(path, fields.helper(), keys=["id"]) if path else []
    return [
        Interpreter(id=row["id"], languages=frozenset(row["languages"]), free=row["free"])
        for row in rows
    ]


def fixed(path: str | None) -> list[Meeting]:
    rows = door.read(path, fields.meeting()) if path else []
    return [Meeting(row["slot"] - 1, row["host"], row["team"]) for row in rows]


def lines(
    made: Timetable, names: Sequence[str], by_host: Wishes, by_team: Wishes
) -> tuple[list[str], list[list[object]]]:
    headers = [
        pgettext("sheets", "slot"),
        pgettext("sheets", "host"),
        pgettext("sheets", "team"),
        pgettext("sheets", "table"),
        pgettext("sheets", "interpreter"),
    ]
    headers += [pgettext("sheets", "host's wish"), pgettext("sheets", "team's wish")]
    rows: list[list[object]] = [
        [
            names[p.meeting.slot],
            p.meeting.host,
            p.meeting.team,
            p.table,
            p.interpreter or "",
            by_host.get(p.meeting.host, {}).get(p.meeting.team),
            by_team.get(p.meeting.team, {}).get(p.meeting.host),
        ]
        for p in made.meetings
    ]
    return headers, rows


def told(
    made: Timetable,
    names: Sequence[str],
    args: argparse.Namespace,
    table: tuple[list[str], list[list[object]]],
    *,
    n: tuple[int, int, int],
) -> Report:
    figures = made.figures
    # With every team served that can be, the floor is part of what was asked for.
    is_served = not args.no_floor and len(figures.without) <= figures.left_out
    possible = figures.floor_bound if is_served else figures.bound
    share = 100.0 * figures.value / possible if possible else 100.0
    lead = _("{n} meetings of {hosts} hosts and {teams} teams in {slots} slots.")
    report = Report(
        pgettext("sheets", "Meetings"),
        lead.format(n=len(made.meetings), hosts=n[0], teams=n[1], slots=len(names)),
    )
    report.figures(
        [
            (pgettext("sheets", "wishes that came true"), f"{figures.value:g}"),
            (pgettext("sheets", "of what is possible"), f"{share:.2f} %"),
            (pgettext("sheets", "teams without a meeting"), len(figures.without)),
        ]
    )
    report.heading(pgettext("sheets", "The rules"))
    report.text(
        _(
            "Two meet when one of them wishes for it and neither said no; nobody sits twice in a "
            "slot, and {tables} tables are there at once."
        ).format(tables=n[2])
    )
    if not args.no_floor:
        report.text(_("A first meeting for every team comes before anybody's second."))
    report.table(
        [pgettext("sheets", "wish"), pgettext("sheets", "came true"), pgettext("sheets", "of")],
        [[w, *met] for w, met in figures.met.items()],
    )
    busy = dict(zip(names, figures.by_slot))
    report.picture(
        pictures.bars(busy, title=pgettext("sheets", "meetings")), _("Meetings in each slot.")
    )
    if figures.without:
        report.heading(pgettext("sheets", "Teams without a meeting"))
        report.text(", ".join(map(str, figures.without)))
    report.heading(pgettext("sheets", "All meetings"))
    report.table(*table)
    report.heading(_("Wishes that did not come true, and why"))
    headers = [
        pgettext("sheets", "host"),
        pgettext("sheets", "team"),
        pgettext("sheets", "host's wish"),
        pgettext("sheets", "team's wish"),
        pgettext("sheets", "reason"),
    ]
    unmet = sorted(made.unmet, key=lambda u: -(u.host_wish + u.team_wish))
    rows = [[u.host, u.team, u.host_wish, u.team_wish, words.said(u.note)] for u in unmet]
    report.table(headers, rows)
    return report
