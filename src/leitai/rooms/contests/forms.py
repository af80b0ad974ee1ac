"""What did the organisers send us?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.foundation.moments import MomentField
from leitai.rooms.contests.models import Contest, Edition, Programme
from leitai.rooms.contests.rules import OrganisationRoleKind, Role
from leitai.rooms.people.models import Organisation, User
from leitai.rooms.people.rules import OrganisationKind

SLUG = r"^[a-z0-9][a-z0-9-]{0,39}$"
SLUG_HELP = _("Small letters, digits and hyphens, for example haiwan-3; it stands in addresses.")


def slug_field() -> forms.RegexField:
    return forms.RegexField(
        SLUG, label=_("Address"), max_length=40, help_text=SLUG_HELP,
        error_messages={"invalid": _("Please use small letters, digits and hyphens only.")},
    )  # fmt: skip


class NamedForm(forms.ModelForm):
    """At least one of the two names."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("name_zh") or data.get("name_en")):
            self.add_error("name_zh", _("Please give a name in at least one language."))
        return data


class ProgrammeForm(NamedForm):
    slug = slug_field()

    class Meta:
        model = Programme
        fields = ("name_zh", "name_en", "slug")


class EditionForm(NamedForm):
    slug = slug_field()
    launch_at = MomentField(
        label=_("Launch"), required=False,
        help_text=_("On the clock of the time zone below. Presets count their windows from here."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="Asia/Shanghai")

    class Meta:
        model = Edition
        fields = (
            "name_zh", "name_en", "slug", "number", "year", "theme_zh", "theme_en", "accent",
            "about_zh", "about_en", "place_zh", "place_en", "time_zone", "launch_at",
        )  # fmt: skip
        labels = {"place_zh": _("place, in Chinese"), "place_en": _("place, in English")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [(z, z) for z in sorted(available_timezones())]
        chosen = self.data.get("time_zone") or self.instance.time_zone
        if chosen in available_timezones():
            self.fields["launch_at"].zone = chosen


class ContestForm(NamedForm):
    class Meta:
        model = Contest
        fields = ("name_zh", "name_en", "about_zh", "about_en")


class ScenarioForm(forms.Form):
    code = forms.RegexField(
        r"^[A-Z][A-Z0-9]{0,7}$", label=pgettext_lazy("a part of the rules", "Code"), max_length=8,
        error_messages={"invalid": _("Capital letters and digits only, such as MED.")},
    )  # fmt: skip
    name_zh = forms.CharField(label=_("name in Chinese"), max_length=60, required=False)
    name_en = forms.CharField(label=_("name in English"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("name_zh") or data.get("name_en")):
            self.add_error("name_zh", _("Please give a name in at least one language."))
        return data


class RoleForm(forms.Form):
    """An organisation by its name: one we know, or a new one."""

    kind = forms.ChoiceField(label=_("Role"), choices=OrganisationRoleKind)
    name = forms.CharField(
        label=_("Organisation"), max_length=120,
        help_text=_("Begin to type; organisations we know are suggested."),
    )  # fmt: skip
    name_en = forms.CharField(
        label=_("Name in English, if it is new"), max_length=160, required=False
    )
    organisation_kind = forms.ChoiceField(
        label=_("What it is, if it is new"), choices=OrganisationKind, initial="government"
    )

    def organisation(self) -> Organisation:
        data = self.cleaned_data
        known = Organisation.objects.filter(name_zh=data["name"]) | Organisation.objects.filter(
            name_en=data["name"]
        )
        found = known.order_by("pk").first()
        return found or Organisation.objects.create(
            name_zh=data["name"], name_en=data["name_en"], kind=data["organisation_kind"]
        )


class AppointmentForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Of somebody who has an account here already.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    contest = forms.ModelChoiceField(
        Contest.objects.none(), label=_("For"), required=False,
        empty_label=_("the whole edition"),
    )  # fmt: skip
    region = forms.CharField(
        label=_("Region of a co-host"), max_length=60, required=False,
        help_text=_(
            "A region as entries name it, or a country code such as FR; a co-host reads the "
            "entries from there."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contest"].queryset = edition.contests.all()

    def clean_email(self) -> User:
        person = User.objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if person is None:
            raise ValidationError(
                _("Nobody has an account with this address; please ask them to sign up first.")
            )
        return person
