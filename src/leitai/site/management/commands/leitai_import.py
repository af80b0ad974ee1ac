"""leitai import WHAT FILE …: tables of entries, reviews; each room brings its own command."""

import sys
from typing import Any

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

PREFIX = "import_"


class Command(BaseCommand):
    help = "Take a CSV or XLSX file in: import entries FILE …, import reviews FILE …"

    def run_from_argv(self, argv: list[str]) -> None:
        kinds = sorted(name for name in get_commands() if name.startswith(PREFIX))
        name = f"{PREFIX}{argv[2]}" if len(argv) > 2 else ""
        if name in kinds:
            command = load_command_class(get_commands()[name], name)
            command.run_from_argv([f"{argv[0]} import", argv[2], *argv[3:]])
            return
        words = "|".join(kind.removeprefix(PREFIX) for kind in kinds)
        asks_for_help = len(argv) > 2 and argv[2] in {"-h", "--help"}
        told = f"leitai import {words} FILE …  (leitai import {kinds[0][len(PREFIX) :]} --help)\n"
        (self.stdout if asks_for_help else self.stderr).write(told)
        sys.exit(0 if asks_for_help else 2)

    def handle(self, *args: Any, **options: Any) -> None:
        raise NotImplementedError("run_from_argv hands on to the command that is named")
