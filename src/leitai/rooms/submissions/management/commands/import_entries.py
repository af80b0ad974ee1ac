"""leitai import entries FILE: a table of entries into a contest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leitai.foundation.files.bad import BadFile
from leitai.foundation.tables.read import read_table
from leitai.foundation.tables.table import Problem, Sheet
from leitai.rooms.contests.models import Contest
from leitai.rooms.people.models import User
from leitai.rooms.submissions import actions, rules


class Command(BaseCommand):
    help = "Take entries from a CSV or XLSX file: all rows or none, every bad cell listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV or XLSX, one entry a row, a header above")
        parser.add_argument("--contest", required=True, help="its slug, or edition/contest")
        parser.add_argument("--sheet", default="", help="the sheet to read; else the first")
        parser.add_argument("--state", choices=["submitted", "accepted"], default="submitted")
        parser.add_argument("--kind", choices=rules.EntrantKind.values, default="company")
        parser.add_argument("--show-cards", action="store_true",
                            help="the teams have agreed to public cards")  # fmt: skip
        parser.add_argument("--map", nargs="*", default=[], metavar="FIELD=COLUMN",
                            help="where our guess is wrong: id=编号 title=B")  # fmt: skip
        parser.add_argument("--by", default="", help="e-mail of whoever answers for it")

    def handle(self, *args: Any, **options: Any) -> None:
        contest = _contest(options["contest"])
        sheet = _sheet(options["file"], options["sheet"])
        guess = actions.preview_import(contest, sheet).mapping
        mapping = {**guess, **_mapping(options["map"], sheet)}
        preview = actions.preview_import(contest, sheet, mapping)
        for note in sheet.notes:
            self.stdout.write(str(note))
        if preview.ignored:
            self.stdout.write(f"Columns passed over: {', '.join(preview.ignored)}")
        if preview.problems:
            told = "\n".join(_line(problem) for problem in preview.problems[:200])
            raise CommandError(f"{told}\n{len(preview.problems)} problems; nothing was imported.")
        made = actions.import_entries(
            contest=contest, preview=preview, state=options["state"], kind=options["kind"],
            shows_cards=options["show_cards"],
            by=_person(options["by"]), at=timezone.now(),
        )  # fmt: skip
        known = f", {preview.known} were here already" if preview.known else ""
        self.stdout.write(f"{len(made)} entries imported into {contest.slug}{known}.")


def _contest(name: str) -> Contest:
    edition, _, slug = name.rpartition("/")
    found = Contest.objects.select_related("edition", "ruleset").filter(slug=slug)
    found = found.filter(edition__slug=edition) if edition else found
    if found.count() != 1:
        known = [f"{c.edition.slug}/{c.slug}" for c in Contest.objects.select_related("edition")]
        raise CommandError(f"No single contest is called {name}. Known: {', '.join(known) or '–'}")
    return found.get()


def _sheet(name: str, wanted: str) -> Sheet:
    path = Path(name)
    try:
        with path.open("rb") as stream:
            table = read_table(stream, path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except BadFile as bad:
        raise CommandError(f"{path}: {bad.verdict.reason}") from bad
    named = [sheet for sheet in table.sheets if sheet.name == wanted]
    if wanted and not named:
        raise CommandError(
            f"No sheet {wanted}. There are: {', '.join(s.name for s in table.sheets)}"
        )
    return named[0] if named else table.first


def _mapping(pairs: list[str], sheet: Sheet) -> dict[str, int]:
    from leitai.foundation.tables.table import column_letter

    columns = {column_letter(i): i for i in range(len(sheet.headers))}
    columns |= {header: i for i, header in enumerate(sheet.headers)}
    mapping = {}
    for pair in pairs:
        field, _, column = pair.partition("=")
        if column not in columns:
            raise CommandError(f"No column {column}. There are: {', '.join(sheet.headers)}")
        mapping[field] = columns[column]
    return mapping


def _person(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return found


def _line(problem: Problem) -> str:
    place = problem.cell or (f"row {problem.row}" if problem.row else "")
    return f"{problem.sheet} {place}: {problem.value!r} {problem.reason} {problem.mend}"
