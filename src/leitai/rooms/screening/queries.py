"""What do we know about checks and flags?"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from django.db.models import Q, QuerySet

from leitai.algorithms import lookalike
from leitai.foundation.models import Job
from leitai.rooms.contests.models import Contest
from leitai.rooms.screening.models import Check, Flag
from leitai.rooms.screening.rules import FlagKind, FlagState
from leitai.rooms.submissions import queries as submissions
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State

FLAGS_JOB = "screening.flags"
MOST_ENTRIES_OF_ONE = 12
SHORT = 30  # characters; shorter answers are names and choices, not text
KIND_OF = {
    "code": FlagKind.SAME_ORGANISATION,
    "organisation": FlagKind.SAME_ORGANISATION,
    "email": FlagKind.SAME_PEOPLE,
    "phone": FlagKind.SAME_PEOPLE,
    "person": FlagKind.SAME_PEOPLE,
}
TABS = (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.REFUSED)


def queue(contest: Contest, *, state: str, text: str = "", scenario: str = "") -> QuerySet[Entry]:
    """Entries in one state of the check, the longest waiting first."""
    chosen = {"state": state, "q": text, "scenario": scenario}
    return (
        submissions.desk(contest, chosen)
        .filter(version__gt=0)
        .select_related("scenario", "organisation")
    )


def counts(contest: Contest) -> dict[str, int]:
    found = contest.entries.filter(version__gt=0).values_list("state", flat=True)
    return {state: found.filter(state=state).count() for state in TABS}


def next_waiting(contest: Contest, *, after: Entry | None = None) -> Entry | None:
    """The one that has waited longest; after a given one, so that skipping works."""
    waiting = contest.entries.filter(state=State.SUBMITTED).order_by("handed_in_at", "pk")
    if after is not None and after.handed_in_at is not None:
        later = Q(handed_in_at__gt=after.handed_in_at) | Q(
            handed_in_at=after.handed_in_at, pk__gt=after.pk
        )
        return waiting.filter(later).first() or waiting.exclude(pk=after.pk).first()
    return waiting.first()


def history(entry: Entry) -> QuerySet[Check]:
    return entry.checks.select_related("by").order_by("-at", "-pk")


def flags(contest: Contest, *, state: str = FlagState.OPEN) -> QuerySet[Flag]:
    return contest.flags.filter(state=state).select_related(
        "one__scenario", "other__scenario", "one__organisation", "other__organisation"
    )


def flags_of(entry: Entry) -> QuerySet[Flag]:
    both = Q(one=entry) | Q(other=entry)
    return Flag.objects.filter(both).select_related("one", "other").exclude(state="harmless")


def last_search(contest: Contest) -> Job | None:
    return Job.objects.filter(kind=FLAGS_JOB, ids__contest_id=contest.pk).order_by("-pk").first()


def doubles(contest: Contest) -> list[Flag]:
    """Pairs of entries that share a party or much of their text; three queries and the work.

    An entry that left the contest pairs with nobody.
    """
    entries = list(
        contest.entries.filter(version__gt=0)
        .exclude(state=State.WITHDRAWN)
        .select_related("organisation")
        .prefetch_related("members")
        .order_by("pk")
    )
    return [*_same_parties(contest, entries), *_same_texts(contest, entries)]


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


def _same_texts(contest: Contest, entries: list[Entry]) -> Iterator[Flag]:
    texts = [_text(entry) for entry in entries]
    for one, other, score in zip(*lookalike.find(texts=texts), strict=True):
        found = lookalike.passages(texts[one], texts[other])[:3]
        yield Flag(
            contest=contest, kind=FlagKind.SAME_TEXT, one=entries[one], other=entries[other],
            likeness=Decimal(str(round(float(score), 3))),
            evidence={"passages": [p.text[:200] for p in found]},
        )  # fmt: skip


def _text(entry: Entry) -> str:
    written = [str(v) for v in entry.draft.values() if isinstance(v, str) and len(v) > SHORT]
    return "\n".join([entry.title_zh, entry.title_en, entry.line_zh, entry.line_en, *written])
