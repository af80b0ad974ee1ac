"""What was said about reminders."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.rooms.jury import rules
from leitai.rooms.jury.forms.readiness import day_field


class PlanForm(forms.Form):
    """Days before the close, separated by anything people put between numbers."""

    days = forms.CharField(
        label=_("Days before the close"), max_length=60, help_text=_("For example 7, 3, 1."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
    )  # fmt: skip
    is_on = forms.BooleanField(label=_("Send them"), required=False)

    def clean_days(self) -> list[int]:
        parts = [part for part in re.split(r"[\s,，、;；]+", self.cleaned_data["days"]) if part]
        if not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
            raise forms.ValidationError(_("Write whole numbers, for example 7, 3, 1."))
        days = [int(part) for part in parts]
        if not (may := rules.may_plan(days)):
            raise forms.ValidationError(str(may.reason))
        return days


class QuietForm(forms.Form):
    until = day_field(
        _("No reminders before"), help_text=_("Leave it empty to get reminders as before.")
    )
    note = forms.CharField(
        label=_("A word to the organiser (only if you like)"), max_length=300, required=False
    )

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if not (may := rules.may_be_quiet(until, today=self.today)):
            raise forms.ValidationError(str(may.reason))
        return until
