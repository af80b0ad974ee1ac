"""Why a jury cannot be seated, in the reader's language.

The algorithm's English bends with the numbers ("1 juror", "2 jurors"); Chinese does not, so each
code has one sentence here, and codes whose English never bends are looked up as they are.
"""

import re

from django.utils.translation import get_language, gettext, gettext_noop

from leitai.algorithms.assignment import Shortage, Unseatable
from leitai.algorithms.notes import Note

BENDING = {
    "few_free": gettext_noop("{whose} {have} free jurors and needs {need}{why}."),
    "few_free_of_kind": gettext_noop(
        "{whose} {have} free jurors of the kind {kind} and needs {need}{why}."
    ),
    "add_jurors": gettext_noop("Add {n} jurors they have no conflict with,"),
    "add_jurors_of_kind": gettext_noop(
        "Add {n} jurors of the kind {kind} they have no conflict with,"
    ),
}
WHY_NOT = {
    "conflicts": gettext_noop("{conflicts} in conflict"),
    "unread": gettext_noop("{unread} do not read its language"),
    "barred": gettext_noop("{barred} ruled out by hand"),
}
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
SAID = (
    gettext_noop("Juror {juror} is fixed on entry {entry} and has a conflict with it."),
    gettext_noop("Take the fixed seat away."),
    gettext_noop("Entry {entry} has {fixed} fixed jurors and asks for {need}."),
    gettext_noop("Juror {juror} is fixed on {fixed} entries and carries at most {most}."),
    gettext_noop("Raise the load to {load}."),
    gettext_noop("Raise the load to {load},"),
    gettext_noop(
        "{whose} free jurors of {have} organisations and {need} must sit, each of another."
    ),
    gettext_noop("Add jurors of other organisations, or allow two of one."),
    gettext_noop("{whose} a panel of {need} and kinds that make {asks} ({parts})."),
    gettext_noop("Ask for {asks} jurors, or fewer of a kind."),
    gettext_noop("or ask for {have}."),
    gettext_noop("Juror {juror} is to carry at least {least} sheets and may read {reach} entries."),
    gettext_noop("Lower the least load to {reach}."),
    gettext_noop("{entries} entries need {need} seats; {jurors} jurors carry at most {carry}."),
    gettext_noop(
        "{entries} entries need {k} jurors each = {need} seats; "
        "{jurors} jurors x at most {load} = {carry}."
    ),
    gettext_noop("add {n} jurors"),
    gettext_noop("or ask for {k} per entry."),
    gettext_noop(
        "{entries} entries need {need} {kind} seats; {jurors} {kind} jurors carry at most {carry}."
    ),
    gettext_noop("Add {n} {kind} jurors, raise their load or ask for fewer."),
    gettext_noop(
        "{jurors} jurors are to carry at least {least} sheets together; there are {seats}."
    ),
    gettext_noop("Lower the least load to {even}."),
    gettext_noop("Shares of seats would fit, but no whole seats were found in the time allowed."),
    gettext_noop("Raise a load by 1 or leave out a wish, or allow more time."),
    gettext_noop(
        "{entries} entries ({named}{groups}) need {need} {kind} seats; the {jurors} {kind} "
        "jurors who may take them carry at most {carry}."
    ),
    gettext_noop(
        "{entries} entries ({named}{groups}) need {need} seats; the {jurors} jurors who may "
        "take them carry at most {carry}."
    ),
    gettext_noop("Raise the load of these jurors by {by},"),
    gettext_noop("add {n} {kind} jurors who may read them"),
    gettext_noop("add {n} jurors who may read them"),
    gettext_noop("or ask for fewer jurors there."),
    gettext_noop(
        "{jurors} jurors ({named}) are to carry at least {least} sheets together; the entries "
        "they may read have {seats} seats for them."
    ),
    gettext_noop("Lower their least load, or widen what they may read."),
    gettext_noop(
        "Together these cannot hold: {rules}. At least {missing} of {seats} seats stay empty."
    ),
    gettext_noop("Loosen any one of them: {rules}."),
    gettext_noop("With no pair likelier than {cap}, {missing} of {seats} seats stay empty."),
    gettext_noop("Raise the highest probability, or add jurors."),
)


def refused(refusal: Unseatable) -> str:
    """Every shortage on a line of its own, with its ways out."""
    if not (get_language() or "en").startswith("zh"):
        return str(refusal)
    return "\n".join(_line(shortage) for shortage in refusal.shortages)


def _line(shortage: Shortage) -> str:
    told = "".join(_said(note) for note in (shortage.note, *shortage.ways_out))
    return told[:-1] + "。" if told.endswith("，") else told


def _said(note: Note) -> str:
    params = dict(note.params)
    single = params.get("n_entries") == 1
    if "n_entries" in params:
        whose = gettext("Entry {entry} has") if single else gettext("{n} entries ({named}) have")
        named = _named(str(params["named"]))
        params["whose"] = whose.format(entry=params["entry"], n=params["n_entries"], named=named)
    if "named" in params:
        params["named"] = _named(str(params["named"]))
    if isinstance(codes := params.get("codes"), tuple):
        params["rules"] = gettext(", ").join(gettext(RULES[code]) for code in codes)
    why = [gettext(text).format(**params) for key, text in WHY_NOT.items() if params.get(key)]
    params["why"] = ""
    if why and single:
        params["why"] = gettext(" ({why})").format(why=gettext(", ").join(why))
    return gettext(BENDING.get(note.code, note.english)).format(**params)


def _named(names: str) -> str:
    """The algorithm's short list of names, with its "and 40 more" in the reader's language."""
    short = re.fullmatch(r"(.*) and (\d+) more", names)
    if short is None:
        return names
    return gettext("{names} and {n} more").format(names=short[1], n=short[2])
