"""Who may do what to editions and contests; later rooms build on these."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import queries
from leitai.rooms.contests.models import Contest, Edition, Programme
from leitai.rooms.contests.rules import Role, State
from leitai.values.verdict import YES, Verdict, no

OVERSEERS = {Role.ORGANISER, Role.SECRETARIAT, Role.SUPERVISOR}  # a co-host reads its own alone


def found_programme(user: Any) -> Verdict:
    """Hosts of this installation."""
    if not user.is_authenticated:
        return SIGN_IN
    if not user.is_host:
        return no("not_a_host", _("Only hosts may found a programme; ask the platform's operator."))
    return YES


def found_edition(user: Any, programme: Programme) -> Verdict:
    """Hosts who founded the programme, or run one of its editions."""
    if not (may := found_programme(user)):
        return may
    if programme.founded_by_id in (None, user.pk):
        return YES
    runs_one = any(
        queries.roles_in(user, e.pk) & {Role.ORGANISER} for e in programme.editions.all()
    )
    return YES if runs_one else HIDDEN


def organise_edition(user: Any, edition: Edition) -> Verdict:
    return _one_of(user, queries.edition_roles(user, edition), {Role.ORGANISER})


def oversee_edition(user: Any, edition: Edition) -> Verdict:
    return _one_of(user, queries.edition_roles(user, edition), OVERSEERS)


def read_edition(user: Any, edition: Edition) -> Verdict:
    """Everybody, once it is public; before, those who work for it."""
    is_public = edition.state != State.DRAFT
    return YES if is_public else _one_of(user, queries.edition_roles(user, edition), set(Role))


def organise(user: Any, contest: Contest) -> Verdict:
    """Set rules, call the jury, decide and publish: the contest's organisers."""
    return _one_of(user, queries.roles(user, contest), {Role.ORGANISER})


def run(user: Any, contest: Contest) -> Verdict:
    """The day's work, checks and invitations: organisers and secretariat."""
    return _one_of(user, queries.roles(user, contest), {Role.ORGANISER, Role.SECRETARIAT})


def oversee(user: Any, contest: Contest) -> Verdict:
    """Read progress and journal, change nothing: also supervisors."""
    return _one_of(user, queries.roles(user, contest), OVERSEERS)


def co_host(user: Any, contest: Contest) -> Verdict:
    """Read the entries of the own region; who was not given one reads none."""
    return _one_of(user, queries.roles(user, contest), {Role.CO_HOST})


def read_contest(user: Any, contest: Contest) -> Verdict:
    """Everybody, once contest and edition are public; before, those who work for it."""
    is_public = State.DRAFT not in (contest.state, contest.edition.state)
    return YES if is_public else _one_of(user, queries.roles(user, contest), set(Role))


def _one_of(user: Any, has: set[Role], wanted: set[Role]) -> Verdict:
    if not user.is_authenticated:
        return SIGN_IN
    if has & wanted:
        return YES
    if has - {Role.CO_HOST}:
        return no("role_may_not", _("Your role in this contest may read here, but not do this."))
    return HIDDEN


def list_programmes(user: Any) -> Verdict:
    """Everybody signed in; the list itself holds only what the person may know of."""
    return YES if user.is_authenticated else SIGN_IN
