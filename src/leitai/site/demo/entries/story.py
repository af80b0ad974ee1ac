"""Each entry's way from draft to verdict: when it began, was handed in, came back, was checked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from leitai.site.demo.entries.margins import Traits
from leitai.site.demo.entries.wording import frames
from leitai.site.demo.plan import Plan
from leitai.site.demo.words import Text, child, pair, table

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Course:
    number: int
    status: str
    started_at: datetime
    handed_in: tuple[datetime, ...]
    returned_at: datetime | None
    checked_at: datetime | None
    reason: Text
    twin: int | None  # position of the entry this one repeats


def courses(plan: Plan, traits: Sequence[Traits]) -> list[Course]:
    """One for each row of traits; numbers follow the order in which drafts were opened."""
    rng = child(plan.seed, "courses")
    twins = _twins(plan, traits, rng)
    rest = [i for i in range(plan.submitted) if i not in twins and i not in set(twins.values())]
    rng.shuffle(rest)
    refused = set(rest[: plan.refused])
    returned = set(rest[plan.refused : plan.refused + plan.returned])
    numbers = list(range(1, plan.drafts + 1))
    rng.shuffle(numbers)
    for late, early in twins.items():  # the repeat comes after what it repeats
        if numbers[late] < numbers[early]:
            numbers[late], numbers[early] = numbers[early], numbers[late]
    starts = _starts(plan, rng)
    found = []
    for i, number in enumerate(numbers):
        status = _status(i, plan, twins, refused)
        found.append(
            _course(plan, rng, number, starts[number - 1], status, i in returned, twins.get(i))
        )
    return found


def _twins(plan: Plan, traits: Sequence[Traits], rng: Random) -> dict[int, int]:
    """Pairs alike in everything the margins count, so that merging one leaves them exact."""
    alike: dict[Traits, list[int]] = defaultdict(list)
    for i in range(plan.submitted):
        alike[traits[i]].append(i)
    pools = [pool for pool in alike.values() if len(pool) > 1]
    if len(pools) < plan.merged:  # a tiny edition: alike in what matters
        return {1: 0} if plan.merged else {}
    return dict(rng.sample(pool, 2) for pool in rng.sample(pools, plan.merged))


def _starts(plan: Plan, rng: Random) -> list[datetime]:
    """Drafts open in two swells: before the launch, and towards the deadline."""
    before = [-45 * rng.betavariate(1, 1.4) for _ in range(plan.at_launch)]
    after = [34.9 * rng.betavariate(1.2, 0.9) for _ in range(plan.drafts - plan.at_launch)]
    return [plan.day(day) for day in sorted(min(day, -0.01) for day in before) + sorted(after)]


def _status(i: int, plan: Plan, twins: dict[int, int], refused: set[int]) -> str:
    if i >= plan.submitted:
        return "draft"
    if i in twins:
        return "merged"
    return "refused" if i in refused else "valid"


def _course(
    plan: Plan,
    rng: Random,
    number: int,
    started: datetime,
    status: str,
    returned: bool,
    twin: int | None,
) -> Course:
    if status == "draft":
        return Course(number, status, started, (), None, None, NOTHING, None)
    closes = plan.when("registration_closes")
    span = (closes - started) * 0.999
    handed = sorted(
        started + span * rng.betavariate(1.3, 1) for _ in range(rng.choice((1, 1, 2, 3)))
    )
    check = plan.when("check_opens") + timedelta(
        days=rng.uniform(0.3, 4), seconds=rng.randrange(9999)
    )
    back = None
    if returned:
        back = check
        handed.append(back + timedelta(hours=rng.uniform(3, 70)))
        check = handed[-1] + timedelta(hours=rng.uniform(1, 48))
    reason = _reason(rng, status, returned)
    return Course(number, status, started, tuple(handed), back, check, reason, twin)


def _reason(rng: Random, status: str, returned: bool) -> Text:
    if status == "merged":
        return pair(table("phrases")["reasons"]["merged"])
    if status == "refused":
        return rng.choice(frames("refused", "reasons"))
    return rng.choice(frames("returned", "reasons")) if returned else NOTHING
