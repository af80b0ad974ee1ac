"""The forms a rule set is edited with; each field carries the name that errors and prints use."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation.moments import MomentField
from leitai.rooms.contests.rules.labels import CHOICES, LABELS, TOTAL_OF_A_SHEET
from leitai.rooms.contests.rules.schema import StageRule
from leitai.rooms.stages.forms.plain import CODE, CODE_ERROR

BANDS = 6


def line(label: Any, most: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def words(label: Any, *, zh: int = 80, en: int = 120) -> tuple[forms.CharField, forms.CharField]:
    return (
        line(format_lazy(_("{what} in Chinese"), what=label), zh),
        line(format_lazy(_("{what} in English"), what=label), en),
    )


def whole(name: str, *, least: int = 0, most: int = 100_000, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=LABELS[name], min_value=least, max_value=most, help_text=hint,
        widget=forms.NumberInput(attrs={"class": "num"}),
    )  # fmt: skip


def marks(name: str, *, required: bool = True, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=LABELS[name], max_digits=8, decimal_places=3, required=required, help_text=hint,
        widget=forms.NumberInput(attrs={"class": "num", "step": "any"}),
    )  # fmt: skip


def one_of(name: str, *, of: str = "", label: Any = None) -> forms.ChoiceField:
    choices = list(CHOICES[of or name].items())
    required = "" not in CHOICES[of or name]
    return forms.ChoiceField(label=label or LABELS[name], choices=choices, required=required)


def some_of(name: str, *, of: str, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=LABELS[name], choices=list(CHOICES[of].items()), required=required,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def tick(name: str) -> forms.BooleanField:
    return forms.BooleanField(label=LABELS[name], required=False)


def moment(name: str, *, hint: Any = "") -> MomentField:
    return MomentField(label=LABELS[name], required=False, help_text=hint)


def code_field(label: Any) -> forms.RegexField:
    return forms.RegexField(CODE, label=label, error_messages={"invalid": CODE_ERROR})


def options(name: str) -> forms.CharField:
    return forms.CharField(
        label=LABELS[name], required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: code | Chinese | English"),
    )  # fmt: skip


class RuleForm(forms.Form):
    """A part of a rule set; `zone` is the clock on which its moments are typed."""

    def __init__(self, *args: Any, zone: str = "Asia/Shanghai", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone = zone


MIDNIGHT = _("The end of a day is 00:00 of the next. Leave blank while it is not known.")


class EntryForm(RuleForm):
    span__opens_at = moment("opens_at")
    span__closes_at = moment("closes_at", hint=MIDNIGHT)
    kinds = some_of("kinds", of="entrants")
    team_min = whole("team_min", least=1)
    team_max = whole("team_max", least=1)
    answers_max = whole("answers_max")
    target = whole("target")
    resubmit_days = whole("resubmit_days", least=1)


class StepForm(RuleForm):
    name__zh, name__en = words(LABELS["name"])


class FieldForm(RuleForm):
    """One question of the entry form."""

    key = code_field(LABELS["key"])
    label__zh, label__en = words(LABELS["label"], zh=300, en=400)
    hint__zh, hint__en = words(LABELS["hint"], zh=300, en=400)
    kind = one_of("kind", of="field_kind")
    layer = one_of("layer")
    required = tick("required")
    entrants = some_of("entrants", of="entrants")
    optional_for = some_of("optional_for", of="entrants", required=False)
    max_length = whole("max_length", least=1, most=20_000)
    max_mb = whole("max_mb", least=1, most=200)
    options = options("options")
    accept = line(LABELS["accept"], 100, hint=_("For files, for example: pdf, png"))


class StageForm(RuleForm):
    name__zh, name__en = words(LABELS["name"])
    kind = one_of("kind", of="stage_kind")
    span__opens_at = moment("opens_at")
    span__closes_at = moment("closes_at", hint=MIDNIGHT)
    panel__per_entry = whole("per_entry", least=1, most=50)
    panel__mix__technical = forms.IntegerField(
        label=_("Technical, at least"), min_value=0, required=False
    )
    panel__mix__investor = forms.IntegerField(
        label=_("Investors, at least"), min_value=0, required=False
    )
    panel__mix__demand = forms.IntegerField(
        label=_("Demand side, at least"), min_value=0, required=False
    )
    panel__load_min = whole("load_min")
    panel__load_max = whole("load_max", least=1)
    panel__one_per_organisation = tick("one_per_organisation")
    panel__blind = tick("blind")
    direction = one_of("direction")
    total = one_of("total", label=TOTAL_OF_A_SHEET)
    formula = one_of("formula")
    min_sheets_for_z = whole("min_sheets_for_z", least=2)
    places = whole("places", most=4)
    range_flag = marks("range_flag", hint=_("0: none"))
    band_factor = marks("band_factor", hint=_("0: none"))
    carries_over = tick("carries_over")
    publish_days = whole("publish_days", most=90, hint=_("0: not promised"))
    quota__total = whole("total", hint=_("0: nobody is cut here"))
    quota__reserves = whole("reserves")
    quota__by = one_of("by")
    quota__floor = whole("floor")
    quota__rest = one_of("rest")
    live__pitch_minutes = whole("pitch_minutes", least=1, most=600)
    live__questions_minutes = whole("questions_minutes", most=600)
    live__order = one_of("order")
    live__shown = one_of("shown")
    live__rooms = whole("rooms", least=1, most=200)
    live__filmed = tick("filmed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.startswith("live__"):  # a stage on paper has none of these
                field.required = False

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields under headings, as the page shows them."""
        heads = {
            "name": _("Name and time"), "kind": _("Name and time"), "span": _("Name and time"),
            "panel": _("Jury"), "quota": _("Who goes on"), "live": _("On stage"),
        }  # fmt: skip
        found: dict[Any, list[Any]] = {}
        for bound in self:
            head = heads.get(bound.name.split("__")[0], _("From marks to a score"))
            found.setdefault(str(head), []).append(bound)
        return list(found.items())


class CriterionForm(RuleForm):
    code = code_field(LABELS["code"])
    name__zh, name__en = words(LABELS["name"])
    low, high, step = marks("low"), marks("high"), marks("step")
    weight = marks("weight", hint=_("Counts only in a weighted mean."))
    optional = tick("optional")
    evidence__zh, evidence__en = words(LABELS["evidence"], zh=300, en=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(BANDS):
            self.fields[f"bands__{n}__low"] = marks("low", required=False)
            self.fields[f"bands__{n}__high"] = marks("high", required=False)
            self.fields[f"bands__{n}__text__zh"] = line(LABELS["zh"], 400)
            self.fields[f"bands__{n}__text__en"] = line(LABELS["en"], 600)
            for end in ("low", "high", "text__zh", "text__en"):
                field = self.fields[f"bands__{n}__{end}"]
                told = format_lazy(_("Band {n}: {what}"), n=n + 1, what=field.label)
                field.widget.attrs["aria-label"] = told

    def bands(self) -> list[list[Any]]:
        """The fields of each band; the last rows are blank, to be filled."""
        return [[b for b in self if b.name.startswith(f"bands__{n}__")] for n in range(BANDS)]

    def plain(self) -> list[Any]:
        return [b for b in self if not b.name.startswith("bands__")]


class TieForm(RuleForm):
    """One link of the chain; criteria are offered beside what every stage has."""

    key = forms.ChoiceField(label=_("Tie-break"))

    def __init__(self, *args: Any, criteria: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks_for = _("the mark for “%(name)s”")
        offered = [(f"criterion:{code}", marks_for % {"name": name}) for code, name in criteria]
        self.fields["key"].choices = [*offered, *CHOICES["tie_breaks"].items()]


class ResultForm(RuleForm):
    decision__signatures = whole("signatures", least=1, most=20)
    decision__accept_days = whole("accept_days", most=60)
    decision__wild_cards = whole("wild_cards", most=50)
    decision__nominations = whole("nominations", most=1)
    decision__direct_entries = whole("direct_entries", most=50)
    notice__days = whole("days", most=365)
    notice__working_days = tick("working_days")
    notice__mask_names = tick("mask_names")
    notice__appeals__reply_days = whole("reply_days", least=1, most=60)
    notice__appeals__evidence_days = whole("evidence_days", least=1, most=60)
    notice__appeals__statement_days = whole("statement_days", least=1, most=60)
    notice__appeals__decision_days = whole("decision_days", least=1, most=120)
    notice__appeals__letter_days = whole("letter_days", least=1, most=60)
    notice__appeals__panel_size = whole("panel_size", least=1, most=15)
    notice__appeals__outsiders_only = tick("outsiders_only")
    feedback__own_means = tick("own_means")
    feedback__in_bands = tick("in_bands")
    feedback__least_group = whole("least_group", least=20, most=1000)
    jury__reopening_second = one_of("reopening_second")
    jury__strengths = options("strengths")
    jury__weaknesses = options("weaknesses")
    diligence_percent = whole("diligence_percent", most=100)
    compliance = one_of("compliance")


class AwardForm(RuleForm):
    code = code_field(LABELS["code"])
    name__zh, name__en = words(LABELS["name"])
    count = whole("count")
    object = one_of("object")
    per_scenario = tick("per_scenario")
    named = tick("named")


def new_stage(code: str, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """A stage to begin with: on paper, three jurors, plain mean."""
    rule = StageRule.model_validate(
        {"code": code, "name": {"zh": code, "en": code}, "criteria": criteria}
    )
    return rule.model_dump(mode="json")
