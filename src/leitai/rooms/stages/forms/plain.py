"""Forms of a few fields."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.foundation.moments import MomentField
from leitai.rooms.contests.rules import presets
from leitai.rooms.contests.rules.labels import said
from leitai.rooms.stages.models import Stage

CODE = r"^[a-z][a-z0-9_-]{0,39}$"
CODE_LABEL = pgettext_lazy("a part of the rules", "Code")
CODE_ERROR = _("Small letters, digits and hyphens, beginning with a letter.")


def slug_field() -> forms.RegexField:
    return forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{0,39}$", label=_("Address"), max_length=40,
        help_text=_("Small letters, digits and hyphens; it stands in web addresses."),
        error_messages={"invalid": _("Please use small letters, digits and hyphens only.")},
    )  # fmt: skip


class NewContestForm(forms.Form):
    preset = forms.ChoiceField(
        label=_("Start from"), widget=forms.RadioSelect(attrs={"class": "cards"})
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    slug = slug_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = [
            (c.code, format_html("<span>{}<small>{}</small></span>", said(c.name), said(c.about)))
            for c in presets.cards()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("name_zh") or data.get("name_en")):
            self.add_error("name_zh", _("Please give a name in at least one language."))
        return data


class CopyForm(forms.Form):
    slug = slug_field()


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("An edition downloaded as YAML, here or elsewhere; up to 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml", "class": "drop"}),
    )  # fmt: skip
    slug = slug_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Leave blank to keep the address in the file.")


class AdoptForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False,
        help_text=_("Shown beside the version on the public page."),
    )  # fmt: skip


class AddStageForm(forms.Form):
    code = forms.RegexField(CODE, label=CODE_LABEL, error_messages={"invalid": CODE_ERROR})
    rubric = forms.ChoiceField(label=_("Criteria to start with"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rubric"].choices = rubric_choices()


class AddStepForm(forms.Form):
    code = forms.RegexField(CODE, label=CODE_LABEL, error_messages={"invalid": CODE_ERROR})
    zh = forms.CharField(label=_("Name in Chinese"), max_length=80, required=False)
    en = forms.CharField(label=_("Name in English"), max_length=120, required=False)


class ExtendForm(forms.Form):
    until = MomentField(label=_("New end"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].zone = stage.contest.edition.time_zone
        self.fields["until"].initial = stage.closes_at


class TakeOutForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


def rubric_choices() -> list[tuple[str, str]]:
    return [(code, said(name)) for code, name in presets.rubrics().items()]
