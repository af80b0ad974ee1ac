"""Why a jury cannot be seated and which rule a seat would break, in the reader's language.

The algorithm's English bends with its numbers ("1 juror", "2 jurors"), so in English it speaks for
itself; Chinese does not bend, and each code of the algorithm has one sentence here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from leitai.rooms.jury.rules.states import JurorKind

COMMA = gettext_noop("Raise the load to {load},")  # where other ways follow
RULES = {
    "fixed": gettext_noop("fixed seats"),
    "barred": gettext_noop("seats ruled out by hand"),
    "languages": gettext_noop("languages"),
    "least_loads": gettext_noop("least loads"),
    "organisations": gettext_noop("one juror per organisation"),
    "mix": gettext_noop("kinds on each panel"),
    "conflicts": gettext_noop("conflicts"),
    "highest_loads": gettext_noop("highest loads"),
}
WHY_NOT = {
    "conflicts": gettext_noop("{conflicts} in conflict"),
    "unread": gettext_noop("{unread} do not read its language"),
    "barred": gettext_noop("{barred} ruled out by hand"),
}
LACKS = {
    "fixed_conflict": gettext_noop(
        "Juror {juror} is fixed on entry {entry} and has a conflict with it."
    ),
    "fixed_panel": gettext_noop("Entry {entry} has {fixed} fixed jurors and asks for {need}."),
    "fixed_load": gettext_noop(
        "Juror {juror} is fixed on {fixed} entries and carries at most {most}."
    ),
    "few_free": gettext_noop("{whose} {have} free jurors and needs {need}{why}."),
    "few_free_of_kind": gettext_noop(
        "{whose} {have} free jurors of the kind {kind} and needs {need}{why}."
    ),
    "few_organisations": gettext_noop(
        "{whose} free jurors of {have} organisations and {need} must sit, each of another."
    ),
    "mix_too_large": gettext_noop(
        "{whose} a panel of {need} and kinds that make {asks} ({parts})."
    ),
    "least_load": gettext_noop(
        "Juror {juror} is to carry at least {least} sheets and may read {reach} entries."
    ),
    "too_few_seats": gettext_noop(
        "{entries} entries need {need} seats; {jurors} jurors carry at most {carry}."
    ),
    "too_few_seats_even": gettext_noop(
        "{entries} entries need {k} jurors each = {need} seats; "
        "{jurors} jurors x at most {load} = {carry}."
    ),
    "too_few_of_kind": gettext_noop(
        "{entries} entries need {need} {kind} seats; {jurors} {kind} jurors carry at most {carry}."
    ),
    "least_loads": gettext_noop(
        "{jurors} jurors are to carry at least {least} sheets together; there are {seats}."
    ),
    "no_whole_seats": gettext_noop(
        "Shares of seats would fit, but no whole seats were found in the time allowed."
    ),
    "crowd": gettext_noop(
        "{entries} entries ({named}{groups}) need {need} seats; the {jurors} jurors who may "
        "take them carry at most {carry}."
    ),
    "crowd_of_kind": gettext_noop(
        "{entries} entries ({named}{groups}) need {need} {kind} seats; the {jurors} {kind} "
        "jurors who may take them carry at most {carry}."
    ),
    "idle": gettext_noop(
        "{jurors} jurors ({named}) are to carry at least {least} sheets together; the entries "
        "they may read have {seats} seats for them."
    ),
    "together": gettext_noop(
        "Together these cannot hold: {rules}. At least {missing} of {seats} seats stay empty."
    ),
    "too_even": gettext_noop(
        "With no pair likelier than {cap}, {missing} of {seats} seats stay empty."
    ),
    "no_seating": gettext_noop("{missing} of {seats} seats cannot be filled with all rules kept."),
}
WAYS = {
    "unfix": gettext_noop("Take the fixed seat away."),
    "raise_load": gettext_noop("Raise the load to {load}."),
    "raise_load_by": gettext_noop("Raise the load of these jurors by {by},"),
    "add_houses": gettext_noop("Add jurors of other organisations, or allow two of one."),
    "larger_panel": gettext_noop("Ask for {asks} jurors, or fewer of a kind."),
    "add_jurors": gettext_noop("Add {n} jurors they have no conflict with,"),
    "add_jurors_of_kind": gettext_noop(
        "Add {n} jurors of the kind {kind} they have no conflict with,"
    ),
    "add_jurors_to_total": gettext_noop("add {n} jurors"),
    "add_kind": gettext_noop("Add {n} {kind} jurors, raise their load or ask for fewer."),
    "add_fitting": gettext_noop("add {n} jurors who may read them"),
    "add_fitting_of_kind": gettext_noop("add {n} {kind} jurors who may read them"),
    "ask_fewer": gettext_noop("or ask for {have}."),
    "ask_fewer_there": gettext_noop("or ask for fewer jurors there."),
    "smaller_panels": gettext_noop("or ask for {k} per entry."),
    "lower_least": gettext_noop("Lower the least load to {reach}."),
    "lower_least_all": gettext_noop("Lower the least load to {even}."),
    "lower_these_least": gettext_noop("Lower their least load, or widen what they may read."),
    "loosen": gettext_noop("Raise a load by 1 or leave out a wish, or allow more time."),
    "leave_one": gettext_noop("Loosen any one of them: {rules}."),
    "raise_cap": gettext_noop("Raise the highest probability, or add jurors."),
}
FAULTS = {
    "unknown_entry": gettext_noop("There is no entry {entry}"),
    "unknown_juror": gettext_noop("There is no juror {juror}"),
    "twice": gettext_noop("Juror {juror} sits twice on entry {entry}"),
    "conflict": gettext_noop("Juror {juror} has a conflict with entry {entry}"),
    "own_organisation": gettext_noop(
        "Juror {juror} and entry {entry} are of the same organisation"
    ),
    "forbidden": gettext_noop("Juror {juror} is ruled out for entry {entry}"),
    "language": gettext_noop("Juror {juror} does not read entry {entry}'s language"),
    "fixed_missing": gettext_noop("Juror {juror} is fixed on entry {entry} and does not sit there"),
    "panel_size": gettext_noop("Entry {entry} has {has} of {size} jurors"),
    "panel_mix": gettext_noop("Entry {entry} has {has} {kind} jurors and needs {least}"),
    "same_organisation": gettext_noop(
        "Entry {entry} has {n} jurors of {organisation}; one is the limit"
    ),
    "load_max": gettext_noop("Juror {juror} carries {load} sheets; {most} is the limit"),
    "load_min": gettext_noop(
        "Juror {juror} carries {load} sheets and should carry at least {least}"
    ),
}
SENTENCES = {**LACKS, **WAYS, **FAULTS}


def say_note(note: Mapping[str, Any]) -> str:
    """A sentence of the algorithm's with its numbers, as it was kept."""
    params = {**note["params"]}
    if "kind" in params:
        params["kind"] = _kind(str(params["kind"]))
    if not _reads_chinese():
        return str(note["english"]).format(**params)
    fixed = note["english"] == COMMA or note["code"] not in SENTENCES
    sentence = note["english"] if fixed else SENTENCES[note["code"]]
    return _(sentence).format(**{**params, **_parts(params)})


def say_ways(ways: Iterable[Mapping[str, Any]]) -> str:
    """One sentence of several ways out; some of them end with a comma."""
    told = [say_note(way) for way in ways]
    if not _reads_chinese():
        return " ".join(told)
    joined = "".join(told)
    return joined[:-1] + "。" if joined.endswith("，") else joined


def _reads_chinese() -> bool:
    return (get_language() or "en").startswith("zh")


def _parts(params: Mapping[str, Any]) -> dict[str, str]:
    """Those parts of a sentence that the algorithm hands over in English."""
    found = {"why": _why(params)}
    if "named" in params:
        found["named"] = _named(str(params["named"]))
    if "whose" in params:
        single = params["n_entries"] == 1
        whose = _("Entry {entry} has") if single else _("{n} entries ({named}) have")
        found["whose"] = whose.format(**{**params, **found}, n=params["n_entries"])
    if "codes" in params:
        found["rules"] = _(", ").join(_(RULES[code]) for code in params["codes"])
    if "parts" in params:
        kinds = (part.split(" ", 1) for part in str(params["parts"]).split(" + "))
        found["parts"] = " + ".join(f"{n} {_kind(kind)}" for n, kind in kinds)
    return found


def _why(params: Mapping[str, Any]) -> str:
    """Told of a single entry; several differ."""
    if params.get("n_entries") != 1:
        return ""
    why = [_(words).format(**params) for name, words in WHY_NOT.items() if params.get(name)]
    return _(" ({why})").format(why=_(", ").join(why)) if why else ""


def _named(names: str) -> str:
    """The algorithm's short list of names, with its "and 40 more" in the reader's language."""
    short = re.fullmatch(r"(.*) and (\d+) more", names)
    if short is None:
        return names
    return _("{names} and {n} more").format(names=short[1], n=short[2])


def _kind(kind: str) -> str:
    return str(JurorKind(kind).label) if kind in JurorKind.values else kind
