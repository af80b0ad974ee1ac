"""What happened to one entry, and to one sheet: who, when, what, as far as the reader may know.

Organisers read everything. Others who work for the contest read of the entry itself and nothing
of its jurors. A team reads its own deeds and the organisers' answers to them, and no juror's
name, mark or visit. A juror reads the own deeds and what was done to the own sheet.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.models import Line
from leitai.rooms.contests import permissions as contests
from leitai.rooms.finals import permissions as heats
from leitai.rooms.finals.models import Heat
from leitai.rooms.finals.queries.closing import changes
from leitai.rooms.jury import permissions as jury
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.queries import is_tied
from leitai.rooms.standings import permissions as standings
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions import queries as entries
from leitai.rooms.submissions.models import Entry
from leitai.site.pages import journal_words, particulars
from leitai.values.verdict import Verdict, no

SIZE = 50
OF_THE_ENTRY = {
    "submissions.member": "members", "submissions.attachment": "attachments",
    "submissions.answer": "answers",
}  # fmt: skip
OF_THE_JURY = {"jury.conflict": "conflicts", "jury.sheet": "sheets"}
GONE = ("submissions.member_removed", "submissions.answer_removed")  # their rows are gone as well
# Who looked at papers would name jurors, and who goes on is told by the notice.
NOT_FOR_TEAMS = ("submissions.confidential_viewed", "stages.entry_let_in", "stages.entry_taken_out")


def read_history(user: Any, entry: Entry) -> Verdict:
    """The team, and those who work for the contest once something was handed in."""
    if own := submissions.read_own(user, entry):
        return own
    may = contests.oversee(user, entry.contest)
    if may and not entry.version:
        return no("still_a_draft", _("Nothing was handed in yet."))
    return may


def entry_history(request: HttpRequest, entry_id: int) -> HttpResponse:
    rows = Entry.objects.select_related("contest__edition", "contest__ruleset")
    entry = get_object_or_404(rows, pk=entry_id)
    admit(request, read_history, entry)
    oversees = contests.oversee(request.user, entry.contest)
    is_team = not oversees
    lines = _for_team(request, entry) if is_team else _of_entry(request, entry)
    context = {
        "entry": entry,
        "title": f"{entry.code} {entries.title_of(entry) if is_team else entry.title}".strip(),
        "base": "site/desk.html" if is_team else "site/contest_desk.html",
        "contest": entry.contest,
    }
    names = set(entry.members.values_list("user_id", flat=True)) if is_team else None
    return _shown(request, lines, context, names=names)


def sheet_history(request: HttpRequest, sheet_id: int) -> HttpResponse:
    rows = Sheet.objects.select_related(
        "stage__contest__edition", "stage__judging", "entry", "juror"
    )
    sheet = get_object_or_404(rows, pk=sheet_id)
    admit(request, jury.read_sheet, sheet)
    organises = contests.organise(request.user, sheet.stage.contest)
    about = Q(about_type="jury.sheet", about_id=sheet.pk)
    if organises:
        released = sheet.released_comment.pk if hasattr(sheet, "released_comment") else None
        about |= Q(about_type="standings.releasedcomment", about_id=released)
    context = {
        "title": f"{sheet.stage.name} · {sheet.entry.code}",
        "base": "site/contest_desk.html" if organises else "site/desk.html",
        "contest": sheet.stage.contest,
    }
    own = None if organises else {request.user.pk}
    more = particulars.of_sheet(sheet)
    return _shown(request, _lines(sheet.stage.contest_id, about), context, names=own, more=more)


def heat_history(request: HttpRequest, heat_id: int) -> HttpResponse:
    """Everything that was done to a heat: for those who read the whole journal anyway."""
    rows = Heat.objects.select_related("stage__contest__edition")
    heat = get_object_or_404(rows, pk=heat_id)
    admit(request, heats.see_contest_heats, heat.stage.contest)
    context = {
        "title": f"{heat.stage.name} · {heat}", "base": "site/contest_desk.html",
        "contest": heat.stage.contest,
    }  # fmt: skip
    return _shown(request, changes(heat), context, names=None)


def _lines(contest_id: int, about: Q) -> QuerySet[Line]:
    return Line.objects.filter(about, book=f"contest:{contest_id}").select_related("by")


def _of_entry(request: HttpRequest, entry: Entry) -> QuerySet[Line]:
    """The entry with all that hangs on it; of the jury only for those who may read scores."""
    about = _about(entry, OF_THE_ENTRY)
    if contests.organise(request.user, entry.contest) and not is_tied(request.user, entry.pk):
        about |= _about(entry, OF_THE_JURY)
    return _lines(entry.contest_id, about)


def _for_team(request: HttpRequest, entry: Entry) -> QuerySet[Line]:
    about = _about(entry, OF_THE_ENTRY) & ~Q(verb__in=NOT_FOR_TEAMS)
    if standings.read_result(request.user, entry):
        notices = entry.contest.publications.filter(standing__places__entry=entry)
        about |= Q(about_type="standings.publication", about_id__in=notices.values("pk"))
    return _lines(entry.contest_id, about)


def _about(entry: Entry, kinds: dict[str, str]) -> Q:
    about = Q(about_type="submissions.entry", about_id=entry.pk)
    for kind, rows in kinds.items():
        about |= Q(about_type=kind, about_id__in=getattr(entry, rows).order_by().values("pk"))
    return about | Q(verb__in=GONE, data__entry=entry.pk)


def _shown(
    request: HttpRequest, lines: QuerySet[Line], context: dict[str, Any], *,
    names: set[int] | None, more: dict[int, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """`names` are the people who may be named; None: everybody."""
    page = keyset.page(lines, by=["-number"], cursor=request.GET.get("cursor", ""), size=SIZE)
    context |= {
        "page": page,
        "lines": [
            told | {"who": _who(line, names), "more": particulars.of_line(line, more)}
            for line, told in zip(page, journal_words.told(page), strict=True)
        ],
    }  # fmt: skip
    part = "#lines" if getattr(request, "htmx", False) else ""
    return render(request, f"site/history.html{part}", context)


def _who(line: Line, names: set[int] | None) -> str:
    if line.by is None:
        return _("the platform")
    return str(line.by) if names is None or line.by_id in names else _("the organisers")
