"""What did those who prepare a hall send us?"""

from leitai.rooms.finals.forms.preparing import CueForm, JuryForm, PlaceForm, PlanForm, SlotForm

__all__ = ["CueForm", "JuryForm", "PlaceForm", "PlanForm", "SlotForm"]
