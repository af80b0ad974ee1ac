"""The exact receivers of a message: listed, searched, taken away, and the text as each reads it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.models import SuppressionReason
from leitai.foundation.tables.responses import table_response
from leitai.rooms.messages import permissions, queries
from leitai.rooms.messages.forms import FilterForm
from leitai.rooms.messages.models import Mailing, Recipient
from leitai.rooms.messages.views.writing import mailing_row


def recipients(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = mailing_row(pk)
    admit(request, permissions.use_mailing, mailing)
    form = FilterForm(request.GET)
    rows = queries.recipients(mailing, **form.chosen())
    page = keyset.page(rows, by=["id"], cursor=request.GET.get("cursor", ""), size=100)
    for row in page:
        row.why_not = SuppressionReason(row.blocked).label if row.blocked else ""
    context = {
        "contest": mailing.contest, "mailing": mailing, "filter": form, "page": page,
        "total": keyset.total(rows),
    }  # fmt: skip
    return render(request, "messages/recipients.html", context)


def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    mailing = mailing_row(pk)
    admit(request, permissions.use_mailing, mailing)
    headers = [_("Name"), _("Address"), _("Language"), _("Code"), _("State"), _("Blocked")]
    return table_response(headers, _lines(mailing), name=f"receivers-{mailing.pk}.csv")


def _lines(mailing: Mailing) -> Iterator[list[Any]]:
    for row in queries.recipients(mailing).iterator(chunk_size=1000):
        state = row.letter.get_state_display() if row.letter else ""
        blocked = str(SuppressionReason(row.blocked).label) if row.blocked else ""
        code = row.values.get("code", "")
        yield [row.name, row.address, row.get_language_display(), code, state, blocked]


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Word for word what one receiver gets."""
    mailing = mailing_row(pk)
    admit(request, permissions.use_mailing, mailing)
    row = _chosen(mailing, request)
    context: dict[str, Any] = {
        "contest": mailing.contest,
        "mailing": mailing,
        "row": row,
        "q": request.GET.get("q", ""),
    }
    if row is not None:
        row.mailing = mailing
        subject, text = mailing.filled(row.language, row.values)
        before, after = queries.neighbours(mailing, row)
        sender = queries.sender(mailing)
        context |= {
            "subject": subject, "text": text, "before": before, "after": after, "sender": sender,
            "sender_name": queries.sender_name(sender, row.language),
        }  # fmt: skip
    return render(request, "messages/preview.html", context)


def _chosen(mailing: Mailing, request: HttpRequest) -> Recipient | None:
    text, asked = request.GET.get("q", "")[:80], request.GET.get("recipient", "")
    rows = queries.recipients(mailing, text=text)
    if asked.isdecimal() and len(asked) < 19 and not text:
        rows = rows.filter(pk=int(asked))
    return rows.order_by("pk").first()
