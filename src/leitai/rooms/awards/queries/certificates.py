"""Certificates: which are to be made, which no longer fit, and what a check tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from leitai.foundation import signing, slips
from leitai.foundation.files import glyphs
from leitai.rooms.awards import rules
from leitai.rooms.awards.models import Award, Certificate, Slate
from leitai.rooms.awards.queries.naming import words_of
from leitai.rooms.awards.rules import CertificateState
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import State
from leitai.rooms.people.models import User
from leitai.rooms.submissions.models import Entry, Member

PRINTED = ("edition", "contest", "award", "holder")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A certificate as it would be made today."""

    award: Award
    member: Member | None
    words: dict[str, Any]

    @property
    def key(self) -> tuple[str, int, str]:
        entry = self.award.entry_id
        assert entry is not None
        return self.award.code, entry, f"m{self.member.pk}" if self.member else ""

    @property
    def missing(self) -> list[str]:
        """The characters that no font of ours can show."""
        return glyphs.missing("".join(_texts(self.words)))


def _texts(words: dict[str, Any]) -> Iterable[str]:
    for part in PRINTED:
        yield from words[part].values()
    yield from words["lines"]
    yield from words["issuers"]


def wanted(slate: Slate, *, for_members: bool) -> list[Wanted]:
    return [Wanted(*told) for told in words_of(slate, for_members=for_members)]


def due(slate: Slate, *, for_members: bool) -> list[Wanted]:
    """Those without a valid certificate whose names can be printed, one entry after the other."""
    have = set(slate.contest.certificates.valid().values_list("code", "entry_id", "holder_key"))
    fresh = (w for w in wanted(slate, for_members=for_members) if w.key not in have)
    return [w for w in fresh if w.words["holder"]["first"] and not w.missing]


def unprintable(slate: Slate, *, for_members: bool) -> list[Wanted]:
    """Those with a character no font has, and those whose holder has no name at all."""
    every = wanted(slate, for_members=for_members)
    return [w for w in every if w.missing or not w.words["holder"]["first"]]


def stale(slate: Slate) -> list[tuple[Certificate, Wanted]]:
    """Valid certificates that would say something else today: a name was corrected since."""
    now = {w.key: w for w in wanted(slate, for_members=True)}
    valid = slate.contest.certificates.valid().select_related("entry", "member").order_by("pk")
    pairs = ((c, now.get((c.code, c.entry_id, c.holder_key))) for c in valid)
    return [(c, w) for c, w in pairs if w and c.slip and c.words != w.words]


def certificates(contest: Contest, *, text: str = "", state: str = "") -> QuerySet[Certificate]:
    rows = contest.certificates.select_related("entry", "revocation__replaced_by", "award")
    if state:
        rows = rows.filter(state=state)
    for word in text.split()[:5]:
        by_words = Q(words__holder__first__icontains=word) | Q(words__award__zh__icontains=word)
        rows = rows.filter(by_words | Q(number__icontains=word) | Q(entry__code__icontains=word))
    return rows


def to_print(contest: Contest) -> QuerySet[Certificate]:
    """All that hold, in the order of their numbers."""
    rows = contest.certificates.valid().exclude(slip="")
    return rows.select_related("contest__edition", "file").order_by("pk")


def own(user: User) -> QuerySet[Certificate]:
    rows = Certificate.objects.of(user).valid().exclude(slip="")
    return rows.select_related("contest__edition", "entry").order_by("-pk")


def of_entry(user: User, entry: Entry) -> QuerySet[Certificate]:
    rows = Certificate.objects.of(user).filter(entry=entry)
    return rows.select_related("contest__edition", "revocation__replaced_by").order_by("pk")


def owned_by(person: User) -> list[dict[str, Any]]:
    """For the person to take away."""
    rows = Certificate.objects.filter(member__user=person).order_by("pk")
    return list(rows.values("number", "state", "words", "at"))


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check tells: the words of the slip if the signature holds, and what the register
    says of the number; of a bare number nothing but that."""

    number: str = ""
    told: list[str] | None = None  # as signed: day, edition, contest, award, holder
    state: str = ""  # valid, revoked, or blank: unknown here
    certificate: Certificate | None = None
    is_forged: bool = False  # a slip whose signature does not hold


def check(asked: str) -> Checked:
    slip = slips.find(asked)
    if not slip:
        number = rules.read_number(asked)
        return _known(number, None)
    try:
        told = slips.read(slip)
    except slips.BadSlip:
        return Checked(is_forged=True)
    if len(told) != 7 or not slips.holds(slip, key=signing.public_key()):
        return Checked(is_forged=True)
    return _known(told[0], told[1:])


def _known(number: str, told: list[str] | None) -> Checked:
    """Numbers of contests that are not public are like numbers nobody gave."""
    rows = Certificate.objects.exclude(contest__state=State.DRAFT)
    rows = rows.exclude(contest__edition__state=State.DRAFT)
    found = rows.filter(number=number).select_related("revocation__replaced_by").first()
    state = CertificateState(found.state).value if found else ""
    return Checked(number=number, told=told, state=state, certificate=found)
