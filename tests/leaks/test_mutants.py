"""The tests of this folder see what they are there to see."""

import pytest

from tests.leaks import crawl, mutants
from tests.leaks.test_side_channels import moved, told_by_searches

pytestmark = pytest.mark.django_db
# The leak, who would profit, what they would read, and where to look.
READ = [
    (mutants.documents_by_number, "rival captain", "paper", ("/entries/", "/files/")),
    (mutants.teasers_for_everybody, "rival captain", "teaser", ("/entries/",)),
    (mutants.marks_exported_to_staff, "secretariat", "mark", ("/jury/stages/",)),
    (mutants.sheets_of_other_jurors, "juror", "comment", ("/jury/sheets/",)),
    (mutants.a_feed_without_its_veil, "anonymous", "team", ("/api/submissions/",)),
    (mutants.a_blindness_forgotten, "juror", "team", ("/jury/", "/api/jury/")),
    (mutants.jurors_are_told_to_teams, "captain", "juror", ("/jury/entries/",)),
    (mutants.an_inbox_without_its_filter, "passer-by", "letter", ("/messages/", "/api/messages/")),
    (mutants.demands_without_masks, "anonymous", "hidden demand", ("/demands/", "/api/demands/")),
    (mutants.objectors_are_named, "supervisor", "objector", ("/standings/appeals/",)),
    (mutants.regions_are_forgotten, "co-host of another region", "teaser", ("/entries/",)),
]
MOVED = [
    (mutants.cards_sorted_by_score, "anonymous"),
    (mutants.drafts_are_counted, "rival captain"),
    (mutants.more_work_for_winners, "anonymous"),
]


@pytest.mark.parametrize(
    ("mutant", "role", "kind", "where"), READ, ids=lambda v: getattr(v, "__name__", "")
)
def test_what_would_be_read_is_found(world, monkeypatch, mutant, role, kind, where):
    wanted = lambda address: address.startswith(where)  # noqa: E731
    assert kind not in {found.kind for found in crawl.findings(world, role, wanted=wanted)}
    mutant(monkeypatch)

    assert kind in {found.kind for found in crawl.findings(world, role, wanted=wanted)}


@pytest.mark.parametrize(("mutant", "role"), MOVED, ids=lambda v: getattr(v, "__name__", ""))
def test_what_would_move_an_answer_is_found(world, monkeypatch, mutant, role):
    wanted = lambda address: address.startswith(("/entries/", "/api/submissions/"))  # noqa: E731
    assert moved(world, role, wanted=wanted) == {}
    mutant(monkeypatch)

    assert moved(world, role, wanted=wanted)


def test_a_search_that_reads_hidden_names_is_found(world, monkeypatch):
    assert told_by_searches(world, "anonymous") == []
    mutants.search_reads_names(monkeypatch)

    assert told_by_searches(world, "anonymous")
