"""What a list of awards and a certificate may go through, and when."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.values.verdict import YES, Verdict, no

APPROVALS = 2


class SlateState(TextChoices):
    DRAFT = "draft", pgettext_lazy("awards", "proposed")
    DECIDED = "decided", _("decided")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


SLATE_MOVES: dict[str, set[str]] = {
    SlateState.DRAFT: {SlateState.DECIDED, SlateState.SUPERSEDED},
    SlateState.DECIDED: {SlateState.DRAFT, SlateState.PUBLISHED, SlateState.SUPERSEDED},
    SlateState.PUBLISHED: {SlateState.SUPERSEDED},
    SlateState.SUPERSEDED: set(),
}


class CertificateState(TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "valid")
    REVOKED = "revoked", pgettext_lazy("certificate", "revoked")


CERTIFICATE_MOVES: dict[str, set[str]] = {
    CertificateState.VALID: {CertificateState.REVOKED},
    CertificateState.REVOKED: set(),
}


class Object(TextChoices):
    """Whom a certificate is made out to."""

    TEAM = "team", _("Team")
    PROJECT = "project", pgettext_lazy("award", "Project")
    SOLUTION = "solution", pgettext_lazy("award", "Solution")
    PERSON = "person", _("Person")


class Ground(TextChoices):
    """Why a certificate holds no more."""

    NAME = "name", _("a name was corrected")
    AWARD = "award", _("the award was changed by a new decision")
    PRINT = "print", _("it was printed wrongly")
    OTHER = "other", _("another reason")


def may_change(state: str, *, approvals: int, why: str) -> Verdict:
    if state != SlateState.DRAFT:
        return no(
            "not_proposed", _("These awards are decided; make a new proposal to change them.")
        )
    if approvals:
        return no("approved", _("Somebody has approved this list; take the approval back first."))
    if not why.strip():
        return no("no_reason", _("Please say why; the record keeps it."))
    return YES


def may_name(*, is_listed: bool, holds_another: bool) -> Verdict:
    """Whether this entry may be given this award by hand."""
    if not is_listed:
        return no("not_listed", _("This entry is not among the places of the published result."))
    if holds_another:
        return no("has_award", _("This entry has an award by place already."))
    return YES


def may_approve(state: str, *, open_seats: int, ties: int, has_approved: bool) -> Verdict:
    if state != SlateState.DRAFT:
        return no("not_proposed", _("These awards are decided already."))
    if open_seats:
        reason = _("{n} awards have nobody yet: name a winner, or leave them vacant with a reason.")
        return no("seats_open", format_lazy(reason, n=open_seats))
    if ties:
        return no("level", _("Entries are level at the line of an award; name who gets it."))
    if has_approved:
        return no("approved_already", _("You have approved this; a second person is needed."))
    return YES


def may_take_back(state: str) -> Verdict:
    if state in (SlateState.DRAFT, SlateState.DECIDED):
        return YES
    return no("published", _("These awards are published; a change is a new proposal."))


def may_publish(state: str, *, is_newest_notice: bool) -> Verdict:
    if state != SlateState.DECIDED:
        return no("not_decided", _("Two people have to approve the awards first."))
    if not is_newest_notice:
        return no("newer_notice", _("There is a newer notice; propose the awards from that one."))
    return YES


def may_issue(state: str, *, notice_until: datetime, objections: int, at: datetime) -> Verdict:
    """Certificates wait until nobody can object any more, and nothing is under way."""
    if state != SlateState.PUBLISHED:
        return no("not_published", _("Certificates are made once the awards are published."))
    if at < notice_until:
        return no("notice_runs", _("The public notice has not ended; certificates come after it."))
    if objections:
        return no("objections_open", _("An objection to the result is still under way."))
    return YES


def may_revoke(state: str, *, why: str) -> Verdict:
    if state != CertificateState.VALID:
        return no("revoked_already", _("This certificate is revoked already."))
    if not why.strip():
        return no("no_reason", _("Please say why; the record keeps it."))
    return YES
