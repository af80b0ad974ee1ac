from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from leitai.rooms.contests.rules import Rules, presets, preview, yamls
from leitai.rooms.contests.rules.changes import objections
from leitai.rooms.contests.rules.diff import differences
from leitai.rooms.contests.rules.documents import EditionDocument
from leitai.rooms.contests.rules.errors import OURS, explain
from leitai.rooms.contests.rules.printing import plain_text, printed
from leitai.rooms.contests.rules.shifting import shift
from leitai.rooms.contests.testing import some_rules

LAUNCH = datetime(2026, 5, 28, 1, tzinfo=UTC)


def all_words(code: str):
    """Every pair of words in a preset."""

    def walk(value):
        if isinstance(value, dict):
            if set(value) == {"zh", "en"}:
                yield value
            else:
                for part in value.values():
                    yield from walk(part)
        elif isinstance(value, list | tuple):
            for part in value:
                yield from walk(part)

    return list(walk(presets.load(code).model_dump()))


# --- presets


@pytest.mark.parametrize("code", presets.CODES)
def test_a_preset_has_a_hundred_points_and_five_bands_without_gaps(code):
    for stage in presets.load(code, launch_at=LAUNCH).stages:
        assert sum(c.high for c in stage.criteria) == 100
        for criterion in stage.criteria:
            bands = sorted(criterion.bands, key=lambda band: band.low)
            assert len(bands) == 5
            assert (bands[0].low, bands[-1].high) == (0, criterion.high)
            assert all(after.low == before.high + 1 for before, after in pairwise(bands))


@pytest.mark.parametrize("code", presets.CODES)
def test_a_preset_lacks_no_words_in_either_language(code):
    for words in all_words(code):
        assert bool(words["zh"]) == bool(words["en"]), words


def test_the_three_traits_carry_most_of_the_application_rubric():
    points = {c["code"]: c["high"] for c in presets.rubric("application-paper")}

    assert points["landing"] + points["copying"] + points["scaling"] >= 50


@pytest.mark.parametrize("code", presets.CODES)
def test_windows_of_a_preset_stand_one_after_the_other(code):
    rules = presets.load(code, launch_at=LAUNCH)
    spans = [rules.entry.span, *(stage.span for stage in rules.stages)]

    assert all(before.closes_at <= after.opens_at for before, after in pairwise(spans))


def test_nobody_is_asked_for_an_identity_number():
    keys = {field["key"] for step in presets.form() for field in step["fields"]}

    assert not {
        key for key in keys if "identity" in key or key.startswith("id") or "passport" in key
    }
    abroad = next(
        f for s in presets.form() for f in s["fields"] if f["key"] == "foreign_registration"
    )
    assert abroad["entrants"] == ["overseas"]


def test_a_team_from_abroad_needs_no_chinese_name():
    rules = presets.load("venture-2021")
    field = {f.key: f for step in rules.entry.steps for f in step.fields}

    assert not field["title_zh"].is_required_of("overseas")
    assert field["title_en"].is_required_of("overseas")
    assert field["title_zh"].is_required_of("company")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("venture-2021", (7, {"technical": 3, "investor": 3, "demand": 1}, "drop_high_low", 8, 7)),
        ("application-3k", (5, {}, "mean", 8, 5)),
        ("cxcyds-like", (5, {"investor": 4, "technical": 1}, "mean", 8, 7)),
        ("city-final", (5, {}, "mean", 8, 7)),
        ("quick-5x5", (5, {}, "drop_high_low", 5, 5)),
    ],
)
def test_live_rounds_are_as_the_contests_hold_them(code, expected):
    stage = presets.load(code).stages[-1 if code != "venture-2021" else 1]
    live = stage.live

    assert expected == (
        stage.panel.per_entry, stage.panel.mix, stage.formula, live.pitch_minutes,
        live.questions_minutes,
    )  # fmt: skip


# --- in words


@pytest.mark.parametrize("code", presets.CODES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_preset_prints_itself_whole(code, language):
    rules = presets.load(code, launch_at=LAUNCH)
    with override(language):
        text = plain_text(printed(rules))

    assert "{" not in text
    assert "None" not in text
    if language == "en":
        assert not any("\u4e00" <= c <= "\u9fff" for c in text)


def test_a_deadline_at_midnight_reads_as_the_end_of_the_day_before():
    with override("en"):
        text = plain_text(printed(presets.load("venture-2021", launch_at=LAUNCH)))

    assert "to 2 July 2026 24:00 (UTC+8)" in text


def test_differences_name_what_changed_and_nothing_else():
    old = some_rules()
    new = some_rules(stage={"quota": {"total": 3, "reserves": 1}, "formula": "median"})

    with override("en"):
        told = [str(d) for d in differences(old, new)]

    assert told == [
        "Stages › First round › Formula: plain mean → median",
        "Stages › First round › Who goes on › Places: 2 → 3",
    ]
    assert differences(old, old) == []


def test_of_bands_only_those_that_changed_are_told():
    def with_bands(top: str):
        bands = [
            {"low": 0, "high": 5, "text": {"en": "An idea"}},
            {"low": 6, "high": 10, "text": {"en": top}},
        ]
        criterion = {"code": "landing", "name": {"en": "Deployable"}, "high": 10, "bands": bands}
        return some_rules(stage={"criteria": [criterion], "tie_breaks": ["chair"]})

    with override("en"):
        told = [str(d) for d in differences(with_bands("A pilot"), with_bands("In daily use"))]

    path = "Stages › First round › Criteria › Deployable › Bands"
    assert told == [f"{path}: 6–10 A pilot → 6–10 In daily use"]


def test_every_code_of_the_schema_has_words():
    source = (presets.FOLDER.parent / "schema.py").read_text(encoding="utf-8")
    documents = (presets.FOLDER.parent / "documents.py").read_text(encoding="utf-8")
    raised = {
        part.split('"')[0]
        for text in (source, documents)
        for part in text.split('ValueError("')[1:]
    }

    assert raised <= set(OURS)


def test_a_problem_says_where_and_what_to_do():
    with pytest.raises(ValidationError) as error, override("en"):
        some_rules(stage={"span": {"opens_at": LAUNCH, "closes_at": LAUNCH - timedelta(days=1)}})
    with override("en"):
        (problem,) = explain(error.value)

        assert problem.code == "closes_before_it_opens"
        assert str(problem) == (
            "Stages › 1 › Window: It closes before it opens; please check both dates."
        )


# --- next year


def test_a_year_later_is_the_same_weekday_and_hour_across_summer_time():
    rules = presets.load(
        "quick-5x5", launch_at=datetime(2026, 3, 27, tzinfo=UTC), time_zone="Europe/Paris"
    )
    moved = shift(rules, time_zone="Europe/Paris")

    before, after = rules.entry.span.opens_at, moved.entry.span.opens_at
    assert after.astimezone(before.tzinfo).timetuple()[3:7] == before.timetuple()[3:7]
    assert (after.date() - before.date()).days == 364


def test_open_ends_stay_open():
    rules = presets.load("quick-5x5")

    assert shift(rules, time_zone="Asia/Shanghai") == rules


# --- in mid-season


def test_a_stage_that_has_opened_stands_and_others_may_change():
    old = presets.load("venture-2021")
    stages = (old.stages[0], old.stages[1].model_copy(update={"formula": "mean"}), old.stages[2])
    new = old.model_copy(update={"stages": stages})

    assert objections(old, new, opened={"first"}, has_entries=True) == []
    assert [v.code for v in objections(old, new, opened={"first", "stage"}, has_entries=True)] == [
        "stage_has_opened"
    ]


def test_nothing_new_slips_in_before_a_stage_that_has_opened():
    old = presets.load("venture-2021")
    extra = old.stages[0].model_copy(update={"code": "extra"})
    new = old.model_copy(update={"stages": (extra, *old.stages)})

    codes = [v.code for v in objections(old, new, opened={"first"}, has_entries=False)]
    assert codes == ["stage_before_opened"]


# --- files


@pytest.mark.parametrize("code", presets.CODES)
def test_rules_come_back_from_yaml_byte_for_byte(code):
    rules = presets.load(code, launch_at=LAUNCH)
    text = yamls.dump(rules)

    again = yamls.load(text.encode(), Rules)

    assert again == rules
    assert yamls.dump(again) == text


printable = st.text(
    st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t:#&*!|>'\"%@`{}[],-?𠮷"),
    max_size=60,
)
words = st.builds(dict, zh=printable, en=printable)
points = st.decimals(min_value=1, max_value=100, places=2)


@st.composite
def documents(draw):
    rules = some_rules().model_dump()
    stage = rules["stages"][0]
    stage["name"], stage["band_factor"] = draw(words), draw(points)
    stage["criteria"][0]["weight"] = draw(points)
    stage["criteria"][0]["evidence"] = draw(words)
    opens_at = draw(
        st.datetimes(
            datetime(2000, 1, 1),  # noqa: DTZ001 - the zone is drawn
            datetime(2100, 1, 1),  # noqa: DTZ001
            timezones=st.timezones(),
        )
    )
    rules["entry"]["span"] = {"opens_at": opens_at, "closes_at": None}
    return EditionDocument.model_validate(
        {
            "slug": "haiwan-3", "year": 2026, "name": draw(words), "about": draw(words),
            "scenarios": [{"code": "MED", "name": draw(words)}],
            "contests": [{"slug": "venture", "name": draw(words), "rules": rules}],
        }
    )  # fmt: skip


@given(documents())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_edition_comes_back_from_yaml_byte_for_byte(document):
    text = yamls.dump(document)

    again = yamls.load(text.encode(), EditionDocument)

    assert again == document
    assert yamls.dump(again) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a: &a [x, x]\nb: [*a, *a]", "anchor"),
        (b"a: !!python/object/apply:os.system [ls]", "tag"),
        (b"[" * 5000, "too_deep"),
        (b"a: 1\na: 2", "twice"),
        (b"a: [", "syntax"),
        (b"", "empty"),
        (b"? [1]\n: 2", "odd_key"),
        (b"\xff\xfe\x00a", "not_text"),
        (b"x" * (yamls.MAX_BYTES + 1), "too_large"),
        (b"- 1\n- 2", "model_type"),
    ],
)
def test_hostile_files_are_refused_with_one_reason(content, code):
    with pytest.raises(yamls.Unreadable) as refusal:
        yamls.load(content, EditionDocument)

    assert [p.code for p in refusal.value.problems] == [code]


def test_wrong_types_are_named_with_line_and_place():
    text = yamls.dump(EditionDocument(slug="haiwan-3", year=2026, name={"zh": "名" * 60, "en": ""}))
    broken = text.replace("year: 2026", "year: soon").replace("number: 1", "number: [1]")

    with pytest.raises(yamls.Unreadable) as refusal, override("en"):
        yamls.load(broken.encode(), EditionDocument)

    with override("en"):
        assert [str(p) for p in refusal.value.problems] == [
            "line 3, Number: A whole number is needed here.",
            "line 4, Year: A whole number is needed here.",
        ]


def test_a_name_of_sixty_characters_is_welcome_and_a_control_character_is_not():
    EditionDocument(slug="haiwan-3", year=2026, name={"zh": "名" * 60})

    with pytest.raises(yamls.Unreadable) as refusal:
        yamls.load(b'slug: a\nyear: 2026\nname: {zh: "a\\0b"}', EditionDocument)
    assert [p.code for p in refusal.value.problems] == ["not_printable"]


def test_a_file_saved_on_windows_in_chinese_is_read():
    text = yamls.dump(EditionDocument(slug="haiwan-3", year=2026, name={"zh": "海湾杯"}))

    assert yamls.load(text.encode("gb18030"), EditionDocument).name.zh == "海湾杯"


# --- preview


def totals(*rows, places=1, groups="AABB", floor=0):
    entries = tuple(
        preview.SampleEntry(f"E{n}", groups[n], tuple(Decimal(t) for t in row), {})
        for n, row in enumerate(rows)
    )
    return preview.Sample(entries, places=places, reserves=1, floor=floor)


def stage_with(**changes):
    return some_rules(stage={"tie_breaks": [], **changes}).stages[0]


def test_the_highest_and_lowest_totals_are_struck_through():
    stage = stage_with(formula="drop_high_low")

    (first, *_rest) = preview.run(stage, totals((1, 7, 8, 9), (5, 5, 5, 5))).rows

    assert first.score == Decimal("7.50")
    assert [left_out for _total, left_out in first.totals] == [True, False, False, True]


def test_a_tie_goes_down_the_chain_and_the_page_says_so():
    stage = stage_with(formula="median", tie_breaks=["best_mark", "chair"])

    with override("en"):
        result = preview.run(stage, totals((5, 6, 9), (6, 6, 7), (1, 1, 1)))

    assert [row.name for row in result.rows] == ["E0", "E1", "E2"]
    assert result.ties == ("E0 → E1: parted by the best single total.",)


def test_level_at_the_line_nobody_is_cut_by_chance():
    stage = stage_with(tie_breaks=["chair"])

    result = preview.run(stage, totals((5, 5), (5, 5), (1, 1)))

    assert [row.outcome for row in result.rows] == ["tied", "tied", "out"]
    assert result.open_at_cut == ("E0, E1",) or result.open_at_cut == ("E0、E1",)


def test_standardising_is_refused_where_juries_do_not_overlap():
    stage = stage_with(formula="z_mean", min_sheets_for_z=2)
    split = preview.Sample(
        tuple(
            preview.SampleEntry(
                f"E{n}", "A",
                (Decimal(n), None) if n < 3 else (None, Decimal(n)), {},
            )
            for n in range(6)
        ),
        places=1, reserves=0, floor=0,
    )  # fmt: skip

    result = preview.run(stage, split)

    assert result.rows == ()
    assert len(result.refusals) == 1


def test_wild_cards_go_to_the_best_of_those_left():
    stage = stage_with(quota={"total": 3, "by": "heat", "floor": 1, "rest": "best"})

    result = preview.run(stage, totals((9, 9), (8, 8), (3, 3), (2, 2), places=3, floor=1))

    assert [(r.name, r.outcome) for r in result.rows] == [
        ("E0", "in"), ("E1", "in"), ("E2", "in"), ("E3", "reserve"),
    ]  # fmt: skip


@pytest.mark.parametrize("code", presets.CODES)
def test_every_preset_can_be_tried(code):
    for stage in presets.load(code).stages:
        sample = preview.sample(stage, groups=["MED", "TRF"], seed=3)

        assert preview.run(stage, sample).rows
        assert sample == preview.sample(stage, groups=["MED", "TRF"], seed=3)
