"""The picture of an entry, on the board and on the jurors' screens."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leitai.foundation.doors import admit
from leitai.foundation.files.serve import attachment
from leitai.rooms.finals import permissions
from leitai.rooms.finals.views.preparing_roster import slot_of


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    slot = slot_of(pk)
    admit(request, permissions.see_picture, slot.heat)
    if slot.picture is None:
        raise Http404
    response = attachment(slot.picture)
    response["Cache-Control"] = "private, max-age=300"
    return response
