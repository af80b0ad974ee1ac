"""What did the committee send us?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.foundation.moments import MomentField
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import StageRule
from leitai.rooms.demands.models import Demand
from leitai.rooms.people.models import User
from leitai.rooms.standings.actions import Vacancy
from leitai.rooms.standings.forms.standing import FORMULAS
from leitai.rooms.standings.models import Standing
from leitai.rooms.standings.rules import SpecialKind


class DecideForm(forms.Form):
    text = forms.CharField(
        label=_("What was decided"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    reasons = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
        required=False,
    )  # fmt: skip
    vacant_places = forms.IntegerField(
        label=_("Places to leave empty"), min_value=0, max_value=999, initial=0, required=False
    )
    vacant_group = forms.ChoiceField(label=_("Of which scenario"), required=False)
    vacant_why = forms.CharField(
        label=_("Why they stay empty"), max_length=300, required=False,
        help_text=_("Published with the result."),
    )  # fmt: skip

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = standing.quotas if standing.rule.quota.by else [""]
        self.fields["vacant_group"].choices = [(g, g or _("all together")) for g in groups]

    def decision(self) -> dict[str, Any]:
        data = self.cleaned_data
        vacancy = Vacancy(
            group=data["vacant_group"], places=data["vacant_places"] or 0, why=data["vacant_why"]
        )
        return {"text": data["text"], "reasons": data["reasons"], "vacancy": vacancy}


class PresentForm(forms.Form):
    """Somebody with an account by the address, or by name; only the former can sign."""

    email = forms.EmailField(label=_("E-mail of an account here"), required=False)
    name = forms.CharField(label=_("Name, without an account"), max_length=120, required=False)
    title = forms.CharField(label=_("Role in the committee"), max_length=120)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        email, user = data.get("email"), None
        if email and not (user := User.objects.filter(email__iexact=email).first()):
            self.add_error("email", _("Nobody has an account with this address."))
        if not email and not data.get("name") and "email" not in self.errors:
            self.add_error("name", _("Please give an address or a name."))
        return {"user": user, "name": data.get("name", ""), "title": data.get("title", "")}


class SpecialForm(forms.Form):
    code = forms.CharField(label=_("Entry code"), max_length=20)
    kind = forms.ChoiceField(label=_("Kind of place"))
    proposer = forms.CharField(label=_("Proposed by"), max_length=160, required=False)
    demand = forms.ModelChoiceField(
        Demand.objects.none(), label=_("For a nomination: the demand it answers"), required=False
    )
    why = forms.CharField(label=_("Reason, which is published"), max_length=300)

    def __init__(self, *args: Any, contest: Contest, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest
        self.fields["kind"].choices = [(k, SpecialKind(k).label) for k in kinds]
        self.fields["demand"].queryset = contest.demands.filter(answers__isnull=False).distinct()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code = data.pop("code", "").strip()
        data["entry"] = self.contest.entries.filter(code__iexact=code).first() if code else None
        if code and data["entry"] is None:
            self.add_error("code", _("There is no entry with this code."))
        return data


class NominationForm(forms.Form):
    why = forms.CharField(
        label=_("Reason, which is published"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class BallotForm(forms.Form):
    votes_for = forms.IntegerField(label=pgettext_lazy("votes", "For"), min_value=0, max_value=999)
    votes_against = forms.IntegerField(label=_("Against"), min_value=0, max_value=999)


class WhatIfForm(forms.Form):
    """Another rule, tried on the same marks; blank fields stay as the rule has them."""

    formula = forms.ChoiceField(label=_("Formula"), required=False)
    total = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=99_999)
    floor = forms.IntegerField(
        label=_("Least places of each group"), required=False, min_value=0, max_value=9_999
    )
    by = forms.ChoiceField(label=_("Places are shared out by"), required=False)
    reserves = forms.IntegerField(label=_("Reserves"), required=False, min_value=0, max_value=9_999)

    def __init__(self, *args: Any, rule: StageRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, as_ruled = rule, _("as the rules say")
        self.fields["formula"].choices = [("", as_ruled), *FORMULAS.items()]
        by = {"none": _("the ranking alone"), "scenario": _("Scenario")}
        self.fields["by"].choices = [("", as_ruled), *by.items()]
        for name in ("total", "floor", "reserves"):
            self.fields[name].widget.attrs["placeholder"] = getattr(rule.quota, name)

    def tried(self) -> StageRule | None:
        """None where nothing differs."""
        data = {k: v for k, v in self.cleaned_data.items() if v not in ("", None)}
        formula = data.pop("formula", self.rule.formula)
        by = {"by": "" if data.pop("by") == "none" else "scenario"} if "by" in data else {}
        quota = self.rule.quota.model_copy(update={**data, **by})
        rule = self.rule.model_copy(update={"formula": formula, "quota": quota})
        return rule if rule != self.rule else None


class ExtendForm(forms.Form):
    until = MomentField(label=_("Until"))
    why = forms.CharField(label=_("Why"), max_length=300)
