"""What the formulas say when they refuse, in the reader's language.

The algorithms speak English only and hand over a code with numbers; the same numbers are put into
a sentence that has a translation.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.algorithms.notes import Note

WORDS = {
    "no_sheets": _("There are no sheets yet."),
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


def said(notes: tuple[Note, ...]) -> str:
    """All of them, one sentence after the other."""
    return " ".join(str(format_lazy(WORDS[n.code], **n.params)) for n in notes)
