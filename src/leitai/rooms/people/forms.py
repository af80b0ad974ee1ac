"""What did the person send us?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.foundation.countries import countries
from leitai.rooms.people.models import Organisation, User
from leitai.rooms.people.rules import OrganisationKind


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
    country = forms.ChoiceField(label=_("Country or region"), initial="CN")
    title = forms.CharField(label=_("Your position"), max_length=80, required=False)

    class Meta:
        model = Organisation
        fields = ("name_zh", "name_en", "kind", "code", "country", "region")
        help_texts = {
            "code": _("Unified social credit code, or the number in your country's register."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *OrganisationKind.choices]
        self.fields["country"].choices = countries()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not (values.get("name_zh") or values.get("name_en")):
            self.add_error("name_zh", _("Please give a name in at least one language."))
        return values

    def values(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k != "title"}


class EraseForm(forms.Form):
    """Typing the address is the second look."""

    email = forms.EmailField(label=_("Your e-mail address, to be sure"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        if self.cleaned_data["email"].lower() != self.person.email.lower():
            raise forms.ValidationError(_("This is not the address of this account."))
        return self.cleaned_data["email"]
