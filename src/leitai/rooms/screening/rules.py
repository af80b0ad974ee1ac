"""What a check may find, and when."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import YES, Verdict, no


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
    SAME_MEANING = "same_meaning", _("the same in other words")


class FlagState(TextChoices):
    OPEN = "open", _("to look at")
    HARMLESS = "harmless", _("harmless")
    MERGED = "merged", _("merged")


FLAG_MOVES: dict[str, set[str]] = {
    FlagState.OPEN: {FlagState.HARMLESS, FlagState.MERGED},
    FlagState.HARMLESS: {FlagState.OPEN},
    FlagState.MERGED: set(),  # a merged entry has left the contest
}


class EchoState(TextChoices):
    OPEN = "open", _("to look at")
    HARMLESS = "harmless", _("harmless")


# Across contests nothing is merged: an entry that repeats another one is refused in its check.
ECHO_MOVES: dict[str, set[str]] = {
    EchoState.OPEN: {EchoState.HARMLESS},
    EchoState.HARMLESS: {EchoState.OPEN},
}


def may_find(
    finding: str,
    *,
    entry_state: str,
    seen: int,
    version: int,
    reasons: Collection[str],
    resubmit_until: datetime | None,
    at: datetime,
) -> Verdict:
    """`seen` is the version that was looked at, `version` the one that is handed in now."""
    if entry_state not in ("submitted", "returned"):
        return no("not_waiting", _("This entry does not wait for a check (any more)."))
    if seen != version:
        return no(
            "newer_version",
            _("The team has handed in a newer version meanwhile; please look at that one."),
        )
    if finding != Finding.PASSED and not reasons:
        return no("no_reason", _("Please tick at least one reason; the team reads it."))
    if finding == Finding.RETURNED and (resubmit_until is None or resubmit_until <= at):
        return no("no_time_left", _("Please leave the team some days to correct it."))
    return YES


NEEDS_ONE_TO_LEAVE = no("which_leaves", _("Please say which of the two leaves the contest."))
