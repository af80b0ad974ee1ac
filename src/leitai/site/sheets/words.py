"""What the algorithms say, in the reader's language.

Algorithms speak English in templates; the ones a report shows are listed here, so that each has
its Chinese.
"""

from django.utils.translation import gettext, gettext_noop, ngettext

from leitai.algorithms.assignment import Reason
from leitai.algorithms.notes import Note

SAID = (
    gettext_noop("The score is the mean of all jurors' marks."),
    gettext_noop(
        "The highest and the lowest mark are left out; the score is the mean of the others. "
        "With fewer than {smallest} marks all count."
    ),
    gettext_noop("Only {sheets} marks, fewer than {least}: all count."),
    gettext_noop("The score is the middle mark, or the mean of the two middle ones."),
    gettext_noop(
        "Each juror's marks are standardised by that juror's own mean and spread; "
        "the score is {centre} + {spread} × the mean of the standardised marks."
    ),
    gettext_noop(
        "The jury falls into {parts} parts that share no juror (entries/jurors: {sizes}). "
        "Marks cannot be compared across them: let jurors read entries of another part, "
        "or use the plain mean with places per part."
    ),
    gettext_noop(
        "{short} of {jurors} jurors have fewer than {least} sheets (the fewest: {fewest}), "
        "too few to tell a strict juror from weak entries. Give them more entries, "
        "or use the plain mean."
    ),
    gettext_noop(
        "{group}: {places} places for {candidates} candidates = floor {floor} "
        "+ share {whole} + remainder {by_remainder}"
    ),
    gettext_noop("{group}: {n} level for {left} places: {entries}"),
    gettext_noop("{n} level for {left} places: {entries}"),
    gettext_noop("{n} level for the last {left} of the reserves: {entries}"),
    gettext_noop("One of them said no, or is bound to others."),
    gettext_noop("There is no slot in which both are free."),
    gettext_noop("No table or interpreter that suits them is there in their {n} common slots."),
    gettext_noop("{who} has all of its {most} meetings with others."),
    gettext_noop("In the {n} slots that both have left, tables, interpreters or breaks run short."),
    gettext_noop("In each of their {n} common slots one of them meets somebody else."),
    gettext_noop("There is no {host}, no {team} or no slot {slot}."),
    gettext_noop("{host} and {team} meet {n} times; once is enough."),
    gettext_noop("{party} is not free in slot {slot}: choose another slot or change the diary."),
    gettext_noop("{host} and {team}: one of them said no to the other."),
    gettext_noop("{host} and {team} are ruled out by hand."),
    gettext_noop("{party} is bound to others and may not meet {other}."),
    gettext_noop(
        "{party} has {n} meetings; {most} is the most: take some out or raise the number."
    ),
    gettext_noop("{party} has two meetings in slot {slot}: move one of them."),
    gettext_noop("{party} meets in slots {slot} and {next}, with less than {gap} free between."),
    gettext_noop(
        "Slot {slot} has {n} fixed meetings and {tables} tables: {short} of them find no table "
        "or interpreter that suits. Move some to another slot or add tables or interpreters."
    ),
)


def said(note: Note) -> str:
    return gettext(note.english).format(**note.params)


def why(reason: Reason) -> str:
    """Why a juror sits on a panel, from the numbers in the reason."""
    standing = {
        "fixed": gettext("seated by hand, number {place} of {free} free {kind} jurors"),
        "kept": gettext("kept this seat, number {place} of {free} free {kind} jurors"),
        "joined": gettext("seated to join the panels, number {place} of {free} free {kind} jurors"),
        "strongest": gettext("strongest of {free} free {kind} jurors"),
        "next": gettext("number {place} of {free} free {kind} jurors, {full} stronger are full")
        if reason.full
        else gettext("number {place} of {free} free {kind} jurors, the stronger sit elsewhere"),
    }[reason.code].format(place=reason.place, free=reason.free, kind=reason.kind, full=reason.full)
    tags = gettext("no tags given")
    if reason.wanted:
        tags = ngettext("shares {n} of {wanted} tag", "shares {n} of {wanted} tags", reason.wanted)
        tags = tags.format(n=len(reason.shared), wanted=reason.wanted)
    return gettext("{standing}; {tags}").format(standing=standing, tags=tags)
