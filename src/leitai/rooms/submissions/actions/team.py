"""Who is in the team."""

from datetime import datetime

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.people.models import User
from leitai.rooms.submissions import queries, rules
from leitai.rooms.submissions.actions import letters
from leitai.rooms.submissions.models import Entry, Member
from leitai.rooms.submissions.rules import MemberRole
from leitai.values.verdict import no

SALT = "submissions.invitation"


@transaction.atomic
def add_member(
    *, entry: Entry, name: str, email: str, role: str, about: str, by: User, at: datetime
) -> Member:
    """A seat in the team. With an e-mail address its person gets a letter and may take part in
    writing; without one only the name stands in the list."""
    hold(entry)
    require(entry.may_edit(at))
    name, email = rules.tidy(name)[:120], email.strip().lower()
    _refuse_bad_seat(entry, name=name, email=email, role=role)
    member = Member.objects.create(
        entry=entry, name=name or email.partition("@")[0], email=email, role=role,
        about=rules.tidy(about)[:300], invited_at=at if email else None,
    )  # fmt: skip
    _touch(entry, at)
    journal.write("submissions.member_invited" if email else "submissions.member_listed",
                  about=member, by=by, at=at, role=role)  # fmt: skip
    if email:
        letters.invited(member, token=invitation_token(member), by=by, at=at)
    return member


def _refuse_bad_seat(entry: Entry, *, name: str, email: str, role: str) -> None:
    if not name and not email:
        raise NotPossible(no("no_name", _("Please give a name or an e-mail address.")))
    if role not in (MemberRole.MEMBER, MemberRole.ADVISOR):
        raise NotPossible(no("no_such_role", _("Please choose member or advisor.")))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise NotPossible(no("bad_email", _("This is not an e-mail address."))) from None
        if entry.members.filter(email__iexact=email).exists():
            raise NotPossible(no("already_there", _("This address is in the team already.")))
    rule, seats = entry.contest.rules.entry, queries.seats(entry)
    if role == MemberRole.MEMBER:
        require(rules.may_be_a_team(seats=seats + 1, least=0, most=rule.team_max))
    elif entry.members.filter(role=MemberRole.ADVISOR).count() >= rules.ADVISORS_MOST:
        raise NotPossible(no("too_many_advisors", _("A team may have two advisors.")))


@transaction.atomic
def invite_again(*, member: Member, by: User, at: datetime) -> Member:
    """A new letter; the link in the old one dies."""
    hold(member)
    require(member.entry.may_edit(at))
    if member.user_id or not member.email:
        raise NotPossible(no("not_invited", _("There is no open invitation for this person.")))
    require(rules.may_invite_again(invited_at=member.invited_at, at=at))
    member.invited_at = at
    member.save(update_fields=["invited_at"])
    journal.write("submissions.member_invited", about=member, by=by, at=at, role=member.role)
    letters.invited(member, token=invitation_token(member), by=by, at=at)
    return member


def invitation_token(member: Member) -> str:
    assert member.invited_at is not None
    return signing.dumps([member.pk, member.invited_at.timestamp()], salt=SALT, compress=True)


def read_invitation(token: str) -> tuple[Member, float] | None:
    """The seat a link speaks of; None for a link that is not ours, or whose seat is gone."""
    try:
        pk, invited = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    member = Member.objects.select_related("entry__contest__edition").filter(pk=pk).first()
    return (member, float(invited)) if member else None


@transaction.atomic
def join(*, member: Member, token_at: float, by: User, at: datetime) -> Member:
    """Whoever holds the link takes the seat, under whatever address they signed in."""
    hold(member)
    if member.user_id == by.pk:
        return member
    if member.user_id:
        raise NotPossible(no("seat_taken", _("Somebody else has taken up this invitation.")))
    require(rules.may_join(invited_at=member.invited_at, token_at=token_at, at=at))
    if member.entry.members.filter(user=by).exists():
        raise NotPossible(no("already_there", _("You are in this team already.")))
    member.user, member.joined_at = by, at
    member.name = by.name or member.name
    member.save(update_fields=["user", "joined_at", "name"])
    journal.write("submissions.member_joined", about=member, by=by, at=at)
    return member


@transaction.atomic
def remove_member(*, member: Member, by: User, at: datetime) -> None:
    entry = member.entry
    hold(entry)
    require(entry.may_edit(at))
    hold(member)
    if member.role == MemberRole.CAPTAIN:
        raise NotPossible(no("is_captain", _("Hand over the captaincy first.")))
    journal.write("submissions.member_removed", about=member, by=by, at=at, entry=entry.pk)
    member.delete()
    _touch(entry, at)


@transaction.atomic
def change_captain(*, entry: Entry, to: Member, by: User, at: datetime) -> Entry:
    """Also after the deadline: captains fall ill."""
    hold(entry)
    if to.entry_id != entry.pk or not to.user_id or to.role == MemberRole.ADVISOR:
        reason = _("Only a member who has joined with an account can be captain.")
        raise NotPossible(no("cannot_be_captain", reason))
    entry.members.filter(role=MemberRole.CAPTAIN).update(role=MemberRole.MEMBER)
    Member.objects.filter(pk=to.pk).update(role=MemberRole.CAPTAIN)
    journal.write("submissions.captain_changed", about=entry, by=by, at=at, to=to.pk)
    return entry


def _touch(entry: Entry, at: datetime) -> None:
    entry.changed_at = at
    entry.save(update_fields=["changed_at"])
