"""One table says who sees what, and every door keeps to it."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from leitai.foundation.models import Letter
from leitai.rooms.contests.testing import NOON
from leitai.rooms.jury import queries
from leitai.rooms.jury.rules import JudgingState, Sight, Viewer, seen_by, sees
from leitai.rooms.jury.rules.sight import FACTS
from leitai.rooms.jury.testing import (
    COMMENT,
    EVIDENCE,
    FIRM,
    JURORS,
    NAME,
    REMARK,
    TEAM,
    TOTALS,
    a_planted_stage,
)

ALONE = JudgingState.INDEPENDENT
# Each fact with the phases in which it is seen, for an open panel and for a blind one.
TOLD = {
    Viewer.JUROR: {
        "names": ("idc", "c"), "papers": ("idc", "idc"), "sheets": ("dc", "dc"),
        "jurors": ("dc", ""), "marks": ("dc", "dc"), "comments": ("dc", "dc"),
    },
    Viewer.CHAIR: {
        "names": ("idc", "c"), "papers": ("idc", "idc"), "figures": ("idc", "idc"),
        "sheets": ("dc", "dc"), "jurors": ("dc", ""), "marks": ("dc", "dc"),
        "comments": ("dc", "dc"),
    },
    Viewer.ORGANISER: dict.fromkeys(FACTS, ("idc", "idc")),
    Viewer.SECRETARIAT: {
        "names": ("idc", "idc"), "papers": ("idc", "idc"), "figures": ("idc", "idc"),
        "sheets": ("idc", "idc"), "jurors": ("idc", "idc"), "marks": ("c", "c"),
        "comments": ("c", "c"),
    },
    Viewer.SUPERVISOR: {
        "names": ("idc", "idc"), "figures": ("idc", "idc"), "sheets": ("idc", "idc"),
        "jurors": ("idc", "idc"), "marks": ("c", "c"), "comments": ("c", "c"),
    },
    Viewer.CO_HOST: {"names": ("idc", "idc")},
    Viewer.DEMAND_OWNER: {"names": ("idc", "idc"), "papers": ("idc", "idc")},
    Viewer.TEAM: {"names": ("idc", "idc"), "papers": ("idc", "idc")},
    Viewer.ANYBODY: {"names": ("idc", "c")},
}  # fmt: skip


@pytest.mark.parametrize("blind", [False, True], ids=["open", "blind"])
@pytest.mark.parametrize("phase", list(JudgingState))
@pytest.mark.parametrize("viewer", list(Viewer))
def test_the_table_line_by_line(viewer, phase, blind):
    wanted = {
        fact: phase[0] in phases[blind] for fact, phases in TOLD[viewer].items()
    }  # phases begin with different letters

    assert sees(viewer, phase, blind=blind) == Sight(**wanted)


def test_nothing_once_seen_is_hidden_again():
    for viewer in Viewer:
        for blind in (False, True):
            seen = [sees(viewer, phase, blind=blind) for phase in JudgingState]
            assert seen[0] | seen[1] == seen[1]
            assert seen[1] | seen[2] == seen[2]


def test_an_organiser_who_marks_as_well_sees_what_a_juror_sees():
    both = seen_by({Viewer.ORGANISER, Viewer.JUROR}, ALONE, blind=True)

    assert both == sees(Viewer.JUROR, ALONE, blind=True)
    assert not both.marks


def test_two_roles_of_those_who_run_it_add_up():
    both = seen_by({Viewer.SUPERVISOR, Viewer.SECRETARIAT}, ALONE, blind=True)

    assert both == sees(Viewer.SECRETARIAT, ALONE, blind=True)


# --- every door, as everybody, in every phase

NAMES = {NAME, FIRM, TEAM}
MARKS = {*TOTALS, COMMENT, EVIDENCE}
PHASES = ["independent", "discussion", "closed"]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def addresses(planted):
    """Everything that leads to this stage, its sheets, its entry, as page, file and JSON."""
    stage, entry, contest = planted.stage, planted.entry, planted.stage.contest
    slugs = [contest.edition.slug, contest.slug]
    own = reverse("jury:sheets", args=[stage.pk])
    found = [
        own, f"{own}?format=csv", f"{own}?format=xlsx", f"{own}?entry={entry.code}",
        reverse("jury:progress", args=[stage.pk]),
        *(f"{reverse('jury:progress', args=[stage.pk])}?show={s}" for s in ("entries", "spread")),
        reverse("jury:draws", args=[stage.pk]), reverse("jury:conflicts", args=[contest.pk]),
        reverse("jury:discussions", args=[stage.pk]), reverse("jury:sight", args=[stage.pk]),
        reverse("jury:pile", args=[stage.pk]), reverse("jury:piles"),
        *(reverse("jury:sheet", args=[sheet.pk]) for sheet in planted.sheets),
        reverse("standings:overview", args=[stage.pk]), reverse("site:desk"),
        reverse("site:contest_desk", args=[contest.pk]), reverse("site:journal", args=[contest.pk]),
        reverse("submissions:public", args=slugs), reverse("submissions:desk", args=[contest.pk]),
        *(f"{reverse('submissions:public', args=slugs)}?q={q}" for q in (NAME, FIRM, TEAM)),
        reverse("submissions:card", args=[contest.edition.slug, entry.code]),
        reverse("submissions:record", args=[entry.pk]),
        f"/api/submissions/{slugs[0]}/cards/{entry.code}/",
        f"/api/submissions/{slugs[0]}/{slugs[1]}/", "/api/jury/piles",
        f"/api/submissions/{slugs[0]}/{slugs[1]}/?q={TEAM}",
        *(f"/api/jury/sheets/{sheet.pk}" for sheet in planted.sheets),
        f"/api/jury/stages/{stage.pk}/progress",
    ]  # fmt: skip
    if planted.discussion:
        found.append(reverse("jury:discussion", args=[planted.discussion.pk]))
    return found


def words_of(answer):
    """What a person gets to read, also of a spreadsheet, and the headers."""
    body = b"".join(answer)
    if "spreadsheetml" in answer.get("Content-Type", ""):
        rows = openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
        body = repr(list(rows)).encode()
    return body.decode(errors="replace") + repr(dict(answer.items()))


def found_by(planted, who, *, asked=()):
    """The canaries this person comes across, each with the first door behind which it stood.

    Whoever marks keeps the own sheet's words: those are not counted.
    """
    client = Client(headers={"Accept-Language": "en"})
    if who is not None:
        client.force_login(who)
    seen = {}
    for address in addresses(planted):
        answer = client.get(address)
        assert answer.status_code in {200, 302, 401, 403, 404}, (address, answer)
        if answer.status_code == 200:
            told = words_of(answer).replace(f"?q={TEAM}", "").replace(f'value="{TEAM}"', "")
            for canary in {*NAMES, *MARKS, *JURORS, REMARK}:
                if canary in told and not _is_echo(canary, address):
                    seen.setdefault(canary, address)
    return seen


def _is_echo(canary, address):
    return f"q={canary}" in address


@pytest.mark.django_db
@pytest.mark.parametrize("phase", PHASES)
def test_each_finds_what_the_table_says_and_nothing_else(phase):
    """What may be seen is really there, or the crawl would pass on a site that shows nothing."""
    planted = a_planted_stage(phase)

    for viewer in (*Viewer, "other_juror", "tied"):
        who = planted.people[viewer]
        sight = _sight_of(viewer, phase)
        found, own = found_by(planted, who), _own(planted, who)
        hidden = set() if sight.names else set(NAMES)
        hidden |= set() if sight.marks else MARKS | {REMARK}
        hidden |= set() if sight.jurors else set(JURORS)
        assert not {c: a for c, a in found.items() if c in hidden and not own(c)}, viewer
        if viewer in ("organiser", "secretariat", "supervisor", "juror", "chair"):
            wanted = {*TOTALS, COMMENT} if sight.marks else set()
            wanted |= set(JURORS) if sight.jurors else set()
            assert wanted <= set(found), viewer


def _sight_of(viewer, phase):
    """The owner of a demand this entry does not answer, and jurors of other entries, are anybody;
    a co-host without a region likewise. With a tie, nothing of the judging is to be seen."""
    if viewer == "tied":
        return Sight(names=True, jurors=True)
    if viewer in ("other_juror", "demand_owner", "co_host"):
        viewer = Viewer.ANYBODY
    return sees(Viewer(viewer), phase, blind=True)


def _own(planted, who):
    """A juror's own name and words come back to the juror."""
    mine = next((n for n, s in enumerate(planted.sheets) if s.juror.user_id == who.pk), None)

    def is_own(canary):
        if mine is None:
            return False
        return canary in {JURORS[mine], COMMENT, EVIDENCE, TOTALS[mine]}

    return is_own


@pytest.mark.django_db
def test_a_tied_organiser_finds_the_entry_in_no_list_of_scores(client):
    planted = a_planted_stage("discussion")
    client.force_login(planted.people["tied"])

    for name in ("sheets", "discussions"):
        page = client.get(reverse(f"jury:{name}", args=[planted.stage.pk]))
        assert page.status_code == 200
        assert planted.entry.code.encode() not in page.content
    for show in ("spread", "entries"):
        page = client.get(f"{reverse('jury:progress', args=[planted.stage.pk])}?show={show}")
        assert planted.entry.code.encode() not in page.content
    assert client.get(reverse("jury:sheet", args=[planted.sheets[0].pk])).status_code == 404
    assert client.get(reverse("jury:discussion", args=[planted.discussion.pk])).status_code == 404
    refused = client.get(reverse("standings:overview", args=[planted.stage.pk]))
    assert refused.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["juror", None])
def test_until_a_blind_jury_has_decided_no_name_leads_to_a_code(who):
    before, after = a_planted_stage("discussion"), None
    person = before.people[who] if who else None

    assert not NAMES & set(found_by(before, person))

    from leitai.rooms.jury import actions

    discussion, chair = before.discussion, before.people["chair"]
    actions.close_discussion(discussion=discussion, summary="So be it.", by=chair, at=NOON)
    actions.close_judging(stage=before.stage, by=before.people["organiser"], at=NOON)

    after = found_by(before, person)
    assert {FIRM, TEAM} <= set(after)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["zephyrine", "Quillfeather", "quill", TEAM, "Marrow", "ltd"])
def test_a_search_by_a_name_finds_no_card_and_counts_none(client, word):
    planted = a_planted_stage()
    contest = planted.stage.contest
    page = reverse("submissions:public", args=[contest.edition.slug, contest.slug])

    assert planted.entry.code in client.get(page, {"q": "weld"}).content.decode()
    assert planted.entry.code in client.get(page, {"q": planted.entry.code}).content.decode()
    answer = client.get(page, {"q": word})

    assert planted.entry.code not in answer.content.decode()
    assert answer.context["total"].number == 0
    assert not any(facet["choices"] for facet in answer.context["facets"])


@pytest.mark.django_db
def test_on_an_open_panel_cards_have_their_names(client):
    planted = a_planted_stage(blind=False)
    contest = planted.stage.contest
    page = reverse("submissions:public", args=[contest.edition.slug, contest.slug])

    answer = client.get(page, {"q": TEAM})

    assert planted.entry.code in answer.content.decode()


@pytest.mark.django_db
def test_letters_of_a_blind_judging_name_nobody_and_no_mark():
    planted = a_planted_stage("closed")

    letters = [letter.subject + letter.text for letter in Letter.objects.all()]
    assert any(planted.entry.code in letter for letter in letters)
    for letter in letters:
        assert not [c for c in (*NAMES, *MARKS, REMARK) if c in letter]


@pytest.mark.django_db
def test_marks_read_before_the_end_stand_in_the_journal(client):
    from leitai.foundation.models import Line

    planted = a_planted_stage()
    client.force_login(planted.people["organiser"])

    exported = client.get(reverse("jury:sheets", args=[planted.stage.pk]), {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(exported).decode("utf-8-sig"))))

    assert {Decimal(row["total"]) for row in rows} == {Decimal(t) for t in TOTALS}
    read = Line.objects.get(verb="jury.marks_read")
    assert read.by == planted.people["organiser"]


@pytest.mark.django_db
def test_a_conflict_noted_later_closes_the_juror_out():
    from leitai.rooms.jury import actions

    planted = a_planted_stage("discussion")
    sheet = planted.sheets[2]
    actions.declare_conflict(
        juror=sheet.juror, entry=planted.entry, ground="personal", by=sheet.juror.user, at=NOON
    )

    assert not queries.own_discussions(sheet.juror.user).exists()
    assert len(queries.panel(planted.discussion)) == 2
    assert not {*TOTALS[:2], REMARK} & set(found_by(planted, sheet.juror.user))
