"""What is planted can be found."""

import time

import pytest

from leitai.site.demo.demands import demands
from leitai.site.demo.entries.build import entries
from leitai.site.demo.jury.sheets import places_at_cut, rivals_at_cut
from leitai.site.demo.jury.tie import standings
from leitai.site.demo.names import Names
from leitai.site.demo.partners import partners
from leitai.site.demo.plan import plan
from leitai.site.demo.story import write
from leitai.site.demo.tests.conftest import NOW

KEYS = {
    "one_word_name", "same_organisation", "copied_plan", "long_name", "rare_character",
    "last_minute_edit", "erase_request", "masked_demand", "tie_at_cut", "conflict_after_draw",
    "late_jurors", "harsh_juror", "biased_juror",
}  # fmt: skip


@pytest.fixture(params=["tiny", "full"])
def story(request):
    return request.getfixturevalue(request.param)


def planted(story, key):
    situation = next(s for s in story.situations if s.key == key)
    numbered = {entry.number: entry for entry in story.entries}
    return situation, [numbered[number] for number in situation.entries]


def test_every_situation_is_in_every_size(story):
    assert {situation.key for situation in story.situations} == KEYS
    assert all(e.status == "valid" for key in KEYS for e in planted(story, key)[1])


def test_names_that_break_assumptions(story):
    _, [one_word] = planted(story, "one_word_name")
    _, [long_name] = planted(story, "long_name")
    _, [rare] = planted(story, "rare_character")

    assert " " not in one_word.team[0].person.name.en
    assert one_word.region == "overseas"
    assert len(long_name.entrant.name.zh) == 60
    assert "𠮷" in rare.team[0].person.name.zh


def test_one_firm_twice_and_one_plan_twice(story):
    _, [first, second] = planted(story, "same_organisation")
    _, [source, copy] = planted(story, "copied_plan")

    assert first.entrant == second.entrant
    assert first.title != second.title
    assert source.entrant.name != copy.entrant.name
    assert source.innovation == copy.innovation
    assert source.evidence == copy.evidence


def test_an_edit_19_seconds_before_the_deadline(story):
    _, [entry] = planted(story, "last_minute_edit")

    left = story.timeline["registration_closes"] - entry.handed_in[-1]
    assert left.total_seconds() == 19


def test_a_masked_demand_has_answers(story):
    situation, answerers = planted(story, "masked_demand")
    demand = next(d for d in story.demands if d.number == situation.demands[0])

    assert demand.visibility == "masked"
    assert demand.title.zh not in demand.masked_title.zh
    assert all(demand.number in entry.answers for entry in answerers)


def test_the_conflict_after_the_draw_has_a_seat_that_is_not_sealed(story):
    situation, _ = planted(story, "conflict_after_draw")
    place = situation.entries[0], situation.jurors[0]
    seat = next(s for s in story.sheets if (s.entry, s.juror) == place)

    assert seat.state != "sealed"
    assert [c.is_late for c in story.conflicts if (c.entry, c.juror) == place] == [True]


def test_two_tie_for_the_last_place_and_the_first_one_out(story):
    situation, _ = planted(story, "tie_at_cut")
    one, two = situation.entries
    scores = standings({(s.entry, s.juror): sum(s.marks) for s in story.sheets})
    rivals = rivals_at_cut({e.number: e for e in story.entries if e.status == "valid"})

    above = [entry for entry in rivals if scores[entry] > scores[one]]
    assert scores[one] == pytest.approx(scores[two], abs=1e-12)
    assert len(above) == places_at_cut(story.plan) - 1
    given = [[s.marks for s in story.sheets if s.entry == entry] for entry in (one, two)]
    assert given[0] != given[1]
    assert all(s.state == "sealed" for s in story.sheets if s.entry in (one, two))


def test_the_harsh_and_the_biased_juror_can_be_seen_in_the_marks(full):
    harsh = planted(full, "harsh_juror")[0].jurors[0]
    biased = planted(full, "biased_juror")[0]
    means = {}
    for juror in full.jurors:
        given = [sum(s.marks) for s in full.sheets if s.juror == juror.number]
        means[juror.number] = sum(given) / len(given) if given else 99
    favoured = next(
        s for s in full.sheets if (s.entry, s.juror) == (biased.entries[0], biased.jurors[0])
    )

    assert min(means, key=means.get) == harsh
    assert sum(favoured.marks) == 98


def test_late_jurors_have_sealed_little(full):
    for juror in planted(full, "late_jurors")[0].jurors:
        states = [s.state for s in full.sheets if s.juror == juror]
        assert states.count("sealed") < 0.35 * len(states)


def test_the_same_seed_tells_the_same_story_and_another_another(tiny):
    again = write(plan(size="tiny", now=NOW))
    other = write(plan(size="tiny", seed=4, now=NOW))

    assert again == tiny
    assert [e.title for e in other.entries] != [e.title for e in tiny.entries]


def test_a_change_in_one_table_leaves_the_others_alone(tiny):
    asked = demands(tiny.plan)
    allies = partners(tiny.plan, owners={d.owner for d in asked}, names=Names())
    fewer = entries(tiny.plan, demands=asked, partners=allies[:-2], names=Names())

    by_number = {entry.number: entry for entry in tiny.entries}
    same = [e for e in fewer if e.title == by_number[e.number].title]
    assert len(same) == len(fewer)


@pytest.mark.parametrize("seed", range(8))
def test_any_seed_tells_a_story(seed):
    story = write(plan(size="tiny", seed=seed, now=NOW))

    assert {situation.key for situation in story.situations} == KEYS


def test_an_unknown_size_is_refused_with_the_choices():
    with pytest.raises(ValueError, match="tiny, demo, full"):
        plan(size="huge", now=NOW)


def test_the_full_edition_is_written_in_seconds():
    begin = time.process_time()
    write(plan(size="full", now=NOW))

    assert time.process_time() - begin < 3
