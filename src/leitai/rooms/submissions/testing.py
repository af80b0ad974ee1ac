"""Entries to tell stories with."""

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import DAY, NOON, a_contest, some_rules
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions
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


STEPS = [
    {"code": "project", "name": {"zh": "项目", "en": "Project"}, "fields": [
        {"key": "title_zh", "label": {"zh": "名称", "en": "Title in Chinese"}, "layer": "public",
         "required": True, "optional_for": ["overseas"], "max_length": 60},
        {"key": "title_en", "label": {"zh": "英文名称", "en": "Title in English"},
         "layer": "public", "required": True,
         "optional_for": ["company", "unregistered", "institute"]},
        {"key": "scenario", "kind": "scenario", "label": {"zh": "场景", "en": "Scenario"},
         "layer": "public", "required": True},
        {"key": "summary", "kind": "text", "label": {"zh": "简介", "en": "Summary"},
         "layer": "teaser", "max_length": 2000},
        {"key": "tags", "kind": "tags", "label": {"zh": "标签", "en": "Tags"}, "layer": "public"},
        {"key": "is_listed", "kind": "yes_no", "label": {"zh": "上市", "en": "Listed?"},
         "entrants": ["company"]},
        {"key": "country", "kind": "country", "label": {"zh": "国家", "en": "Country"},
         "layer": "public", "entrants": ["overseas"], "required": True},
        {"key": "founded_on", "kind": "date", "label": {"zh": "成立", "en": "Founded on"}},
    ]},
    {"code": "money", "name": {"zh": "财务", "en": "Finance"}, "fields": [
        {"key": "revenue", "kind": "money", "label": {"zh": "收入", "en": "Revenue"}},
        {"key": "services", "kind": "choices", "label": {"zh": "服务", "en": "Services"},
         "options": [["bank", {"zh": "银行", "en": "Bank"}],
                     ["match", {"zh": "对接", "en": "Match"}]]},
        {"key": "plan", "kind": "file", "label": {"zh": "计划书", "en": "Business plan"},
         "max_mb": 1},
    ]},
]  # fmt: skip


def an_open_contest(slug: str = "open", *, at: datetime = NOON, **entry: Any) -> Contest:
    """A contest whose form is open for a day before and after `at`."""
    span = {"opens_at": at - DAY, "closes_at": at + DAY}
    rules = some_rules(entry={"span": span, "steps": STEPS, "answers_max": 2, **entry})
    return a_contest(slug, rules=rules)


def a_draft(
    contest: Contest | None = None, *, by: User | None = None, at: datetime = NOON,
    kind: str = "company", **answers: Any,
) -> Entry:  # fmt: skip
    """A draft with all required answers, begun by its captain."""
    contest = contest or an_open_contest(at=at)
    by = by or a_person("Ada")
    entry = actions.begin_entry(contest=contest, kind=kind, by=by, at=at)
    told = {"title_zh": "焊缝超声检测", "scenario": "MFG", **answers}
    for key, value in told.items():
        actions.save_field(entry=entry, key=key, value=value, base=0, by=by, at=at)
    return entry


def handed_in(entry: Entry, *, at: datetime = NOON) -> Entry:
    actions.hand_in(entry=entry, declared=["terms", "truth", "ip"], by=entry.begun_by, at=at)
    return entry


def a_pdf(name: str = "plan.pdf", *, pages: int = 1) -> SimpleUploadedFile:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=200)
    content = io.BytesIO()
    writer.write(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")
