"""What the assignment says, in the reader's language.

Algorithms speak English and hand over numbers; here each of their sentences has its translation.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from leitai.rooms.jury.rules.states import JurorKind

STANDINGS = {
    "fixed": gettext_lazy("keeps the sheet that is sealed"),
    "kept": gettext_lazy("keeps the seat"),
    "joined": gettext_lazy("seated so that all panels can be compared"),
    "strongest": gettext_lazy("fits best of {free} free {kind} jurors"),
    "next": gettext_lazy(
        "number {place} of {free} free {kind} jurors; {full} better ones are full"
    ),
    "telling": gettext_lazy("of the jurors still free, this one's marks tell most"),
    "by_hand": gettext_lazy("seated by hand"),
    "imported": gettext_lazy("came with a table of marks"),
}


def say_reason(reason: Mapping[str, Any]) -> str:
    """Why this juror sits here."""
    values = {**reason, "kind": _kind(reason.get("kind", ""))}
    standing = STANDINGS.get(reason.get("code", ""))
    if standing is None:
        return ""
    said = str(standing).format(**values)
    if reason.get("shared"):
        shared = _("shares {n} of {wanted} tags: {tags}")
        tags = ", ".join(reason["shared"][:4])
        shared = shared.format(n=len(reason["shared"]), wanted=reason["wanted"], tags=tags)
        said = f"{said}; {shared}"
    return f"{_line(reason)}{said}"


def _line(reason: Mapping[str, Any]) -> str:
    """Of a second look, where the entry stands."""
    if "chance" in reason:
        return _("belongs in with a chance of {n} %; ").format(n=reason["chance"])
    return _("rank {n}; ").format(n=reason["rank"]) if "rank" in reason else ""


def say_note(note: Mapping[str, Any]) -> str:
    """A sentence of the algorithm's with its numbers."""
    params = dict(note["params"])
    if "kind" in params:
        params["kind"] = _kind(params["kind"])
    if "whose" in params:
        n = params["n_entries"]
        whose = _("Entry {entry} has") if n == 1 else _("{n} entries have")
        params["whose"] = whose.format(entry=params["entry"], n=n)
    sentence = note["english"]
    return _(sentence).format(**params)


def _kind(kind: str) -> str:
    return str(JurorKind(kind).label) if kind in JurorKind.values else str(kind)


# Word for word as the algorithm has them, so that translators see them.
SENTENCES = (
    gettext_noop("finding where one more review tells most"),
    gettext_noop("choosing likely pairs"),
    gettext_noop("finding the best total"),
    gettext_noop("lifting the panel that fits least"),
    gettext_noop("settling whole seats"),
    gettext_noop("joining the panels"),
    gettext_noop("done"),
    gettext_noop("Juror {juror} is fixed on entry {entry} and has a conflict with it."),
    gettext_noop("Take the fixed seat away."),
    gettext_noop("Entry {entry} has {fixed} fixed jurors and asks for {need}."),
    gettext_noop("Juror {juror} is fixed on {fixed} entries and carries at most {most}."),
    gettext_noop("Raise the load to {load}."),
    gettext_noop("Raise the load to {load},"),
    gettext_noop(
        "{whose} free jurors of only {have} organisations and needs {need} different ones."
    ),
    gettext_noop("Add jurors of other organisations, or allow two of one."),
    gettext_noop("{whose} a panel of {need} and kinds that make {asks} ({parts})."),
    gettext_noop("Ask for {asks} jurors, or fewer of a kind."),
    gettext_noop("{whose} {have} free {kind} jurors and needs {need} each."),
    gettext_noop("{whose} {have} free jurors and needs {need} each."),
    gettext_noop(
        "{whose} {have} free {kind} jurors and needs {need} "
        "({conflicts} in conflict, {unread} do not read it, {barred} ruled out)."
    ),
    gettext_noop(
        "{whose} {have} free jurors and needs {need} "
        "({conflicts} in conflict, {unread} do not read it, {barred} ruled out)."
    ),
    gettext_noop("Add {n} {kind} jurors they have no conflict with,"),
    gettext_noop("Add {n} jurors they have no conflict with,"),
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
)
