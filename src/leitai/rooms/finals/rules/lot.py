"""Drawing lots so that anybody can draw them again.

Before: we choose a seed, keep it to ourselves and tell its hash. After: we tell the seed. Whoever
noted the hash knows that the seed was not chosen to suit anybody; whoever has the seed draws the
same order from the same codes, with these lines or with their own.
"""

import hashlib
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

ALGORITHM = "fisher-yates-1"
IN_WORDS = _(
    "The codes of the entries are sorted. From the last place to the second, each place changes "
    "with a place drawn among itself and those before it. The n-th draw (n = 0, 1, 2, …) takes the "
    "SHA-256 of the text “seed:n” as a whole number; where a number would favour some places, it "
    "is passed over and the next n is taken; its remainder by the count of places is the one drawn."
)
WHOLE = 1 << 256


def commitment(seed: str) -> str:
    """What is told before the draw.

    >>> commitment("haiwan")[:16]
    '5f41a6eb65713a44'
    """
    return hashlib.sha256(seed.encode()).hexdigest()


def order(seed: str, codes: Sequence[str]) -> list[str]:
    """The codes in the order of the draw. How they came in does not matter.

    >>> order("haiwan", ["C", "A", "B"]) == order("haiwan", ["A", "B", "C"])
    True
    """
    drawn, n = sorted(codes), 0
    for last in range(len(drawn) - 1, 0, -1):
        places = last + 1
        while True:
            number = int(hashlib.sha256(f"{seed}:{n}".encode()).hexdigest(), 16)
            n += 1
            if number < WHOLE - WHOLE % places:
                break
        other = number % places
        drawn[last], drawn[other] = drawn[other], drawn[last]
    return drawn


def faults(*, told: str, seed: str, codes: Sequence[str], drawn: Sequence[str]) -> list[str]:
    """What is wrong with a draw, whoever made it; codes of faults, empty when it holds."""
    found = []
    if commitment(seed) != told:
        found.append("other_seed")
    if sorted(codes) != sorted(drawn):
        found.append("other_entries")
    elif order(seed, codes) != list(drawn):
        found.append("other_order")
    return found
