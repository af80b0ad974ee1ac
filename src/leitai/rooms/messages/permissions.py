"""May this person write to these people, in this name, and whose letters may somebody read?

Nobody can address people they may not list: each audience is open to those to whom the room that
knows these people opens its list.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.models import Letter
from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests import queries as contest_queries
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.demands import permissions as demands
from leitai.rooms.jury import permissions as jury
from leitai.rooms.messages import queries
from leitai.rooms.messages.models import Mailing, Recipient
from leitai.rooms.messages.rules import SenderRole
from leitai.rooms.partners import permissions as partners
from leitai.rooms.screening import permissions as screening
from leitai.values.verdict import YES, Verdict, no


def _keeps_partners(user: Any, contest: Contest) -> Verdict:
    return partners.keep_partners(user, contest.edition)


WHO_MAY: dict[str, Callable[[Any, Contest], Verdict]] = {
    **dict.fromkeys(["drafts", "stage", "chosen", "reserves", "not_chosen", "team"], contests.run),
    **dict.fromkeys(["submitted", "returned", "accepted"], screening.check_entries),
    **dict.fromkeys(["jurors_invited", "jurors_active", "jurors_open"], jury.run_jury),
    "demand_owners": demands.see_desk,
    "partners": _keeps_partners,
}
IN_WHOSE_NAME: dict[Role, frozenset[str]] = {
    Role.ORGANISER: frozenset(SenderRole.values),
    Role.SECRETARIAT: frozenset(
        {SenderRole.SECRETARIAT, SenderRole.JURY_OFFICE, SenderRole.PARTNERS}
    ),
}


def write_mailings(user: Any, contest: Contest) -> Verdict:
    """Organisers and secretariat; each to audiences they may list, in names they may use."""
    return contests.run(user, contest)


def address(user: Any, contest: Contest, audience: str) -> Verdict:
    """Whoever may see the list of these very people in its own room."""
    return write_mailings(user, contest) and WHO_MAY[audience](user, contest)


def write_as(user: Any, contest: Contest, sender: str) -> Verdict:
    """Organisers in every name, the secretariat in its own, the jury's and the partners'."""
    if sender in names_of(user, contest):
        return YES
    return no("not_your_name", _("Your role may not write in this name."))


def use_mailing(user: Any, mailing: Mailing) -> Verdict:
    """Whoever may write to its audience and in its name; to others of the contest it is hidden."""
    if not (may := write_mailings(user, mailing.contest)):
        return may
    may = address(user, mailing.contest, mailing.audience)
    return YES if may and write_as(user, mailing.contest, mailing.sender) else HIDDEN


def decide_letter(user: Any, recipient: Recipient) -> Verdict:
    return use_mailing(user, recipient.mailing)


def name_senders(user: Any, contest: Contest) -> Verdict:
    """Organisers."""
    return contests.organise(user, contest)


def have_inbox(user: Any) -> Verdict:
    """Everybody signed in; it holds letters to their own verified addresses alone."""
    return YES if user.is_authenticated else SIGN_IN


def read_letter(user: Any, letter: Letter) -> Verdict:
    """Whoever proved that its address is theirs; nobody else, no organiser either."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if queries.own(user).filter(pk=letter.pk).exists() else HIDDEN


def keep_addresses(user: Any) -> Verdict:
    """Hosts of this installation: addresses are blocked for all contests alike."""
    if not user.is_authenticated:
        return SIGN_IN
    return YES if user.is_host else HIDDEN


def names_of(user: Any, contest: Contest) -> frozenset[str]:
    """In whose names this person may write."""
    roles = contest_queries.roles(user, contest)
    return frozenset().union(*(IN_WHOSE_NAME.get(role, frozenset()) for role in roles))


def audiences_of(user: Any, contest: Contest) -> list[str]:
    """The audiences this person may write to."""
    return [key for key in queries.AUDIENCES if address(user, contest, key)]
