"""What marks can tell: jurors, entries, the cut, and where one more review helps most.

Arrays in, arrays out: `calibrate`, `choose`. With ids and Decimals: `cut`, `second_round`,
`report`. Beside them their checkers: `calibration_faults`, `cut_faults`, `choice_faults`.
"""

from leitai.algorithms.calibration.arrays import Calibration, Estimate, calibrate
from leitai.algorithms.calibration.changes import Change
from leitai.algorithms.calibration.checking import calibration_faults, choice_faults, cut_faults
from leitai.algorithms.calibration.choosing import choose
from leitai.algorithms.calibration.copies import Copy
from leitai.algorithms.calibration.cut import Cut, EntryAtCut, cut
from leitai.algorithms.calibration.report import JurorLine, JuryReport, Range, report
from leitai.algorithms.calibration.second_round import ExtraReview, second_round
from leitai.algorithms.calibration.sheets import Criterion, Review, points

__all__ = [
    "Calibration",
    "Change",
    "Copy",
    "Criterion",
    "Cut",
    "EntryAtCut",
    "Estimate",
    "ExtraReview",
    "JurorLine",
    "JuryReport",
    "Range",
    "Review",
    "calibrate",
    "calibration_faults",
    "choice_faults",
    "choose",
    "cut",
    "cut_faults",
    "points",
    "report",
    "second_round",
]
