"""A name was printed wrongly: what may be asked for, and until when."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.values.verdict import YES, Verdict, no


class CorrectionState(TextChoices):
    ASKED = "asked", pgettext_lazy("correction", "asked for")
    ACCEPTED = "accepted", pgettext_lazy("correction", "accepted")
    REFUSED = "refused", pgettext_lazy("correction", "refused")
    PRINTED = "printed", pgettext_lazy("correction", "printed")


CORRECTION_MOVES: dict[str, set[str]] = {
    CorrectionState.ASKED: {CorrectionState.ACCEPTED, CorrectionState.REFUSED},
    CorrectionState.ACCEPTED: {CorrectionState.PRINTED},
    CorrectionState.REFUSED: set(),
    CorrectionState.PRINTED: set(),
}


class PrintedName(TextChoices):
    """A name in a row of a notice."""

    TITLE_ZH = "title_zh", _("the project's Chinese name")
    TITLE_EN = "title_en", _("the project's English name")
    BY_ZH = "by_zh", _("the team's or person's Chinese name")
    BY_EN = "by_en", _("the team's or person's English name")

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands in the row."""
        part, _under, language = self.value.partition("_")
        return part, language


def may_correct(
    *, before: str, after: str, is_printed: bool, closes_at: datetime, at: datetime
) -> Verdict:
    if not is_printed:
        return no("not_printed", _("This notice does not name your entry."))
    if at >= closes_at:
        return no("notice_over", _("The time for corrections of this version is over."))
    if not after.strip():
        return no("no_name", _("Please write the name as it should be printed."))
    if after.strip() == before:
        return no("same_name", _("It is printed like this already."))
    return YES
