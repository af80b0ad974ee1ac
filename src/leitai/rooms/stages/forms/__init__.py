"""What did the organisers send us?"""

from leitai.rooms.stages.forms.plain import (
    AddStageForm,
    AddStepForm,
    AdoptForm,
    CopyForm,
    ExtendForm,
    ImportForm,
    NewContestForm,
    TakeOutForm,
)
from leitai.rooms.stages.forms.sections import SECTIONS, Section

__all__ = [
    "SECTIONS",
    "AddStageForm",
    "AddStepForm",
    "AdoptForm",
    "CopyForm",
    "ExtendForm",
    "ImportForm",
    "NewContestForm",
    "Section",
    "TakeOutForm",
]
