"""leitai export contest EDITION/CONTEST FILE.zip"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leitai.rooms.contests import actions as contests
from leitai.site.export import live
from leitai.site.export.package import Package
from leitai.site.export.snapshot import snapshot
from leitai.site.verify.archive import Unreadable


class Command(BaseCommand):
    help = "write a contest into a signed zip that others can check: export contest E/C FILE.zip"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["contest"])
        parser.add_argument("contest", metavar="EDITION/CONTEST")
        parser.add_argument("file", type=Path)
        parser.add_argument("--files", action="store_true", help="also the files handed in")
        parser.add_argument("--public", action="store_true", help="leave out personal data")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["files"] and options["public"]:
            raise CommandError("Files hold personal data: choose --files or --public.")
        try:
            contest = live.found(options["contest"])
        except Unreadable as refusal:
            raise CommandError(str(refusal)) from refusal
        at, path = timezone.now(), options["file"]
        contests.note_export(
            contest=contest, is_public=options["public"], with_files=options["files"], by=None,
            at=at,
        )  # fmt: skip
        draft = path.with_name(f".{path.name}.part")
        try:
            with draft.open("wb") as target, snapshot():
                package = Package(contest, is_public=options["public"])
                manifest = package.write(target, with_files=options["files"], at=at)
            draft.replace(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        finally:
            draft.unlink(missing_ok=True)
        rows = sum(member.get("rows", 0) for member in manifest["members"])
        size = path.stat().st_size
        self.stdout.write(f"{path}: {rows:,} rows, {size:,} bytes; "
                          f"signed by {manifest['key']['public']}")  # fmt: skip
