"""Certificates for those they are made out to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.rooms.awards import permissions, queries
from leitai.rooms.submissions.models import Entry


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """All of mine, the newest first."""
    admit(request, permissions.list_own)
    cursor = request.GET.get("cursor", "")
    page = keyset.page(queries.own(request.user), by=["-id"], cursor=cursor, size=50)
    return render(request, "awards/own.html", {"page": page})


@require_GET
def of_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.select_related("contest__edition"), pk=pk)
    admit(request, permissions.read_own, entry)
    rows = list(queries.of_entry(request.user, entry))
    context = {"entry": entry, "contest": entry.contest, "certificates": rows}
    return render(request, "awards/of_entry.html", context)
