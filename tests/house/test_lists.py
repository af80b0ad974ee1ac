"""A list asks the database as often for one row as for many.

Lists stand in one of two tables here: `STORIES` are told below, `TOLD` names the test that tells
it in its own room. A door whose name says "list" and that is in neither fails.
"""

import inspect
from collections.abc import Callable
from typing import get_origin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from leitai.foundation import journal
from leitai.foundation.models import Job, JobState
from leitai.rooms.awards.models import Certificate
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.actions.exports import EXPORT
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.demands.testing import a_demand
from leitai.rooms.finals.models import Lot
from leitai.rooms.finals.testing import a_heat
from leitai.rooms.jury.models import Sheet
from leitai.rooms.jury.testing import a_juror, a_sheet
from leitai.rooms.messages.testing import a_letter, a_mailing, frozen, verified
from leitai.rooms.people.models import Consent
from leitai.rooms.people.testing import a_person, a_speaker, an_organisation
from leitai.rooms.screening.models import Flag
from leitai.rooms.screening.rules import FlagKind
from leitai.rooms.stages.testing import a_stage, takes_part
from leitai.rooms.standings.models import Objector, Publication, Standing
from leitai.rooms.submissions.models import Answer, Channel, Lead
from leitai.rooms.submissions.rules import State as EntryState
from leitai.rooms.submissions.testing import an_entry
from leitai.site.api import api
from tests.house.reading import PROJECT

LIST_WORDS = {
    "listing", "mine", "desk", "queue", "flags", "jurors", "draws", "piles", "pile", "sheets",
    "conflicts", "overview", "participants", "notices", "versions", "journal", "programmes",
    "organisations", "consents", "answered", "comments", "leads", "outbox", "inbox", "recipients",
    "addresses", "exports", "entry_history", "sheet_history",
}  # fmt: skip
ROOMS = "src/leitai/rooms"
JURY = f"{ROOMS}/jury/tests/test_doors.py::test_lists_ask_as_often_for_one_row_as_for_twenty"
SUBMISSIONS = (
    f"{ROOMS}/submissions/tests/test_lists.py::test_lists_cost_the_same_at_1_3_and_20_rows"
)
CONTESTS = f"{ROOMS}/contests/tests/test_doors.py::test_lists_ask_as_much_for_one_as_for_many"
PARTNERS = (
    f"{ROOMS}/partners/tests/test_partners.py::test_the_list_asks_as_much_for_one_as_for_twenty"
)
TOLD = {
    "jury:jurors": JURY,
    "jury:conflicts": JURY,
    "jury:progress": JURY,
    "jury:sheets": JURY,
    "jury:draws": JURY,
    "jury:pile": f"{ROOMS}/jury/tests/test_doors.py"
    "::test_a_pile_asks_as_often_for_one_sheet_as_for_twenty",
    "submissions:public": SUBMISSIONS,
    "submissions:desk": SUBMISSIONS,
    "contests:programmes": CONTESTS,
    "contests:edition": CONTESTS,
    "partners:list": PARTNERS,
    "partners:desk": PARTNERS,
    "stages:overview": f"{ROOMS}/stages/tests/test_doors.py"
    "::test_the_overview_asks_as_much_for_one_stage_as_for_three",
    "messages:recipients": f"{ROOMS}/messages/tests/test_doors.py"
    "::test_a_mailings_pages_ask_as_often_for_few_as_for_many",
    "site:contest_desk": "src/leitai/site/tests/test_pages.py"
    "::test_the_contest_desk_asks_the_same_number_of_questions_whatever_its_size",
}
NO_LISTS = {
    "messages:addresses": "one page of one table, which hosts alone can open",
    "contests:desk": "one contest's set-up; its stages and versions have lists of their own",
    "contests:organisations": "a form that is posted; contests:edition shows the list",
}


class Story:
    """One contest, one person who may see everything in it, and more and more rows."""

    def __init__(self) -> None:
        self.contest = a_contest()
        self.me = appointed(self.contest, name="Ada")
        self.firm = an_organisation("Own firm")
        a_speaker(self.me, self.firm)
        self.stage = a_stage(self.contest)
        self.n = 0

    def entry(self):
        return an_entry(self.contest, captain=self.me, organisation=None)

    def demand(self):
        return a_demand(self.contest, owner=self.firm)

    def answer(self):
        demand = self.contest.demands.first() or self.demand()
        entry = an_entry(self.contest, organisation=None)
        Answer.objects.create(entry=entry, demand=demand, at=NOON)

    def rules(self):
        contests.write_rules(
            contest=self.contest, rules=self.contest.rules, reason="Again", by=self.me, at=NOON
        )

    def standing(self):
        return Standing.objects.create(
            stage=self.stage, number=self.n, formula="mean", inputs="", at=NOON,
            body=self.stage.rule.model_dump(mode="json"),
        )  # fmt: skip

    def publication(self):
        Publication.objects.create(
            contest=self.contest, standing=self.standing(), number=self.n, at=NOON,
            notice_from=NOON, notice_until=NOON, by=self.me,
            body={"stage": {"zh": "初评", "en": "First"}, "rows": []},
        )  # fmt: skip

    def published(self):
        if not self.contest.publications.exists():
            self.publication()
        return self.contest.publications.first()

    def appeal(self):
        appeal = self.published().appeals.create(number=self.n, ground="slip", text="So", at=NOON)
        told = {"name": "Me", "unit": "Us", "contact": "me@example.org"}
        Objector.objects.create(appeal=appeal, by=self.me, **told)

    def comment(self):
        juror = a_juror(f"J{self.n}", contest=self.contest)
        entry = an_entry(self.contest, organisation=None)
        a_sheet(juror=juror, entry=entry, state="sealed", sealed_at=NOON, comment="Well done")

    def flag(self):
        one, other = (an_entry(self.contest, organisation=None) for _ in range(2))
        Flag.objects.create(
            contest=self.contest, kind=FlagKind.values[0], one=one, other=other, likeness="0.9",
            raised_at=NOON,
        )  # fmt: skip

    def heat(self):
        return a_heat(self.stage, number=self.n, entries=2, jurors=1)

    def lot(self):
        heat = self.stage.heats.first() or self.heat()
        Lot.objects.create(heat=heat, number=self.n, algorithm="v1", codes=[], at=NOON)

    def certificate(self):
        """Of an award in a list that is published."""
        slate, _made = self.contest.slates.get_or_create(
            number=1, publication=self.published(), state="published",
            defaults={"at": NOON, "published_at": NOON},
        )  # fmt: skip
        pair = {"zh": "奖", "en": "Prize"}
        award = slate.awards.create(
            order=self.n, code=f"prize-{self.n}", name_en="Prize", entry=self.entry()
        )
        Certificate.objects.create(
            contest=self.contest, award=award, entry=award.entry, code=award.code,
            number=f"HW-{self.n:04d}", at=NOON, slip="LT1",
            words={"kind": "project", "edition": pair, "contest": pair, "award": pair,
                   "holder": {"first": "Weld ears", "second": ""}, "lines": [], "issuers": []},
        )  # fmt: skip

    def mailing(self):
        return frozen(a_mailing(self.contest, audience="accepted")) if self.entry() else None

    def letter(self):
        a_letter(verified(self.me).email)

    def pile(self):
        """A sheet in a further contest; a single pile would open at once."""
        for slug in (f"contest-{self.n}", "one-more"):
            if not self.contest.edition.contests.filter(slug=slug).exists():
                juror = a_juror("Ada", contest=a_contest(slug))
                a_sheet(juror=juror, entry=an_entry(juror.contest, organisation=None))


def told_in_the_journal(story):
    journal.write(
        "contests.contest_changed", about=story.contest, by=a_person(f"P{story.n}"), at=NOON
    )


def happened_to_the_entry(story):
    entry = story.contest.entries.first() or story.entry()
    journal.write(
        "submissions.entry_handed_in", about=entry, by=a_person(f"P{story.n}"), at=NOON, version=1
    )


def sheet_of(story):
    if not Sheet.objects.exists():
        a_sheet(juror=a_juror("Ada", contest=story.contest), entry=story.entry())
    return Sheet.objects.get()


def happened_to_the_sheet(story):
    by = a_person(f"P{story.n}")
    journal.write("jury.sheet_reopened", about=sheet_of(story), by=by, at=NOON, reopening=story.n)


def exported(story):
    Job.objects.create(
        kind=EXPORT, ids={"contest_id": story.contest.pk}, state=JobState.WAITING,
        by=a_person(f"P{story.n}"), asked_at=NOON,
    )  # fmt: skip


def led_here(story):
    channel, _ = Channel.objects.get_or_create(
        contest=story.contest, code="park", defaults={"name_en": "Park"}
    )
    scenario = story.contest.edition.scenarios.all()[0]
    Lead.objects.create(
        contest=story.contest, channel=channel, scenario=scenario, name=f"Firm {story.n}", at=NOON
    )


def given_a_consent(story):
    Consent.objects.create(
        person=story.me, purpose="contact", receiver=an_organisation(f"Bank {story.n}"),
        version="1", given_at=NOON,
    )  # fmt: skip


Address = Callable[[Story], list[object]]
public = lambda s: [s.contest.edition.slug, s.contest.slug]  # noqa: E731
ours = lambda s: [s.contest.pk]  # noqa: E731
nothing = lambda s: []  # noqa: E731
STORIES: dict[str, tuple[Address, Callable[[Story], object]]] = {
    "demands:public": (public, Story.demand),
    "demands:mine": (nothing, Story.demand),
    "demands:desk": (ours, Story.demand),
    "submissions:mine": (nothing, Story.entry),
    "submissions:answered": (
        lambda s: [(s.contest.demands.first() or s.demand()).pk],
        Story.answer,
    ),
    "contests:versions": (ours, Story.rules),
    "site:journal": (ours, told_in_the_journal),
    "site:leads": (ours, led_here),
    "site:exports": (ours, exported),
    "site:entry_history": (lambda s: [s.contest.entries.first().pk], happened_to_the_entry),
    "site:sheet_history": (lambda s: [sheet_of(s).pk], happened_to_the_sheet),
    "standings:comments": (lambda s: [s.published().pk], Story.comment),
    "site:desk": (nothing, Story.entry),
    "site:contest": (public, Story.demand),
    "people:organisations": (
        nothing,
        lambda s: a_speaker(s.me, an_organisation(f"Firm {s.n}")),
    ),
    "people:consents": (nothing, given_a_consent),
    "screening:queue": (
        ours,
        lambda s: an_entry(s.contest, state=EntryState.SUBMITTED, organisation=None),
    ),
    "screening:flags": (ours, Story.flag),
    "stages:participants": (
        lambda s: [s.stage.pk],
        lambda s: takes_part(s.stage, an_entry(s.contest, organisation=None)),
    ),
    "standings:overview": (lambda s: [s.stage.pk], Story.standing),
    "standings:notices": (public, Story.publication),
    "jury:piles": (nothing, Story.pile),
    "messages:outbox": (ours, Story.mailing),
    "awards:desk": (ours, Story.certificate),
    "awards:certificates": (ours, Story.certificate),
    "awards:public": (public, Story.certificate),
    "awards:own": (nothing, Story.certificate),
    "messages:inbox": (nothing, Story.letter),
    "finals:heats": (ours, Story.heat),
    "finals:programme": (lambda s: [s.contest.edition.slug], Story.heat),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", STORIES)
def test_a_list_asks_as_often_for_one_row_as_for_many(client, name):
    story, counts = Story(), []
    address, add = STORIES[name]
    for wanted in (1, 3, 20):
        while story.n < wanted:
            story.n += 1
            add(story)
        client.force_login(story.me)
        page = reverse(name, args=address(story))
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] == counts[2], counts


IN_THE_API = {
    "contests/": Story.pile,
    "demands/haiwan-3/venture/": Story.demand,
    "submissions/mine/": Story.entry,
    "submissions/contests/{contest}/": Story.entry,
    "submissions/haiwan-3/venture/": Story.entry,
    "jury/piles": Story.pile,
    "messages/inbox/": Story.letter,
    "awards/mine/": Story.certificate,
    "awards/haiwan-3/venture/": Story.certificate,
    "standings/haiwan-3/venture/notices/": Story.publication,
    "standings/appeals/": Story.appeal,
    "finals/haiwan-3/venture/heats/": Story.heat,
    "finals/heats/{heat}/lots/": Story.lot,
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", IN_THE_API)
def test_so_does_its_twin_in_the_api(client, path):
    story, counts = Story(), []
    for wanted in (1, 3, 20):
        while story.n < wanted:
            story.n += 1
            IN_THE_API[path](story)
        client.force_login(story.me)
        with CaptureQueriesContext(connection) as asked:
            heat = story.stage.heats.values_list("pk", flat=True).first()
            address = path.format(contest=story.contest.pk, heat=heat)
            assert client.get(f"/api/{address}").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] == counts[2], counts


def test_every_list_of_the_api_is_counted():
    answers = {
        f"{prefix.strip('/')}{path}": operation.response_models[200].model_fields["response"]
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if "GET" in operation.methods
    }
    listed = {path for path, field in answers.items() if get_origin(field.annotation) is list}
    known = {
        path.replace("haiwan-3/venture", "{slug:edition}/{slug:contest}").replace(
            "{heat}", "{int:pk}"
        )
        for path in IN_THE_API
    }
    assert len(listed) >= 5
    assert listed - known == set()


def lists() -> set[str]:
    """Names of addresses whose function is called by a word for a list."""
    found = set()
    for space, (_, resolver) in get_resolver().namespace_dict.items():
        for pattern in resolver.url_patterns:
            view = inspect.unwrap(getattr(pattern, "callback", lambda: None))
            if view.__module__.startswith("leitai.") and view.__name__ in LIST_WORDS:
                found.add(f"{space}:{pattern.name}")
    return found


def test_every_list_is_counted_somewhere():
    assert lists() - set(STORIES) - set(TOLD) - set(NO_LISTS) == set()


@pytest.mark.parametrize("where", sorted(set(TOLD.values())))
def test_what_is_told_in_a_room_is_there(where):
    file, _, test = where.partition("::")
    text = (PROJECT / file).read_text().partition(f"def {test}(")[2].partition("\n\n\n")[0]

    assert "CaptureQueriesContext" in text or "num_queries" in text
