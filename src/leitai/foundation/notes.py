"""What calibration says about jurors and the line, in the reader's language.

Algorithms speak English in templates with numbers; those that pages and reports show are listed
here, so that each has its Chinese.
"""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop

from leitai.algorithms.notes import Note

THE_CUT = (
    gettext_noop("There are no sheets yet."),
    gettext_noop(
        "{places} places: {safe_in} entries are safely in, {safe_out} safely out, and for "
        "{borderline} the marks cannot tell."
    ),
    gettext_noop("Of the {places} likeliest entries about {right} are expected to belong there."),
    gettext_noop("{entries} entries have no sheet yet; their chances are those of anybody."),
    gettext_noop(
        "Jurors differ by about {severity} marks in severity (an entry's own quality moves a mark "
        "by about {quality}, chance by about {noise})."
    ),
    gettext_noop(
        "Jurors have {usual} sheets each at the median, too few to tell a strict juror from "
        "weak entries: scores lean towards the plain mean and ranges are wide."
    ),
    gettext_noop(
        "The entries fall into {parts} parts ({sizes}) that share no juror, not even by way of "
        "others. Marks cannot tell a strict part of the jury from a weak part of the entries: "
        "chances across parts rest on the belief that they were alike. Give each part its own "
        "places, or let some jurors mark in two parts."
    ),
    gettext_noop("This formula cannot be used on these sheets."),
    gettext_noop(
        "{moved} of {places} places would go to others; {right} of the list are expected to "
        "belong there, instead of {ours}."
    ),
    gettext_noop(
        "Entry {entry} belongs in with a chance of {chance} %: near the line, so one more mark "
        "tells most, and juror {juror} has not seen it."
    ),
)
JURORS = (
    gettext_noop("Nothing stands out in {sheets} sheets."),
    gettext_noop("Marks about {by} higher than an average juror ({low} to {high})."),
    gettext_noop("Marks about {by} lower than an average juror ({low} to {high})."),
    gettext_noop(
        "Spreads marks more than others: good and weak entries lie {times} times as far apart."
    ),
    gettext_noop(
        "Stays near the middle: good and weak entries lie only {times} times as far "
        "apart as with others."
    ),
    gettext_noop("Too few sheets ({sheets}) to tell agreement or drift."),
    gettext_noop(
        "Agrees less with the other jurors than is usual here (correlation {value}, {low} to "
        "{high}, usually {usual}). The juror may see what others miss: worth a talk."
    ),
    gettext_noop("Marks rose by about {by} from the first sheet to the last ({low} to {high})."),
    gettext_noop("Marks fell by about {by} from the first sheet to the last ({low} to {high})."),
    gettext_noop(
        "Marks scatter far more than usual here, or hardly follow quality (chance {percent} "
        "%). Calibration already gives them less weight; a look at the sheets may tell why."
    ),
    gettext_noop(
        "Jurors {one} and {other} gave the same marks on {equal} of {shared} entries they both "
        "saw; two jurors here usually do so on {usual} %. There may be a good reason: ask."
    ),
    gettext_noop(
        "The comments of juror {one} on entry {first} and of juror {other} on entry {second} are "
        "{percent} % the same."
    ),
)
"""Never a verdict: a strict juror is not a bad one, and calibration has allowed for it."""


def said(note: Note) -> str:
    return gettext(note.english).format(**note.params)


def told(notes: Iterable[Note]) -> list[str]:
    return [said(note) for note in notes]
