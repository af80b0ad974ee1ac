"""What did objectors, teams and the panel send us?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import choose
from leitai.rooms.people.models import User
from leitai.rooms.standings.rules.appeals import Finding, Ground, Standpoint
from leitai.rooms.standings.rules.corrections import PrintedName


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none of them asked for."""

    def __init__(self, **kwargs: Any) -> None:
        widget = FilesInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp"})
        super().__init__(widget=widget, required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [file for one in data or [] if (file := super(FilesField, self).clean(one, initial))]


class AppealForm(forms.Form):
    """By real name; what kind of objector must give what is asked by the rule."""

    about = forms.ChoiceField(label=_("What you object to"), required=False)
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    text = forms.CharField(
        label=_("What happened"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Facts that can be checked. Do not write who you are here."),
    )  # fmt: skip
    source = forms.URLField(
        label=_("Address of the source"), required=False, max_length=500, assume_scheme="https",
        help_text=_("For plagiarism: where the copied work stands, and a screenshot of it below."),
    )  # fmt: skip
    evidence = FilesField(label=_("Evidence (PDF or pictures, up to 20 MB each)"))
    kind = forms.ChoiceField(
        label=_("Who objects"), choices=Standpoint.choices,
        widget=forms.RadioSelect(attrs={"class": "cards"}), initial=Standpoint.PERSON,
    )  # fmt: skip
    name = forms.CharField(label=_("Real name"), max_length=120)
    unit = forms.CharField(label=_("Unit"), max_length=200)
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=120)
    address = forms.CharField(
        label=_("Postal address"), max_length=300, required=False, help_text=_("For a person.")
    )
    seal = forms.FileField(
        label=_("Scan with the unit's seal"), required=False, help_text=_("For a unit.")
    )

    def __init__(self, *args: Any, rows: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (r["code"], f"{r['code']} {choose(r['title']['zh'], r['title']['en'])}") for r in rows
        ]
        self.fields["about"].choices = [("", _("the whole notice")), *named]

    @property
    def identity(self) -> dict[str, str]:
        keys = ("kind", "name", "unit", "contact", "address")
        return {key: self.cleaned_data[key].strip() for key in keys}


class EvidenceForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    evidence = FilesField(label=_("Evidence (PDF or pictures, up to 20 MB each)"))


class WordsForm(forms.Form):
    """One box of words, called what the deed calls it."""

    words = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Any, name: str = "w", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{name}_%s", **kwargs)
        self.fields["words"].label = label


class SeatForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail of an account"), help_text=_("The person needs an account on the platform.")
    )

    def clean_email(self) -> User:
        person = User.objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return person


class VoteForm(forms.Form):
    finding = forms.ChoiceField(
        label=_("Your vote"), choices=Finding.choices,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CorrectionForm(forms.Form):
    field = forms.ChoiceField(label=_("Which name"), choices=PrintedName.choices)
    after = forms.CharField(label=_("As it should be printed"), max_length=300)
