"""Doors that exist only in demo mode: one click per role, and the letters that were sent."""

from email import message_from_bytes, policy
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from leitai.foundation.doors import public
from leitai.rooms.people.models import User

# Address in the demo edition, what it is called, what one can do there.
ROLES = {
    "organiser": (_("Organiser"), _("sets the rules, draws the jury, decides and publishes")),
    "secretariat": (_("Secretariat"), _("vets demands, checks entries, invites jurors")),
    "juror": (_("Technical juror"), _("reads entries and marks them")),
    "investor": (_("Investor on the jury"), _("marks from the money's side")),
    "team": (_("Team"), _("has an entry in the contest and another in the making")),
    "overseas": (_("Overseas team"), _("enters in English from another time zone")),
    "enterprise": (_("Enterprise"), _("posts demands and reads answers")),
    "supervisor": (_("Supervisor"), _("reads progress and journal, changes nothing")),
}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SHOWN = 50
FICTIONAL = "@example.org"  # letters to anybody else are nobody's business


def roles() -> list[tuple[Any, Any, str]]:
    """For the sign-in page; empty outside demo mode."""
    if not settings.DEMO:
        return []
    return [(name, hint, reverse("site:demo", args=[r])) for r, (name, hint) in ROLES.items()]


@require_POST
@public
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demo edition's person of this role."""
    if not settings.DEMO or role not in ROLES:
        raise Http404
    person = get_object_or_404(User, email=f"{role}@example.org")
    login(request, person, backend=BACKEND)
    return redirect("site:desk")


@public
def letters(request: HttpRequest) -> HttpResponse:
    """What the platform mailed, since a demo has no post office."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not settings.DEMO or folder is None:
        raise Http404
    files = sorted(Path(folder).glob("*.log"), key=lambda f: f.stat().st_mtime, reverse=True)
    read = (_read(file) for file in files)
    shown = (letter for letter in read if letter["to"].lower().endswith(FICTIONAL))
    return render(request, "site/letters.html", {"letters": list(islice(shown, SHOWN))})


def _read(file: Path) -> dict[str, str]:
    mail = message_from_bytes(file.read_bytes().split(b"\n" + b"-" * 79)[0], policy=policy.default)
    body = mail.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    return {"to": str(mail["To"]), "subject": mail["Subject"], "date": mail["Date"], "text": text}
