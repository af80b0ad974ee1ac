"""What is wrong with a rule set, in words that say what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from leitai.rooms.contests.rules import labels


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `at` is its address in the rule set, `line` in the file it came from."""

    code: str
    message: str
    at: tuple[str | int, ...] = ()
    line: int | None = None

    def __str__(self) -> str:
        where = labels.path(self.at)
        if self.line is not None:
            where = _("line {line}").format(line=self.line) + (f", {where}" if where else "")
        return f"{where}: {self.message}" if where else self.message


# Codes of our own, raised by the schema.
OURS: dict[str, Any] = {
    "closes_before_it_opens": gettext_lazy("It closes before it opens; please check both dates."),
    "not_printable": gettext_lazy("There is a control character in it; please type it anew."),
    "name_too_long": gettext_lazy("This is too long; please shorten it."),
    "name_missing": gettext_lazy("A name is missing; please give one in either language."),
    "tag_twice": gettext_lazy("Two of the reasons that jurors tick have the same code."),
    "scale_does_not_fit": gettext_lazy(
        "The lowest mark must be below the highest, and whole steps must lead from one to the "
        "other."
    ),
    "band_outside_scale": gettext_lazy(
        "A band lies outside the scale; its marks must be between the lowest and the highest."
    ),
    "mix_larger_than_panel": gettext_lazy(
        "The kinds add up to more jurors than the panel has; please make the panel larger or ask "
        "for fewer of a kind."
    ),
    "load_min_above_max": gettext_lazy("The fewest entries of a juror are more than the most."),
    "criterion_twice": gettext_lazy("Two criteria have the same code; please rename one."),
    "unknown_tie_break": gettext_lazy(
        "A tie-break names a criterion that this stage does not have; please remove it or choose "
        "another."
    ),
    "no_weight_at_all": gettext_lazy("All weights are zero; please give at least one of them."),
    "blank_does_not_fit": gettext_lazy(
        "A criterion may be left blank only in a weighted mean, and not all of them may."
    ),
    "field_twice": gettext_lazy("Two questions have the same key; please rename one."),
    "team_min_above_max": gettext_lazy("The smallest team is larger than the largest."),
    "stage_twice": gettext_lazy("Two stages have the same code; please rename one."),
    "scenario_twice": gettext_lazy("Two scenarios have the same code; please rename one."),
    "figure_twice": gettext_lazy("Two figures have the same key; please rename one."),
    "contest_twice": gettext_lazy("Two contests have the same address; please rename one."),
    "unknown_time_zone": gettext_lazy(
        "This time zone is not known; please write it like Asia/Shanghai."
    ),
}

# Types of pydantic, with the particulars each message may use.
THEIRS: dict[str, Any] = {
    "missing": gettext_lazy("This is missing; please add it."),
    "extra_forbidden": gettext_lazy(
        "There is no such field; please check the spelling or remove it."
    ),
    "literal_error": gettext_lazy("This can only be one of: {expected}."),
    "string_too_long": gettext_lazy("This may have at most {max_length} characters."),
    "string_pattern_mismatch": gettext_lazy(
        "This is not written as it must be: short, without spaces, with small Latin letters, "
        "digits and hyphens (scenarios and countries in capitals)."
    ),
    "greater_than_equal": gettext_lazy("This must be at least {ge}."),
    "less_than_equal": gettext_lazy("This must be at most {le}."),
    "too_short": gettext_lazy("At least {min_length} must be given here."),
    "decimal_max_digits": gettext_lazy("This number has too many digits."),
    "decimal_max_places": gettext_lazy("At most {decimal_places} decimals, please."),
    "decimal_whole_digits": gettext_lazy("This number is too large."),
    "finite_number": gettext_lazy("This must be a finite number."),
    "timezone_aware": gettext_lazy("A time needs its zone, for example 2026-05-28T00:00:00+08:00."),
}
KINDS: dict[str, Any] = {
    "int": gettext_lazy("A whole number is needed here."),
    "decimal": gettext_lazy("A number is needed here."),
    "bool": gettext_lazy("Yes or no is needed here (true or false in a file)."),
    "datetime": gettext_lazy("A time is needed here, for example 2026-05-28T00:00:00+08:00."),
    "string": gettext_lazy("Words are needed here."),
    "tuple": gettext_lazy("A list is needed here."),
    "dict": gettext_lazy("A group of fields is needed here."),
    "model": gettext_lazy("A group of fields is needed here."),
}
ANYTHING = gettext_lazy("This is not as it must be; please compare it with an exported file.")


def explain(
    error: ValidationError, *, line_of: Callable[[tuple[str | int, ...]], int | None] | None = None
) -> list[Problem]:
    """The problems in the reader's language, in the order of the rule set.

    A list is also called too short when its only part is wrong; the part says it better.
    """
    found = error.errors(include_url=False)
    inside = {one["loc"][:n] for one in found for n in range(len(one["loc"]))}
    return [
        _problem(one, line_of)
        for one in found
        if one["type"] != "too_short" or one["loc"] not in inside
    ]


def _problem(found: Any, line_of: Callable[[tuple[str | int, ...]], int | None] | None) -> Problem:
    at = tuple(found["loc"])
    code, message = _said(found)
    return Problem(code=code, message=message, at=at, line=line_of(at) if line_of else None)


def _said(found: Any) -> tuple[str, str]:
    kind, particulars = found["type"], found.get("ctx", {})
    if kind == "value_error":
        code = str(particulars["error"])
        return code, str(OURS.get(code, ANYTHING))
    if kind in THEIRS:
        return kind, str(THEIRS[kind]).format(**particulars)
    return kind, str(KINDS.get(kind.split("_")[0], ANYTHING))
