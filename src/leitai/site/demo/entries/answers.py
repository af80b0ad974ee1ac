"""Which entries answer which demands: every demand's count is met, none above three an entry."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random

from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Demand
from leitai.site.demo.words import child

CROWD = 15  # a demand that draws more is crowded, and the plan names it


def quotas(plan: Plan, demands: Sequence[Demand], rng: Random) -> dict[int, int]:
    """How many answers each published demand draws."""
    crowded = dict(plan.crowded)
    silent = [d.number for d in demands if d.number in plan.unanswered]
    usual = [d.number for d in demands if d.number not in crowded and d.number not in silent]
    counts = dict.fromkeys(silent, 0) | crowded | dict.fromkeys(usual, 1)
    liking = {number: rng.uniform(0.4, 1.6) for number in usual}
    while (left := plan.answers - sum(counts.values())) > 0:
        open_ones = [number for number in usual if counts[number] < CROWD]
        for number in rng.choices(open_ones, [liking[n] for n in open_ones], k=min(left, 20)):
            counts[number] += counts[number] < CROWD
    return counts


def deal(
    plan: Plan, *, demands: Sequence[Demand], fitting: dict[int, tuple[str, tuple[int, ...]]]
) -> dict[int, tuple[int, ...]]:
    """`fitting` tells each entry's scenario and the demands its topic was made for."""
    rng = child(plan.seed, "answers")
    published = [d for d in demands if d.state == "published"]
    scenario = {d.number: d.scenario for d in published}
    slots = [n for n, count in quotas(plan, published, rng).items() for _ in range(count)]
    while True:  # a deal that paints itself into a corner is dealt anew
        rng.shuffle(slots)
        answers = _dealt(rng, plan, slots, scenario, fitting)
        if answers is not None:
            return {entry: tuple(sorted(given)) for entry, given in answers.items()}


def _dealt(
    rng: Random, plan: Plan, slots: list[int], scenario: dict[int, str], fitting: dict
) -> dict[int, list[int]] | None:
    firsts, extras = _parted(slots, scenario, plan.answers - plan.answering)
    answers: dict[int, list[int]] = {}
    for demand in firsts:
        entry = _first(rng, demand, scenario[demand], fitting, answers)
        answers[entry] = [demand]
    seconds, thirds = _ordered(extras, scenario)
    for have, again in ((1, seconds), (2, thirds)):
        for demand in again:
            able = _able(demand, scenario[demand], fitting, answers, have)
            if not able:
                return None
            answers[rng.choice(able)].append(demand)
    return answers


def _parted(slots: list[int], scenario: dict[int, str], extra: int) -> tuple[list[int], list[int]]:
    """Second answers come from scenarios that have another demand to answer first."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for demand in slots:
        counts[scenario[demand]][demand] += 1
    room = {home: (c.total() - max(c.values()) + 1) // 2 for home, c in counts.items()}
    firsts: list[int] = []
    extras: list[int] = []
    for demand in slots:
        home = scenario[demand]
        spare = len(extras) < extra and len(counts[home]) > 1 and room[home] > 0
        room[home] -= spare
        (extras if spare else firsts).append(demand)
    return firsts, extras


def _ordered(extras: list[int], scenario: dict[int, str]) -> tuple[list[int], list[int]]:
    """Sixty entries give a second answer and ten of them a third, where seconds are many."""
    seconds, thirds = list(extras), []
    while len(thirds) < len(extras) // 7:
        homes = Counter(scenario[demand] for demand in seconds)
        busiest = max(homes, key=homes.__getitem__)
        demand = next(d for d in reversed(seconds) if scenario[d] == busiest)
        seconds.remove(demand)
        thirds.append(demand)
    return seconds, thirds


def _first(rng: Random, demand: int, home: str, fitting: dict, answers: dict) -> int:
    free = [e for e, (scenario, _) in fitting.items() if scenario == home and e not in answers]
    made_for_it = [e for e in free if demand in fitting[e][1]]
    return rng.choice(made_for_it or free)


def _able(demand: int, home: str, fitting: dict, answers: dict, have: int) -> list[int]:
    return [
        entry
        for entry, given in answers.items()
        if len(given) == have and fitting[entry][0] == home and demand not in given
    ]
