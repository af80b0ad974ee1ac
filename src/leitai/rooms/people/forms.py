"""What did the person send us?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.rooms.people.models import Organisation, User


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=[("", _("as on the page")), *settings.LANGUAGES],
        required=False,
    )  # fmt: skip
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[("", _("as the contest's")), *((z, z) for z in sorted(available_timezones()))],
        required=False,
    )

    class Meta:
        model = User
        fields = ("name", "name_latin", "language", "time_zone")
        labels = {"name": pgettext_lazy("of a person", "Name")}
        help_texts = {"name": _("As you want to be called. One word is fine.")}


class OrganisationForm(forms.ModelForm):
    title = forms.CharField(label=_("Your position"), max_length=80, required=False)

    class Meta:
        model = Organisation
        fields = ("name_zh", "name_en", "kind", "code", "country", "region")
        help_texts = {
            "code": _("Unified social credit code, or the number in your country's register."),
            "country": _("Two letters, such as CN, FR or ZA."),
        }

    def clean_country(self) -> str:
        country = self.cleaned_data["country"].upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Two letters, please, such as CN or FR."))
        return country

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not (values.get("name_zh") or values.get("name_en")):
            self.add_error("name_zh", _("Please give a name in at least one language."))
        return values

    def values(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k != "title"}
