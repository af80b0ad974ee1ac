"""One mail a day, for people who would rather have their letters together."""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from leitai.foundation.models import Letter, LetterState

FOLDER = "foundation/mail/digest"


def gather_all(*, at: datetime) -> int:
    """A daily mail for everybody whose letters wait for one; how many that makes."""
    waiting = Letter.objects.filter(state=LetterState.GATHERED, due_at__lte=at)
    addresses = waiting.order_by("to").values_list("to", flat=True).distinct()
    return sum(gather(address, at=at) is not None for address in list(addresses))


@transaction.atomic
def gather(address: str, *, at: datetime) -> Letter | None:
    """Each letter goes into one daily mail, however many workers do this at once: the mail is
    written and its letters are marked in one transaction, which holds them."""
    waiting = Letter.objects.filter(state=LetterState.GATHERED, due_at__lte=at, to=address)
    letters = list(waiting.order_by("pk").select_for_update(skip_locked=True))
    if not letters:
        return None
    context = {"letters": letters}
    with translation.override(letters[-1].language or translation.get_language()):
        subject = render_to_string(f"{FOLDER}.subject.txt", context).strip()
        text = render_to_string(f"{FOLDER}.txt", context)
    whole = Letter.objects.create(
        to=address, subject=subject[:200], text=text, language=letters[-1].language,
        unsubscribe=letters[-1].unsubscribe, is_digest=True, written_at=at,
    )  # fmt: skip
    ids = [letter.pk for letter in letters]
    Letter.objects.filter(pk__in=ids).update(state=LetterState.DIGESTED, digest=whole)
    return whole
