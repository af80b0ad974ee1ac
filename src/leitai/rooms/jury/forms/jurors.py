"""What did the organiser or the juror send us?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.foundation.tables.mapping import Field
from leitai.foundation.tables.parsers import BadCell, choice, email, integer, items, text
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import DECLARED_GROUNDS, ConflictGround, JurorKind

LANGUAGES = [("zh", _("Chinese")), ("en", _("English"))]


class Tags(forms.CharField):
    """Words separated by commas, Chinese or Latin ones."""

    def to_python(self, value: Any) -> list[str]:
        try:
            return items(max_length=40)(value) if value else []
        except BadCell as bad:
            raise forms.ValidationError(f"{bad.reason} {bad.mend}") from None

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class EditJurorForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=JurorKind.choices)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=120, required=False,
        help_text=_("Its name or registration code; conflicts are found by it."),
    )  # fmt: skip
    title = forms.CharField(label=_("Position"), max_length=80, required=False)
    tags = Tags(
        label=_("Expertise"), required=False,
        help_text=_(
            "Words as the entries use them, separated by commas; scenario codes count too."
        ),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Reads"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means every language."),
    )  # fmt: skip
    load_min = forms.IntegerField(
        label=_("Sheets at least"), min_value=0, max_value=500, required=False
    )
    load_max = forms.IntegerField(
        label=_("Sheets at most"), min_value=0, max_value=500, required=False,
        help_text=_("Empty: as the rules of the stage say."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("load_min"), data.get("load_max")
        if low is not None and high is not None and low > high:
            self.add_error("load_max", _("The most cannot be below the least."))
        return data


class InviteForm(EditJurorForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))

    field_order = ("name", "email", "kind", "organisation", "title", "tags", "languages")

    def __init__(self, *args: Any, contest: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest

    def clean_email(self) -> str:
        address = self.cleaned_data["email"].lower()
        if Juror.objects.filter(contest=self.contest, email=address).exists():
            raise forms.ValidationError(_("This address is on the jury already."))
        return address


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Table of jurors (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"class": "drop", "accept": ".csv,.xlsx"}),
    )


class MarksForm(forms.Form):
    file = forms.FileField(
        label=_("Table of marks (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"class": "drop", "accept": ".csv,.txt,.xlsx"}),
    )


class DeclareForm(forms.Form):
    """A tie; nobody asks the juror to prove it."""

    ground = forms.ChoiceField(label=_("Ground"), choices=DECLARED_GROUNDS)
    note = forms.CharField(label=_("In a few words (not needed)"), max_length=300, required=False)


class ObjectForm(forms.Form):
    """What a team objected, written down by the organiser."""

    juror = forms.ModelChoiceField(label=_("Juror"), queryset=Juror.objects.none())
    entry = forms.CharField(label=_("Entry code"), max_length=24)
    ground = forms.ChoiceField(label=_("Ground"), choices=ConflictGround.choices)
    note = forms.CharField(label=_("What was said"), max_length=300)

    def __init__(self, *args: Any, contest: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest
        self.fields["juror"].queryset = Juror.objects.filter(contest=contest).order_by("name")

    def clean_entry(self) -> Any:
        code = self.cleaned_data["entry"].strip()
        entry = self.contest.entries.filter(code__iexact=code).first()
        if entry is None:
            raise forms.ValidationError(_("There is no entry with this code in the contest."))
        return entry


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=300)


class ReopenForm(WhyForm):
    until = forms.DateTimeField(
        label=_("Time to finish"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Needed only when the stage closes before."),
    )  # fmt: skip


LANGUAGE_WORDS = {
    "zh": ("zh", "zh-cn", "zh-hans", "中文", "汉语", "chinese", "mandarin"),
    "en": ("en", "英文", "英语", "english"),
}


def languages(value: Any) -> list[str]:
    """The codes of the languages a cell names; a word nobody knows would keep the juror idle."""
    of_word = {word: code for code, words in LANGUAGE_WORDS.items() for word in words}
    words = [word.casefold() for word in items(max_length=20)(value)]
    if unknown := [word for word in words if word not in of_word]:
        raise BadCell(
            _("“{word}” is no language we know."), _("Write zh, en, or both."), word=unknown[0]
        )
    return list(dict.fromkeys(of_word[word] for word in words))


JUROR_FIELDS = (
    Field(
        "name", _("Name"), text(max_length=120), required=True,
        aliases=("姓名", "评委", "专家姓名", "评委姓名", "juror", "full name"),
    ),
    Field(
        "email", _("E-mail"), email(), required=True,
        aliases=("邮箱", "电子邮箱", "邮件", "mail", "email address"),
    ),
    Field(
        "kind", _("Kind"),
        choice({
            JurorKind.TECHNICAL.value: (
                "technical", "technical expert", "expert", "技术", "技术专家", "专家",
            ),
            JurorKind.INVESTOR.value: ("investor", "investment", "投资", "投资人", "投资机构"),
            JurorKind.DEMAND.value: (
                "demand", "demand side", "enterprise", "需求方", "需求", "企业",
            ),
        }),
        default=JurorKind.TECHNICAL.value, aliases=("类别", "类型", "评委类型", "身份"),
    ),
    Field(
        "organisation", _("Organisation"), text(max_length=120), default="",
        aliases=("单位", "机构", "工作单位", "affiliation", "institution", "company"),
    ),
    Field(
        "title", _("Position"), text(max_length=80), default="",
        aliases=("职务", "职称", "job title"),
    ),
    Field(
        "tags", _("Expertise"), items(max_length=40), default=[],
        aliases=("专长", "领域", "专业领域", "研究方向", "标签", "keywords", "fields"),
    ),
    Field(
        "languages", _("Reads"), languages, default=[],
        aliases=("语言", "可读语言", "languages", "language"),
    ),
    Field(
        "load_min", _("Sheets at least"), integer(low=0, high=500),
        aliases=("最少份数", "min load"),
    ),
    Field(
        "load_max", _("Sheets at most"), integer(low=0, high=500),
        aliases=("最多份数", "max load", "上限"),
    ),
)  # fmt: skip
