"""Drafts: numbers, fields that save themselves, and two people who write at once."""

import pytest

from leitai.foundation.refusals import NotPossible
from leitai.rooms.contests.testing import DAY, NOON
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions, queries
from leitai.rooms.submissions.models import Entry, FieldChange
from leitai.rooms.submissions.testing import a_draft, an_open_contest

pytestmark = pytest.mark.django_db


def save(entry, key, value, *, base=0, by=None, at=NOON):
    return actions.save_field(
        entry=entry, key=key, value=value, base=base, by=by or entry.begun_by, at=at
    )


def test_numbers_run_on_without_gaps_whatever_the_scenario():
    contest, ada = an_open_contest("venture"), a_person("Ada")
    mfg = contest.edition.scenarios.get(code="MFG")
    codes = [
        actions.begin_entry(contest=contest, kind="company", by=ada, at=NOON, scenario=s).code
        for s in (mfg, None, mfg)
    ]

    assert codes == ["MFG-0001", "V-0002", "MFG-0003"]


def test_nobody_uses_up_the_numbers():
    contest, ada = an_open_contest(), a_person("Ada")
    for _i in range(10):
        actions.begin_entry(contest=contest, kind="company", by=ada, at=NOON)

    with pytest.raises(NotPossible) as refusal:
        actions.begin_entry(contest=contest, kind="company", by=ada, at=NOON)
    other = actions.begin_entry(contest=contest, kind="company", by=a_person("Ben"), at=NOON)

    assert refusal.value.verdict.code == "too_many_drafts"
    assert other.code == "O-0011"


def test_nobody_begins_after_the_deadline():
    with pytest.raises(NotPossible) as refusal:
        actions.begin_entry(contest=an_open_contest(), kind="company", by=a_person(), at=NOON + DAY)

    assert refusal.value.verdict.code == "entries_closed"


def test_of_two_who_write_at_once_nobody_loses_a_word():
    entry, ben = a_draft(), a_person("Ben")
    seen = queries.revision(entry)
    save(entry, "summary", "from Ada", base=seen)

    clash = save(Entry.objects.get(pk=entry.pk), "summary", "from Ben", base=seen, by=ben)

    assert (clash.is_accepted, clash.value, clash.by) == (False, "from Ada", "Ada")
    kept = FieldChange.objects.filter(entry=entry, key="summary").order_by("pk")
    assert [(c.value, c.was_kept) for c in kept] == [("from Ada", True), ("from Ben", False)]
    entry.refresh_from_db()
    assert entry.draft["summary"] == "from Ada"


def test_whoever_saw_the_other_text_may_go_on():
    entry, ben = a_draft(), a_person("Ben")
    seen = queries.revision(entry)
    save(entry, "summary", "from Ada", base=seen)
    clash = save(entry, "summary", "from Ben", base=seen, by=ben)

    again = save(entry, "summary", "both", base=clash.revision, by=ben)

    assert again.is_accepted
    assert entry.draft["summary"] == "both"


def test_two_who_write_in_different_fields_do_not_meet():
    entry = a_draft()
    seen = queries.revision(entry)

    first = save(entry, "summary", "one", base=seen)
    second = save(entry, "tags", "AI; 交通", base=seen, by=a_person("Ben"))

    assert first.is_accepted and second.is_accepted
    assert entry.draft["tags"] == ["AI", "交通"]


def test_the_same_words_twice_are_one_change():
    entry = a_draft()
    save(entry, "summary", "one", base=9)
    save(entry, "summary", "one ", base=0)

    assert FieldChange.objects.filter(key="summary").count() == 1


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("title_zh", " 𠮷野　机器人\u200b ", "𠮷野　机器人"),
        ("title_en", "Sutomo", "Sutomo"),
        ("revenue", "1,250,000", "1250000"),
        ("revenue", "１２", "12"),
        ("founded_on", "2024年3月1日", "2024-03-01"),
        ("services", ["bank", "match"], ["bank", "match"]),
        ("is_listed", "false", False),
        ("summary", "a\r\nb\x00", "a\nb"),
    ],
)
def test_answers_are_tidied(key, value, kept):
    entry = a_draft()

    assert save(entry, key, value, base=9).value == kept


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("title_zh", "长" * 61, "too_long"),
        ("revenue", "about two million", "not_a_number"),
        ("revenue", "NaN", "not_a_number"),
        ("founded_on", "2024-02-30", "not_a_date"),
        ("scenario", "XXX", "no_such_choice"),
        ("services", ["gold"], "no_such_choice"),
        ("title_zh", {"a": 1}, "not_a_text"),
        ("plan", "x", "no_such_field"),
        ("state", "accepted", "no_such_field"),
        ("country", "FR", "no_such_field"),  # asked of overseas teams only
    ],
)
def test_what_cannot_stand_is_refused_and_the_draft_keeps_what_it_had(key, value, code):
    entry = a_draft()
    before = dict(entry.draft)

    with pytest.raises(actions.BadAnswer) as refusal:
        save(entry, key, value, base=9)

    assert refusal.value.verdict.code == code
    assert Entry.objects.get(pk=entry.pk).draft == before


def test_the_servers_clock_decides_to_the_instant():
    entry = a_draft()

    assert save(entry, "summary", "in time", base=9, at=NOON + DAY - DAY / 10**9).is_accepted
    with pytest.raises(NotPossible) as refusal:
        save(entry, "summary", "late", base=9, at=NOON + DAY)

    assert refusal.value.verdict.code == "entries_closed"


def test_changing_the_kind_keeps_what_was_written():
    entry = a_draft(is_listed="true")

    actions.set_kind(entry=entry, kind="overseas", by=entry.begun_by, at=NOON)

    assert entry.draft["is_listed"] is True
    assert [f.key for f in queries.missing(entry)] == ["title_en", "country"]
