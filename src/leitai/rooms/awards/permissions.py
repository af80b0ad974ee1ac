"""May this person propose, approve, give or take away a certificate?"""

from typing import Any

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.awards import queries
from leitai.rooms.awards.models import Award, Bundle, Certificate, Slate
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests import queries as contest_queries
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.jury.queries import is_tied_at
from leitai.rooms.standings import permissions as standings
from leitai.rooms.standings.models import Publication
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import YES, Verdict


def read_desk(user: Any, contest: Contest) -> Verdict:
    """Everybody who works for the contest; what is not published yet shows to `read_slate` only."""
    return contests.oversee(user, contest)


def propose(user: Any, publication: Publication) -> Verdict:
    """Whoever may make the standing it comes from: organisers without a tie to any of its
    entries."""
    return standings.make_standing(user, publication.standing.stage)


def change_slate(user: Any, slate: Slate) -> Verdict:
    return propose(user, slate.publication)


def change_award(user: Any, award: Award) -> Verdict:
    return change_slate(user, award.slate)


def approve(user: Any, slate: Slate) -> Verdict:
    """Organisers without a tie, and supervisors without one."""
    may = change_slate(user, slate)
    return YES if may or _supervises(user, slate) else may


def read_slate(user: Any, slate: Slate) -> Verdict:
    """Before they are published, awards are known to those who make and approve them."""
    return approve(user, slate)


def _supervises(user: Any, slate: Slate) -> bool:
    if not user.is_authenticated:
        return False
    stage = slate.publication.standing.stage
    roles = contest_queries.roles(user, slate.contest)
    return Role.SUPERVISOR in roles and not is_tied_at(user, stage)


def run_certificates(user: Any, contest: Contest) -> Verdict:
    """The day's work: numbers, printing, the list. Organisers and secretariat."""
    return contests.run(user, contest)


def set_numbering(user: Any, contest: Contest) -> Verdict:
    """It holds for all contests of the edition."""
    return contests.organise_edition(user, contest.edition)


def take_bundle(user: Any, bundle: Bundle) -> Verdict:
    return run_certificates(user, bundle.contest)


def revoke(user: Any, certificate: Certificate) -> Verdict:
    return contests.organise(user, certificate.contest)


def read_own(user: Any, entry: Entry) -> Verdict:
    """The team's page; it shows no certificate made out to somebody else."""
    return submissions.read_own(user, entry)


def take_certificate(user: Any, certificate: Certificate) -> Verdict:
    """Those it is made out to, and those who print it."""
    if not user.is_authenticated:
        return SIGN_IN
    if Certificate.objects.of(user).filter(pk=certificate.pk).exists():
        return YES
    return run_certificates(user, certificate.contest) or HIDDEN


def list_own(user: Any) -> Verdict:
    return YES if user.is_authenticated else SIGN_IN


def read_awards(user: Any, contest: Contest) -> Verdict:
    """Everybody who may read of the contest, once there are published awards."""
    if not (may := contests.read_contest(user, contest)):
        return may
    return YES if queries.published(contest) else HIDDEN
