"""What is looked at again before somebody gets a prize."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from leitai.rooms.finals.rules.states import DiligenceState
from leitai.values.verdict import YES, Verdict, no

ITEMS = {
    "identity": _("who they are: register, people, signatures"),
    "ownership": _("rights: patents, licences, who may use the work"),
    "originality": _("originality: sources, earlier prizes, other contests"),
    "claims": _("claims: customers, figures, results seen at work"),
    "conflicts": _("ties to jurors and organisers"),
}
WORDS = {"": _("not looked at"), "fine": _("in order"), "wrong": _("not in order")}


def may_note(state: str, *, items: Mapping[str, str]) -> Verdict:
    if state != DiligenceState.OPEN:
        return no("concluded", _("This check is concluded."))
    if set(items) - set(ITEMS) or set(items.values()) - set(WORDS):
        return no("no_such_item", _("Please choose from the list of what is looked at."))
    return YES


def may_conclude(state: str, *, items: Mapping[str, str], note: str) -> Verdict:
    """Passed when everything is in order; failed with a reason, which the team reads."""
    if state == DiligenceState.PASSED and any(items.get(code) != "fine" for code in ITEMS):
        return no("not_all_fine", _("Something is not in order yet, or was not looked at."))
    if state == DiligenceState.FAILED and not note.strip():
        return no("no_reason", _("Please say why; the record keeps it."))
    return YES
