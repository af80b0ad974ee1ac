"""Awards of an edition that is over: approved by two, one left vacant, one special; certificates
with their numbers, of which one was smudged and made anew. Papers are printed when asked for."""

from datetime import datetime, timedelta

from leitai.rooms.awards import actions
from leitai.rooms.awards.models import Certificate
from leitai.rooms.awards.rules import Ground
from leitai.rooms.contests.rules import Rules
from leitai.rooms.people.models import User
from leitai.rooms.standings import queries as standings
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.words import pair

COUNTS = {"first": 1, "second": 2, "third": 3, "best-answer": 1}  # for six that went on
EMPTY = "没有方案达到全部验收指标。 No solution met every acceptance indicator."
SPECIAL = pair("最佳路演奖|Best pitch")
MADE = "经现场评委一致推荐。 Recommended by all jurors in the hall."
SMUDGED = "印制有误，重新制作。 Smudged in print."


def fewer(rules: Rules) -> Rules:
    """As many awards as a small edition has entries for."""
    kept = [
        a.model_copy(update={"count": COUNTS[a.code]}) for a in rules.awards if a.code in COUNTS
    ]
    return rules.model_copy(update={"awards": tuple(kept)})


def write(scene: Scene, *, second: User, at: datetime) -> None:
    by = scene.hands.organiser
    notice = standings.last_publication(scene.contest)
    assert notice is not None
    slate = actions.propose_slate(publication=notice, by=by, at=at)
    for seat in list(slate.awards.filter(entry=None, by_place=False)):
        actions.leave_vacant(award=seat, why=EMPTY, by=by, at=at + _hours(1))
    if rest := slate.awards.filter(entry=None, is_vacant=False).first():
        actions.leave_vacant(award=rest, why=EMPTY, by=by, at=at + _hours(1))
    for level in list(slate.awards.filter(is_tied=True)[:1]):
        actions.name_winner(award=level, entry=level.entry, why=MADE, by=by, at=at + _hours(1))
    last = slate.awards.exclude(entry=None).order_by("-order", "-position").first()
    assert last is not None
    actions.add_special(
        slate=slate, name_zh=SPECIAL.zh, name_en=SPECIAL.en, entry=last.entry, why=MADE, by=by,
        at=at + _hours(1),
    )  # fmt: skip
    for n, person in enumerate((by, second), 2):
        actions.approve(slate=slate, by=person, at=at + _hours(n))
    actions.publish_slate(slate=slate, by=by, at=at + _hours(5))
    while actions.issue_some(slate=slate, for_members=True, by=by, at=at + _hours(6)):
        pass
    smudged = Certificate.objects.filter(contest=scene.contest, member=None).last()
    assert smudged is not None
    actions.reissue(
        certificate=smudged, ground=Ground.PRINT, why=SMUDGED, by=by, at=at + _hours(50)
    )


def _hours(n: int) -> timedelta:
    return timedelta(hours=n)
