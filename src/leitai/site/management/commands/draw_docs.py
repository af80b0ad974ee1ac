"""leitai draw_docs"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leitai.site import made


class Command(BaseCommand):
    help = "draw docs/made from the code: states, permissions, journal, API"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say which pages drifted")

    def handle(self, *args: Any, **options: Any) -> None:
        drifted = made.drifted()
        if options["check"]:
            if drifted:
                raise CommandError(f"draw again with `leitai draw_docs`: {', '.join(drifted)}")
            return
        made.FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in made.draw().items():
            (made.FOLDER / name).write_text(text)
        self.stdout.write(f"drawn: {', '.join(drifted) or 'nothing new'}")
