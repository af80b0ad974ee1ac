"""The sections of a rule set, each edited on a page of its own.

A section knows how its part of the rules becomes forms, how the forms become that part again, and
to which field a problem of the schema belongs.
"""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from leitai.foundation.rows import Rows
from leitai.rooms.contests.rules import Rules, presets
from leitai.rooms.contests.rules.errors import Problem, explain
from leitai.rooms.contests.rules.labels import said
from leitai.rooms.contests.rules.schema import Words
from leitai.rooms.stages.forms import fields
from leitai.rooms.stages.forms.nested import flat, is_blank, nested

LIVE = {"pitch_minutes": 8, "questions_minutes": 7, "order": "lot", "shown": "on_the_spot"}
LIVE |= {"rooms": 1, "filmed": False}


class Section:
    """`at` is where the part stands in the rules; `rows_key` names its list, if it has one."""

    form_class: type[fields.RuleForm]
    row_class: type[fields.RuleForm] | None = None
    rows_key = ""

    def __init__(self, rules: Rules, *, index: int = 0, zone: str) -> None:
        self.rules, self.index, self.zone = rules, index, zone
        self.body = rules.model_dump(mode="json")
        self.other_problems: list[Problem] = []
        self.rows: BaseFormSet | None = None
        self.form: fields.RuleForm = self.form_class(initial=self._initial(), zone=zone)
        if self.row_class:
            self.rows = self._rows().of([self.row_initial(r) for r in self.part()[self.rows_key]])

    # what a section says of itself

    @property
    def at(self) -> tuple[str | int, ...]:
        return ()

    def part(self) -> dict[str, Any]:
        """This section's part of the body, changed in place when the forms are read."""
        here: Any = self.body
        for key in self.at:
            here = here[key]
        return here

    def row_initial(self, row: dict[str, Any]) -> dict[str, Any]:
        return flat(row)

    def row_value(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return nested(cleaned)

    def put(self, values: dict[str, Any], rows: list[dict[str, Any]] | None) -> None:
        self.part().update(values)
        if rows is not None:
            self.part()[self.rows_key] = rows

    # what every section does

    def _initial(self) -> dict[str, Any]:
        at_work: Any = self.rules.model_dump()
        for key in self.at:
            at_work = at_work[key]
        return flat(at_work)

    def _rows(self, **kwargs: Any) -> Rows:
        assert self.row_class is not None
        return Rows(formset_factory(self.row_class, extra=0), prefix="r", zone=self.zone, **kwargs)

    def press(self, data: QueryDict) -> bool:
        """A button that adds, removes or moves a row; True when it was one."""
        changed = self._rows(**self.row_kwargs(data)).changed(data) if self.row_class else None
        if changed is None:
            return False
        self.rows = changed
        self.form = self._typed(data)
        return True

    def row_kwargs(self, data: QueryDict) -> dict[str, Any]:
        return {}

    def _typed(self, data: QueryDict) -> fields.RuleForm:
        """What was typed so far, not judged yet."""
        blank = self.form_class(zone=self.zone)
        typed = {
            name: field.widget.value_from_datadict(data, {}, name)
            for name, field in blank.fields.items()
        }
        return self.form_class(initial=typed, zone=self.zone)

    def read(self, data: QueryDict) -> Rules | None:
        """The whole rule set with what was sent, or None: then the forms carry the errors."""
        self.form = self.form_class(data, zone=self.zone)
        fine = self.form.is_valid()
        rows = None
        if self.row_class:
            self.rows = self._rows(**self.row_kwargs(data)).bound(data)
            fine = self.rows.is_valid() and fine
            rows = [self.row_value(f.cleaned_data) for f in self.rows] if fine else None
        if not fine:
            return None
        self.put(nested(self.form.cleaned_data), rows)
        try:
            return Rules.model_validate(self.body)
        except ValidationError as error:
            for problem in explain(error):
                self._show(problem)
            return None

    def _show(self, problem: Problem) -> None:
        """At its field if this page has it; otherwise above the form, with its path."""
        inside = problem.at[: len(self.at)] == self.at
        rest = problem.at[len(self.at) :]
        form, names = self.form, rest
        if inside and rest and rest[0] == self.rows_key and self.rows is not None:
            form, names = self._row_form(rest), rest[2:]
        for end in range(len(names), 0, -1) if inside and form is not None else ():
            name = "__".join(str(part) for part in names[:end])
            if name in form.fields:
                form.add_error(name, problem.message)
                return
        (form if inside and form is not None else self.form).add_error(None, str(problem))

    def _row_form(self, rest: tuple[str | int, ...]) -> Any:
        if len(rest) < 2 or not isinstance(rest[1], int) or self.rows is None:
            return self.form
        return self.rows.forms[rest[1]]


class EntrySection(Section):
    form_class = fields.EntryForm

    @property
    def at(self) -> tuple[str | int, ...]:
        return ("entry",)


class StepSection(Section):
    form_class, row_class, rows_key = fields.StepForm, fields.FieldForm, "fields"

    @property
    def at(self) -> tuple[str | int, ...]:
        return ("entry", "steps", self.index)

    def row_initial(self, row: dict[str, Any]) -> dict[str, Any]:
        start = flat({k: v for k, v in row.items() if k not in {"options", "accept"}})
        return {**start, "options": _lines(row["options"]), "accept": ", ".join(row["accept"])}

    def row_value(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        value = nested({k: v for k, v in cleaned.items() if k not in {"options", "accept"}})
        accept = [kind.strip() for kind in cleaned["accept"].split(",")]
        value["accept"] = [kind for kind in accept if kind]
        value["options"] = _options(cleaned["options"])
        return value


def _lines(options: Iterable[Any]) -> str:
    return "\n".join(" | ".join((code, w["zh"], w["en"])) for code, w in options)


def _options(lines: str) -> list[tuple[str, dict[str, str]]]:
    return [_option(text) for text in lines.splitlines() if text.strip()]


def _option(text: str) -> tuple[str, dict[str, str]]:
    code, zh, en = ([part.strip() for part in text.split("|", 2)] + ["", ""])[:3]
    return code, {"zh": zh, "en": en}


class StageSection(Section):
    form_class, row_class, rows_key = fields.StageForm, fields.CriterionForm, "criteria"

    def __init__(self, rules: Rules, *, index: int = 0, zone: str) -> None:
        super().__init__(rules, index=index, zone=zone)
        chain = [{"key": key} for key in self.part()["tie_breaks"]]
        codes = [(c.code, said(c.name)) for c in rules.stages[index].criteria]
        self.ties = self._tie_rows(codes).of(chain)

    @property
    def at(self) -> tuple[str | int, ...]:
        return ("stages", self.index)

    def _initial(self) -> dict[str, Any]:
        at_work = self.rules.stages[self.index].model_dump()
        at_work["live"] = at_work["live"] or LIVE
        return flat(at_work)

    def _tie_rows(self, criteria: list[tuple[str, str]]) -> Rows:
        factory = formset_factory(fields.TieForm, extra=0)
        return Rows(factory, prefix="t", zone=self.zone, criteria=criteria)

    def _criteria_typed(self, data: QueryDict) -> list[tuple[str, str]]:
        rows = self._rows().typed(data)
        return [
            (str(r["code"]), said(Words(zh=r["name__zh"] or "", en=r["name__en"] or "")))
            for r in rows
            if r["code"]
        ]

    def press(self, data: QueryDict) -> bool:
        ties = self._tie_rows(self._criteria_typed(data))
        if data.get("do") == "rubric":
            return self._take_rubric(data)
        changed = ties.changed(data)
        if changed is None and not super().press(data):
            return False
        if changed is not None:
            self.rows = self._rows().of(self._rows().typed(data))
            self.form = self._typed(data)
        self.ties = changed or ties.of(ties.typed(data))
        return True

    def _take_rubric(self, data: QueryDict) -> bool:
        """Replace the criteria by those of a named rubric; nothing is saved yet."""
        code = data.get("rubric", "")
        if code not in presets.rubrics():
            return False
        criteria = (
            Rules.model_validate(
                {"stages": [{"code": "x", "name": {}, "criteria": presets.rubric(code)}]}
            )
            .stages[0]
            .criteria
        )
        self.rows = self._rows().of([self.row_initial(c.model_dump()) for c in criteria])
        self.form = self._typed(data)
        names = [(c.code, said(c.name)) for c in criteria]
        known = {code for code, _name in names}
        kept = [
            row
            for row in self._tie_rows(names).typed(data)
            if not str(row["key"]).startswith("criterion:")
            or str(row["key"]).removeprefix("criterion:") in known
        ]
        self.ties = self._tie_rows(names).of(kept)
        return True

    def read(self, data: QueryDict) -> Rules | None:
        self.ties = self._tie_rows(self._criteria_typed(data)).bound(data)
        if not self.ties.is_valid():
            self.form = self.form_class(data, zone=self.zone)
            self.rows = self._rows().bound(data)
            self.form.add_error(None, _("Please choose what breaks ties, or remove the row."))
            return None
        return super().read(data)

    def put(self, values: dict[str, Any], rows: list[dict[str, Any]] | None) -> None:
        mix = values["panel"].get("mix", {})
        values["panel"]["mix"] = {kind: n for kind, n in mix.items() if n}
        live = {key: value for key, value in values["live"].items() if not is_blank(value)}
        values["live"] = live if values["kind"] == "live" else None
        values["tie_breaks"] = list(dict.fromkeys(f.cleaned_data["key"] for f in self.ties))
        super().put(values, rows)


class ResultSection(Section):
    form_class, row_class, rows_key = fields.ResultForm, fields.AwardForm, "awards"

    def _initial(self) -> dict[str, Any]:
        jury = self.rules.jury.model_dump()
        return {**super()._initial(), **{f"jury__{tags}": _lines(jury[tags]) for tags in TAGS}}

    def put(self, values: dict[str, Any], rows: list[dict[str, Any]] | None) -> None:
        """What holds for the jury and is not on this page stays."""
        typed = values["jury"] | {tags: _options(values["jury"][tags]) for tags in TAGS}
        super().put({**values, "jury": {**self.body["jury"], **typed}}, rows)


TAGS = ("strengths", "weaknesses")
SECTIONS: dict[str, type[Section]] = {
    "entry": EntrySection,
    "form": StepSection,
    "stage": StageSection,
    "result": ResultSection,
}
