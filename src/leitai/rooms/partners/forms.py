"""What did the secretariat send us?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.rooms.partners.models import Partner
from leitai.rooms.partners.rules import PartnerKind
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.rules import OrganisationKind


class PartnerForm(forms.Form):
    name = forms.CharField(
        label=_("Organisation"), max_length=120,
        help_text=_("Its full name; if we know it, the same organisation is taken."),
    )  # fmt: skip
    name_en = forms.CharField(
        label=_("Name in English, if it is new"), max_length=160, required=False
    )
    organisation_kind = forms.ChoiceField(
        label=_("What it is, if it is new"), choices=OrganisationKind
    )
    kind = forms.ChoiceField(label=_("Partner as"), choices=PartnerKind)
    is_public = forms.BooleanField(label=_("Show on the public page"), required=False, initial=True)

    def organisation(self) -> Organisation:
        data = self.cleaned_data
        known = Organisation.objects.filter(name_zh=data["name"]) | Organisation.objects.filter(
            name_en=data["name"]
        )
        found = known.order_by("pk").first()
        return found or Organisation.objects.create(
            name_zh=data["name"], name_en=data["name_en"], kind=data["organisation_kind"]
        )


class ChangeForm(forms.ModelForm):
    class Meta:
        model = Partner
        fields = ("kind", "is_public")
        labels = {"is_public": _("Show on the public page")}


class CommitmentForm(forms.Form):
    what_zh = forms.CharField(label=_("Promise, in Chinese"), max_length=160, required=False)
    what_en = forms.CharField(label=_("Promise, in English"), max_length=200, required=False)
    quantity = forms.IntegerField(
        label=_("How much"), min_value=1, max_value=10**9, initial=1,
        widget=forms.NumberInput(attrs={"class": "num"}),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("what_zh") or data.get("what_en")):
            self.add_error("what_zh", _("Please say in one language what was promised."))
        return data


class DeliveryForm(forms.Form):
    delivered = forms.IntegerField(label=_("Delivered"), min_value=0, max_value=10**9)


class PlaqueForm(forms.Form):
    issued_on = forms.DateField(
        label=_("Issued on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
