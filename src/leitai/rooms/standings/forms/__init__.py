"""What did they send us?"""

from leitai.rooms.standings.forms.appeals import (
    AppealForm,
    CorrectionForm,
    EvidenceForm,
    FilesField,
    FilesInput,
    SeatForm,
    VoteForm,
    WordsForm,
)
from leitai.rooms.standings.forms.deciding import (
    BallotForm,
    DecideForm,
    ExtendForm,
    NominationForm,
    PresentForm,
    SpecialForm,
    WhatIfForm,
)
from leitai.rooms.standings.forms.standing import (
    FORMULAS,
    ComputeForm,
    FilterForm,
    PublishForm,
    SecondLookForm,
    TieForm,
)

__all__ = [
    "FORMULAS",
    "AppealForm",
    "BallotForm",
    "ComputeForm",
    "CorrectionForm",
    "DecideForm",
    "EvidenceForm",
    "ExtendForm",
    "FilesField",
    "FilesInput",
    "FilterForm",
    "NominationForm",
    "PresentForm",
    "PublishForm",
    "SeatForm",
    "SecondLookForm",
    "SpecialForm",
    "TieForm",
    "VoteForm",
    "WhatIfForm",
    "WordsForm",
]
