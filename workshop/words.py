"""The words `dev.py` understands."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from workshop import checks, locking, setting_up, starting, testing
from workshop.steps import Stop


def main(words: Sequence[str]) -> int:
    args, rest = _parser().parse_known_args(words)
    if rest and args.do is not testing.test:
        _parser().error(f"what does {' '.join(rest)} mean?")
    try:
        return args.do(args, rest)
    except Stop as stop:
        print(f"\n{stop}")
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="Work on Leitai.")
    words = parser.add_subparsers(required=True, metavar="WORD")

    start = words.add_parser("start", help="set up what is missing and run Leitai")
    start.add_argument("--port", type=int, default=8000)
    start.add_argument("--host", default="127.0.0.1")
    start.add_argument("--size", choices=["tiny", "demo", "full"], default="full")
    given = os.environ.get("LEITAI_DATA", ".data")
    start.add_argument("--data", type=Path, default=Path(given), help=f"default: {given}")
    start.set_defaults(do=starting.start)

    test = words.add_parser("test", help="run all tests, or those you name", add_help=False)
    test.set_defaults(do=testing.test)

    check = words.add_parser("check", help="walk the house")
    check.set_defaults(do=checks.check)

    messages = words.add_parser("messages", help="compile the translations, name what is missing")
    messages.add_argument("--add", action="store_true", help="write missing ones into the files")
    messages.set_defaults(do=setting_up.messages)

    lock = words.add_parser("lock", help="pin the Python packages again")
    lock.set_defaults(do=locking.lock)
    return parser
