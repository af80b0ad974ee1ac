"""Who is told about the jury's work?"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from leitai.foundation import live, mail
from leitai.rooms.contests.models import Appointment, Contest
from leitai.rooms.jury import queries
from leitai.rooms.jury.models import Discussion, Expert, Juror, ReopeningRequest, Seal, Sheet
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.stages.models import Stage

SALT = "jury.invitation"
POOL_SALT = "jury.pool"


def juror_invited(juror: Juror, *, at: datetime) -> None:
    """With a link that stands for the letter: whoever holds it may answer."""
    letter = reverse("jury:invitation", args=[invitation(juror)])
    _write(juror, "jury/mail/invited", at=at, link=address(letter), contest=juror.contest)


def expert_asked(expert: Expert, *, at: datetime) -> None:
    """May we keep you? With a link that stands for the letter."""
    link = address(reverse("jury:pool_letter", args=[pool_token(expert)]))
    mail.send(
        to=expert.email, template="jury/mail/expert", at=at, language=_language(expert),
        context={"expert": expert, "programme": expert.programme, "link": link},
    )  # fmt: skip


def juror_unready(juror: Juror, *, at: datetime) -> None:
    """What is missing; to those who have not answered, the letter once more in short."""
    if juror.state == JurorState.INVITED:
        link = address(reverse("jury:invitation", args=[invitation(juror)]))
        return _write(juror, "jury/mail/unanswered", at=at, link=link, contest=juror.contest)
    link = address(reverse("jury:readiness_of", args=[juror.pk]))
    steps = [step for step in queries.steps(juror) if not step.is_done]
    return _write(juror, "jury/mail/unready", at=at, link=link, contest=juror.contest, steps=steps)


def letter_preview(contest: Contest, expert: Expert) -> dict[str, str]:
    """The letter as this expert would get it, with a link that opens nothing."""
    juror = Juror(contest=contest, name=expert.name, email=expert.email, kind=expert.kind)
    words = {"juror": juror, "contest": contest, "link": address("/jury/invitations/…/")}
    with translation.override(_language(expert)):
        return {
            "to": expert.email,
            "subject": render_to_string("jury/mail/invited.subject.txt", words).strip(),
            "text": render_to_string("jury/mail/invited.txt", words),
        }


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
    quiet = address(reverse("jury:quiet", args=[juror.pk]))
    _write(juror, "jury/mail/reminded", at=at, link=link, stage=stage, n=left, quiet=quiet)


def sheet_reopened(sheet: Sheet, *, why: str, at: datetime) -> None:
    link = address(reverse("jury:sheet", args=[sheet.pk]))
    _write(sheet.juror, "jury/mail/reopened", at=at, link=link, sheet=sheet, why=why)


def seal_restored(sheet: Sheet, *, seal: Seal, at: datetime) -> None:
    link = address(reverse("jury:sheet", args=[sheet.pk]))
    _write(sheet.juror, "jury/mail/seal_restored", at=at, link=link, sheet=sheet, seal=seal)


def reopening_asked(asked: ReopeningRequest, *, at: datetime) -> None:
    """To everybody who may be the second person. No mark, and no name of a juror or team."""
    contest = asked.sheet.stage.contest
    rule = contest.rules.jury.reopening_second
    roles = ("organiser", "supervisor") if rule == "either" else (rule,)
    here = Q(edition=contest.edition_id) & (Q(contest=None) | Q(contest=contest.pk))
    people = Appointment.objects.filter(here, role__in=roles).exclude(user=asked.by_id)
    link = address(reverse("jury:second_person", args=[asked.pk]))
    for user in {row.user for row in people.select_related("user").order_by("pk")}:
        mail.send(
            to=user.email, template="jury/mail/second_person", at=at, language=user.language,
            context={"person": user, "asked": asked, "link": link},
        )  # fmt: skip


def sheet_taken_back(sheet: Sheet, *, at: datetime) -> None:
    _write(sheet.juror, "jury/mail/taken_back", at=at, sheet=sheet)


def jury_moved(stage: Stage, *, at: datetime) -> None:
    """Open pages that show how the jury is doing look again."""
    live.announce(health_topic(stage), int(at.timestamp() * 1000))


def health_topic(stage: Stage) -> str:
    return f"jury-health/{stage.pk}"


def discussions_opened(stage: Stage, opened: Collection[Discussion], *, at: datetime) -> None:
    """One letter a juror, however many entries there are to talk about. Codes only: mail is read
    on any screen."""
    codes: dict[Juror, list[str]] = {}
    for discussion in opened:
        seats = queries.panel(discussion).select_related("juror__user", "juror__contest")
        people = {sheet.juror for sheet in seats}
        people |= {discussion.chair} if discussion.chair else set()
        for juror in people:
            codes.setdefault(juror, []).append(discussion.entry.code)
    link = address(reverse("jury:pile", args=[stage.pk]))
    for juror, told in sorted(codes.items(), key=lambda pair: pair[0].pk):
        _write(
            juror, "jury/mail/discussing", at=at, link=link, stage=stage, n=len(told),
            codes=", ".join(sorted(told)),
        )  # fmt: skip


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


def pool_token(expert: Expert) -> str:
    return signing.dumps([expert.pk, int(expert.asked_at.timestamp())], salt=POOL_SALT)


def expert_of(token: str) -> Expert | None:
    """The expert a letter went to, while they are in the pool or asked into it."""
    try:
        pk, asked = signing.loads(token, salt=POOL_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    there = Expert.objects.present().select_related("programme", "organisation")
    expert = there.filter(pk=pk).first()
    return expert if expert and int(expert.asked_at.timestamp()) == asked else None


def address(path: str) -> str:
    return f"{getattr(settings, 'ORIGIN', '')}{path}"


def _write(juror: Juror, template: str, *, at: datetime, **context: Any) -> None:
    language = juror.user.language if juror.user else _language(juror)
    mail.send(
        to=juror.email, template=template, context={"juror": juror, **context}, at=at,
        language=language,
    )  # fmt: skip


def _language(juror: Juror | Expert) -> str:
    """Who reads no Chinese is written to in English."""
    reads = {language.split("-")[0] for language in juror.languages}
    return "en" if reads and "zh" not in reads else settings.LANGUAGE_CODE
