"""Which entries have a party, a text or a meaning in common?"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from itertools import combinations

import numpy as np
from django.db.models import OuterRef, QuerySet, Subquery

from leitai.algorithms import lookalike
from leitai.algorithms.lookalike import encoder
from leitai.algorithms.lookalike.meaning import near_in_meaning
from leitai.rooms.contests.models import Contest
from leitai.rooms.screening.models import Echo, Flag
from leitai.rooms.screening.rules import FlagKind
from leitai.rooms.submissions.models import Entry, Version
from leitai.rooms.submissions.rules import State

MOST_ENTRIES_OF_ONE = 12
MOST_MEANT = 3000  # two minutes of reading
SHORT = 30  # characters; shorter answers are names and choices, not text
KIND_OF = {
    "code": FlagKind.SAME_ORGANISATION,
    "organisation": FlagKind.SAME_ORGANISATION,
    "email": FlagKind.SAME_PEOPLE,
    "phone": FlagKind.SAME_PEOPLE,
    "person": FlagKind.SAME_PEOPLE,
}
WORDS = ("title_zh", "title_en", "line_zh", "line_en")

Tell = Callable[[float], None]
Found = Iterator[tuple[int, int, float]]


@dataclass(frozen=True)
class Alike:
    """What a search found; nothing of it is written down yet."""

    flags: list[Flag] = field(default_factory=list)
    echoes: list[Echo] = field(default_factory=list)


def alike(contest: Contest, *, tell: Tell = lambda share: None) -> Alike:
    """Pairs within the contest, and its entries that echo another contest or edition.

    An entry that left its contest pairs with nobody. Texts are read as they were handed in: what
    a team is drafting is nobody's business.
    """
    own = _handed_in(Entry.objects.filter(contest=contest))
    entries = list(own.select_related("organisation").prefetch_related("members"))
    elsewhere = _handed_in(Entry.objects.exclude(contest=contest))
    others = [
        (pk, _joined(names, said))
        for pk, said, *names in elsewhere.values_list("pk", "said", *WORDS).iterator()
    ]
    texts = [text_of(entry) for entry in entries]
    everything = [*texts, *(text for _, text in others)]
    tell(0.05)
    found = Alike(flags=[*_same_parties(contest, entries)])
    has_words = _pairs(
        *lookalike.find(texts=everything, own=len(texts), tell=lambda s: tell(0.05 + 0.55 * s))
    )
    for one, other, score in has_words:
        likeness = Decimal(str(round(score, 3)))
        if other < len(texts):
            shown = sides(texts[one], texts[other])
            found.flags.append(
                Flag(
                    contest=contest, kind=FlagKind.SAME_TEXT, one=entries[one],
                    other=entries[other], likeness=likeness, evidence={"sides": shown},
                )
            )  # fmt: skip
        else:
            other_id, _text = others[other - len(texts)]
            found.echoes.append(Echo(entry=entries[one], other_id=other_id, likeness=likeness))
    found.flags.extend(_same_meaning(contest, entries, texts, tell=lambda s: tell(0.6 + 0.3 * s)))
    return found


def sides(one: str, other: str) -> list[list[dict[str, str]]]:
    """The longest passages two texts share, as they stand in each."""
    return [[asdict(a), asdict(b)] for a, b in lookalike.excerpts(one, other)]


def text_of(entry: Entry) -> str:
    """What the entry says, as handed in last; `said` is there when `_handed_in` asked for it."""
    said = entry.said if hasattr(entry, "said") else _last_words(entry)
    return _joined([getattr(entry, name) for name in WORDS], said)


def _handed_in(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    last = Version.objects.filter(entry=OuterRef("pk")).order_by("-number")
    rows = entries.filter(version__gt=0).exclude(state=State.WITHDRAWN).order_by("pk")
    return rows.annotate(said=Subquery(last.values("body__values")[:1]))


def _last_words(entry: Entry) -> dict[str, object] | None:
    return entry.versions.values_list("body__values", flat=True).order_by("-number").first()


def _joined(names: Sequence[str], said: dict[str, object] | None) -> str:
    written = [v for v in (said or {}).values() if isinstance(v, str) and len(v) > SHORT]
    return "\n".join(dict.fromkeys(word for word in [*names, *written] if word))


def _pairs(first: np.ndarray, second: np.ndarray, score: np.ndarray) -> Found:
    return zip(first.tolist(), second.tolist(), score.tolist(), strict=True)


def _same_parties(contest: Contest, entries: list[Entry]) -> Iterator[Flag]:
    profiles = [_profile(entry) for entry in entries]
    shared: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for party in lookalike.shared_parties(profiles):
        if len(party.entries) > MOST_ENTRIES_OF_ONE:
            continue  # a university with forty teams is no suspicion
        kind = KIND_OF[party.kind]
        for one, other in combinations(sorted(party.entries), 2):
            shared[kind, int(one), int(other)].append(party.kind)
    for (kind, one, other), words in shared.items():
        yield Flag(
            contest=contest, kind=kind, one_id=one, other_id=other, likeness=Decimal(1),
            evidence={"shared": sorted(set(words))},
        )  # fmt: skip


def _profile(entry: Entry) -> lookalike.Profile:
    organisation = entry.organisation
    house = (organisation.name_zh or organisation.name_en) if organisation else ""
    return lookalike.Profile(
        entry=entry.pk, organisation=house, code=organisation.code if organisation else "",
        members=tuple(lookalike.Member(name=m.name, email=m.email) for m in entry.members.all()),
    )  # fmt: skip


def _same_meaning(
    contest: Contest, entries: list[Entry], texts: list[str], *, tell: Tell
) -> Iterator[Flag]:
    """Where the encoder is installed: copies in other words, or in the other language."""
    if not encoder.is_here() or len(texts) > MOST_MEANT:
        return
    vectors = encoder.vectors(texts, tell=tell)
    for one, other, score in _pairs(*near_in_meaning(vectors, own=len(texts))):
        yield Flag(
            contest=contest, kind=FlagKind.SAME_MEANING, one=entries[one], other=entries[other],
            likeness=Decimal(str(round(score, 3))), evidence={},
        )  # fmt: skip
