"""Entries that come as a table: from another platform, a park, or an earlier year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.search import IS_HAN
from leitai.foundation.states import hold
from leitai.foundation.tables import mapping as tables
from leitai.foundation.tables import parsers
from leitai.foundation.tables.table import Problem, Sheet
from leitai.rooms.contests.models import Contest
from leitai.rooms.people.models import Organisation, User
from leitai.rooms.people.rules import normal_name
from leitai.rooms.submissions import queries, rules
from leitai.rooms.submissions.actions.drafts import give_codes
from leitai.rooms.submissions.actions.hand_in import receipt, vector_of
from leitai.rooms.submissions.models import Channel, Entry, Member, Version
from leitai.values.verdict import no

STATES = (rules.State.SUBMITTED, rules.State.ACCEPTED)
BATCH = 500


def import_fields(contest: Contest) -> list[tables.Field]:
    """What a table of entries may tell; everything else in it is passed over."""
    scenarios = {s.code: [s.code, s.name_zh, s.name_en] for s in queries.scenarios(contest)}
    channels = {c.code: [c.code, c.name_zh, c.name_en] for c in contest.channels.all()}
    words = {kind.value: [str(kind.label), kind.value] for kind in rules.EntrantKind}
    maturities = {m.value: [str(m.label), m.value] for m in rules.Maturity}
    maturities["seed"] += ["种子期"]
    maturities["early"] += ["初创期"]
    maturities["growth"] += ["成长期"]
    text = parsers.text
    return [
        tables.Field("id", _("Number in the file"), text(max_length=80), required=True,
                     aliases=("编号", "项目编号", "序号", "no", "number", "entry id")),
        tables.Field("title", pgettext_lazy("entry", "Title"), text(max_length=200), required=True,
                     aliases=("项目名称", "名称", "作品名称", "标题", "project title")),
        tables.Field("title_en", _("Title in English"), text(max_length=300), default="",
                     aliases=("英文名称", "项目英文名称", "english title")),
        tables.Field("abstract", _("Summary"), text(max_length=20_000), default="",
                     aliases=("简介", "项目简介", "摘要", "summary", "description")),
        tables.Field("line", _("One-liner"), text(max_length=200), default="",
                     aliases=("一句话介绍", "one-liner", "tagline")),
        tables.Field("keywords", _("Technology tags"), parsers.items(max_length=120), default=[],
                     aliases=("关键词", "技术标签", "标签", "tags")),
        tables.Field("scenario", _("Scenario"), parsers.choice(scenarios), default="",
                     aliases=("场景", "赛道", "应用场景", "track")),
        tables.Field("organisation", _("Organisation"), text(max_length=120), default="",
                     aliases=("单位", "单位名称", "企业名称", "公司名称", "organization",
                     "company")), tables.Field("team", _("Team"), text(max_length=160), default="",
                     aliases=("团队名称", "参赛团队", "团队", "team name")),
        tables.Field("captain", _("Captain"), text(max_length=120), default="",
                     aliases=("负责人", "项目负责人", "联系人", "队长", "contact", "leader")),
        tables.Field("email", _("E-mail"), parsers.email(), default="",
                     aliases=("邮箱", "电子邮箱", "电子邮件", "e-mail", "mail")),
        tables.Field("kind", _("Kind of entrant"), parsers.choice(words), default="",
                     aliases=("主体类型", "参赛主体", "entrant kind")),
        tables.Field("maturity", _("Maturity"), parsers.choice(maturities), default="",
                     aliases=("阶段", "发展阶段", "stage")),
        tables.Field("country", _("Country (two letters)"), text(max_length=2), default="",
                     aliases=("国家", "国别")),
        tables.Field("region", _("Region"), text(max_length=60), default="",
                     aliases=("地区", "所在地区", "城市", "city")),
        tables.Field("channel", _("Channel"), parsers.choice(channels), default="",
                     aliases=("渠道", "来源渠道", "推荐单位")),
    ]  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """What would come of a sheet. It may be imported only when there are no problems."""

    sheet: Sheet
    fields: list[tables.Field]
    mapping: Mapping[str, int]
    rows: list[tables.Checked]
    problems: list[Problem]
    ignored: list[str]  # headers nobody asked for
    known: int  # rows that are here already, by their number

    @property
    def new(self) -> int:
        return len(self.rows) - self.known


def preview_import(
    contest: Contest, sheet: Sheet, mapping: Mapping[str, int] | None = None
) -> Preview:
    fields = import_fields(contest)
    mapping = tables.guess_mapping(sheet.headers, fields) if mapping is None else mapping
    rows, problems = tables.check(sheet, mapping, fields, keys=["id"])
    ignored = [h for i, h in enumerate(sheet.headers) if h and i not in mapping.values()]
    known = _known(contest, rows)
    return Preview(sheet, fields, mapping, rows, problems, ignored, len(known))


def _known(contest: Contest, rows: Sequence[tables.Checked]) -> set[str]:
    ids = [row["id"] for row in rows]
    found = Entry.objects.filter(contest=contest, external_id__in=ids)
    return set(found.values_list("external_id", flat=True))


@transaction.atomic
def import_entries(
    *,
    contest: Contest,
    preview: Preview,
    state: str,
    kind: str,
    by: User | None,
    at: datetime,
    shows_cards: bool = False,
) -> list[Entry]:
    """All rows or none. Rows whose number is here already are passed over, so it may be repeated.

    `kind` is meant where the table does not say; `state` is submitted, to be checked, or accepted.
    Cards stay hidden unless whoever imports answers for the teams' consent; the journal keeps that.
    """
    if preview.problems:
        reason = format_lazy(
            _("The table has {count} problems; nothing was imported."), count=len(preview.problems)
        )
        raise NotPossible(no("bad_table", reason))
    if state not in STATES or kind not in rules.EntrantKind.values:
        raise NotPossible(no("bad_option", _("Please choose one of the answers offered.")))
    hold(contest)
    known = _known(contest, preview.rows)
    rows = [row.values for row in preview.rows if row["id"] not in known]
    entries = _entries(contest, rows, state=state, kind=kind, by=by, at=at)
    for entry in entries:
        entry.shows_card = shows_cards
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Member.objects.bulk_create(_captains(entries, rows), batch_size=BATCH)
    Version.objects.bulk_create(_versions(entries, by=by, at=at), batch_size=BATCH)
    told = [
        journal.compose(
            "submissions.entry_imported", about=e, by=by, at=at, state=state, cards=shows_cards
        )
        for e in entries
    ]
    journal.append(f"contest:{contest.pk}", told)
    return entries


def _entries(
    contest: Contest, rows: list[dict[str, Any]], *, state: str, kind: str, by: Any, at: datetime
) -> list[Entry]:
    scenarios = {s.code: s for s in queries.scenarios(contest)}
    channels = {c.code: c for c in Channel.objects.filter(contest=contest)}
    organisations = _organisations(rows, kind)
    codes = give_codes(contest, [scenarios.get(row["scenario"]) for row in rows])
    made = []
    for code, row in zip(codes, rows, strict=True):
        draft = _draft(row)
        entry = Entry(
            contest=contest, code=code, state=state, kind=row["kind"] or kind,
            scenario=scenarios.get(row["scenario"]), channel=channels.get(row["channel"]),
            organisation=organisations.get(normal_name(row["organisation"])),
            title_zh=draft.get("title_zh", ""), title_en=draft.get("title_en", ""),
            line_zh=draft.get("line_zh", ""), line_en=draft.get("line_en", ""),
            team_name=row["team"] or row["organisation"], maturity=row["maturity"],
            country=row["country"].upper(), region=row["region"], tags=row["keywords"],
            draft=draft, revisions={}, version=1, external_id=row["id"],
            begun_at=at, begun_by=by, changed_at=at, handed_in_at=at,
        )  # fmt: skip
        entry.search = vector_of(entry)
        made.append(entry)
    return made


def _draft(row: dict[str, Any]) -> dict[str, Any]:
    """The row as answers of the form; a title without Chinese characters is an English one."""
    is_chinese = bool(IS_HAN.search(row["title"]))
    answers = {
        "title_zh": row["title"] if is_chinese else "",
        "title_en": row["title_en"] or ("" if is_chinese else row["title"]),
        "line_zh" if IS_HAN.search(row["line"]) else "line_en": row["line"],
        "summary": row["abstract"], "tags": row["keywords"], "scenario": row["scenario"],
        "organisation_name": row["organisation"], "team_name": row["team"],
        "maturity": row["maturity"], "country": row["country"].upper(), "region": row["region"],
    }  # fmt: skip
    return {key: value for key, value in answers.items() if not rules.is_blank(value)}


def _organisations(rows: list[dict[str, Any]], kind: str) -> dict[str, Organisation]:
    """Each organisation once, the known ones found by their names."""
    names = {normal_name(row["organisation"]): row for row in rows if row["organisation"]}
    known = {o.key: o for o in Organisation.objects.filter(key__in=names).order_by("-pk")}
    made = [
        Organisation(
            **{"name_zh" if IS_HAN.search(row["organisation"]) else "name_en": row["organisation"]},
            key=key, kind="institute" if (row["kind"] or kind) == "institute" else "company",
            country=row["country"].upper() or "CN", region=row["region"],
        )
        for key, row in names.items() if key not in known
    ]  # fmt: skip
    Organisation.objects.bulk_create(made, batch_size=BATCH)
    return known | {o.key: o for o in made}


def _captains(entries: list[Entry], rows: list[dict[str, Any]]) -> Iterator[Member]:
    for entry, row in zip(entries, rows, strict=True):
        if row["captain"] or row["email"]:
            name = row["captain"] or row["email"].partition("@")[0]
            yield Member(entry=entry, name=name, email=row["email"], role=rules.MemberRole.CAPTAIN)


def _versions(entries: list[Entry], *, by: Any, at: datetime) -> Iterator[Version]:
    for entry in entries:
        body = {
            "kind": entry.kind,
            "values": entry.draft,
            "members": [],
            "files": [],
            "answers": [],
        }
        yield Version(entry=entry, number=1, receipt=receipt(entry, 1), body=body, at=at, by=by)
