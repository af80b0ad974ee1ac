"""Lists of awards: who stands in them, and what is still open."""

from typing import Any

from django.db.models import QuerySet

from leitai.rooms.awards import rules
from leitai.rooms.awards.models import Award, Numbering, Slate
from leitai.rooms.awards.rules import Candidate, SlateState
from leitai.rooms.contests.models import Contest
from leitai.rooms.standings import queries as standings
from leitai.rooms.standings.models import Appeal, Publication
from leitai.rooms.standings.rules import Outcome
from leitai.rooms.submissions.rules import State as EntryState


def last_slate(contest: Contest) -> Slate | None:
    rows = contest.slates.exclude(state=SlateState.SUPERSEDED)
    return rows.select_related("publication__standing__stage").order_by("-number").first()


def published(contest: Contest) -> Slate | None:
    rows = contest.slates.filter(state=SlateState.PUBLISHED)
    return rows.select_related("publication__standing__stage").first()


def public(contest: Contest) -> QuerySet[Slate]:
    """Lists that everybody may read."""
    return contest.slates.filter(state=SlateState.PUBLISHED)


def newest_notice(contest: Contest) -> Publication | None:
    return standings.last_publication(contest)


def candidates(publication: Publication) -> list[Candidate]:
    """Those the notice lists as chosen and who still take part: whoever withdrew or was refused
    since leaves their place to the next."""
    rows = publication.standing.places.filter(
        outcome=Outcome.IN, entry__state=EntryState.ACCEPTED, entry__merged_into=None
    )
    told = rows.order_by("rank", "entry_id").values_list("entry", "rank", "entry__scenario__code")
    return [Candidate(entry, rank, group or "") for entry, rank, group in told]


def seats(slate: Slate) -> QuerySet[Award]:
    return slate.awards.select_related("entry__organisation", "entry__scenario")


def open_seats(slate: Slate) -> int:
    return slate.awards.filter(entry=None, is_vacant=False).count()


def ties(slate: Slate) -> int:
    return slate.awards.filter(is_tied=True).count()


def objections(contest: Contest) -> int:
    return Appeal.objects.open().filter(publication__contest=contest).count()


def printed_names(publication: Publication) -> dict[str, dict[str, Any]]:
    """What the notice says of each entry, by its code: names as they were masked and corrected."""
    return {row["code"]: row for row in publication.body["rows"]}


def numbering(contest: Contest) -> Numbering:
    """The edition's, or the one it would have."""
    kept = Numbering.objects.filter(edition=contest.edition_id).first()
    return kept or Numbering(
        edition=contest.edition, prefix=rules.tidy_prefix(contest.edition.slug)
    )
