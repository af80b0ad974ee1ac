"""Attributes that add up: every margin of the plan holds exactly, and pairs that belong, meet."""

from dataclasses import dataclass
from random import Random

from leitai.site.demo.plan import MARGINS, Plan
from leitai.site.demo.words import apportion, child


@dataclass(frozen=True, slots=True)
class Traits:
    scenario: str
    maturity: str
    kind: str
    region: str
    country: str
    channel: str


def traits(plan: Plan) -> list[Traits]:
    """For the submitted entries first, whose margins are exact; then for the drafts."""
    rng = child(plan.seed, "margins")
    return _exact(plan.submitted, rng) + _exact(plan.drafts - plan.submitted, rng)


def _exact(count: int, rng: Random) -> list[Traits]:
    scenario = _shuffled("scenario", count, rng)
    kind = _shuffled("kind", count, rng)
    region = _shuffled("region", count, rng)
    maturity = _maturity(kind, rng)
    country = _country(region, rng)
    channel = _channel(region, rng)
    columns = zip(scenario, maturity, kind, region, country, channel, strict=True)
    return [Traits(*row) for row in columns]


def _listed(name: str, count: int) -> list[str]:
    shares = apportion(count, MARGINS[name])
    return [key for key, share in shares.items() for _ in range(share)]


def _shuffled(name: str, count: int, rng: Random) -> list[str]:
    values = _listed(name, count)
    rng.shuffle(values)
    return values


def _maturity(kinds: list[str], rng: Random) -> list[str]:
    """Growth goes to firms, seed mostly to teams, while the totals stand."""
    late = {"company": 0.0, "institute": 0.6, "team": 0.9}
    order = sorted(range(len(kinds)), key=lambda i: rng.random() + late[kinds[i]])
    return _dealt(
        order, sorted(_listed("maturity", len(kinds)), key=["growth", "early", "seed"].index)
    )


def _country(regions: list[str], rng: Random) -> list[str]:
    abroad = [i for i, region in enumerate(regions) if region == "overseas"]
    countries = _shuffled("country", len(abroad), rng)
    found = ["CN"] * len(regions)
    for i, country in zip(abroad, countries, strict=True):
        found[i] = country
    return found


def _channel(regions: list[str], rng: Random) -> list[str]:
    """Overseas hosts bring entries from overseas; the parks bring those of Haiwan first."""
    rank = {"overseas": 0.0, "haiwan": 2.0}
    order = sorted(range(len(regions)), key=lambda i: rng.random() + rank.get(regions[i], 2.6))
    shares = apportion(len(regions), MARGINS["channel"])
    hosts = ["overseas_host"] * shares["overseas_host"]
    parks = ["park"] * shares["park"]
    free = [key for key in ("partner", "own_site", "media") for _ in range(shares[key])]
    rng.shuffle(free)
    gap = max(0, regions.count("overseas") - len(hosts))
    return _dealt(order, hosts + free[:gap] + parks + free[gap:])


def _dealt(order: list[int], values: list[str]) -> list[str]:
    found = [""] * len(order)
    for i, value in zip(order, values, strict=True):
        found[i] = value
    return found
