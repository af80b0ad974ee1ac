"""Texts with blanks: {name}. One pass, no other syntax, nothing of what people write is run."""

import re
from collections.abc import Collection, Mapping

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.values.verdict import YES, Verdict, no

BLANK = re.compile(r"\{([a-z]{1,20})\}")
BRACED = re.compile(r"[{｛]([^{}｛｝]{0,40})[}｝]")
BRACE = re.compile(r"[{}｛｝]")


class Blank(TextChoices):
    """What may stand in braces, and what is put in its place."""

    NAME = "name", _("the receiver's name")
    CONTEST = "contest", _("the contest's name")
    EDITION = "edition", _("the edition's name")
    LINK = "link", _("where the receiver goes on")
    CODE = "code", pgettext_lazy("blank", "the code of the entry or demand")
    TITLE = "title", pgettext_lazy("blank", "the title of the entry or demand")
    TEAM = "team", pgettext_lazy("blank", "the team's name")
    DEADLINE = "deadline", pgettext_lazy("blank", "the deadline")
    REASON = "reason", pgettext_lazy("blank", "why the entry came back")
    STAGE = "stage", pgettext_lazy("blank", "the stage's name")
    OPEN = "open", pgettext_lazy("blank", "how many sheets are open")
    ORGANISATION = "organisation", pgettext_lazy("blank", "the organisation's name")


COMMON = (Blank.NAME, Blank.CONTEST, Blank.EDITION, Blank.LINK)


def blanks(*texts: str) -> set[str]:
    return {name for text in texts for name in BLANK.findall(text)}


def check(text: str, *, allowed: Collection[str]) -> Verdict:
    """Every brace belongs to a blank that this audience knows."""
    for written in BRACED.finditer(text):
        if written[0] not in {f"{{{name}}}" for name in allowed}:
            told = ", ".join(f"{{{name}}}" for name in allowed)
            reason = _("{written} is not known here. You may use: {allowed}.")
            return no("unknown_blank", format_lazy(reason, written=written[0], allowed=told))
    if BRACE.search(BRACED.sub("", text)):
        return no("lonely_brace", _("A brace stands alone; write blanks like {name}."))
    return YES


def fill(text: str, values: Mapping[str, str]) -> str:
    """Each blank with its value. What stands in a value stays as it is, braces too."""
    return BLANK.sub(lambda found: str(values.get(found[1], found[0])), text)


def missing(values: Mapping[str, str], *texts: str) -> list[str]:
    """Blanks of these texts for which this receiver has no value."""
    return sorted(name for name in blanks(*texts) if not str(values.get(name, "")).strip())
