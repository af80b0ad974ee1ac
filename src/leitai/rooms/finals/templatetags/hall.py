"""How the pages of a running session say things: {% load hall %}."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leitai.foundation.words import choose
from leitai.rooms.finals.models import Ballot, Cue, Session, Slot, TieTalk
from leitai.rooms.finals.queries.hall import Hall, Turn
from leitai.rooms.finals.rules import SlotState
from leitai.rooms.finals.rules.audience import FLAGS
from leitai.rooms.jury.rules import plain

register = template.Library()


@register.simple_tag
def seat_words() -> SafeString:
    """What the script of the juror's page in the hall says."""
    words = {
        "on_server": _("On the server, {time}"),
        "waiting": _("No connection; waiting on this device: {n}"),
        "sending": _("Sending…"),
        "held": _("Waiting on this device: {n}"),
        "signed_out": _("Signed out; waiting on this device: {n}."),
        "other_person": _("Somebody else is signed in; waiting on this device: {n}"),
        "sign_in": _("Sign in"),
        "pitch": _("pitch"),
        "questions": _("questions"),
        "is_tied": _("a tie: you do not mark it"),
        "absent": _("absent"),
        "withdrawn": _("withdrawn"),
        "to_come": _("to come"),
        "not_marked": _("not marked yet"),
        "begun": _("begun, not confirmed"),
        "waits": _("waiting on this device"),
        "seal_waits": _("confirmed; waiting on this device"),
        "refused": _("not taken"),
        "sealed": _("confirmed, on the server"),
        "seal": _("Confirm {total} for number {number}, {title}?"),
        "missing": _("Marks still missing: {n}"),
        "off_scale": _("{name}: from {low} to {high} in steps of {by}."),
        "moved": _("was number {n}"),
        "order_waits": _("Marks waiting on this device are sent after that: {names}"),
        "no_net": _("This needs a connection; please try again."),
        "does_not_pitch": _("This entry does not pitch."),
        "yours_lost": _("{name} was confirmed from another device with other marks; these stand."),
        "shut_yet": _("Scoring is not open yet."),
        "shut_closed": _("Scoring is closed; ask the scorekeeper."),
    }
    return json_script(words, "seat-words")


@register.filter
def both(pair: Mapping[str, str]) -> str:
    """A pair of names in the reader's language, the other one rather than nothing."""
    return choose(pair.get("zh", ""), pair.get("en", ""))


@register.filter
def of(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping.get(key, "")


@register.filter
def cue_words(cue: Cue) -> str:
    """Its title, or the entry that pitches."""
    if cue.slot is not None:
        return f"{cue.slot.position} {cue.slot.entry.title}"
    return cue.title or cue.get_kind_display()


@register.filter
def turn_state(turn: Turn) -> str:
    return str(SlotState(turn.state).label)


@register.filter
def summary(turn: Turn) -> str:
    """The public line of an entry; made-up ones have none."""
    return turn.row.entry.line if isinstance(turn.row, Slot) else ""


@register.filter
def phase_minutes(session: Session, place: int) -> int:
    codes = dict(session.clock.phases)
    return codes.get(("pitch", "questions")[place], 0) // 60


@register.filter
def signed(number: Decimal) -> str:
    """>>> signed(Decimal("-12.500"))
    '−12.5'
    """
    return ("+" if number > 0 else "−") + plain(abs(number))


@register.filter
def talk_words(talk: TieTalk, hall: Hall) -> str:
    turns = [hall.by_id[e] for e in talk.order if e in hall.by_id]
    return " > ".join(f"{turn.number} {both(turn.title)}" for turn in turns)


@register.filter
def why_doubtful(ballot: Ballot) -> str:
    return " · ".join(str(FLAGS.get(flag, flag)) for flag in ballot.flags)
