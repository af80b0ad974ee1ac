"""What did the enterprise send us?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.rooms.contests.models import Contest
from leitai.rooms.demands.models import Demand, Indicator
from leitai.rooms.demands.rules import Cooperation
from leitai.rooms.people.models import Organisation, User

YUAN = 100


class DemandForm(forms.ModelForm):
    cooperation = forms.MultipleChoiceField(
        label=_("Form of cooperation"),
        choices=Cooperation.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    budget_low = forms.DecimalField(
        label=_("Budget from"), min_value=0, decimal_places=2, max_digits=14, required=False
    )
    budget_high = forms.DecimalField(
        label=_("Budget to"),
        min_value=0,
        decimal_places=2,
        max_digits=14,
        required=False,
        help_text=_("Leave both empty if the price is to be agreed."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Demand
        fields = (
            "owner", "scenario", "title_zh", "title_en", "background_zh", "background_en",
            "offered_zh", "offered_en", "visibility", "cooperation", "currency", "readiness",
            "ownership", "answerers_wanted", "deadline_on", "contact",
        )  # fmt: skip
        widgets = {
            "visibility": forms.RadioSelect,
            "readiness": forms.RadioSelect,
            "deadline_on": forms.DateInput(attrs={"type": "date"}),
            **{
                name: forms.Textarea(attrs={"rows": 5})
                for name in ("background_zh", "background_en")
            },
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("offered_zh", "offered_en")},
        }
        labels = {
            "owner": _("Organisation"),
            "scenario": _("Scenario"),
            "visibility": _("Who may see it"),
            "currency": _("Currency"),
            "readiness": _("How far is your purchasing?"),
            "ownership": _("Results belong to"),
            "answerers_wanted": _("How many teams would you work with?"),
            "deadline_on": _("Needed by"),
        }
        help_texts = {
            "title_zh": _("One language is enough; the other helps overseas teams."),
            "background_zh": _("How it is done today, what hurts, with numbers."),
            "contact": _("Only the secretariat sees this."),
        }

    def __init__(self, *args: Any, contest: Contest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Organisation.objects.filter(
            affiliations__user=user, affiliations__speaks_for_it=True
        ).distinct()
        self.fields["owner"].empty_label = None
        self.fields["scenario"].empty_label = "—"
        self.fields["scenario"].queryset = contest.edition.scenarios.all()
        if self.instance.pk:
            self.fields["owner"].disabled = True
            self.initial["base"] = self.instance.revision
            for end in ("low", "high"):
                cents = getattr(self.instance, f"budget_{end}_cents")
                self.initial[f"budget_{end}"] = None if cents is None else cents / YUAN

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not (values.get("title_zh") or values.get("title_en")):
            self.add_error("title_zh", _("Please give a title in at least one language."))
        low, high = values.get("budget_low"), values.get("budget_high")
        if low is not None and high is not None and low > high:
            self.add_error("budget_high", _("The upper end is below the lower end."))
        return values

    def values(self) -> dict[str, Any]:
        """What the actions want: the model's own columns."""
        given = {k: v for k, v in self.cleaned_data.items() if k in self.Meta.fields}
        given.pop("owner")
        for end in ("low", "high"):
            amount = self.cleaned_data[f"budget_{end}"]
            given[f"budget_{end}_cents"] = None if amount is None else int(amount * YUAN)
        return given


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = Indicator
        fields = ("name_zh", "name_en", "unit", "target", "test_zh", "test_en")
        labels = {"target": _("Target, such as ≥ 95")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("target") and not (values.get("name_zh") or values.get("name_en")):
            self.add_error("name_zh", _("What is measured? Give a name in one language."))
        return values


IndicatorFormSet = forms.inlineformset_factory(
    Demand, Indicator, form=IndicatorForm, extra=2, max_num=12, can_delete=True
)


class ReturnForm(forms.Form):
    why = forms.CharField(
        label=_("What should be corrected?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=80)
    scenario = forms.ChoiceField(label=_("Scenario"), required=False)
    cooperation = forms.ChoiceField(
        label=_("Form of cooperation"),
        required=False,
        choices=[("", _("All")), *Cooperation.choices],
    )

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scenarios = [(s.code, s.name) for s in contest.edition.scenarios.all()]
        self.fields["scenario"].choices = [("", _("All")), *scenarios]
