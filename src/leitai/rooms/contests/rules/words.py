"""What the algorithms say when they refuse, in the reader's language.

They speak English only and hand over a code with numbers; the same numbers are put into a sentence
that has a translation.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from leitai.algorithms.notes import Note

PLACES_DO_NOT_FIT = _("The least places of all groups add up to more than there are; lower them.")
WORDS = {
    "no_sheets": _("There are no sheets yet."),
    "too_few_to_drop": _("Only {sheets} totals, fewer than {least}: all count."),
    "not_connected": _(
        "The jury falls into {parts} parts that share no juror (entries/jurors: {sizes}). Marks "
        "cannot be compared across them: let jurors read entries of another part, or use the "
        "plain mean with places per part."
    ),
    "too_few_sheets": _(
        "{short} of {jurors} jurors have fewer than {least} sheets (the fewest: {fewest}), too few "
        "to tell a strict juror from weak entries. Give them more entries, or use the plain mean."
    ),
}


def told(notes: Iterable[Note]) -> str:
    """All of them, one sentence after the other."""
    return " ".join(str(WORDS[note.code]).format(**note.params) for note in notes)
