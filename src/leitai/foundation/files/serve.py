"""Giving files back: as attachments, through links that soon expire."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from urllib.parse import quote

from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitai.foundation.doors import public
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.names import attachment_header
from leitai.foundation.files.store import open_kept
from leitai.foundation.files.watermark import stamped
from leitai.foundation.models import StoredFile
from leitai.foundation.refusals import NotFound, Refusal
from leitai.foundation.verdicts import HIDDEN
from leitai.values.verdict import no

SALT = "leitai.files.link"
LASTS = timedelta(minutes=15)
PDF = "application/pdf"
LOCKED = "default-src 'none'; sandbox"
# Browsers do not show a PDF in a sandbox. Ours hold no scripts, and nothing may be fetched.
SHOWN = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


class LinkExpired(Refusal):
    """The link was good once."""

    status = 410

    def __init__(self) -> None:
        reason = _("This link has expired; open the page it came from again for a new one.")
        super().__init__(no("link_expired", reason))


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: which file, for whom (None: whoever has it), with a mark or not."""

    file_id: int
    reader_id: int | None
    expires: int
    mark: str
    is_inline: bool


def link_to(
    stored: StoredFile,
    *,
    reader: Any,
    at: datetime,
    lasts: timedelta = LASTS,
    mark: str = "",
    inline: bool = False,
) -> str:
    """The address of a file, good for a short while and for this reader only.

    Ask the room's permission first: the link is the ticket. `reader=None` makes a link for anyone.
    `mark` is written across every page of a PDF. `inline` lets a PDF be shown beside a page.
    """
    expires = int((at + lasts).timestamp())
    said = [stored.pk, reader.pk if reader else None, expires, mark, inline]
    token = signing.Signer(salt=SALT).sign_object(said, compress=True)
    return f"{reverse('file', args=[token])}?{quote(stored.name)}"


def read_link(token: str, *, reader: Any, at: datetime) -> Link:
    """What the link says, or a refusal: unknown and another's links look alike."""
    try:
        link = Link(*signing.Signer(salt=SALT).unsign_object(token))
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(HIDDEN) from None
    if link.reader_id is not None and link.reader_id != reader.pk:
        raise NotFound(HIDDEN)
    if at.timestamp() >= link.expires:
        raise LinkExpired
    return link


@public
def fetch(request: HttpRequest, token: str) -> HttpResponse:
    """Open to all, because whoever holds a link was let in when it was made."""
    link = read_link(token, reader=request.user, at=request.at)
    stored = StoredFile.objects.filter(pk=link.file_id).first()
    if stored is None:
        raise NotFound(HIDDEN)
    return attachment(stored, mark=link.mark, inline=link.is_inline)


def attachment(stored: StoredFile, *, mark: str = "", inline: bool = False) -> HttpResponse:
    """The file with every header that keeps a browser from running it.

    What should carry a `mark` and cannot is refused, so take confidential papers as PDF only.
    """
    if mark and stored.kind != PDF:
        raise BadFile(
            "cannot_mark",
            _("Only a PDF can carry the reader's name, so this file is not shown."),
            _("Ask its owner to hand it in as a PDF."),
        )
    content = open_kept(stored)
    if mark:
        content = stamped(content, mark=mark)
    return respond(content, name=stored.name, kind=stored.kind, inline=inline)


def respond(content: BinaryIO, *, name: str, kind: str, inline: bool = False) -> HttpResponse:
    response = FileResponse(content, content_type=kind)
    disposition = attachment_header(name)
    is_shown = inline and kind == PDF
    if is_shown:
        disposition = disposition.replace("attachment", "inline", 1)
        response["X-Frame-Options"] = "SAMEORIGIN"
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = SHOWN if is_shown else LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
