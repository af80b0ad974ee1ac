"""leitai prepare"""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from leitai.foundation.postgres import EXTENSIONS


class Command(BaseCommand):
    help = "bring database and static files up to date; safe to repeat"

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            for name in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        # Read by dev.py, which fills an empty database with demo data.
        self.stdout.write("ready" if get_user_model().objects.exists() else "ready and empty")
