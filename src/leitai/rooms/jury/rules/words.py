"""Why a juror sits where they sit, in the reader's language."""

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


def _kind(kind: str) -> str:
    return str(JurorKind(kind).label) if kind in JurorKind.values else str(kind)


# Word for word as the algorithm has them while it works, so that translators see them.
DOING = (
    gettext_noop("finding where one more review tells most"),
    gettext_noop("choosing likely pairs"),
    gettext_noop("finding the best total"),
    gettext_noop("lifting the panel that fits least"),
    gettext_noop("settling whole seats"),
    gettext_noop("joining the panels"),
    gettext_noop("done"),
)
