"""leitai import reviews FILE: a long table of marks into a contest."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from leitai.foundation.tables.command import chosen_columns, open_sheet, refuse
from leitai.foundation.tables.table import Sheet
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Rules, StageRule
from leitai.rooms.jury import actions, rules
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage

HINT = "A criterion that may be left blank is named by --optional."


class Command(BaseCommand):
    help = "Take marks from a CSV or XLSX file: all rows or none, every bad cell listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV or XLSX: entry, juror, one column per criterion")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--contest", default="", help="EDITION/CONTEST that is there")
        where.add_argument("--new", default="", help="EDITION/CONTEST that is founded for it")
        parser.add_argument("--stage", default="", help="its code; else the first stage")
        parser.add_argument("--criteria", default="", help="with --new: columns, by commas")
        parser.add_argument("--optional", default="", help="with --new: those that may be blank")
        parser.add_argument("--scale", default="", help="with --new: 1.0-5.0/0.1")
        parser.add_argument("--direction", choices=["up", "down"], default="up",
                            help="with --new: down where low marks are good")  # fmt: skip
        parser.add_argument("--name", default="", help="with --new: the contest's name")
        parser.add_argument("--sheet", default="", help="the sheet to read; else the first")
        parser.add_argument("--map", nargs="*", default=[], metavar="FIELD=COLUMN",
                            help="where our guess is wrong: entry=B, juror=Gutachter")  # fmt: skip
        parser.add_argument("--by", default="", help="e-mail of whoever answers for it")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        sheet, by = open_sheet(options["file"], options["sheet"]), _person(options["by"])
        at = timezone.now()
        if options["new"]:
            edition, slug = _names(options["new"])
            fitting = _rules(options, sheet)
            contest = actions.found_contest(
                edition=edition, slug=slug, reviewed_by=fitting, name=options["name"], by=by, at=at
            )
            stage = contest.stages.get()
        else:
            stage = _stage(options["contest"], options["stage"])
        mapping = _mapping(stage.rule, sheet, options["map"])
        preview = actions.preview_reviews(stage, sheet, mapping)
        refuse(preview.problems, hint=HINT)
        made = actions.import_reviews(stage=stage, sheet=sheet, mapping=mapping, by=by, at=at)
        if preview.ignored:
            self.stdout.write(f"Columns passed over: {', '.join(preview.ignored)}")
        self.stdout.write(
            f"{len(made)} sheets imported, with {preview.entries} new entries and "
            f"{preview.jurors} new jurors."
        )


def _rules(options: dict[str, Any], sheet: Sheet) -> Rules:
    """Rules for a new contest; how many sheets an entry has is read from the table."""
    criteria = [c.strip() for c in options["criteria"].split(",") if c.strip()]
    optional = {c.strip() for c in options["optional"].split(",") if c.strip()}
    if not criteria or not options["scale"]:
        raise CommandError("--new needs --criteria innovation,approach and --scale 1.0-5.0/0.1")
    if optional - set(criteria):
        raise CommandError(f"Not among the criteria: {', '.join(sorted(optional - set(criteria)))}")
    try:
        scale = rules.read_scale(options["scale"], direction=options["direction"])
        first = rules.review_rules(criteria, scale=scale, optional=optional, per_entry=1)
    except ValidationError as error:
        raise CommandError(f"These criteria do not fit: {error.errors()[0]['msg']}") from error
    except ValueError as error:
        raise CommandError(f"A scale is written like 1.0-5.0/0.1, not {error}.") from error
    mapping = _mapping(first.stages[0], sheet, options["map"])
    read = actions.read_reviews(first.stages[0], sheet, mapping)
    refuse(read.problems, hint=HINT)
    fewest = min(read.fewest, 50)
    return rules.review_rules(criteria, scale=scale, optional=optional, per_entry=fewest)


def _mapping(rule: StageRule, sheet: Sheet, pairs: list[str]) -> dict[str, int]:
    read = actions.read_reviews(rule, sheet)
    chosen = chosen_columns(pairs, sheet, fields=[field.key for field in read.fields])
    free = {key: i for key, i in read.mapping.items() if i not in chosen.values()}
    return {key: i for key, i in {**free, **chosen}.items() if i >= 0}


def _names(path: str) -> tuple[str, str]:
    edition, _, slug = path.partition("/")
    if not all(p and p.isascii() and p.replace("-", "").isalnum() for p in (edition, slug)):
        raise CommandError("--new takes EDITION/CONTEST, in small letters, digits and hyphens.")
    return edition, slug


def _stage(path: str, code: str) -> Stage:
    edition, _, slug = path.rpartition("/")
    found = Contest.objects.select_related("edition", "ruleset").filter(slug=slug)
    contest = (found.filter(edition__slug=edition) if edition else found).order_by("pk")[:2]
    if len(contest) != 1:
        known = [f"{c.edition.slug}/{c.slug}" for c in Contest.objects.select_related("edition")]
        raise CommandError(f"No single contest is called {path}. Known: {', '.join(known) or '–'}")
    stages = list(contest[0].stages.select_related("contest__ruleset").order_by("order"))
    named = [stage for stage in stages if stage.code == (code or stages[0].code)]
    if not named:
        raise CommandError(f"No stage {code}. There are: {', '.join(s.code for s in stages)}")
    return named[0]


def _person(email: str) -> User | None:
    found = User.objects.filter(email__iexact=email).first() if email else None
    if email and found is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return found
