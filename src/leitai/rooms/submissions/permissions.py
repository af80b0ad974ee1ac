"""Who may read which layer of an entry, and who may write in it.

Whoever may not know of an entry gets the same answer as for one that does not exist.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.verdicts import HIDDEN, SIGN_IN
from leitai.rooms.contests import permissions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.demands.models import Demand
from leitai.rooms.people.rules import Purpose
from leitai.rooms.submissions import queries, rules
from leitai.rooms.submissions.models import Answer, Attachment, Entry, Member, Version
from leitai.values.verdict import YES, Verdict, no


def begin(user: Any, contest: Contest) -> Verdict:
    """Everybody who is signed in and may read of the contest."""
    if not user.is_authenticated:
        return SIGN_IN
    return contests.read_contest(user, contest)


def list_own(user: Any) -> Verdict:
    """Everybody signed in; the list holds only entries they belong to."""
    return YES if user.is_authenticated else SIGN_IN


def edit(user: Any, entry: Entry) -> Verdict:
    """Captain and members; advisors read."""
    role = queries.role_in(user, entry)
    if role in (rules.MemberRole.CAPTAIN, rules.MemberRole.MEMBER):
        return YES
    if role:
        return no("advisors_read", _("Advisors read the entry; its members write."))
    return SIGN_IN if not user.is_authenticated else HIDDEN


def lead(user: Any, entry: Entry) -> Verdict:
    """Hand in, withdraw, invite and remove: the captain."""
    role = queries.role_in(user, entry)
    if role == rules.MemberRole.CAPTAIN:
        return YES
    if role:
        return no("captain_only", _("Only the captain may do this."))
    return SIGN_IN if not user.is_authenticated else HIDDEN


def read_own(user: Any, entry: Entry) -> Verdict:
    """The team's own page: whoever belongs to the team."""
    if queries.role_in(user, entry):
        return YES
    return SIGN_IN if not user.is_authenticated else HIDDEN


def edit_member(user: Any, member: Member) -> Verdict:
    return lead(user, member.entry)


def leave(user: Any, member: Member) -> Verdict:
    """The captain removes people; members may also go by themselves."""
    return lead(user, member.entry) or (YES if member.user_id == user.pk else HIDDEN)


def edit_attachment(user: Any, attachment: Attachment) -> Verdict:
    return edit(user, attachment.entry)


def edit_answer(user: Any, answer: Answer) -> Verdict:
    return edit(user, answer.entry)


def take_back_consent(user: Any, answer: Answer) -> Verdict:
    return edit(user, answer.entry)


def read_version(user: Any, version: Version) -> Verdict:
    """Versions hold the confidential answers, so they are read like those."""
    return read_confidential(user, version.entry)


def read_card(user: Any, entry: Entry) -> Verdict:
    """Everybody, once the entry is valid and its team shows the card; before, the team and those
    who work for the contest."""
    is_shown = entry.state == rules.State.ACCEPTED and entry.shows_card and not entry.merged_into_id
    if is_shown and contests.read_contest(user, entry.contest):
        return YES
    return read_teaser(user, entry)


def read_teaser(user: Any, entry: Entry) -> Verdict:
    """The team, those who work for the contest, co-hosts of its region, and owners of demands as
    far as the team agreed."""
    may = _read(user, entry, layers=("teaser", "confidential"), staff=contests.oversee)
    if may or not entry.version or not contests.co_host(user, entry.contest):
        return may
    return YES if queries.of_regions(entry.contest, user).filter(pk=entry.pk).exists() else may


def read_confidential(user: Any, entry: Entry) -> Verdict:
    """The team, organisers and secretariat, and owners of demands with consent; never
    supervisors."""
    return _read(user, entry, layers=("confidential",), staff=contests.run)


def _read(user: Any, entry: Entry, *, layers: tuple[str, ...], staff: Any) -> Verdict:
    if own := read_own(user, entry):
        return own
    # A draft belongs to its team alone; organisers see that there is one, and no more. (Only
    # with somebody who may know of the contest's entries do we say so.)
    if may := staff(user, entry.contest):
        return may if entry.version else no("still_a_draft", _("Nothing was handed in yet."))
    if _is_agreed(user, entry, layers=layers):
        return YES
    return may


def _is_agreed(user: Any, entry: Entry, *, layers: tuple[str, ...]) -> bool:
    """Somebody who speaks for a demand's owner, to whom this team agreed to show the layer."""
    if not user.is_authenticated or entry.version == 0 or entry.state == rules.State.WITHDRAWN:
        return False
    owned = entry.answers.filter(
        shows__in=layers,
        demand__owner__affiliations__user=user,
        demand__owner__affiliations__speaks_for_it=True,
    )
    return any(
        queries.answer_consents(answer).filter(receiver_id=answer.demand.owner_id).exists()
        for answer in owned.select_related("demand")
    )


def role_of_reader(user: Any, entry: Entry) -> str:
    """As what somebody outside the team reads the confidential layer; noted with each viewing."""
    if queries.role_in(user, entry):
        return "team"
    return "staff" if contests.run(user, entry.contest) else Purpose.DEMAND_OWNER.value


def read_attachment(user: Any, attachment: Attachment) -> Verdict:
    """By its layer; outside the team only files of a version that was handed in."""
    entry = attachment.entry
    if own := read_own(user, entry):
        return own
    may = read_layer(user, entry, attachment.layer)
    if not may and may.code in (HIDDEN.code, SIGN_IN.code):
        return may
    if entry.versions.filter(body__files__contains=[{"id": attachment.pk}]).exists():
        return may
    return SIGN_IN if not user.is_authenticated else HIDDEN


def read_layer(user: Any, entry: Entry, layer: str) -> Verdict:
    if layer == rules.Layer.PUBLIC and not entry.contest.is_veiled:
        return read_card(user, entry)  # veiled: a picture may show a name
    is_open = layer in (rules.Layer.PUBLIC, rules.Layer.TEASER)
    return (read_teaser if is_open else read_confidential)(user, entry)


def read_answers(user: Any, demand: Demand) -> Verdict:
    """Those who speak for the demand's owner, and the contest's organisers and secretariat."""
    if not user.is_authenticated:
        return SIGN_IN
    speaks = demand.owner.affiliations.filter(user=user, speaks_for_it=True).exists()
    return YES if speaks else contests.run(user, demand.contest)


def read_desk(user: Any, contest: Contest) -> Verdict:
    """The list and the figures: everybody who works for the contest, supervisors too."""
    return contests.oversee(user, contest)


def read_region(user: Any, contest: Contest) -> Verdict:
    """Co-hosts, each the entries of the own region."""
    return contests.co_host(user, contest)


def import_entries(user: Any, contest: Contest) -> Verdict:
    return contests.organise(user, contest)
