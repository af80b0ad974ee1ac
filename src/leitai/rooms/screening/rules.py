"""What a check may find."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Finding(TextChoices):
    PASSED = "passed", _("passed")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("returned for correction")


class Reason(TextChoices):
    NOT_ELIGIBLE = "not_eligible", _("not eligible")
    INCOMPLETE = "incomplete", _("incomplete")
    OFF_TOPIC = "off_topic", _("off topic")
    DUPLICATE = "duplicate", _("entered twice")
    NOT_ORIGINAL = "not_original", _("not original, or rights unclear")
    NOT_TRUE = "not_true", _("statements do not hold")
    WRONG_SCENARIO = "wrong_scenario", _("wrong scenario")
    FILE_UNREADABLE = "file_unreadable", _("a file cannot be read")


class FlagKind(TextChoices):
    SAME_ORGANISATION = "same_organisation", _("same organisation")
    SAME_PEOPLE = "same_people", _("same people")
    SAME_TEXT = "same_text", _("very similar text")


class FlagState(TextChoices):
    OPEN = "open", _("to look at")
    HARMLESS = "harmless", _("harmless")
    MERGED = "merged", _("merged")


FLAG_MOVES: dict[str, set[str]] = {
    FlagState.OPEN: {FlagState.HARMLESS, FlagState.MERGED},
    FlagState.HARMLESS: {FlagState.OPEN},
    FlagState.MERGED: {FlagState.OPEN},
}
