"""Leaks that other platforms had, put into ours one at a time.

Each is what a hurried hand might write: a permission too wide, a filter forgotten, a hidden value
that orders or slows an answer. `test_mutants.py` shows that the tests here would see them.
"""

import sys
from dataclasses import replace
from typing import Any

import pytest

from leitai.foundation import keyset
from leitai.foundation.models import Letter
from leitai.rooms.contests import permissions as contests
from leitai.rooms.demands import queries as demands
from leitai.rooms.jury import permissions as jury
from leitai.rooms.jury.rules import sight
from leitai.rooms.messages.queries import AUDIENCES
from leitai.rooms.standings import permissions as standings
from leitai.rooms.standings.models import Place
from leitai.rooms.submissions import api as submissions_api
from leitai.rooms.submissions import permissions as submissions
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.views import public
from leitai.values.verdict import YES

Patch = pytest.MonkeyPatch


def search_reads_names(patch: Patch) -> None:
    """OpenReview, 2025: a parameter of a search found out who is behind an entry."""
    filtered = public.filtered
    patch.setattr(
        public, "filtered", lambda rows, chosen, is_veiled: filtered(rows, chosen, is_veiled=False)
    )


def documents_by_number(patch: Patch) -> None:
    """HotCRP, CVE-2026-23878: whoever knows a number has the file."""
    patch.setattr(submissions, "read_attachment", lambda user, attachment: YES)


def teasers_for_everybody(patch: Patch) -> None:
    patch.setattr(submissions, "read_teaser", lambda user, entry: YES)


def cards_sorted_by_score(patch: Patch) -> None:
    """The order of a public list follows a draft standing."""
    page = keyset.page

    def sorted_page(rows: Any, **options: Any) -> Any:
        shown = page(rows, **options)
        if rows.model is Entry:
            scores = dict(Place.objects.values_list("entry_id", "score"))
            shown = replace(shown, rows=sorted(shown.rows, key=lambda e: scores.get(e.pk, 0)))
        return shown

    patch.setattr(keyset, "page", sorted_page)


def drafts_are_counted(patch: Patch) -> None:
    """A total over more than the list shows."""
    patch.setattr(public, "_total", lambda kinds, chosen: Entry.objects.count())


def more_work_for_winners(patch: Patch) -> None:
    """HotCRP, GHSA-fr3q-pp37-9wcg: the answer takes longer where a hidden thing is so."""
    read_card = submissions.read_card

    def slow(user: Any, entry: Entry) -> Any:
        if entry.places.filter(rank=1).exists():
            Place.objects.filter(entry=entry).count()
        return read_card(user, entry)

    patch.setattr(submissions, "read_card", slow)


def marks_exported_to_staff(patch: Patch) -> None:
    """An export that asks for a role and not for the phase."""
    patch.setattr(jury, "read_scores", lambda user, stage: contests.oversee(user, stage.contest))


def sheets_of_other_jurors(patch: Patch) -> None:
    patch.setattr(jury, "read_sheet", lambda user, sheet: jury.see_pile(user, sheet.stage))


def a_feed_without_its_veil(patch: Patch) -> None:
    """Indico, CVE-2026-28352: the page hides what its twin for programs tells."""
    patch.setattr(submissions_api, "veiled", lambda entry: entry)


def a_blindness_forgotten(patch: Patch) -> None:
    """HotCRP, GHSA-v8jx-vq6p-jq52: reviewers gained what authors see."""
    patch.setattr(sight, "BLIND", {})


def jurors_are_told_to_teams(patch: Patch) -> None:
    patch.setattr(jury, "see_published_jury", submissions.read_own)


def an_inbox_without_its_filter(patch: Patch) -> None:
    module = sys.modules["leitai.rooms.messages.queries.inbox"]
    patch.setattr(module, "own", lambda user: Letter.objects.all())


def demands_without_masks(patch: Patch) -> None:
    patch.setattr(demands, "masks", lambda rows, **options: {})


def objectors_are_named(patch: Patch) -> None:
    def oversees(user: Any, appeal: Any) -> Any:
        return contests.oversee(user, appeal.publication.contest)

    patch.setattr(standings, "read_objector", oversees)


def regions_are_forgotten(patch: Patch) -> None:
    """A co-host reads every region's entries."""
    from leitai.rooms.submissions import queries

    patch.setattr(
        queries, "of_regions", lambda contest, user: Entry.objects.filter(contest=contest)
    )


def mail_to_all_the_others(patch: Patch) -> None:
    """A bulk mail to the complement of its audience."""
    wrong = replace(AUDIENCES["accepted"], find=AUDIENCES["jurors_active"].find)
    patch.setitem(AUDIENCES, "accepted", wrong)
