"""One contest, carried through all rooms by nothing but their actions.

Start reading the code here: each chapter calls the room it is named after, and every deed says
who does it (`by`) and when (`at`).
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from leitai.foundation import journal
from leitai.foundation.models import Line
from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON
from leitai.rooms.demands import actions as demands
from leitai.rooms.demands.models import Demand
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.models import Conflict, Sheet
from leitai.rooms.jury.rules import DrawState
from leitai.rooms.jury.testing import reopened
from leitai.rooms.people.models import User
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation
from leitai.rooms.screening import actions as screening
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings import permissions, queries
from leitai.rooms.standings.models import Publication
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import DECLARATIONS, fields_of
from leitai.rooms.submissions.testing import a_pdf
from leitai.site.pages.journal_words import WORDS

pytestmark = pytest.mark.django_db


def day(n: int) -> datetime:
    """So many days after the launch."""
    return NOON + timedelta(days=n)


def test_from_the_open_call_to_the_published_shortlist():
    ora, sec = a_person("Ora", is_host=True), a_person("Sec")

    contest = found_a_contest(ora, sec)
    demand = post_a_demand(contest, sec)
    ada, bo, clio = three_teams_enter(contest, demand)
    check_them(ada, bo, clio, by=sec)
    stage = call_the_jury(contest, ora)
    draw_and_deploy(stage, ora)
    the_jurors_mark(stage, ora)
    publication = decide_and_publish(stage, ora, better=clio)
    the_teams_read(publication, ada, bo, clio, ora)

    assert clio.participations.filter(stage__code="semifinal").exists()
    the_journal_tells_all_of_it(contest)


def found_a_contest(ora: User, sec: User) -> Contest:
    """A programme, its edition, and a contest from a preset whose windows follow the launch."""
    programme = contests.found_programme(slug="haiwan", name_en="Haiwan", by=ora, at=day(-60))
    edition = contests.found_edition(
        programme=programme, slug="haiwan-3", year=2026, name_en="Haiwan 3", launch_at=day(0),
        by=ora, at=day(-60),
    )  # fmt: skip
    contest = stages.open_contest(
        edition=edition, slug="apply", preset="application-3k", name_en="Applications",
        by=ora, at=day(-50),
    )  # fmt: skip
    body = contest.rules.model_dump(mode="json")
    body["stages"][0]["quota"] = {"total": 1, "reserves": 1}  # a small year: one goes on
    stages.change_rules(contest=contest, rules=type(contest.rules)(**body), by=ora, at=day(-49))
    contests.appoint(edition=edition, contest=contest, user=sec, role=Role.SECRETARIAT,
                     by=ora, at=day(-40))  # fmt: skip
    contests.publish_edition(edition=edition, by=ora, at=day(-1))
    contests.publish_contest(contest=contest, by=ora, at=day(-1))
    return Contest.objects.select_related("edition", "ruleset").get(pk=contest.pk)


def post_a_demand(contest: Contest, sec: User) -> Demand:
    """A firm asks for something that can be measured; the secretariat vets it."""
    harbour = an_organisation("Big Harbour")
    hana = a_speaker(a_person("Hana"), harbour)
    demand = demands.draft_demand(
        contest=contest, owner=harbour, by=hana, at=day(1),
        values={
            "title_en": "In-line weld inspection", "background_en": "Forty welds a minute.",
            "scenario": contest.edition.scenarios.get(code="MFG"), "cooperation": ["pilot"],
        },
        indicators=[{"name_en": "Missed defects", "unit": "%", "target": "≤ 0.5"}],
    )  # fmt: skip
    demands.send_demand(demand=demand, by=hana, at=day(2))
    return demands.publish_demand(demand=demand, by=sec, at=day(3))


def three_teams_enter(contest: Contest, demand: Demand) -> list[Entry]:
    """Ada's firm answers the demand, Bo has no firm yet, and Clio enters from abroad."""
    ada = enter(contest, "company", a_person("Ada"))
    submissions.answer_demand(
        entry=ada, demand=demand, shows="teaser", note="0.3 % in our pilot.",
        by=ada.begun_by, at=day(5),
    )  # fmt: skip
    bo = enter(contest, "unregistered", a_person("Bo"))
    clio = enter(contest, "overseas", a_person("Clio"), title_en="Weld ears", country="PT")
    receipts = {hand_in(entry, at=day(20)).receipt for entry in (ada, bo, clio)}
    assert len(receipts) == 3

    with pytest.raises(NotPossible):
        submissions.begin_entry(contest=contest, kind="company", by=a_person("Late"), at=day(60))
    return [ada, bo, clio]


def enter(contest: Contest, kind: str, captain: User, **answers: Any) -> Entry:
    """A draft in which every question asked of this kind of entrant is answered."""
    entry = submissions.begin_entry(contest=contest, kind=kind, by=captain, at=day(4))
    usual = {"number": "12", "money": "100", "date": "2020-05-01", "yes_no": "yes",
             "tags": "vision, audio", "scenario": "MFG", "country": "CN"}  # fmt: skip
    for key, field in fields_of(contest.rules.entry, kind).items():
        if field.kind == "file" and field.required:
            submissions.attach(entry=entry, key=key, upload=a_pdf(), by=captain, at=day(5))
        elif field.required or key in answers:
            value = dict(field.options) or usual.get(field.kind, f"{captain.name} {key}")
            value = answers.get(key, next(iter(value)) if field.options else value)
            submissions.save_field(
                entry=entry, key=key, value=str(value)[: field.max_length], base=0, by=captain,
                at=day(5),
            )  # fmt: skip
    return entry


def hand_in(entry: Entry, *, at: datetime) -> Any:
    return submissions.hand_in(entry=entry, declared=DECLARATIONS, by=entry.begun_by, at=at)


def check_them(ada: Entry, bo: Entry, clio: Entry, *, by: User) -> None:
    """Ada's entry is returned and mended after the deadline, Bo's is refused, Clio's passes."""
    told = {"by": by, "at": day(47)}
    screening.check_entry(entry=ada, finding="returned", seen=1, reasons=["incomplete"],
                          resubmit_until=day(50), **told)  # fmt: skip
    screening.check_entry(entry=bo, finding="refused", seen=1, reasons=["off_topic"], **told)
    screening.check_entry(entry=clio, finding="passed", seen=1, **told)

    submissions.save_field(entry=ada, key="summary", value="Now with figures.", base=99,
                           by=ada.begun_by, at=day(48))  # fmt: skip
    hand_in(ada, at=day(48))
    screening.check_entry(entry=ada, finding="passed", seen=2, by=by, at=day(49))


def call_the_jury(contest: Contest, ora: User) -> Stage:
    """Four accept, one of them from the firm whose demand Ada answers: a conflict by itself."""
    for name, firm in [("Jin", ""), ("Kim", ""), ("Lou", ""), ("Max", "Big Harbour")]:
        invited = jury.Invited(
            name=name, email=f"{name.lower()}@example.org", kind="technical", organisation=firm,
            tags=["vision"],
        )  # fmt: skip
        juror = jury.invite_juror(contest=contest, invited=invited, by=ora, at=day(30))
        jury.accept_invitation(juror=juror, by=a_person(name), at=day(31))
    jury.derive_conflicts(contest=contest, by=ora, at=day(50))

    conflict = Conflict.objects.get()
    assert (conflict.juror.name, conflict.ground) == ("Max", "own_demand")
    stage = contest.stages.get(code="first")
    stages.let_in_all_accepted(stage=stage, by=ora, at=day(50))
    return stage


def draw_and_deploy(stage: Stage, ora: User) -> None:
    """Three jurors for each entry, none of them in conflict; deployed, the stage is open."""
    draw = jury.start_draw(stage=stage, by=ora, at=day(51), seed=7)
    draw.refresh_from_db()
    assert draw.state == DrawState.PROPOSED
    jury.deploy_draw(draw=draw, by=ora, at=day(51))

    assert Sheet.objects.open().count() == 6
    assert not Sheet.objects.filter(juror__name="Max", entry__answers__isnull=False).exists()


def the_jurors_mark(stage: Stage, ora: User) -> None:
    """All give the same marks but one, who may mend a slip; then both entries are level."""
    sheets = list(Sheet.objects.open().order_by("pk"))
    for n, sheet in enumerate(sheets):
        marks = {f"mark-{c.code}": "10" for c in stage.criteria.all()}
        slip = {"mark-landing": "1"} if n == 0 else {}
        mark(sheet, {**marks, **slip, "comment": f"Comment {n}"}, at=day(55))

    reopened(sheets[0], why="1 was meant to be 10.", by=ora, at=day(56))
    mark(sheets[0], {"mark-landing": "10"}, at=day(57))
    assert [seal.marks["landing"] for seal in sheets[0].seals.all()] == ["1", "10"]


def mark(sheet: Sheet, fields: dict[str, str], *, at: datetime) -> None:
    by = sheet.juror.user
    jury.save_fields(sheet=sheet, fields=fields, base=sheet.revision, by=by, at=at)
    jury.seal_sheet(sheet=sheet, by=by, at=at)


def decide_and_publish(stage: Stage, ora: User, *, better: Entry) -> Publication:
    """One place, two level entries: the chair decides, the committee signs, everybody reads."""
    stages.close_stage(stage=stage, by=ora, at=day(65))
    standing = standings.compute_standing(stage=stage, by=ora, at=day(66))
    (tie,) = standing.open_ties
    order = sorted(tie["entries"], key=lambda entry: entry != better.pk)
    standing = standings.settle_tie(
        standing=standing, order=order, why="Runs in two ports already.", by=ora, at=day(66)
    )
    committee = [a_person("Prof. Lin"), a_person("Clerk Wu")]
    for user in committee:
        standings.enter_room(stage=stage, name="", title="Committee", user=user, by=ora, at=day(67))
    decision = standings.decide(standing=standing, text="Clio goes on.", by=ora, at=day(67))
    for user in committee:
        standings.sign(decision=decision, by=user, at=day(67))
    return standings.publish(standing=decision.standing, by=ora, at=day(68))


def the_teams_read(publication: Publication, ada: Entry, bo: Entry, clio: Entry, ora: User) -> None:
    """Each team its own result, and the comments that were released to it."""
    comments = queries.comments(publication.standing.stage).filter(entry=ada)
    told = {"publication": publication, "by": ora, "at": day(69)}
    assert standings.release_comments(sheets=list(comments), **told) == 3

    assert [row["outcome"] for row in publication.body["rows"]] == ["in", "reserve"]
    assert queries.result(clio).outcome == "in" and queries.result(ada).rank == 2
    assert queries.released(ada).count() == 3 and queries.released(clio).count() == 0
    assert permissions.read_result(ada.begun_by, ada)
    assert not permissions.read_result(ada.begun_by, clio)
    assert not permissions.read_result(bo.begun_by, bo), "nothing was published about it"
    assert queries.differs(publication.standing) == []


def the_journal_tells_all_of_it(contest: Contest) -> None:
    """Nothing is missing from the chain, and people can read each line in both languages."""
    book = Line.objects.filter(book=f"contest:{contest.pk}").order_by("number")
    verbs = set(Line.objects.values_list("verb", flat=True))

    assert list(journal.breaks(book)) == []
    assert {verb.split(".")[0] for verb in verbs} >= {
        "contests", "demands", "submissions", "screening", "stages", "jury", "standings",
    }  # fmt: skip
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all(str(WORDS[verb]) for verb in verbs)
    book.filter(number=7).update(verb="jury.sheet_sealed")
    assert [line.number for line in journal.breaks(book.all())] == [7]
