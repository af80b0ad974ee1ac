"""Awards to tell stories with."""

from typing import Any

from leitai.rooms.awards import actions
from leitai.rooms.awards.models import Certificate, Slate
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import DAY, NOON, a_contest, appointed, some_rules
from leitai.rooms.people.models import User
from leitai.rooms.standings.testing import judged, level, published

LATER = NOON + 30 * DAY  # the notice has ended
AWARDS = [
    {"code": "first", "name": {"zh": "一等奖", "en": "First prize"}, "count": 1},
    {"code": "second", "name": {"zh": "二等奖", "en": "Second prize"}, "count": 2,
     "object": "team"},
]  # fmt: skip


def a_judged_contest(*marks: int, awards: Any = None, slug: str = "venture") -> Contest:
    """A published result in which every entry goes on; `marks` are those of its entries."""
    rules = some_rules(stage={"quota": {"total": 0}}, awards=AWARDS if awards is None else awards)
    contest = a_contest(slug, rules=rules)
    published(judged(contest, *[level(mark) for mark in marks or (9, 8, 7, 6)]))
    return contest


def a_slate(contest: Contest | None = None) -> Slate:
    contest = contest or a_judged_contest()
    notice = contest.publications.order_by("-number").first()
    return actions.propose_slate(publication=notice, by=appointed(contest), at=NOON)


def approved(slate: Slate) -> Slate:
    for user in two(slate.contest):
        actions.approve(slate=slate, by=user, at=NOON)
    return slate


def two(contest: Contest) -> list[User]:
    return [appointed(contest), appointed(contest, Role.SUPERVISOR)]


def published_slate(contest: Contest | None = None) -> Slate:
    slate = approved(a_slate(contest))
    return actions.publish_slate(slate=slate, by=appointed(slate.contest), at=NOON)


def issued(slate: Slate | None = None, *, for_members: bool = False) -> list[Certificate]:
    """All certificates of a slate, numbered."""
    slate = slate or published_slate()
    by = appointed(slate.contest)
    while actions.issue_some(slate=slate, for_members=for_members, by=by, at=LATER):
        pass
    return list(slate.contest.certificates.order_by("pk"))
