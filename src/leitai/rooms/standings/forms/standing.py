"""What did the organiser send us about a standing?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings.rules import Outcome

FORMULAS = {
    "mean": _("plain mean of all jurors"),
    "drop_high_low": _("highest and lowest left out, mean of the rest"),
    "z_mean": _("mean of marks standardised per juror (50 + 10 z)"),
    "median": _("the middle mark"),
}


class ComputeForm(forms.Form):
    formula = forms.ChoiceField(label=_("Formula"), choices=list(FORMULAS.items()))
    why = forms.CharField(
        label=_("Why another formula than the rules say"), max_length=300, required=False
    )
    despite_missing = forms.BooleanField(
        label=_("Compute although sheets are missing"), required=False
    )


class PublishForm(forms.Form):
    reason = forms.CharField(
        label=_("Why a new version"), max_length=300, required=False,
        help_text=_("Only needed when it replaces an earlier one; everybody reads it."),
    )  # fmt: skip


class TieForm(forms.Form):
    """The codes of the level entries, one a line, the better first."""

    order = forms.CharField(
        label=_("In this order, one code a line"), widget=forms.Textarea(attrs={"rows": 4})
    )
    why = forms.CharField(label=_("Why"), max_length=300)

    def entries(self, contest: Contest) -> list[int]:
        codes = self.cleaned_data["order"].split()
        found = dict(contest.entries.filter(code__in=codes).values_list("code", "pk"))
        return [found[code] for code in codes if code in found]


class SecondLookForm(forms.Form):
    """Every entry of the band once more, or a budget that goes where it tells most."""

    way = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect(attrs={"class": "cards"}))
    each = forms.IntegerField(
        label=_("More reviews of each entry of the band"), min_value=1, max_value=9, initial=1,
        required=False,
    )  # fmt: skip
    budget = forms.IntegerField(
        label=_("Reviews to spend where they tell most"), min_value=1, max_value=50_000,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, has_band: bool, near: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        band = ("band", _("everybody in the band, as the rules print it"))
        telling = ("telling", _("where each review tells most, by the jurors who tell most"))
        self.fields["way"].choices = [band, telling] if has_band else [telling]
        self.fields["way"].initial = "band" if has_band else "telling"
        self.fields["budget"].initial = max(near, 1)
        if not has_band:
            del self.fields["each"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wanted = "each" if data.get("way") == "band" else "budget"
        if wanted not in self.errors and not data.get(wanted):
            self.add_error(wanted, _("Say how many."))
        return {"way": data.get("way", ""), "each": data.get("each"), "budget": data.get("budget")}


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=80)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All")), *Outcome.choices]
    )
    group = forms.ChoiceField(label=_("Scenario"), required=False)

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(s.code, choose(s.name_zh, s.name_en)) for s in contest.edition.scenarios.all()]
        self.fields["group"].choices = [("", _("All")), *groups]

    def chosen(self) -> dict[str, str]:
        if not self.is_valid():
            return {"outcome": "", "group": "", "text": ""}
        data = self.cleaned_data
        return {"outcome": data["outcome"], "group": data["group"], "text": data["q"]}
