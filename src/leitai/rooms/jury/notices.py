"""Who is told about the jury's work?"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from leitai.foundation import mail
from leitai.rooms.jury.models import Juror, Sheet
from leitai.rooms.stages.models import Stage

SALT = "jury.invitation"


def juror_invited(juror: Juror, *, at: datetime) -> None:
    """With a link that stands for the letter: whoever holds it may answer."""
    letter = reverse("jury:invitation", args=[invitation(juror)])
    _write(juror, "jury/mail/invited", at=at, link=address(letter), contest=juror.contest)


def sheets_assigned(
    stage: Stage, sheets: Collection[Sheet], *, is_second_look: bool = False, at: datetime
) -> None:
    """One letter a juror, however many sheets are new."""
    letter = "jury/mail/assigned_more" if is_second_look else "jury/mail/assigned"
    new = Counter(sheet.juror_id for sheet in sheets)
    link = address(reverse("jury:pile", args=[stage.pk]))
    for juror in Juror.objects.filter(pk__in=new).select_related("user", "contest"):
        n = new[juror.pk]
        _write(juror, letter, at=at, link=link, stage=stage, n=n)


def juror_reminded(juror: Juror, stage: Stage, *, left: int, at: datetime) -> None:
    link = address(reverse("jury:pile", args=[stage.pk]))
    _write(juror, "jury/mail/reminded", at=at, link=link, stage=stage, n=left)


def sheet_reopened(sheet: Sheet, *, why: str, at: datetime) -> None:
    link = address(reverse("jury:sheet", args=[sheet.pk]))
    _write(sheet.juror, "jury/mail/reopened", at=at, link=link, sheet=sheet, why=why)


def invitation(juror: Juror) -> str:
    """Signed, so that it cannot be guessed; a new letter makes the old one void."""
    return signing.dumps([juror.pk, int(juror.invited_at.timestamp())], salt=SALT)


def juror_of(token: str) -> Juror | None:
    """The juror a letter went to, or nobody."""
    try:
        pk, invited = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    juror = Juror.objects.filter(pk=pk).select_related("contest__edition", "organisation").first()
    return juror if juror and int(juror.invited_at.timestamp()) == invited else None


def address(path: str) -> str:
    return f"{getattr(settings, 'ORIGIN', '')}{path}"


def _write(juror: Juror, template: str, *, at: datetime, **context: Any) -> None:
    language = juror.user.language if juror.user else _language(juror)
    mail.send(
        to=juror.email, template=template, context={"juror": juror, **context}, at=at,
        language=language,
    )  # fmt: skip


def _language(juror: Juror) -> str:
    """Who reads no Chinese is written to in English."""
    reads = {language.split("-")[0] for language in juror.languages}
    return "en" if reads and "zh" not in reads else settings.LANGUAGE_CODE
