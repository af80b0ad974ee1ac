"""The entry form made of its rules, and the smaller forms around it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.foundation.countries import countries
from leitai.foundation.words import choose
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules.schema import FieldRule, StepRule
from leitai.rooms.submissions import queries, rules
from leitai.rooms.submissions.models import Entry

EMPTY = ("", "—")
YES_OR_NO = (("true", _("yes")), ("false", _("no")))


class EntryForm(forms.Form):
    """One step of the form. It checks nothing: each answer is judged where it is saved."""

    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, entry: Entry, step: StepRule, data: Any = None) -> None:
        super().__init__(data, initial={"base": queries.revision(entry)}, label_suffix="")
        self.step, self.entry = step, entry
        self.asked = [field for field in step.fields if field.kind != "file"]
        for field in self.asked:
            self.fields[field.key] = made = _field(field, entry)
            made.initial = shown(field, entry.draft.get(field.key))
            made.label, made.help_text = queries.label(field), choose(field.hint.zh, field.hint.en)
            made.required = field.is_required_of(entry.kind)
            made.widget.is_required = False  # a draft may be unfinished

    def full_clean(self) -> None:
        """The words are taken as they were sent."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}

    def sent(self, key: str) -> Any:
        field = self.fields[key]
        return field.widget.value_from_datadict(self.data, self.files, key)


def shown(field: FieldRule, value: Any) -> Any:
    """A kept value as its widget wants it."""
    if field.kind == "tags":
        return (
            "、".join(value or [])
            if any(ord(c) > 255 for c in "".join(value or []))
            else "; ".join(value or [])
        )
    if field.kind == "yes_no" and not rules.is_promise(field):
        return {True: "true", False: "false"}.get(value, "")
    return value


def _field(field: FieldRule, entry: Entry) -> forms.Field:
    most = {"maxlength": field.max_length}
    options = [(code, choose(words.zh, words.en)) for code, words in field.options]
    match field.kind:
        case "text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4, **most}))
        case "number" | "money":
            return forms.CharField(
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"})
            )
        case "date":
            return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}))
        case "choice":
            return forms.ChoiceField(choices=[EMPTY, *options])
        case "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
        case "yes_no" if rules.is_promise(field):
            return forms.BooleanField()
        case "yes_no":
            return forms.ChoiceField(
                choices=YES_OR_NO, widget=forms.RadioSelect(attrs={"class": "inline"})
            )
        case "scenario":
            return forms.ChoiceField(
                choices=[EMPTY, *((s.code, s.name) for s in queries.scenarios(entry.contest))]
            )
        case "country":
            return forms.ChoiceField(choices=[EMPTY, *countries()])
        case _:
            return forms.CharField(widget=forms.TextInput(attrs=most))


class BeginForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Who enters?"), widget=forms.RadioSelect(attrs={"class": "cards"})
    )
    scenario = forms.ChoiceField(
        label=_("Scenario"), required=False, help_text=_("You may choose it later.")
    )
    channel = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    demand = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, contest: Contest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(rules.EntrantKind.choices)
        kinds = [(kind, labels[kind]) for kind in contest.rules.entry.kinds]
        self.fields["kind"].choices = kinds
        self.fields["kind"].initial = kinds[0][0]
        self.fields["scenario"].choices = [
            EMPTY, *((s.code, s.name) for s in queries.scenarios(contest))
        ]  # fmt: skip


class MemberForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("As the person writes it; one word is fine."),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("The person gets a letter with a link that lasts 14 days."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[c for c in rules.MemberRole.choices if c[0] != "captain"]
    )
    about = forms.CharField(
        label=_("Background"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


SHOWS = (
    ("public", _("Nothing beyond the public card")),
    ("teaser", _("The teaser: summary, customers, evidence")),
    ("confidential", _("Everything, the business plan included")),
)


class AnswerForm(forms.Form):
    demand = forms.ChoiceField(label=_("Demand"))
    shows = forms.ChoiceField(
        label=_("What may the demand's owner see of your entry?"), choices=SHOWS, initial="teaser",
        help_text=_("Your consent to this owner alone; you may take it back at any time."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("How you meet the indicators"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, demands: dict[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["demand"].choices = list(demands.items())


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you withdraw?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the organisers read this."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("We know that this cannot be undone."))


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV or XLSX, with one entry a row and a header above."),
        widget=forms.FileInput(
            attrs={"class": "drop", "data-max-mib": "64", "accept": ".csv,.tsv,.xlsx"}
        ),
    )
