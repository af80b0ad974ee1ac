"""leitai verify FILE: does this export hold, from the signature to the last place?"""

import argparse
import json
import sys
import time
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitai.site.sheets.ready import LANGUAGES
from leitai.site.verify.archive import Archive, Unreadable
from leitai.site.verify.checking import Report, of_archive
from leitai.site.verify.findings import Check
from leitai.site.verify.journal import Head

NAMES = {
    "signature": gettext_noop("The signature"),
    "members": gettext_noop("Every member, byte for byte"),
    "journal": gettext_noop("The journal, line by line"),
    "rows": gettext_noop("Every row can be read"),
    "tables": gettext_noop("The tables say what the journal says"),
    "seats": gettext_noop("The draws kept their rules"),
    "standings": gettext_noop("The raw marks give the places"),
}
TOLD = 10  # findings of each check


def run(words: list[str]) -> int:
    args = parser().parse_args(words)
    with translation.override(LANGUAGES[args.language]):
        started = time.monotonic()
        try:
            report = _report(args)
        except Unreadable as refusal:
            if args.json:
                print(json.dumps({"holds": False, "refused": str(refusal)}, ensure_ascii=False))
            print(refusal, file=sys.stderr)
            return 1
        _tell(report, as_json=args.json, seconds=time.monotonic() - started)
    return 0 if report.holds else 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="leitai verify",
        description="Check an export of a contest; no database is needed. With --contest, check a "
        "contest in this platform's own database.",
    )
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, help="the export, a zip")
    what.add_argument("--contest", metavar="EDITION/CONTEST", help="a contest of this platform")
    made.add_argument("--key", default="", help="the platform's public key, in base64")
    made.add_argument("--digest", action="append", default=[], type=_head, metavar="LINE:HASH",
                      help="a published digest: this line has this hash")  # fmt: skip
    made.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    made.add_argument("--json", action="store_true", help="the report for machines")
    return made


def _head(words: str) -> Head:
    line, _colon, digest = words.partition(":")
    if not (line.isascii() and line.isdigit() and len(line) < 16 and len(digest) == 64):
        raise argparse.ArgumentTypeError("write it as LINE:HASH, with 64 digits of hash")
    return int(line), digest.lower()


def _report(args: argparse.Namespace) -> Report:
    if args.file:
        return of_archive(Archive(args.file), key=args.key, digests=args.digest)
    from leitai.site.export import live  # the platform itself, with its database

    return live.verify(live.found(args.contest), digests=args.digest)


def _tell(report: Report, *, as_json: bool, seconds: float) -> None:
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        return
    for check in report.checks:
        _tell_of(check)
    lines, digest = report.head
    print(_("The journal has {lines} lines; the last one's hash is {hash}.").format(
        lines=lines, hash=digest))  # fmt: skip
    if report.holds:
        print(_("Everything fits ({seconds} s).").format(seconds=f"{seconds:.1f}"))
        return
    print(_("This does not fit. The first: {finding}").format(finding=report.first))


def _tell_of(check: Check) -> None:
    mark = "✓" if check.holds else "✗"
    print(f"{mark} {_(NAMES[check.name])} ({check.looked_at:,})")
    for finding in check.found[:TOLD]:
        print(f"    {finding}")
    if check.total > TOLD:
        print("    " + _("… and {n} more").format(n=check.total - TOLD))
    for why in check.unasked:
        print("  – " + _("Not asked: {what}").format(what=why))
