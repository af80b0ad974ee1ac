"""From sheets to one score per entry.

Marks are Decimals and stay exact in the plain formulas; only standardising uses floats, rounded
to twelve places so that the order of the sheets cannot matter. Scores are not yet rounded for
people: `leitai.values.score.publish` does that. Every result says which way is better, the same
way as the scale of the marks: nothing here turns a scale round.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from leitai.algorithms.formulas.plain import drop_extremes, median, raw_mean, total, trimmed_mean
from leitai.algorithms.formulas.standard import (
    LEAST_SHEETS,
    juror_min_max,
    juror_z,
    not_comparable,
)
from leitai.algorithms.formulas.values import MissingMark, NotComparable, Result, Score, Sheet

FORMULAS: Mapping[str, Callable[..., Result]] = MappingProxyType(
    {
        "raw_mean": raw_mean,
        "drop_extremes": drop_extremes,
        "trimmed_mean": trimmed_mean,
        "median": median,
        "juror_z": juror_z,
        "juror_min_max": juror_min_max,
    }
)
"""Formulas by the code a rule set stores."""

__all__ = [
    "FORMULAS",
    "LEAST_SHEETS",
    "MissingMark",
    "NotComparable",
    "Result",
    "Score",
    "Sheet",
    "drop_extremes",
    "juror_min_max",
    "juror_z",
    "median",
    "not_comparable",
    "raw_mean",
    "total",
    "trimmed_mean",
]
