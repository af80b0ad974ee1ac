"""A small season in which every audience is known by heart: the golden list.

It is written by hand, from the story and not from the code.
"""

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.testing import NOON, a_contest, an_edition
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.jury.testing import a_juror, a_sheet
from leitai.rooms.partners.models import Partner
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation
from leitai.rooms.screening.models import Check
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.standings.models import Place, Publication, Standing
from leitai.rooms.submissions.models import Entry, Member
from leitai.rooms.submissions.testing import an_entry

GOLDEN = {
    "drafts": {"dora"},
    "submitted": {"sue"},
    "returned": {"rex"},
    "accepted": {"ivy", "res", "out", "una", "two", "multi"},
    "stage": {"ivy", "res", "out", "una", "two"},
    "chosen": {"ivy", "two"},
    "reserves": {"res"},
    "not_chosen": {"out", "una"},
    "team": {"ivy", "ivan"},
    "jurors_invited": {"jin"},
    "jurors_active": {"jack", "jill"},
    "jurors_open": {"jack"},
    "demand_owners": {"owen"},
    "partners": {"pam"},
}


def of_captain(contest: Contest, name: str, **fields) -> Entry:
    return an_entry(contest, captain=a_person(name), organisation=None, **fields)


def season() -> Contest:
    """Somebody of each kind, and next to each somebody who must not be taken for them."""
    contest = a_contest()
    elsewhere = a_contest("elsewhere", edition=an_edition("other"))
    stage = a_stage(contest)
    of_captain(contest, "dora", state="draft")
    of_captain(contest, "sue", state="submitted")
    rex = of_captain(contest, "rex", state="returned", returned_until=NOON)
    Check.objects.create(entry=rex, version=1, finding="returned", note="Page 3", at=NOON)
    of_captain(contest, "wim", state="withdrawn")
    of_captain(contest, "fay", state="refused")
    outcomes = {"ivy": "in", "two": "in", "res": "reserve", "out": "out", "una": "unranked"}
    entries = {name: of_captain(contest, name) for name in outcomes}
    of_captain(contest, "multi")  # valid, and not in the stage
    gone = of_captain(contest, "gone", state="withdrawn")
    for entry in [*entries.values(), gone]:
        takes_part(stage, entry)
    Member.objects.create(
        entry=entries["ivy"], name="ivan", email="ivan@example.org", role="member"
    )
    _published(contest, stage, entries, outcomes, gone)
    _jury(contest, entries)
    firm, club = an_organisation("Firm"), an_organisation("Club")
    a_speaker(a_person("owen"), firm)
    a_speaker(a_person("pam"), club)
    a_demand(contest, owner=firm, state="published", number=1)
    a_demand(contest, owner=an_organisation("Draft Ltd"), state="draft")
    a_speaker(a_person("not owen"), an_organisation("Draft Ltd"))
    Partner.objects.create(edition=contest.edition, organisation=club, kind="bank")
    for name, state in {
        "other draft": "draft",
        "other sue": "submitted",
        "other ivy": "accepted",
    }.items():
        of_captain(elsewhere, name, state=state)
    a_juror("other jack", contest=elsewhere)
    return contest


def _published(contest, stage, entries, outcomes, gone) -> None:
    body = stage.rule.model_dump(mode="json")
    told = {"stage": stage, "formula": "mean", "inputs": "", "at": NOON, "body": body}
    old = Standing.objects.create(number=1, state="superseded", **told)
    new = Standing.objects.create(number=2, state="published", **told)
    for name, entry in entries.items():
        Place.objects.create(standing=old, entry=entry, rank=1, outcome="out")
        Place.objects.create(standing=new, entry=entry, rank=1, outcome=outcomes[name])
    Place.objects.create(standing=new, entry=gone, rank=9, outcome="out")
    for number, standing in enumerate([old, new], start=1):
        Publication.objects.create(
            contest=contest, standing=standing, number=number, notice_from=NOON, notice_until=NOON,
            body={"stage": {}, "rows": []}, at=NOON,
        )  # fmt: skip


def _jury(contest, entries) -> None:
    a_juror("jin", contest=contest, state="invited")
    a_juror("dan", contest=contest, state="declined")
    jack, jill = a_juror("jack", contest=contest), a_juror("jill", contest=contest)
    a_sheet(juror=jack, entry=entries["ivy"])
    a_sheet(juror=jack, entry=entries["out"])
    a_sheet(juror=jill, entry=entries["ivy"], state="sealed", sealed_at=NOON)


def of_id(contest: Contest, audience: str) -> int | None:
    """What each audience is asked about."""
    if audience in {"stage", "jurors_open"}:
        return contest.stages.get().pk
    if audience in {"chosen", "reserves", "not_chosen"}:
        return contest.publications.get(number=2).pk
    return contest.entries.get(begun_by__name="ivy").pk if audience == "team" else None
