"""Who sees what of a stage's judging, and from when on: one table, asked by every door.

First jurors mark independently; then they may discuss the entries on which they differ; then the
judging is closed. What somebody sees depends on the phase, on what they are there, and on whether
the panel is blind, and on nothing else. The conflicted have no line here: they see `NOTHING`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JudgingState(TextChoices):
    """The phase of a stage's judging."""

    INDEPENDENT = "independent", _("jurors mark independently")
    DISCUSSION = "discussion", _("discussion")
    CLOSED = "closed", pgettext_lazy("judging", "closed")


JUDGING_MOVES: dict[str, set[str]] = {
    JudgingState.INDEPENDENT: {JudgingState.DISCUSSION, JudgingState.CLOSED},
    JudgingState.DISCUSSION: {JudgingState.CLOSED},
    JudgingState.CLOSED: set(),
}


class Viewer(TextChoices):
    """As what somebody looks at a stage."""

    JUROR = "juror", _("juror of the entry")
    CHAIR = "chair", _("chair of the jury")
    ORGANISER = "organiser", _("organiser")
    SECRETARIAT = "secretariat", _("secretariat")
    SUPERVISOR = "supervisor", _("supervisor")
    CO_HOST = "co_host", _("co-host")
    DEMAND_OWNER = "demand_owner", _("owner of the answered demand")
    TEAM = "team", _("the entry's own team")
    ANYBODY = "anybody", _("everybody else")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Plain facts: may this be seen? Of marks and words those of others are meant."""

    names: bool = False  # of people and organisations behind an entry
    papers: bool = False  # what the entry handed in beyond its public card
    figures: bool = False  # how far the jury is, in numbers
    sheets: bool = False  # which sheets there are, and which are sealed
    jurors: bool = False  # by name; otherwise they are numbers
    marks: bool = False  # and totals
    comments: bool = False  # written for the team
    standing: bool = False  # scores and places, before anything is published

    def __and__(self, other: "Sight") -> "Sight":
        return Sight(**{f: getattr(self, f) and getattr(other, f) for f in FACTS})

    def __or__(self, other: "Sight") -> "Sight":
        return Sight(**{f: getattr(self, f) or getattr(other, f) for f in FACTS})


FACTS: Mapping[str, object] = {
    "names": _("names of people and organisations"),
    "papers": _("what the entry handed in"),
    "figures": _("how far the jury is"),
    "sheets": _("which sheets are sealed"),
    "jurors": _("jurors by name"),
    "marks": _("others' marks and totals"),
    "comments": _("others' words to the team"),
    "standing": _("scores and places before they are published"),
}
assert [field.name for field in fields(Sight)] == list(FACTS)
NOTHING = Sight()

ALWAYS = frozenset(JudgingState)
LATER = frozenset({JudgingState.DISCUSSION, JudgingState.CLOSED})
CLOSED = frozenset({JudgingState.CLOSED})
NEVER: frozenset[JudgingState] = frozenset()

# What is not named is never seen.
TABLE: Mapping[Viewer, Mapping[str, frozenset[JudgingState]]] = {
    Viewer.JUROR: {
        "names": ALWAYS, "papers": ALWAYS, "sheets": LATER, "jurors": LATER, "marks": LATER,
        "comments": LATER,
    },
    Viewer.CHAIR: {
        "names": ALWAYS, "papers": ALWAYS, "figures": ALWAYS, "sheets": LATER, "jurors": LATER,
        "marks": LATER, "comments": LATER,
    },
    Viewer.ORGANISER: dict.fromkeys(FACTS, ALWAYS),
    Viewer.SECRETARIAT: {
        "names": ALWAYS, "papers": ALWAYS, "figures": ALWAYS, "sheets": ALWAYS, "jurors": ALWAYS,
        "marks": CLOSED, "comments": CLOSED,
    },
    Viewer.SUPERVISOR: {
        "names": ALWAYS, "figures": ALWAYS, "sheets": ALWAYS, "jurors": ALWAYS, "marks": CLOSED,
        "comments": CLOSED,
    },
    Viewer.CO_HOST: {"names": ALWAYS},
    Viewer.DEMAND_OWNER: {"names": ALWAYS, "papers": ALWAYS},
    Viewer.TEAM: {"names": ALWAYS, "papers": ALWAYS},
    Viewer.ANYBODY: {"names": ALWAYS},
}  # fmt: skip

# On a blind panel these come later, or never: a promise made to jurors as much as to teams.
BLIND: Mapping[tuple[Viewer, str], frozenset[JudgingState]] = {
    (Viewer.JUROR, "names"): CLOSED,
    (Viewer.CHAIR, "names"): CLOSED,
    (Viewer.ANYBODY, "names"): CLOSED,
    (Viewer.JUROR, "jurors"): NEVER,
    (Viewer.CHAIR, "jurors"): NEVER,
}


def sees(viewer: Viewer, phase: str, *, blind: bool) -> Sight:
    """What this viewer sees of an entry without a tie to it.

    >>> sees(Viewer.JUROR, "independent", blind=True)  # doctest: +ELLIPSIS
    Sight(names=False, papers=True, ... marks=False, comments=False, standing=False)
    """
    when = dict(TABLE[viewer])
    if blind:
        when |= {fact: phases for (who, fact), phases in BLIND.items() if who == viewer}
    return Sight(**{fact: phase in phases for fact, phases in when.items()})


def seen_by(viewers: Iterable[Viewer], phase: str, *, blind: bool) -> Sight:
    """Somebody who is several things at once: those who work for the contest see what any of
    their roles sees, but whoever marks here sees no more than a juror does."""
    seen, limit = NOTHING, None
    for viewer in viewers:
        sight = sees(viewer, phase, blind=blind)
        if viewer in (Viewer.JUROR, Viewer.CHAIR):
            limit = sight if limit is None else limit | sight
        else:
            seen |= sight
    return seen if limit is None else limit
