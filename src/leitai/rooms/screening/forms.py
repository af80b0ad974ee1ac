"""What did the secretariat find?"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.rooms.screening.rules import Finding, Reason
from leitai.values.verdict import Verdict


class CheckForm(forms.Form):
    """One finding, for one entry or for many; `finding` comes from the button."""

    finding = forms.ChoiceField(choices=Finding.choices, widget=forms.HiddenInput)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons, when it does not pass"),
        choices=Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("Words to the team"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    days = forms.IntegerField(
        label=_("Days to correct it, when returned"), min_value=1, max_value=60
    )

    def refuse(self, verdict: Verdict) -> None:
        """The reason at its field, so that what was ticked and written stays."""
        self.add_error("reasons" if verdict.code == "no_reason" else None, str(verdict.reason))

    def values(self, *, at: datetime) -> dict[str, Any]:
        """What the action wants; only a returned entry has a time to be corrected in."""
        data = self.cleaned_data
        is_returned = data["finding"] == Finding.RETURNED
        return {
            "finding": data["finding"],
            "reasons": [] if data["finding"] == Finding.PASSED else data["reasons"],
            "note": data["note"],
            "resubmit_until": at + timedelta(days=data["days"]) if is_returned else None,
        }
