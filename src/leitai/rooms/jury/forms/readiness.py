"""What invited people, jurors, experts and teams tell before the judging begins."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import choose
from leitai.rooms.jury import rules
from leitai.rooms.jury.forms.jurors import LANGUAGES, EditJurorForm, Tags
from leitai.rooms.jury.rules import DECLARED_GROUNDS, JurorKind
from leitai.rooms.stages.models import Stage

YEAR = {"min_value": 1950, "max_value": 2100, "required": False}


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)


class RefusalForm(forms.Form):
    why = forms.CharField(label=_("Why not (only if you like)"), max_length=300, required=False)


class ColleagueForm(forms.Form):
    """Somebody who would fit; the organiser decides."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    kind = forms.ChoiceField(label=_("Kind"), choices=JurorKind.choices)
    why = forms.CharField(label=_("Why they would fit"), max_length=300)


class ProfileForm(EditJurorForm):
    """As the juror fills it in: field, days and wished load; the kind is the organiser's."""

    kind = None
    about = forms.CharField(
        label=_("Your field in your own words"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The draw compares these words with those of the entries."),
    )  # fmt: skip
    free_from = day_field(_("Free from"))
    free_until = day_field(_("Free until"), help_text=_("Empty: at any time."))

    field_order = ("organisation", "title", "tags", "about", "languages", "free_from",
                   "free_until", "load_min", "load_max")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("free_from"), data.get("free_until")
        if first and last and first > last:
            self.add_error("free_until", _("The last day lies before the first."))
        return data


class HoldingsForm(forms.Form):
    firms = forms.CharField(
        label=_("Firms your house holds shares in"), required=False, max_length=20000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, by name or registration code. Take a line out when it is sold."),
    )  # fmt: skip

    def clean_firms(self) -> list[str]:
        return [line.strip()[:120] for line in self.cleaned_data["firms"].splitlines()][:500]


class PortfolioForm(HoldingsForm):
    source = forms.CharField(
        label=_("Where it stands"), max_length=200,
        help_text=_("For example the company register, with the day."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firms"].label = _("Firms it holds shares in")


class TieForm(forms.Form):
    """A house or a person; nobody asks the juror to prove it."""

    house = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    name = forms.CharField(label=_("or a person's name"), max_length=120, required=False)
    email = forms.EmailField(label=_("their e-mail, if you know it"), required=False)
    ground = forms.ChoiceField(label=_("Ground"), choices=DECLARED_GROUNDS)
    until = forms.IntegerField(
        label=_("Ended in the year"), help_text=_("Empty: it lasts."), **YEAR
    )
    note = forms.CharField(label=_("In a few words (not needed)"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("house") or data.get("name") or data.get("email")):
            self.add_error("house", _("Name a house or a person."))
        return data


class ExpertForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=JurorKind.choices)
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    title = forms.CharField(label=_("Position"), max_length=80, required=False)
    tags = Tags(label=_("Expertise"), required=False)
    about = forms.CharField(
        label=_("Your field in your own words"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Reads"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )


class PostForm(forms.Form):
    """An organisation over some years."""

    organisation = forms.CharField(label=_("Organisation"), max_length=120)
    title = forms.CharField(label=_("Position"), max_length=80, required=False)
    since = forms.IntegerField(label=_("From the year"), **YEAR)
    until = forms.IntegerField(label=_("To the year"), **YEAR)


class UndertakingForm(forms.Form):
    text_zh = forms.CharField(
        label=_("In Chinese"), max_length=20000, required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )  # fmt: skip
    text_en = forms.CharField(
        label=_("In English"), max_length=20000, required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name, "").strip() for name in ("text_zh", "text_en")):
            self.add_error("text_zh", _("An undertaking needs words."))
        return data


class ObjectionForm(forms.Form):
    juror = forms.ModelChoiceField(label=_("Juror"), queryset=None)
    why = forms.CharField(
        label=_("Why this juror should not mark you"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, jurors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["juror"].queryset = jurors


class AnswerForm(forms.Form):
    """The organiser's word on an objection."""

    verdict = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[
            ("upheld", _("Upheld: the juror never marks this entry")),
            ("refused", _("Refused: the juror may mark it")),
        ],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Answer to the team"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SampleMarks(forms.Form):
    """One mark for each criterion of a stage, on its scale."""

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage = stage
        for criterion in stage.criteria.all():
            scale = criterion.scale(stage.rule.direction)
            low, high = rules.plain(scale.low), rules.plain(scale.high)
            self.fields[f"mark-{criterion.code}"] = forms.CharField(
                label=criterion.name, max_length=12, help_text=f"{low}–{high}",
                required=not self._is_optional(criterion.code),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for criterion in self.stage.criteria.all():
            name = f"mark-{criterion.code}"
            if not data.get(name):
                continue
            mark = rules.read_mark(data[name], criterion.scale(self.stage.rule.direction))
            if isinstance(mark, Decimal):
                data[name] = mark
            else:
                self.add_error(name, str(mark.reason))
        return data

    def marks(self) -> dict[str, str]:
        return {
            name.removeprefix("mark-"): rules.plain(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("mark-") and isinstance(value, Decimal)
        }

    def _is_optional(self, code: str) -> bool:
        return any(c.optional for c in self.stage.rule.criteria if c.code == code)


class SampleForm(SampleMarks):
    """A sample entry as the organiser writes it: words, reference marks, and why."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    text_zh = forms.CharField(
        label=_("What it says, in Chinese"), max_length=8000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    text_en = forms.CharField(
        label=_("What it says, in English"), max_length=8000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in self.stage.criteria.all():
            for language, label in (("zh", _("Why, in Chinese")), ("en", _("Why, in English"))):
                self.fields[f"why-{language}-{criterion.code}"] = forms.CharField(
                    label=label, max_length=500, required=False
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("title_zh") or data.get("title_en")):
            self.add_error("title_zh", _("A sample needs a title."))
        if not (data.get("text_zh") or data.get("text_en")):
            self.add_error("text_zh", _("A sample needs some words to mark."))
        return data

    def words(self) -> dict[str, Any]:
        names = ("title_zh", "title_en", "text_zh", "text_en")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "reasons_zh": self._reasons("zh"), "reasons_en": self._reasons("en"),
        }  # fmt: skip

    def lines(self) -> Iterator[tuple[str, Any, Any, Any]]:
        """A criterion's name and its three fields, for the page."""
        for c in self.stage.criteria.all():
            yield (
                choose(c.name_zh, c.name_en), self[f"mark-{c.code}"], self[f"why-zh-{c.code}"],
                self[f"why-en-{c.code}"],
            )  # fmt: skip

    def _reasons(self, language: str) -> dict[str, str]:
        head = f"why-{language}-"
        told = self.cleaned_data.items()
        return {n.removeprefix(head): v for n, v in told if n.startswith(head) and v}
