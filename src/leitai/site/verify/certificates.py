"""leitai verify-certificate FILE|TEXT: was this certificate signed by the owner of this key?"""

import argparse
import json
import sys
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from leitai.foundation import slips
from leitai.site.sheets.ready import LANGUAGES

LARGEST = 20 * 2**20
FIELDS = ("number", "made", "edition", "contest", "award", "holder", "second")
NAMES = {
    "number": gettext_noop("Certificate number"),
    "made": gettext_noop("Made"),
    "edition": gettext_noop("Edition"),
    "contest": gettext_noop("Contest"),
    "award": gettext_noop("Award"),
    "holder": gettext_noop("Made out to"),
    "second": "",
}


class Unreadable(ValueError):
    """There is nothing in it that could be checked."""


def run(words: list[str]) -> int:
    args = parser().parse_args(words)
    with translation.override(LANGUAGES[args.language]):
        try:
            slip = _slip(args.what)
            told = slips.read(slip)
        except Unreadable as refusal:
            return _refused(str(refusal), as_json=args.json)
        except slips.BadSlip:
            return _refused(_("The code is damaged; scan it again."), as_json=args.json)
        holds = slips.holds(slip, key=args.key)
        _tell(told, holds=holds, as_json=args.json)
    return 0 if holds else 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="leitai verify-certificate",
        description="Check a certificate without a database and without a connection. Whether it "
        "was revoked since, only the platform that made it knows.",
    )
    made.add_argument("what", help="the PDF, a file with the scanned text, or that text itself")
    made.add_argument("--key", required=True, help="the platform's public key, in base64")
    made.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    made.add_argument("--json", action="store_true", help="the answer for machines")
    return made


def _slip(what: str) -> str:
    """The text itself, or what a file holds: a PDF carries it among its keywords."""
    if found := slips.find(what):
        return found
    file = Path(what)
    try:
        is_file = file.is_file()
    except OSError:  # a text too long for a name
        is_file = False
    if not is_file:
        raise Unreadable(_("There is neither such a file nor a certificate's code in this text."))
    if file.stat().st_size > LARGEST:
        raise Unreadable(_("This file is too large for a certificate."))
    with file.open("rb") as stream:
        is_pdf = stream.read(5) == b"%PDF-"
    found = slips.find(_keywords(file) if is_pdf else file.read_text(errors="replace"))
    if not found:
        raise Unreadable(_("This file holds no certificate's code."))
    return found


def _keywords(file: Path) -> str:
    try:
        return str((PdfReader(file).metadata or {}).get("/Keywords", ""))
    except (PyPdfError, ValueError, OSError, KeyError, RecursionError) as error:
        raise Unreadable(_("This PDF cannot be read.")) from error


def _refused(why: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"holds": False, "refused": why}, ensure_ascii=False))
    print(why, file=sys.stderr)
    return 1


def _tell(told: list[str], *, holds: bool, as_json: bool) -> None:
    named = dict(zip(FIELDS, told, strict=False))
    if as_json:
        print(json.dumps({"holds": holds, "told": named}, ensure_ascii=False, indent=1))
        return
    if not holds:
        print(_("✗ This signature does not hold: other words were signed, or with another key."))
        return
    print(_("✓ The signature holds. Compare these words with the paper:"))
    for field, words in named.items():
        if words:
            print(f"  {_(NAMES[field]) if NAMES[field] else '':<18} {words}")
