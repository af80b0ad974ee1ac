"""The edition is as large as the domain paper says, margin by margin."""

from collections import Counter

from leitai.site.demo.plan import DAYS, MARGINS, RUBRIC


def test_2140_drafts_become_1640_valid_entries(full):
    states = Counter(entry.status for entry in full.entries)

    assert states == {"valid": 1640, "refused": 120, "merged": 40, "draft": 340}
    assert sum(entry.returned_at is not None for entry in full.entries) == 210
    assert all(e.status == "valid" for e in full.entries if e.returned_at)
    assert sum(e.started_at < full.timeline["launch"] for e in full.entries) == 930


def test_every_margin_of_the_submitted_entries_is_exact(full):
    submitted = [entry for entry in full.entries if entry.status != "draft"]

    for name in ("scenario", "maturity", "region", "channel"):
        assert Counter(getattr(e, name) for e in submitted) == MARGINS[name]
    assert Counter(e.entrant.kind for e in submitted) == MARGINS["kind"]
    abroad = Counter(e.country for e in submitted if e.region == "overseas")
    assert abroad == MARGINS["country"]
    assert all(e.region == "overseas" for e in submitted if e.channel == "overseas_host")


def test_240_entries_give_310_answers_and_three_demands_get_none(full):
    given = Counter(n for entry in full.entries for n in entry.answers)
    published = [d.number for d in full.demands if d.state == "published"]

    assert given.total() == 310
    assert sum(bool(entry.answers) for entry in full.entries) == 240
    assert max(len(entry.answers) for entry in full.entries) == 3
    assert len(published) - len(given) == 3
    assert sum(count > 15 for count in given.values()) == 5
    scenario = {d.number: d.scenario for d in full.demands}
    assert all(scenario[n] == e.scenario for e in full.entries for n in e.answers)


def test_54_of_62_demands_are_published_by_38_owners(full):
    published = [d for d in full.demands if d.state == "published"]

    assert (len(full.demands), len(published)) == (62, 54)
    assert len({d.owner for d in published}) == 38
    assert Counter(d.visibility for d in published) == {"public": 46, "masked": 8}
    assert all(2 <= len(d.indicators) <= 4 for d in published)
    assert all(d.reason.zh and d.reason.en for d in full.demands if d.state != "published")


def test_partners_plaques_and_bodies(full):
    kinds = Counter(partner.kind for partner in full.partners)
    roles = Counter(body.role for body in full.bodies)

    assert kinds == {"multinational": 26, "large_local": 24, "fund": 28, "service": 8}
    assert sum(bool(partner.plaque) for partner in full.partners) == 30
    assert roles == {"guiding": 3, "host": 1, "supporting": 5, "organising": 5, "overseas": 5}
    assert {d.owner for d in full.demands} <= {p.code for p in full.partners}


def test_96_jurors_are_invited_and_90_work(full):
    active = [juror for juror in full.jurors if juror.state == "active"]

    assert (len(full.jurors), len(active)) == (96, 90)
    assert Counter(j.kind for j in active) == {"technical": 46, "investor": 44}
    assert sum(juror.overseas for juror in active) == 14
    sources = Counter(conflict.source for conflict in full.conflicts)
    assert sources == {"derived": 180, "declared": 110, "objected": 20}
    assert len({(c.juror, c.entry) for c in full.conflicts}) == 310


def test_three_sheets_for_each_valid_entry_of_both_kinds_and_without_conflict(full):
    kinds = {juror.number: juror.kind for juror in full.jurors}
    panels: dict[int, list[int]] = {}
    for sheet in full.sheets:
        panels.setdefault(sheet.entry, []).append(sheet.juror)

    assert len(full.sheets) == 4920
    assert len(panels) == 1640
    assert all(len(set(panel)) == 3 for panel in panels.values())
    assert all({kinds[j] for j in panel} == {"technical", "investor"} for panel in panels.values())
    clashes = [c for c in full.conflicts if c.juror in panels.get(c.entry, ())]
    assert [c.is_late for c in clashes] == [True]
    loads = Counter(sheet.juror for sheet in full.sheets).values()
    assert max(loads) - min(loads) <= 6


def test_marks_stay_on_the_rubric_and_92_of_100_sheets_are_sealed(full):
    limits = [limit for *_, limit in RUBRIC]

    for sheet in full.sheets:
        assert all(0 <= m <= limit for m, limit in zip(sheet.marks, limits, strict=True))
        assert 40 <= sum(sheet.marks) <= 98
        assert (sheet.sealed_at is not None) == (sheet.state == "sealed")
    sealed = sum(sheet.state == "sealed" for sheet in full.sheets)
    assert abs(sealed / len(full.sheets) - 0.92) < 0.005
    assert all(s.sealed_at < full.plan.now for s in full.sheets if s.sealed_at)
    assert 40 < sum(sheet.slip is not None for sheet in full.sheets) < 110


def test_past_editions_add_up_to_what_is_told_at_the_launch(full):
    past = full.past_ventures

    assert sum(p.entries for p in past) == 1210
    assert sum(p.intentions_cents for p in past) == 510_000_000_00
    assert sum(p.closed_cents for p in past) == 195_000_000_00
    assert sum(p.matched for p in past) == 52
    assert sum(p.cooperation_cents for p in past) == 52_500_000_00
    assert sum(p.teams for p in full.past_workers) == 139
    assert sum(p.reach for p in full.past_workers) == 320_000


def test_now_is_62_days_after_the_launch_and_the_steps_come_in_order(full):
    assert (full.plan.now - full.timeline["launch"]).days == 62
    assert full.timeline["review_opens"] < full.plan.now < full.timeline["review_closes"]
    assert list(full.timeline) == list(DAYS)
    for entry in full.entries:
        assert list(entry.handed_in) == sorted(entry.handed_in)
        on_time = [at for at in entry.handed_in if at < full.timeline["registration_closes"]]
        assert len(entry.handed_in) - len(on_time) == (entry.returned_at is not None)
        assert all(entry.started_at < at for at in entry.handed_in)
