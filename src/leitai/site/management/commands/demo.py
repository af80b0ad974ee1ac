"""leitai demo"""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leitai.site.demo.load.whole import load
from leitai.site.demo.plan import SIZES


class Command(BaseCommand):
    help = "fill an empty database with the fictional Haiwan edition"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=list(SIZES), default="demo")
        parser.add_argument("--seed", type=int, default=3, help="another seed, another fiction")
        parser.add_argument("--now", type=_moment, help="as if it were this moment (ISO)")

    def handle(self, *args: Any, **options: Any) -> None:
        if get_user_model().objects.exists():
            raise CommandError(
                "The database is not empty, and demo data are only written into an empty one. "
                "Choose another data folder or database."
            )
        now = options["now"] or timezone.now()
        load(size=options["size"], seed=options["seed"], now=now, tell=self._tell)

    def _tell(self, part: str, seconds: float) -> None:
        self.stdout.write(f"{seconds:6.1f} s  {part}")
        self.stdout.flush()


def _moment(words: str) -> datetime:
    moment = datetime.fromisoformat(words)
    return moment if moment.tzinfo else timezone.make_aware(moment)
