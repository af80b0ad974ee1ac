"""What each field of a rule set is called, wherever it is edited, compared or found wrong."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.foundation.words import choose
from leitai.rooms.contests.rules.schema import Words

LABELS: dict[str, Any] = {
    "about": _("About"),
    "accept": _("Kinds of file"),
    "accept_days": _("Days to accept a place (0: nobody is asked)"),
    "answers_max": _("Demands one entry may answer"),
    "appeals": _("Objections to results"),
    "awards": _("Awards"),
    "band_factor": _("Second look: ranks up to places ×"),
    "bands": _("Bands"),
    "blind": _("Jurors see no names of people and organisations"),
    "by": _("Places are shared out by"),
    "calibration": _("Jurors mark sample entries before their own"),
    "carries_over": _("The score is carried over to the next stage"),
    "closes_at": _("Closes"),
    "code": pgettext_lazy("a part of the rules", "Code"),
    "compliance": _("Compliance profile"),
    "conflict_years": _("Years after which a tie is over"),
    "contests": _("Contests"),
    "count": _("How many"),
    "country": _("Country"),
    "criteria": _("Criteria"),
    "days": _("Days of public notice"),
    "decision_days": _("Working days to decide on an objection"),
    "decision": pgettext_lazy("a part of the rules", "The committee's decision"),
    "definition": _("Definition"),
    "diligence_percent": _("Facts checked of those in line for a prize (%)"),
    "direct_entries": _("Earlier winners who go straight on"),
    "direction": _("Which marks are good"),
    "en": pgettext_lazy("a part of the rules", "English"),
    "entrants": _("Asked of"),
    "entry": _("Entering"),
    "evidence": _("Evidence"),
    "evidence_days": _("Working days for evidence that is asked for"),
    "feedback": _("Feedback to the teams"),
    "fields": _("Questions"),
    "figures": _("Figures"),
    "filmed": _("Pitches are filmed"),
    "floor": _("Least places of each group"),
    "formula": _("Formula"),
    "high": _("Highest mark"),
    "hint": _("Hint"),
    "in_bands": _("Teams read in coarse bands where they stand"),
    "jury": pgettext_lazy("a part of the rules", "Jury"),
    "key": _("Key"),
    "kind": pgettext_lazy("of a question, stage or organisation", "Kind"),
    "kinds": _("Who may enter"),
    "label": _("Question"),
    "launch_at": _("Launch"),
    "layer": _("Who sees the answer"),
    "least_group": _("No bands in a field smaller than"),
    "leitai": _("Version of the file"),
    "letter_days": _("Working days from decision to answer"),
    "live": _("On stage"),
    "load_max": _("Most entries of a juror"),
    "load_min": _("Fewest entries of a juror"),
    "low": _("Lowest mark"),
    "mask_names": _("Names of people are masked in notices"),
    "max_length": _("Most characters"),
    "max_mb": _("Largest file (MB)"),
    "min_sheets_for_z": _("Fewest sheets of a juror for standardising"),
    "mix": _("Of each kind, at least"),
    "name": pgettext_lazy("a part of the rules", "Name"),
    "names_published": _("Teams see who is on the jury, and may object"),
    "nominations": _("Places given by owners of demands"),
    "named": _("Named by the committee, whatever the place"),
    "notice": _("Public notice"),
    "number": _("Number"),
    "object": _("Awarded to"),
    "objections_max": _("Objections of one team to jurors"),
    "one_per_organisation": _("No two jurors of one organisation"),
    "opens_at": _("Opens"),
    "optional": _("May be left blank"),
    "optional_for": _("May be left blank by"),
    "options": _("Options"),
    "order": _("Order of appearance"),
    "organisations": _("Organisations"),
    "outsiders_only": _("Nobody on the panel works for the contest"),
    "own_means": _("Teams read the means of their own marks"),
    "panel": _("Panel"),
    "panel_size": _("People on the panel that hears an objection"),
    "per_entry": _("Jurors for each entry"),
    "per_scenario": _("So many in each scenario"),
    "pitch_minutes": _("Minutes to pitch"),
    "place": pgettext_lazy("a part of the rules", "Place"),
    "places": _("Decimals of a score"),
    "preset": _("Preset"),
    "publish_days": _("Working days until the standing is on the site"),
    "questions_minutes": _("Minutes for questions"),
    "quota": _("Who goes on"),
    "range_flag": _("Flag entries whose totals differ by"),
    "reopening_second": _("Who confirms that a sealed sheet is opened again"),
    "reply_days": _("Working days to take an objection up or refuse it"),
    "required": _("Required"),
    "reserves": _("Reserves"),
    "rest": _("Places beyond the least"),
    "resubmit_days": _("Days to correct a returned entry"),
    "role": _("Role"),
    "rooms": _("Rooms"),
    "rules": _("Rules"),
    "scenarios": _("Scenarios"),
    "shown": _("Scores are shown"),
    "signatures": _("Signatures under a decision"),
    "slug": _("Address"),
    "span": _("Window"),
    "stages": _("Stages"),
    "statement_days": _("Working days for the team to be heard"),
    "step": _("Step"),
    "strengths": _("Strengths that jurors may tick"),
    "steps": _("Pages of the form"),
    "target": _("Target number of entries"),
    "team_max": _("Largest team"),
    "team_min": _("Smallest team"),
    "text": _("Words"),
    "theme": _("Theme"),
    "tie_breaks": _("Ties are broken by"),
    "time_zone": _("Time zone"),
    "total": _("Places"),
    "unit": _("Unit"),
    "value": _("Value"),
    "weaknesses": _("Weaknesses that jurors may tick"),
    "weight": _("Weight"),
    "wild_cards": _("Wild cards of the committee at each stage"),
    "working_days": _("Counted in working days"),
    "year": _("Year"),
    "zh": _("Chinese"),
}

# `total` is a number of places in a quota and a way of adding up in a stage.
TOTAL_OF_A_SHEET = _("Total of a sheet")

CHOICES: dict[str, dict[str, Any]] = {
    "compliance": {
        "standard": _("standard"),
        "union-2026": _("union 2026: nothing is counted, ranked or rewarded by attendance"),
    },
    "entrants": {
        "company": _("companies"),
        "unregistered": _("teams not registered"),
        "institute": _("universities and institutes"),
        "overseas": _("teams from abroad"),
    },
    "jurors": {
        "technical": _("technical"),
        "investor": _("investor"),
        "demand": _("demand side"),
    },
    "stage_kind": {"paper": _("on paper"), "live": _("on stage")},
    "direction": {"up": _("high marks are good"), "down": _("low marks are good")},
    "total": {"sum": _("sum of the marks"), "weighted_mean": _("weighted mean of the marks")},
    "formula": {
        "mean": _("plain mean"),
        "drop_high_low": _("mean without the highest and the lowest"),
        "z_mean": _("mean of the marks standardised per juror"),
        "median": _("median"),
    },
    "by": {"": _("the ranking alone"), "scenario": _("scenario"), "heat": _("room")},
    "rest": {
        "proportional": _("in proportion to the entries of each group"),
        "best": _("to the best of the others, as wild cards"),
        "open": _("to wild cards between rooms, where jurors overlap"),
    },
    "order": {"lot": _("by lot"), "list": _("by list")},
    "reopening_second": {
        "either": _("another organiser, or a supervisor"),
        "organiser": _("another organiser"),
        "supervisor": _("a supervisor"),
    },
    "shown": {"on_the_spot": _("on the spot"), "after_close": _("after the stage has closed")},
    "object": {"team": _("a team"), "project": _("a project"), "solution": _("a solution")},
    "layer": {
        "public": _("everybody"),
        "teaser": _("signed-in partners and the jury"),
        "confidential": _("jury and organisers only"),
    },
    "tie_breaks": {
        "untrimmed_mean": _("the mean of all marks"),
        "best_mark": _("the best single total"),
        "worst_mark": _("the worst single total"),
        "handed_in_first": _("who handed in first"),
        "lot": _("lot"),
        "chair": _("decision of the panel's chair"),
    },
    "field_kind": {
        "line": _("a line"),
        "text": _("a text"),
        "number": _("a number"),
        "money": _("an amount of money"),
        "date": _("a day"),
        "choice": _("one of several"),
        "choices": _("some of several"),
        "yes_no": _("yes or no"),
        "scenario": _("a scenario"),
        "country": _("a country"),
        "tags": _("tags"),
        "file": _("a file"),
    },
}


def said(words: Words) -> str:
    """In the reader's language."""
    return choose(words.zh, words.en)


def path(parts: Sequence[Any]) -> str:
    """Where something is wrong, for people: "Stages › 2 › Criteria › 1 › Highest mark"."""
    return " › ".join(_step(part) for part in parts)


def _step(part: Any) -> str:
    if isinstance(part, int):
        return str(part + 1)
    return str(LABELS.get(part, part))


def choice(field: str, value: str) -> str:
    return str(CHOICES[field].get(value, value))


def listed(words: Iterable[str]) -> str:
    """ "a, b, c" as each language writes it."""
    return str(_(", ")).join(str(w) for w in words)
