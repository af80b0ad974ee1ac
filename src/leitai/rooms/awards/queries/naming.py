"""What each certificate would say today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leitai.rooms.awards import rules
from leitai.rooms.awards.models import Award, Slate
from leitai.rooms.awards.rules import Names, Object
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import OrganisationRoleKind
from leitai.rooms.standings.models import Correction
from leitai.rooms.standings.rules.corrections import CorrectionState
from leitai.rooms.submissions.models import Entry, Member
from leitai.rooms.submissions.rules import MemberRole

MOST_ISSUERS = 3
Spelling = Mapping[int, Mapping[str, str]]


def words_of(slate: Slate, *, for_members: bool) -> Iterable[tuple[Award, Member | None, Any]]:
    """Every certificate of a slate with its words; the number of queries does not grow."""
    contest = slate.contest
    spelt, issuers = _spelling(contest), _issuers(contest)
    rows = slate.awards.exclude(entry=None).select_related(
        "entry__organisation", "entry__scenario", "slate"
    )
    rows = rows.prefetch_related("entry__members__user", "entry__answers__demand")
    for award in sorted(rows, key=lambda a: (a.order, a.group, a.position)):
        people = award.entry.members.all() if for_members and award.entry else []
        for member in (None, *[m for m in people if m.role != MemberRole.ADVISOR]):
            yield award, member, _words(contest, award, member, spelt=spelt, issuers=issuers)


def _words(
    contest: Contest, award: Award, member: Member | None, *, spelt: Spelling,
    issuers: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    entry = award.entry
    assert entry is not None
    kind = Object.PERSON if member else Object(award.object)
    paper = rules.paper_for(kind, _names(entry, member, spelt.get(entry.pk, {})))
    scenario = entry.scenario if award.group else None
    return {
        "kind": kind.value,
        "edition": _said(contest.edition.name_zh, contest.edition.name_en),
        "contest": _said(*(_joined(contest, scenario, lang) for lang in ("zh", "en"))),
        "award": _said(award.name_zh, award.name_en),
        "holder": {"first": paper.first, "second": paper.second},
        "lines": list(paper.lines),
        "issuers": list(issuers),
    }


def _names(entry: Entry, member: Member | None, spelt: Mapping[str, str]) -> Names:
    """As the team wrote them, and as it had them corrected."""
    firm = entry.organisation
    captain = next((m for m in entry.members.all() if m.role == MemberRole.CAPTAIN), None)
    own = entry.team_name or (captain.name if captain else "")
    by = (firm.name_zh, firm.name_en) if firm else (own, "")
    return Names(
        title=(spelt.get("title_zh", entry.title_zh), spelt.get("title_en", entry.title_en)),
        by=(spelt.get("by_zh", by[0]), spelt.get("by_en", by[1])),
        team=entry.team_name,
        answers=tuple((a.demand.title_zh, a.demand.title_en) for a in entry.answers.all()),
        person=_person(member) if member else ("", ""),
    )


def _person(member: Member) -> tuple[str, str]:
    latin = member.user.name_latin if member.user else ""
    return (member.name, latin)


def _spelling(contest: Contest) -> Spelling:
    """Names as they were corrected and printed in a notice; the last word counts."""
    known = Correction.objects.filter(entry__contest=contest, state=CorrectionState.PRINTED)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for entry, field, after in known.order_by("pk").values_list("entry", "field", "after"):
        found[entry][field] = after
    return found


def _issuers(contest: Contest) -> list[str]:
    roles = contest.edition.organisation_roles.filter(kind=OrganisationRoleKind.HOST)
    names = [r.organisation.name_zh or r.organisation.name_en
             for r in roles.select_related("organisation").order_by("order", "pk")]  # fmt: skip
    edition = contest.edition
    return [rules.clean(n) for n in names[:MOST_ISSUERS]] or [edition.name_zh or edition.name_en]


def _joined(contest: Contest, scenario: Any, language: str) -> str:
    """Contest and scenario, where an award is given in each."""
    names = [getattr(one, f"name_{language}") for one in (contest, scenario) if one]
    return " · ".join(name for name in names if name)


def _said(zh: str, en: str) -> dict[str, str]:
    """The Chinese large, the English below it; what is missing leaves no hole above."""
    zh, en = rules.clean(zh), rules.clean(en)
    return {"zh": zh or en, "en": en if zh and zh != en else ""}
