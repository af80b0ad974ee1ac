"""Cells we understand but do not believe."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.table import Flaw


def formula(text: str) -> Flaw:
    """Also for a cell with a remembered result: what it shows depends on where it is opened."""
    return Flaw(
        text[:80],
        _("The cell holds a formula, and we take only what is written down."),
        _("Copy the column and paste it back as values."),
    )


def mistake(text: str) -> Flaw:
    return Flaw(
        text,
        format_lazy(_("The cell shows the error {text}."), text=text),
        _("Mend the cell, or leave it empty."),
    )


def rounded(text: str) -> Flaw:
    return Flaw(
        text,
        _("The number has more than 15 digits, and the spreadsheet has changed its last ones."),
        _("Format the column as text and enter the number again."),
    )
