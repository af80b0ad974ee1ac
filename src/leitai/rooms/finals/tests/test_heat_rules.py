"""What a heat lacks, whose turn is when, by which door an entry goes on, dates for calendars."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from leitai.rooms.finals.rules import calendar, going_on, readiness, timetable, zones
from leitai.rooms.finals.rules.going_on import Stand
from leitai.rooms.finals.rules.timetable import Part

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
READY = readiness.Facts(
    has_hall=True, has_time=True, is_in_stage=True, is_stage_open=True, entries=6, capacity=20,
    seats=7, wanted=7, kinds_missing={}, ties=0, has_chair=True, has_order=True, asks_for_lot=True,
    has_lot=True, out_of_hours=0, pictures_missing=0, cues=8, pitches_missing=0, rehearsals=1,
)  # fmt: skip


def lacks(**changes):
    points = readiness.points(replace(READY, **changes))
    return [(p.code, p.how) for p in points if p.how != "done"]


def test_a_heat_that_lacks_nothing_is_ready():
    assert lacks() == [] and readiness.is_ready(READY)


def test_what_is_missing_keeps_a_heat_back():
    assert lacks(has_hall=False) == [("place", "missing")]
    assert lacks(is_in_stage=False) == [("stage", "missing")]
    assert lacks(entries=21) == [("roster", "missing")]
    assert lacks(has_order=False) == [("lot", "missing")]
    assert lacks(seats=5) == [("jury", "missing")]
    assert lacks(kinds_missing={"investor": 1}) == [("jury", "missing")]
    assert lacks(has_chair=False) == [("jury", "missing")]


def test_what_is_only_advised_does_not():
    facts = replace(READY, has_lot=False, ties=1, out_of_hours=1, cues=0, rehearsals=0,
                    pictures_missing=2)  # fmt: skip

    assert {how for _code, how in lacks(has_lot=False, ties=1, cues=0)} == {"advice"}
    assert readiness.is_ready(facts)


def test_turns_follow_the_run_of_show_where_it_names_the_entry():
    parts = [Part(minutes=10), Part(minutes=15, entry=8), Part(minutes=15, entry=7)]

    found = timetable.turns([7, 8, 9], parts, starts_at=NINE, turn_minutes=15)

    assert {e: at - NINE for e, at in found.items()} == {
        7: timedelta(minutes=25), 8: timedelta(minutes=10), 9: timedelta(minutes=30),
    }  # fmt: skip
    assert timetable.turns([7], parts, starts_at=None, turn_minutes=15) == {}
    assert timetable.ends(parts, starts_at=NINE) == NINE + timedelta(minutes=40)


def test_each_heat_has_its_own_places_and_the_rest_are_wild_cards():
    stands = [
        Stand(entry=1, heat=1, heat_place=1, outcome="in"),
        Stand(entry=2, heat=1, heat_place=2, outcome="in"),
        Stand(entry=3, heat=1, heat_place=3, outcome="in"),
        Stand(entry=4, heat=2, heat_place=1, outcome="in"),
        Stand(entry=5, heat=2, heat_place=2, outcome="reserve"),
        Stand(entry=6, heat=2, heat_place=3, outcome="in", is_special=True),
    ]

    found = going_on.split(stands, floor=2)

    assert found.direct == {1: [1, 2], 2: [4]}
    assert (found.wild, found.special, found.reserves) == ([3], [6], [5])


def test_a_date_keeps_hostile_words_in_their_line():
    date = calendar.Date(
        uid="heat-1@here", starts_at=NINE, ends_at=NINE + timedelta(minutes=15),
        title="A;B,C\r\nEND:VEVENT\u0000", where="擂" * 60, url="https://here/1",
    )  # fmt: skip

    lines = calendar.calendar([date], at=NINE).split("\r\n")

    assert lines.count("END:VEVENT") == 1
    assert "SUMMARY:A\\;B\\,C\\nEND:VEVENT" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_a_zone_is_known_by_a_city():
    assert str(zones.city("Europe/Paris")) and zones.city("Pacific/Auckland") == "Auckland"
    assert zones.offset(NINE, "Asia/Shanghai") == "UTC+8"
    assert zones.offset(NINE, "America/New_York") == "UTC−4"
