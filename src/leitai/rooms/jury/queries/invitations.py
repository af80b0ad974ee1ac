"""Who was proposed, whom teams object to, and what a team may know of the jury."""

from django.db.models import Q, QuerySet

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import rules
from leitai.rooms.jury.models import Colleague, Juror, Objection
from leitai.rooms.jury.rules import JurorState
from leitai.rooms.people.models import Organisation
from leitai.rooms.people.rules import normal_name
from leitai.rooms.stages.rules import State as StageState
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import HANDED_IN
from leitai.values.verdict import Verdict


def colleagues(contest: Contest) -> QuerySet[Colleague]:
    return (
        Colleague.objects.filter(juror__contest=contest)
        .select_related("juror", "decided_by")
        .order_by("-pk")
    )


def objections(contest: Contest) -> QuerySet[Objection]:
    return (
        Objection.objects.filter(juror__contest=contest)
        .select_related("juror", "entry", "by", "decided_by")
        .order_by("-pk")
    )


def published_jurors(contest: Contest) -> QuerySet[Juror]:
    """Those who said yes, as teams may see them: name, house, kind."""
    active = Juror.objects.filter(contest=contest, state=JurorState.ACTIVE)
    return active.select_related("organisation").order_by("name", "pk")


def may_object(entry: Entry) -> Verdict:
    rule = entry.contest.rules.jury
    marked = entry.contest.stages.filter(state=StageState.OPEN)
    return rules.may_object(
        is_published=rule.names_published,
        is_being_marked=marked.exists(),
        raised=entry.objections_to_jurors.count(),
        most=rule.objections_max,
    )


def houses_of(contest: Contest, words: str = "") -> QuerySet[Organisation]:
    """The houses behind a contest's entries, by name; nothing says which entry is whose."""
    behind = Entry.objects.filter(contest=contest, state__in=HANDED_IN).values("organisation")
    rows = Organisation.objects.filter(pk__in=behind)
    if words:
        rows = rows.filter(
            Q(name_zh__icontains=words) | Q(name_en__icontains=words) | Q(key=normal_name(words))
        )
    return rows.order_by("key", "pk")
