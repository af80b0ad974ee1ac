"""A run of show to begin with: a welcome, every pitch, breaks between them, the results."""

from collections.abc import Sequence
from dataclasses import dataclass

from leitai.rooms.finals.rules.states import CueKind

BREAK_AFTER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CueIn:
    kind: str
    zh: str
    en: str
    minutes: int
    slot: int | None = None


def written(slots: Sequence[tuple[int, str]], *, turn: int) -> list[CueIn]:
    """`slots` are ids with codes, in order.

    >>> [cue.kind for cue in written([(1, "A"), (2, "B")], turn=15)]
    ['speech', 'pitch', 'pitch', 'awards']
    """
    made = [CueIn(kind=CueKind.SPEECH.value, zh="欢迎与规则", en="Welcome and rules", minutes=10)]
    for n, (slot, code) in enumerate(slots):
        if n and n % BREAK_AFTER == 0:
            made.append(CueIn(kind=CueKind.BREAK.value, zh="休息", en="Break", minutes=10))
        made.append(CueIn(kind=CueKind.PITCH.value, zh=code, en=code, minutes=turn, slot=slot))
    last = CueIn(kind=CueKind.AWARDS.value, zh="公布成绩", en="Results", minutes=15)
    return [*made, last]
