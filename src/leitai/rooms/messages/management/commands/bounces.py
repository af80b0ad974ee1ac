"""leitai bounces < mail.eml: take a report of returned mail, or a complaint, in."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from leitai.foundation import bounces


class Command(BaseCommand):
    help = "Read one mail that came back from standard input, and block its address if it is ours."

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(bounces.LARGEST + 1)
        told = bounces.take_in(raw, at=timezone.now())
        for report, is_believed in told:
            taken = "taken in" if is_believed else "not a letter of ours, left alone"
            self.stdout.write(f"{report.address}: {report.kind} {report.status} – {taken}")
        if not told:
            self.stdout.write("no report of a delivery and no complaint in this mail")
