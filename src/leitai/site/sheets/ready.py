"""Running one command: words in, progress and complaints on stderr, 0 or 1 out."""

import argparse
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.base import CommandError
from django.utils import translation

LANGUAGES = {"en": "en", "zh": "zh-hans"}
PARTS = Path(__file__).resolve().parents[2]


def run(command: Any, words: list[str]) -> int:
    """`command` is a module with `parser()` and `work(args)`."""
    args = _with_common(command.parser()).parse_args(words)
    with translation.override(LANGUAGES[args.language]):
        try:
            command.work(args)
        except (CommandError, ValueError) as refusal:
            print(refusal, file=sys.stderr)
            return 1
    return 0


def _with_common(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("-o", "--output", type=Path, help="the table to write: .xlsx or .csv")
    parser.add_argument("--report", type=Path, help="the report to write: .html")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same result")
    return parser


def settle() -> None:
    """Two languages and nothing else, unless the platform itself is running."""
    if settings.configured:
        return
    settings.configure(
        USE_I18N=True,
        USE_TZ=True,
        LANGUAGE_CODE="en",
        LANGUAGES=[("en", "English"), ("zh-hans", "Chinese")],
        LOCALE_PATHS=[str(PARTS / "foundation" / "locale"), str(PARTS / "site" / "locale")],
    )
    django.setup()


def progress(share: float, doing: str) -> None:
    """A bar on stderr, for people; nothing when nobody watches."""
    if sys.stderr.isatty():
        full = round(30 * share)
        end = "\n" if share >= 1 else ""
        line = f"\r{'█' * full}{'·' * (30 - full)} {share:4.0%} {doing:<40}"
        print(line, end=end, file=sys.stderr, flush=True)
