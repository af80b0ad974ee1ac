"""Jurors who are not there: what they would give, and how long they think."""

from decimal import Decimal

from leitai.rooms.contests.rules import StageRule
from leitai.site.demo.words import child

THINKS = (15, 75)  # seconds of the evening
SLIP = 0.03  # now and then somebody means another entry


def marks(rule: StageRule, *, entry: str, juror: str) -> dict[str, str]:
    """The same entry gets the same marks from the same juror, in whatever play.

    Entries differ more than jurors do; each mark lies on its criterion's scale.
    """
    quality = child(0, f"quality/{entry}").gauss(0.78, 0.08)
    eye = child(0, f"eye/{entry}/{juror}")
    told = quality - 0.3 if eye.random() < SLIP else quality
    found = {}
    for criterion in rule.criteria:
        scale = rule.scale(criterion)
        share = min(max(told + eye.gauss(0, 0.05), 0.3), 1)
        steps = round(share * float((scale.high - scale.low) / scale.step))
        found[criterion.code] = _plain(scale.low + steps * scale.step)
    return found


def thinking(*, entry: str, jurors: list[str]) -> list[tuple[float, str]]:
    """Who is done when, the quickest first: seconds after scoring opens."""
    return sorted((child(0, f"pace/{entry}/{j}").uniform(*THINKS), j) for j in jurors)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
