"""Draw a lot again, from the seed that was told; nothing of the platform's data is read."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from leitai.rooms.finals.rules import lot


class Command(BaseCommand):
    help = "draw a lot of a heat again: leitai finals_lot SEED CODE CODE … [--told HASH]"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("seed", help="the seed as it was told after the draw")
        parser.add_argument("codes", nargs="+", help="the codes of the entries, in any order")
        parser.add_argument("--told", default="", help="the hash that was told before the draw")

    def handle(self, *args: Any, seed: str, codes: list[str], told: str, **options: Any) -> None:
        with translation.override(None):
            self.stdout.write(f"# {lot.ALGORITHM}: {lot.IN_WORDS}")
        self.stdout.write(f"# SHA-256 of the seed: {lot.commitment(seed)}")
        for place, code in enumerate(lot.order(seed, codes), start=1):
            self.stdout.write(f"{place}\t{code}")
        if told and lot.commitment(seed) != told.strip().lower():
            raise CommandError("This is not the seed whose hash was told before the draw.")
