"""Entries to tell stories with."""

from typing import Any

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, a_contest
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions.models import Entry, Member
from leitai.rooms.submissions.rules import MemberRole, State


def an_entry(
    contest: Contest | None = None, *, captain: User | None = None, **fields: Any
) -> Entry:
    """A valid entry, handed in, with its captain."""
    contest = contest or Contest.objects.first() or a_contest()
    number = Entry.objects.filter(contest=contest).count() + 1
    captain = captain or a_person(f"Captain {number}")
    state = fields.get("state", State.ACCEPTED)
    handed_in = {} if state == State.DRAFT else {"version": 1, "handed_in_at": NOON}
    entry = Entry.objects.create(
        contest=contest,
        **{
            "code": f"MED-{number:04d}", "state": state,
            "scenario": contest.edition.scenarios.all()[0],
            "title_zh": f"第{number}个项目", "title_en": f"Project {number}",
            "line_zh": "用超声听焊缝", "line_en": "Ultrasonic ears for weld lines",
            "team_name": f"Team {number}", "begun_at": NOON, "begun_by": captain,
            "changed_at": NOON, **handed_in, **fields,
        },
    )  # fmt: skip
    Member.objects.create(
        entry=entry, user=captain, name=captain.name, email=captain.email,
        role=MemberRole.CAPTAIN, joined_at=NOON,
    )  # fmt: skip
    return entry
