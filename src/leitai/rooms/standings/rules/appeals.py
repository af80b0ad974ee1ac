"""An objection to a published result: who may raise it, who hears it, and what becomes of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.values.verdict import YES, Verdict, no


class AppealState(TextChoices):
    FILED = "filed", pgettext_lazy("appeal", "filed")
    ACCEPTED = "accepted", pgettext_lazy("appeal", "taken up")
    ASKED = "asked", pgettext_lazy("appeal", "evidence asked for")
    REFUSED = "refused", pgettext_lazy("appeal", "refused")
    DECIDED = "decided", pgettext_lazy("appeal", "decided")
    ANSWERED = "answered", pgettext_lazy("appeal", "answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("appeal", "taken back")


APPEAL_MOVES: dict[str, set[str]] = {
    AppealState.FILED: {AppealState.ACCEPTED, AppealState.REFUSED, AppealState.WITHDRAWN},
    AppealState.ACCEPTED: {AppealState.ASKED, AppealState.DECIDED, AppealState.WITHDRAWN},
    AppealState.ASKED: {AppealState.ACCEPTED, AppealState.WITHDRAWN},
    AppealState.REFUSED: set(),
    AppealState.DECIDED: {AppealState.ANSWERED},
    AppealState.ANSWERED: set(),
    AppealState.WITHDRAWN: set(),
}
OPEN = frozenset({AppealState.FILED, AppealState.ACCEPTED, AppealState.ASKED, AppealState.DECIDED})
UNDER_WAY = frozenset({AppealState.ACCEPTED, AppealState.ASKED})


class Ground(TextChoices):
    SLIP = "slip", _("a slip in the scores")
    ELIGIBILITY = "eligibility", _("not eligible")
    PLAGIARISM = "plagiarism", _("plagiarism")
    CONFLICT = "conflict", _("a conflict of interest")
    PROCEDURE = "procedure", _("the procedure was not kept")
    OTHER = "other", pgettext_lazy("ground", "other")


class Standpoint(TextChoices):
    """Who objects."""

    PERSON = "person", _("a person")
    UNIT = "unit", _("a unit")


class Finding(TextChoices):
    """What a member of the panel votes for, and what the panel finds."""

    UPHELD = "upheld", pgettext_lazy("appeal", "upheld")
    PARTLY = "partly", pgettext_lazy("appeal", "upheld in part")
    DISMISSED = "dismissed", pgettext_lazy("appeal", "dismissed")


def may_file(*, opens_at: datetime, closes_at: datetime, is_newest: bool, at: datetime) -> Verdict:
    if not is_newest:
        return no("replaced", _("This version was replaced; object to the newest."))
    if not opens_at <= at < closes_at:
        return no("notice_over", _("The time for objections to this version is over."))
    return YES


def is_by_real_name(
    kind: str, *, name: str, unit: str, contact: str, address: str, has_seal: bool
) -> Verdict:
    """Anonymous objections are not accepted; a name without a way to answer it is none."""
    if not name.strip():
        return no("no_name", _("Objections are raised by real name; please give yours."))
    if not unit.strip():
        return no("no_unit", _("Please say for which unit you speak, or where you work."))
    if sum(c.isdigit() for c in contact) < 7 and "@" not in contact:
        return no("no_contact", _("Please give a phone number or an e-mail address."))
    if kind == Standpoint.UNIT and not has_seal:
        return no(
            "no_seal", _("A unit objects with its seal: please add a scan of the sealed page.")
        )
    if kind == Standpoint.PERSON and not address.strip():
        return no("no_address", _("Please give a postal address."))
    return YES


def is_substantiated(ground: str, *, text: str, source: str, evidence: int) -> Verdict:
    if len(text.strip()) < 10:
        return no("no_facts", _("Please say what happened, in a sentence or more."))
    if ground == Ground.PLAGIARISM and not source.strip():
        return no("no_source", _("Plagiarism needs the address of the source."))
    if ground == Ground.PLAGIARISM and not evidence:
        return no("no_screenshot", _("Plagiarism needs a screenshot of the source."))
    return YES


def may_sit(
    *, marked_it: bool, is_tied: bool, is_objector: bool, works_here: bool, outsiders_only: bool
) -> Verdict:
    """Whether somebody may hear the case."""
    if is_objector:
        return no("own_case", _("Nobody hears their own case."))
    if marked_it:
        return no("marked_it", _("Whoever marked the entry does not hear the objection to it."))
    if is_tied:
        return no("tied", _("This person has a tie to the entry."))
    if works_here and outsiders_only:
        return no("works_here", _("The rules let nobody hear a case who works for the contest."))
    return YES


def may_vote(state: str, *, has_voted: bool, reason: str, vote: str) -> Verdict:
    if state not in UNDER_WAY:
        return no("not_under_way", _("This objection is not under way."))
    if has_voted:
        return no("voted", _("You have voted; a vote stands."))
    if vote not in Finding.values:
        return no("no_vote", _("Please choose one of the findings."))
    if not reason.strip():
        return no("no_reason", _("Please say why; the record keeps it."))
    return YES


def may_decide(
    state: str, *, votes: Sequence[str | None], panel_size: int, reason: str,
    needs_hearing: bool, heard: bool,
) -> Verdict:  # fmt: skip
    """The whole panel has voted, and the team was heard or let its time pass."""
    if state != AppealState.ACCEPTED:
        return no("not_under_way", _("This objection is not under way."))
    if len(votes) < panel_size:
        words = _("The rules ask for {n} people on the panel.")
        return no("panel_small", format_lazy(words, n=panel_size))
    if any(vote is None for vote in votes):
        return no("votes_missing", _("Not everybody on the panel has voted."))
    if needs_hearing and not heard:
        return no("not_heard", _("The team has to be heard first."))
    if not reason.strip():
        return no("no_reason", _("Please say why; the record keeps it."))
    return YES


def found(votes: Collection[str | None]) -> Finding:
    """What more than half of the panel would at least grant; without a majority, nothing.

    >>> found(["upheld", "partly", "dismissed"]), found(["upheld", "dismissed"])
    (Finding.PARTLY, Finding.DISMISSED)
    """
    full = sum(vote == Finding.UPHELD for vote in votes)
    some = full + sum(vote == Finding.PARTLY for vote in votes)
    if 2 * full > len(votes):
        return Finding.UPHELD
    return Finding.PARTLY if 2 * some > len(votes) else Finding.DISMISSED


def may_link(state: str, *, finding: str, later: bool) -> Verdict:
    """A new version mends what was upheld, and it came after."""
    if state not in {AppealState.DECIDED, AppealState.ANSWERED}:
        return no("not_decided", _("Nothing is decided yet."))
    if finding == Finding.DISMISSED:
        return no("dismissed", _("It was dismissed; no version follows from it."))
    if not later:
        return no("not_later", _("Choose a version that was published after the objection."))
    return YES
