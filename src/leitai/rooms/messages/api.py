"""One's own inbox for programs."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from leitai.foundation.doors import admit
from leitai.rooms.messages import permissions, queries
from leitai.rooms.messages.schemas import LetterOut

router = Router(tags=["messages"])
NEWEST = 50


@router.get("/inbox/", response=list[LetterOut], summary="The newest letters to me")
def inbox(request: HttpRequest) -> list[dict[str, Any]]:
    admit(request, permissions.have_inbox)
    rows = queries.inbox(request.user, at=request.at)[:NEWEST]
    return [
        {
            "id": row.pk, "subject": row.subject, "sender": row.sender, "text": row.text,
            "written_at": row.written_at, "is_read": row.read_at is not None,
        }
        for row in rows
    ]  # fmt: skip
