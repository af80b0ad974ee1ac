"""Who is proposed, what a paper says, and when: no database."""

from datetime import UTC, datetime, timedelta

import pytest

from leitai.foundation import slips
from leitai.foundation.files import glyphs
from leitai.rooms.awards import rules
from leitai.rooms.awards.rules import Candidate, Given, Names, Object, Paper, SlateState
from leitai.rooms.contests.rules.schema import AwardRule

FIRST = AwardRule(code="first", name={"en": "First"}, count=1)
SECOND = AwardRule(code="second", name={"en": "Second"}, count=2)
BEST = AwardRule(code="best", name={"en": "Best answer"}, count=1, named=True)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def ranked(*ranks, group=""):
    return [Candidate(entry=10 * n, rank=rank, group=group) for n, rank in enumerate(ranks, 1)]


def entries(given, code):
    return [g.entry for g in given if g.code == code]


def test_awards_go_by_place_and_nobody_gets_two():
    given = rules.propose([FIRST, SECOND, BEST], ranked(2, 1, 3, 4))

    assert given == [
        Given("first", "", 1, 20),
        Given("second", "", 1, 10),
        Given("second", "", 2, 30),
        Given("best", "", 1),
    ]


def test_a_first_prize_nobody_deserved_moves_the_best_to_the_second():
    given = rules.propose([FIRST, SECOND], ranked(1, 2, 3), vacant={("first", ""): 1})

    assert given[0] == Given("first", "", 1, is_vacant=True)
    assert entries(given, "second") == [10, 20]


def test_of_three_awards_the_last_may_stay_empty():
    given = rules.propose([SECOND], ranked(1, 2, 3), vacant={("second", ""): 1})

    assert given == [Given("second", "", 1, 10), Given("second", "", 2, is_vacant=True)]


def test_entries_level_at_the_line_of_an_award_are_marked():
    given = rules.propose([FIRST, SECOND], ranked(1, 1, 2, 3))

    assert [g.is_tied for g in given] == [True, False, False]


def test_too_few_entries_leave_seats_open():
    given = rules.propose([FIRST, SECOND], ranked(1))

    assert [(g.entry, g.is_vacant) for g in given] == [(10, False), (None, False), (None, False)]


def test_in_each_scenario_its_own_first_prize():
    each = FIRST.model_copy(update={"per_scenario": True})
    field = [Candidate(1, 1, "MED"), Candidate(2, 2, "MED"), Candidate(3, 3, "TRF")]

    given = rules.propose([each], field)

    assert [(g.group, g.entry) for g in given] == [("MED", 1), ("TRF", 3)]


def test_a_special_place_without_a_rank_gets_no_award_by_place():
    assert entries(rules.propose([FIRST], [Candidate(1, None), Candidate(2, 7)]), "first") == [2]


NAMES = Names(
    title=("焊缝超声检测", "Weld ears"), by=("海湾声学", "Haiwan Acoustics"), team="听焊队",
    answers=(("港口吊装安全", "Crane safety"),), person=("张三", "San Zhang"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        (Object.PROJECT, Paper("焊缝超声检测", "Weld ears", ("海湾声学  Haiwan Acoustics",))),
        (
            Object.SOLUTION,
            Paper("焊缝超声检测", "Weld ears",
                  ("揭榜 In answer to: 港口吊装安全  Crane safety", "海湾声学  Haiwan Acoustics")),
        ),
        (
            Object.TEAM,
            Paper("听焊队", "", ("焊缝超声检测  Weld ears", "海湾声学  Haiwan Acoustics")),
        ),
        (
            Object.PERSON,
            Paper("张三", "San Zhang", ("焊缝超声检测  Weld ears", "海湾声学  Haiwan Acoustics")),
        ),
    ],
)  # fmt: skip
def test_each_kind_of_award_is_made_out_to_its_holder(kind, paper):
    assert rules.paper_for(kind, NAMES) == paper


def test_one_language_is_enough():
    paper = rules.paper_for(Object.PROJECT, Names(title=("", "Only English"), by=("", "")))

    assert paper == Paper("Only English", "", ())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada\x00\x1b[31m", "Ada[31m"),
        ("  Ada \n\t Lovelace ", "Ada Lovelace"),
        ("gpj.\u202eexe", "gpj.exe"),  # would be read backwards
        ("Zoe\u0308", "Zoë"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # its joiner belongs to the word
        ("#set page(width: 1pt) $x$ *b* \\u{41}", "#set page(width: 1pt) $x$ *b* \\u{41}"),
    ],
)
def test_names_lose_what_is_no_writing_and_nothing_else(typed, kept):
    assert rules.clean(typed) == kept


@pytest.mark.parametrize(
    "name",
    ["张三", "𬍛㼆", "𠮷野家", "Łukasz Đặng Nguyễn", "Zoë Müller-Straße", "Ёлка Иванов", "Ὀδυσσεύς",
     "محمد بن عبد الله", "שרה", "สมชาย", "किरण", "한글"],
)  # fmt: skip
def test_names_of_many_scripts_can_be_printed(name):
    assert glyphs.missing(name) == []


def test_characters_without_a_shape_are_named_one_by_one():
    assert glyphs.missing("张\ue000三 𝍠\ue000 བོད") == ["\ue000", "𝍠", "བ", "ོ", "ད"]
    assert glyphs.named("\ue000") == "U+E000"


@pytest.mark.parametrize(
    ("typed", "number"),
    [(" haiwan-3-0042 ", "HAIWAN-3-0042"), ("ＨＡＩＷＡＮ－３－００４２", "HAIWAN-3-0042"),
     ("Haiwan–3—0042", "HAIWAN-3-0042"), ("x" * 500, "X" * 60)],
)  # fmt: skip
def test_numbers_are_read_however_they_are_typed(typed, number):
    assert rules.read_number(typed) == number


def test_letters_of_numbers_are_plain_own_and_fixed():
    ask = rules.may_use_prefix

    assert ask("HW-3", is_taken=False, issued=0)
    assert ask("hw 3", is_taken=False, issued=0).code == "bad_prefix"
    assert ask("<b>", is_taken=False, issued=0).code == "bad_prefix"
    assert ask("HW-3", is_taken=True, issued=0).code == "prefix_taken"
    assert ask("HW-3", is_taken=False, issued=1).code == "numbers_given"


def test_two_people_approve_a_list_without_holes_and_ties():
    def ask(**changed):
        told = {"open_seats": 0, "ties": 0, "has_approved": False} | changed
        return rules.may_approve(SlateState.DRAFT, **told).code

    assert [ask(), ask(open_seats=1), ask(ties=2), ask(has_approved=True)] == [
        "", "seats_open", "level", "approved_already",
    ]  # fmt: skip


def test_certificates_wait_for_the_end_of_notice_and_objections():
    def ask(state=SlateState.PUBLISHED, objections=0, at=NOON):
        return rules.may_issue(state, notice_until=NOON, objections=objections, at=at).code

    assert ask() == ""
    assert ask(at=NOON - timedelta(seconds=1)) == "notice_runs"
    assert ask(objections=1) == "objections_open"
    assert ask(state=SlateState.DECIDED) == "not_published"


def test_a_slip_is_found_in_an_address_and_across_lines_of_paper():
    slip = slips.write(["HW-0001", "Ada"], sign=lambda words: bytes(64))
    broken = "\n".join(slip[n : n + 40] for n in range(0, len(slip), 40))

    assert slips.find(f"https://x.example/awards/check/?c={slip}") == slip
    assert slips.find(f"Certificate\n{broken}") == slip
    assert slips.read(slip) == ["HW-0001", "Ada"]
    assert slips.find("LT1.nothing") == ""


@pytest.mark.parametrize(
    "bad",
    ["", "LT1.", "LT2.W10." + "A" * 86, "LT1.!!.", "LT1.e30." + "A" * 86, "LT1.WzFd." + "A" * 86,
     "LT1.W1tbW1tb." + "A" * 86, "LT1." + "A" * 9000 + "." + "A" * 86],
)  # fmt: skip
def test_what_is_no_slip_is_refused(bad):
    with pytest.raises(slips.BadSlip):
        slips.read(bad)
