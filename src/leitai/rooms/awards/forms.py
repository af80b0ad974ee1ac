"""What did they send us about awards and certificates?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.rooms.awards.rules import CertificateState, Ground
from leitai.rooms.contests.models import Contest


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=300)


class EntryForm(WhyForm):
    """An entry by its code, and why."""

    code = forms.CharField(label=_("Entry code"), max_length=24)
    field_order = ("code", "why")

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        self.entry = self.contest.entries.filter(code__iexact=code).first()
        if self.entry is None:
            raise forms.ValidationError(_("There is no entry with this code."))
        return code

    def chosen(self) -> dict[str, Any]:
        return {"entry": self.entry, "why": self.cleaned_data["why"]}


class SpecialForm(EntryForm):
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    field_order = ("name_zh", "name_en", "code", "why")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("name_zh") or data.get("name_en")):
            self.add_error("name_zh", _("Please give a name in at least one language."))
        return data

    def chosen(self) -> dict[str, Any]:
        names = {name: self.cleaned_data[name] for name in ("name_zh", "name_en")}
        return {**super().chosen(), **names}


class NumberingForm(forms.Form):
    prefix = forms.CharField(
        label=_("Letters before the number"), max_length=24,
        help_text=_("For all certificates of the edition; fixed with the first one."),
    )  # fmt: skip


class BundleForm(forms.Form):
    for_members = forms.BooleanField(
        label=_("Also one for each member of a team, in their own name"), required=False
    )


class RevokeForm(WhyForm):
    ground = forms.ChoiceField(label=_("What happened"), choices=Ground.choices)
    field_order = ("ground", "why")


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Number, holder or entry code"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *CertificateState.choices]
    )

    def chosen(self) -> dict[str, str]:
        if not self.is_valid():
            return {"text": "", "state": ""}
        return {"text": self.cleaned_data["q"], "state": self.cleaned_data["state"]}
