"""May this person post, read or vet a demand?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.demands import rules
from leitai.rooms.demands.models import Demand
from leitai.values.verdict import YES, Verdict, no


def post_demand(user: Any, contest: Contest) -> Verdict:
    """Anybody who speaks for an organisation."""
    if not user.is_authenticated:
        return SIGN_IN
    if not (may := contests.read_contest(user, contest)):
        return may
    if not user.affiliations.filter(speaks_for_it=True).exists():
        return no(
            "speaks_for_nobody",
            _("First tell us which organisation you speak for, under “My organisations”."),
        )
    return YES


def list_own(user: Any) -> Verdict:
    """Everybody signed in; the list holds only demands of organisations they speak for."""
    return YES if user.is_authenticated else SIGN_IN


def own_demand(user: Any, demand: Demand) -> Verdict:
    """Those who speak for its owner."""
    if not user.is_authenticated:
        return SIGN_IN
    speaks = user.affiliations.filter(organisation=demand.owner_id, speaks_for_it=True).exists()
    return YES if speaks else HIDDEN


def vet_demands(user: Any, contest: Contest) -> Verdict:
    """Organisers and secretariat."""
    return contests.run(user, contest)


def see_desk(user: Any, contest: Contest) -> Verdict:
    """Organisers and secretariat; a supervisor has no business with demands still being vetted."""
    return contests.run(user, contest)


def read_whole(user: Any, demand: Demand) -> Verdict:
    """Everything but the contact: everybody, its owner, the invited, and those who run it."""
    is_open = rules.is_shown_whole(demand.visibility, demand.state)
    if is_open and contests.read_contest(user, demand.contest):
        return YES
    if not user.is_authenticated:
        return SIGN_IN
    if contests.run(user, demand.contest) or own_demand(user, demand):
        return YES
    is_invited = demand.invitations.filter(email__iexact=user.email).exists()
    return YES if is_invited and demand.state == rules.State.PUBLISHED else HIDDEN


def read_demand(user: Any, demand: Demand) -> Verdict:
    """At least that it exists, its scenario and its kind."""
    is_listed = rules.is_listed(demand.visibility, demand.state)
    if is_listed and contests.read_contest(user, demand.contest):
        return YES
    return read_whole(user, demand)
