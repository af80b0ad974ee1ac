"""Finding one juror among thousands, by a part of the name."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from leitai.rooms.jury.models import Juror

MOST = 12  # as many as one looks through at a glance


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Of some jurors those who are called so; all of them, where they are few."""

    words: str
    jurors: tuple[Juror, ...]
    is_more: bool  # than are shown

    @property
    def wants_words(self) -> bool:
        return bool(self.words) or self.is_more


def called(rows: QuerySet[Juror], words: str) -> Called:
    """One query. Without words, a jury that is larger shows nobody: the first dozen of thousands
    would be the right one only by luck."""
    words = words.replace("\0", "").strip()[:120]
    if words:  # the shortest is nearest to what was written
        rows = rows.filter(Q(name__icontains=words) | Q(email__iexact=words))
    order = [Length("name"), "name", "pk"] if words else ["name", "pk"]
    found = tuple(rows.select_related("organisation").order_by(*order)[: MOST + 1])
    is_more = len(found) > MOST
    shown = () if is_more and not words else found[:MOST]
    return Called(words=words, jurors=shown, is_more=is_more)
