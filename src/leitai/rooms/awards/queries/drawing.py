"""A certificate on paper, and the picture that a camera reads."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import qrcode
from django.conf import settings
from django.urls import reverse

from leitai.foundation import signing
from leitai.foundation.files.typeset import typeset_exactly
from leitai.rooms.awards.models import Certificate
from leitai.rooms.awards.rules import Object

SOURCE = Path(__file__).parents[1] / "typst/certificate.typ"
LOCAL = "http://localhost:8000"  # where nobody said what people type
HEADINGS = {
    True: {"zh": "荣誉证书", "en": "Certificate of honour"},
    False: {"zh": "获奖证书", "en": "Certificate of award"},
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def pdf_of(certificate: Certificate) -> bytes:
    """The same certificate makes the same bytes, whenever it is printed."""
    words, day = certificate.words, _day(certificate)
    address = _address()
    return typeset_exactly(
        SOURCE,
        words={
            **words,
            "title": f"{certificate.number} {words['holder']['first']}",
            "slip": certificate.slip,
            "day": [day.year, day.month, day.day],
            "number": certificate.number,
            "heading": HEADINGS[words["kind"] == Object.PERSON],
            "given": words["contest"],
            "date": f"{day.year}年{day.month}月{day.day}日 · {_english(day)}",
            "check": _shown(address),
            "fingerprint": signing.fingerprint(signing.public_key()),
            "qr": picture(f"{address}?c={certificate.slip}"),
        },
    )


def picture(text: str) -> str:
    """A QR code as SVG, one unit a module and no margin."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=0)
    code.add_data(text)
    code.make(fit=True)
    size = code.modules_count
    dark = (
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.modules)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{"".join(dark)}"/></svg>'
    )


def _day(certificate: Certificate) -> Any:
    return certificate.at.astimezone(ZoneInfo(certificate.contest.edition.time_zone)).date()


def _english(day: Any) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _address() -> str:
    return (settings.ORIGIN or LOCAL) + reverse("awards:check")


def _shown(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"
