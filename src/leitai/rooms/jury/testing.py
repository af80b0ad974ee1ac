"""Jurors and sheets to tell stories with."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed, some_rules
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.jury.models import Discussion, Expert, Juror, Sample, Sheet, Undertaking
from leitai.rooms.jury.rules import ExpertState, JurorKind, JurorState
from leitai.rooms.people.models import Affiliation
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation
from leitai.rooms.stages.models import Participation, Stage
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.submissions.actions import vector_of
from leitai.rooms.submissions.models import Entry, Version
from leitai.rooms.submissions.testing import an_entry


def a_juror(name: str = "Jo", *, contest: Contest | None = None, **fields: Any) -> Juror:
    """An active juror with an account."""
    contest = contest or Contest.objects.first() or a_contest()
    user = a_person(name)
    juror, _ = Juror.objects.get_or_create(
        contest=contest, email=user.email,
        defaults={
            "user": user, "name": name, "kind": JurorKind.TECHNICAL,
            "state": JurorState.ACTIVE, "invited_at": NOON, "answered_at": NOON, **fields,
        },
    )  # fmt: skip
    return juror


def a_sheet(*, juror: Juror | None = None, entry: Entry | None = None, **fields: Any) -> Sheet:
    """An open sheet of an entry that takes part in the first stage."""
    juror = juror or a_juror()
    entry = entry or an_entry(juror.contest)
    stage = a_stage(juror.contest)
    Participation.objects.get_or_create(stage=stage, entry=entry, defaults={"at": NOON})
    return Sheet.objects.create(
        stage=stage, entry=entry, juror=juror, assigned_at=NOON, changed_at=NOON, **fields
    )


def marked(sheet: Sheet, *marks: int | str) -> Sheet:
    """The sheet with a mark for each criterion, in their order."""
    for criterion, value in zip(sheet.stage.criteria.all(), marks):
        sheet.marks.create(criterion=criterion, value=value)
    sheet.revision = len(marks)
    sheet.save(update_fields=["revision"])
    return sheet


def sealed(sheet: Sheet, *marks: int | str) -> Sheet:
    """Marked, and sealed by its own juror."""
    from leitai.rooms.jury import actions

    return actions.seal_sheet(sheet=marked(sheet, *marks), by=sheet.juror.user, at=NOON)


def reopened(sheet: Sheet, *, by: Any, at: datetime, until: Any = None, why: str = "A slip") -> Any:
    """A sealed sheet, open again: Otto asked for it, and `by` confirmed it."""
    from leitai.rooms.jury import actions

    asked = actions.ask_reopening(sheet=sheet, why=why, until=until, by=a_person("Otto"), at=at)
    actions.confirm_reopening(request=asked, by=by, at=at)
    sheet.refresh_from_db()
    return asked


def a_jury(stage: Stage, *, entries: int = 4, jurors: int = 6, **fields: Any) -> list[Juror]:
    """Entries that take part, and jurors called J1, J2, … who are ready to be drawn."""
    for _ in range(entries):
        takes_part(stage, an_entry(stage.contest, tags=["vision", "audio"]))
    kinds = [JurorKind.TECHNICAL, JurorKind.INVESTOR]
    return [
        a_juror(
            f"J{n}",
            contest=stage.contest,
            **{"kind": kinds[n % 2], "tags": ["vision"] if n % 3 else ["audio"], **fields},
        )
        for n in range(1, jurors + 1)
    ]


def an_expert(name: str = "Eve", *, contest: Contest | None = None, **fields: Any) -> Expert:
    """Asked into the pool of the contest's programme; with `user` she has agreed."""
    contest = contest or Contest.objects.first() or a_contest()
    return Expert.objects.create(
        programme=contest.edition.programme,
        **{
            "name": name, "email": f"{name.lower()}@example.org", "kind": JurorKind.TECHNICAL,
            "asked_at": NOON, "state": ExpertState.KEPT if "user" in fields else ExpertState.ASKED,
            **fields,
        },
    )  # fmt: skip


def a_sample(stage: Stage, number: int = 1, *marks: int) -> Sample:
    """A sample with a reference mark for each criterion."""
    codes = [c.code for c in stage.rule.criteria]
    told = {code: str(mark) for code, mark in zip(codes, marks or [7] * len(codes))}
    return Sample.objects.create(
        stage=stage, number=number, title_zh=f"样题{number}", title_en=f"Sample {number}",
        text_en="A welding seam that speaks", marks=told, reasons_en={codes[0]: "Runs in a plant"},
        at=NOON,
    )  # fmt: skip


def an_undertaking(contest: Contest, text: str = "I keep what I read to myself.") -> Undertaking:
    edition = contest.edition
    version = edition.undertakings.count() + 1
    return Undertaking.objects.create(edition=edition, version=version, text_en=text, at=NOON)


# What must not be seen by whom, each as a word that stands nowhere else.
NAME, FIRM, TEAM = "Zephyrine", "Quillfeather Ltd", "Marrowgate"
JURORS = ("Ottilie", "Peregrine", "Balthasar")
COMMENT, EVIDENCE, REMARK = "Gallimaufry", "Snickersnee", "Taradiddle"
TOTALS = ("3.125", "11.25", "19.375")  # apart enough to be discussed, and unlike any date


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A stage with one entry whose names, marks and words are canaries, and all who may look."""

    stage: Stage
    entry: Entry
    sheets: list[Sheet]
    people: dict[str, Any]  # by rules.Viewer; "tied": an organiser of the entry's own firm
    discussion: Discussion | None = None


def a_planted_stage(phase: str = "independent", *, blind: bool = True) -> Planted:
    """Three jurors have sealed, a chair sits beside them, and the judging is in this phase."""
    from leitai.rooms.jury import actions

    stage = a_stage(a_contest("planted", rules=_planted_rules(blind)))
    entry = _planted_entry(stage)
    sheets = [_planted_sheet(n, entry) for n in range(3)]
    chair = a_juror("Chair", contest=stage.contest)
    people = _all_who_look(stage, entry) | {"juror": sheets[0].juror.user, "chair": chair.user}
    by = people["organiser"]
    actions.appoint_chair(stage=stage, juror=chair, by=by, at=NOON)
    discussion = None
    if phase != "independent":
        actions.begin_discussion(stage=stage, by=by, at=NOON)
        discussion = stage.discussions.get()
        actions.write_remark(
            discussion=discussion, juror=sheets[1].juror, text=REMARK, by=sheets[1].juror.user,
            at=NOON,
        )  # fmt: skip
    if phase == "closed":
        assert discussion is not None
        actions.close_discussion(discussion=discussion, summary=REMARK, by=chair.user, at=NOON)
        actions.close_judging(stage=stage, by=by, at=NOON)
    stage, entry = Stage.objects.get(pk=stage.pk), Entry.objects.get(pk=entry.pk)
    return Planted(stage=stage, entry=entry, sheets=sheets, people=people, discussion=discussion)


def _planted_rules(blind: bool) -> Any:
    mark = {"high": 10, "step": "0.125"}
    return some_rules(
        stage={
            "panel": {"per_entry": 3, "blind": blind}, "range_flag": 5,
            "criteria": [
                {"code": "landing", "name": {"zh": "可落地", "en": "Deployable"}, **mark},
                {"code": "copying", "name": {"zh": "可复制", "en": "Replicable"}, **mark},
            ],
        }
    )  # fmt: skip


def _planted_entry(stage: Stage) -> Entry:
    title, line = f"Weld ears of {FIRM}", f"{TEAM} hears welds"
    entry = an_entry(
        stage.contest, captain=a_person(NAME), organisation=an_organisation(FIRM), team_name=TEAM,
        title_zh=title, title_en=title, line_zh=line, line_en=line,
        tags=["welds", TEAM], country="CN", shows_card=True,
    )  # fmt: skip
    entry.search = vector_of(entry)
    entry.save()
    values = {"title_en": title, "team_name": TEAM, "organisation_name": FIRM, "summary": NAME}
    body = {"kind": entry.kind, "values": values, "members": [], "files": [], "answers": []}
    Version.objects.create(entry=entry, number=1, receipt="R-planted", body=body, at=NOON)
    takes_part(stage, entry)
    return entry


def _planted_sheet(n: int, entry: Entry) -> Sheet:
    """Whose total is a canary as well."""
    from leitai.rooms.jury import actions

    juror = a_juror(JURORS[n], contest=entry.contest)
    sheet = a_sheet(juror=juror, entry=entry, comment=f"{COMMENT}{n}")
    half = Decimal(TOTALS[n]) / 2
    low = half - half % Decimal("0.125")
    marked(sheet, str(low), str(Decimal(TOTALS[n]) - low))
    sheet.marks.update(evidence=f"{EVIDENCE}{n}")
    return actions.seal_sheet(sheet=sheet, by=juror.user, at=NOON)


def _all_who_look(stage: Stage, entry: Entry) -> dict[str, Any]:
    """Those who neither mark nor lead."""
    contest = stage.contest
    works = ("organiser", "secretariat", "supervisor", "co_host")
    people = {role: appointed(contest, Role(role)) for role in works}
    tied = appointed(contest, Role.ORGANISER, "Tied")
    Affiliation.objects.create(user=tied, organisation=entry.organisation)
    owner, house = a_person("Owner"), an_organisation("Owners Ltd")
    a_speaker(owner, house)
    a_demand(contest, owner=house)
    return people | {
        "tied": tied, "demand_owner": owner, "team": entry.begun_by, "anybody": a_person("Nosy"),
        "other_juror": a_juror("Other", contest=contest).user,
    }  # fmt: skip
