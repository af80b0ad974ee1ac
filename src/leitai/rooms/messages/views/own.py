"""Everybody's own letters, and how they want them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from leitai.foundation import keyset, mail
from leitai.foundation.doors import admit, public
from leitai.foundation.models import SuppressionReason
from leitai.rooms.messages import actions, permissions, queries
from leitai.rooms.messages.forms import PreferenceForm


def inbox(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.have_inbox)
    is_unread = request.GET.get("show") == "unread"
    rows = queries.inbox(request.user, at=request.at, is_unread=is_unread)
    page = keyset.page(rows, by=["-id"], cursor=request.GET.get("cursor", ""), size=30)
    context = {"page": page, "is_unread": is_unread}
    return render(request, "messages/inbox.html", context)


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening it is reading it."""
    admit(request, permissions.have_inbox)
    row = get_object_or_404(queries.inbox(request.user, at=request.at), pk=pk)
    admit(request, permissions.read_letter, row)
    actions.read_letter(letter=row, by=request.user, at=request.at)
    return render(request, "messages/letter.html", {"letter": row})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.have_inbox)
    actions.read_all(by=request.user, at=request.at)
    return redirect("messages:inbox")


def preferences(request: HttpRequest) -> HttpResponse:
    admit(request, permissions.have_inbox)
    blocked = mail.suppressed(queries.own_addresses(request.user)).values()
    news = not any(row.reason == SuppressionReason.UNSUBSCRIBED for row in blocked)
    form = PreferenceForm(
        request.POST or None,
        initial={"rhythm": queries.rhythm(request.user), "wants_news": news},
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_rhythm(**form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("Saved."))
        return redirect("messages:preferences")
    status = 422 if form.is_bound else 200
    return render(request, "messages/preferences.html", {"form": form}, status=status)


@csrf_exempt  # mail programs press this button for their readers (RFC 8058) and have no cookie
@public
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Only a POST ends it: programs that look at links follow them with a GET."""
    address = mail.address_of(token)
    if request.method == "POST" and address:
        actions.unsubscribe(address=address, by=None, at=request.at)
    context = {"address": address, "is_done": request.method == "POST" and bool(address)}
    return render(request, "messages/unsubscribe.html", context, status=200 if address else 404)
