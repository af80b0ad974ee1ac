"""Pages on which heats are prepared, shown and closed: what they do, and who comes in."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from leitai.rooms.contests.models import Contest
from leitai.rooms.contests.rules import Role
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Cue, Heat, Lot, Session
from leitai.rooms.finals.queries import preparing
from leitai.rooms.finals.rules import HeatState
from leitai.rooms.finals.testing import a_heat, a_live_stage, a_session, on_stage, scored
from leitai.rooms.jury.testing import a_juror
from leitai.rooms.people.testing import a_person
from leitai.rooms.stages.testing import takes_part
from leitai.rooms.submissions.testing import an_entry

pytestmark = pytest.mark.django_db
OF_A_HEAT = ("heat", "roster", "jury", "lot", "show", "show_print")
DEEDS = ("place", "announcement", "opening", "rehearsal", "ordering", "joining", "sealing",
         "first_show", "crew")  # fmt: skip


def as_(client, contest: Contest, role: Role = Role.ORGANISER):
    client.force_login(appointed(contest, role=role, name=f"the {role}"))
    return client


def of(name: str, pk: int) -> str:
    return reverse(f"finals:{name}", args=[pk])


def a_full_stage(entries: int = 4):
    stage = a_live_stage()
    for _n in range(entries):
        takes_part(stage, an_entry(stage.contest))
    return stage


def a_closed_heat() -> Heat:
    """Three entries, each marked by five; everything shown and closed."""
    session = a_session(a_heat(stage=a_live_stage(panel={"per_entry": 3}), jurors=3, entries=2))
    by = appointed(session.heat.stage.contest)
    for position, totals in ((1, (15, 16, 14)), (2, (18, 17, 19))):
        scored(on_stage(session, position), *totals)
        actions.close_scoring(session=session, by=by, at=NOON)
    actions.end_turn(session=session, by=by, at=NOON)
    actions.show_results(session=session, by=by, at=NOON)
    actions.close_session(session=session, by=by, at=NOON)
    return Heat.objects.get(pk=session.heat_id)


# --- who comes in


def test_a_supervisor_reads_every_page_and_does_nothing(client):
    heat = a_heat()
    as_(client, heat.stage.contest, Role.SUPERVISOR)

    pages = {name: client.get(of(name, heat.pk)).status_code for name in OF_A_HEAT}
    deeds = {name: client.post(of(name, heat.pk)).status_code for name in DEEDS}

    assert set(pages.values()) == {200}, pages
    assert set(deeds.values()) == {403}, deeds
    assert client.get(of("heats", heat.stage.contest_id)).status_code == 200


def test_those_who_work_for_another_contest_find_nothing(client):
    heat = a_heat(state=HeatState.PLANNED)
    as_(client, a_contest("rival"))

    names = (*OF_A_HEAT, *DEEDS, "public_heat", "result")
    found = {n: client.get(of(n, heat.pk)).status_code for n in names}
    posted = {name: client.post(of(name, heat.pk)).status_code for name in DEEDS}

    assert set(found.values()) <= {404, 405}, found
    assert set(posted.values()) == {404}, posted


def test_a_stranger_is_asked_to_sign_in(client):
    heat = a_heat()

    for name in OF_A_HEAT:
        assert client.get(of(name, heat.pk)).status_code == 302, name


def test_the_secretariat_prepares_a_heat_and_seats_nobody(client):
    heat = a_heat(is_ordered=False)
    as_(client, heat.stage.contest, Role.SECRETARIAT)

    assert client.post(of("sealing", heat.pk)).status_code == 302
    assert client.post(of("seating", heat.pk)).status_code == 403
    assert client.get(reverse("finals:juries", args=[heat.stage_id])).status_code == 403
    assert Lot.objects.filter(heat=heat).exists()


def test_only_the_team_sees_its_turn(client):
    heat = a_heat()
    entry = heat.slots.first().entry
    client.force_login(entry.members.get().user)
    assert client.get(of("turn", entry.pk)).status_code == 200

    client.force_login(a_person("another team"))
    assert client.get(of("turn", entry.pk)).status_code == 404
    assert client.get(of("turn_calendar", entry.pk)).status_code == 404


# --- before the day


def test_a_plan_is_looked_at_and_put_to_work(client):
    stage = a_full_stage(4)
    as_(client, stage.contest)
    address = reverse("finals:plan", args=[stage.pk])
    wish = {"by": "quota", "number": 2, "capacity": 3, "sizes": "3, 1"}

    shown = client.get(address, wish)
    client.post(address, {**wish, "seen": shown.context["digest"]})

    assert [heat.slots.count() for heat in stage.heats.all()] == [3, 1]
    assert client.get(of("heats", stage.contest_id)).status_code == 200


def test_what_does_not_fit_is_said_before_anything_is_written(client):
    stage = a_full_stage(4)
    as_(client, stage.contest)

    answer = client.get(
        reverse("finals:plan", args=[stage.pk]), {"by": "scenario", "number": 1, "capacity": 3}
    )

    assert answer.context["refusal"] and not stage.heats.exists()


def test_a_heat_gets_its_hall_on_the_clock_there_and_is_announced(client):
    heat = a_heat(state=HeatState.PLANNED, starts_at=None, hall_en="")
    as_(client, heat.stage.contest)

    client.post(of("place", heat.pk), {
        "name_en": "Paris", "hall_en": "Seine", "time_zone": "Europe/Paris", "capacity": 5,
        "starts_at": "2026-05-06T09:30",
    })  # fmt: skip
    client.post(of("announcement", heat.pk))

    heat.refresh_from_db()
    assert heat.starts_at.isoformat() == "2026-05-06T07:30:00+00:00"
    assert heat.state == HeatState.READY
    client.logout()
    assert b"Seine" in client.get(of("public_heat", heat.pk)).content


def test_a_refused_place_changes_nothing(client):
    heat = a_heat()
    as_(client, heat.stage.contest)

    answer = client.post(of("place", heat.pk), {"time_zone": "Moon/Crater", "capacity": 5})

    assert answer.status_code == 422
    assert Heat.objects.get(pk=heat.pk).hall_en == "Hall A"


def test_lots_are_sealed_drawn_and_checked_by_anybody(client):
    heat = a_heat(is_ordered=False)
    as_(client, heat.stage.contest)
    client.post(of("sealing", heat.pk))
    lot = heat.lots.get()
    before = client.get(of("lot_check", lot.pk))

    client.post(of("revelation", lot.pk))
    client.logout()
    after = client.get(of("lot_check", lot.pk))
    tried = client.get(of("lot_check", lot.pk), {"seed": lot.seed, "codes": "\n".join(lot.codes)})

    assert lot.seed.encode() not in before.content and lot.commitment.encode() in before.content
    assert after.context["again"] == [] and lot.seed.encode() in after.content
    lot.refresh_from_db()
    assert tried.context["tried"]["order"] == lot.order
    made: dict = {}
    exec(after.context["code"], made)
    assert made["order"](lot.seed, lot.codes) == lot.order


def test_a_jury_is_proposed_seated_and_exchanged(client):
    stage = a_full_stage(4)
    jurors = [a_juror(f"J{n}", contest=stage.contest) for n in range(6)]
    as_(client, stage.contest)
    plan = reverse("finals:plan", args=[stage.pk])
    wish = {"by": "quota", "number": 1, "capacity": 9}
    client.post(plan, {**wish, "seen": client.get(plan, wish).context["digest"]})
    heat, address = stage.heats.get(), reverse("finals:juries", args=[stage.pk])
    asked = {"each": 1, "strict": "on", "most_ties": 1, "seed": 1}

    shown = client.get(address, asked)
    client.post(address, {**asked, "seen": shown.context["digest"]})
    (left,) = [j for j in jurors if not heat.seats.filter(juror=j).exists()]
    chair = heat.seats.get(is_chair=True)
    client.post(of("seating", heat.pk), {"juror": left.pk, "instead": chair.pk})

    assert heat.seats.count() == 5
    assert heat.seats.get(juror=left).number == chair.number
    assert heat.seats.get(juror=left).is_chair


def test_a_run_of_show_is_written_added_to_and_printed(client):
    heat = a_heat()
    as_(client, heat.stage.contest)
    client.post(of("first_show", heat.pk))
    written = heat.cues.count()

    client.post(of("show", heat.pk), {"kind": "video", "title_en": "Film", "minutes": 3})
    film = heat.cues.get(kind="video")
    client.post(of("cue_place", film.pk), {"position": 2})
    refused = client.post(of("show", heat.pk), {"kind": "speech", "minutes": 3})

    film.refresh_from_db()
    assert (heat.cues.count(), film.position, refused.status_code) == (written + 1, 2, 422)
    printed = client.get(of("show_print", heat.pk))
    assert b"".join(printed)[:5] == b"%PDF-"
    client.post(of("cue", film.pk), {"kind": "video", "title_en": "Short film", "minutes": 1})
    client.post(of("cue_removal", film.pk))
    assert not Cue.objects.filter(pk=film.pk).exists()


def test_a_film_that_is_none_is_refused(client):
    heat = a_heat()
    as_(client, heat.stage.contest)
    file = io.BytesIO(b"<html>not a film</html>")
    file.name = "film.mp4"

    answer = client.post(
        of("show", heat.pk), {"kind": "video", "title_en": "Film", "minutes": 3, "file": file}
    )

    assert answer.status_code == 422 and not heat.cues.exists()


def test_a_team_from_afar_gets_its_clock_and_its_picture(client):
    heat = a_heat()
    slot = heat.slots.first()
    as_(client, heat.stage.contest)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    picture.name = "us.png"

    client.post(of("slot", slot.pk), {"time_zone": "Europe/Paris", "picture": picture})

    slot.refresh_from_db()
    assert (slot.time_zone, slot.picture.kind) == ("Europe/Paris", "image/png")
    client.force_login(slot.entry.members.get().user)
    told = client.get(of("turn", slot.entry_id)).content.decode()
    assert "巴黎" in told
    dates = client.get(of("turn_calendar", slot.entry_id)).content.decode()
    assert "DTSTART:20260504T120000Z" in dates


def test_an_order_by_hand_and_a_withdrawal(client):
    heat = a_heat()
    as_(client, heat.stage.contest)
    one, two, three = heat.slots.order_by("position")

    client.post(of("ordering", heat.pk), {f"place-{three.entry_id}": "1", "reason": "a train"})
    client.post(of("slot_withdrawal", two.pk), {"why": "they left"})

    order = list(heat.slots.order_by("position").values_list("pk", flat=True))
    assert order == [three.pk, one.pk, two.pk]
    two.refresh_from_db()
    assert two.state == "withdrawn"


def test_an_entry_moves_to_a_heat_of_the_same_stage_only(client):
    stage = a_live_stage()
    here = a_heat(stage, number=1, is_ordered=False)
    there = a_heat(stage, number=2, entries=1, is_ordered=False)
    elsewhere = a_heat(a_live_stage("other"), is_ordered=False)
    as_(client, stage.contest)
    slot = here.slots.first()

    assert client.post(of("slot_move", slot.pk), {"heat": elsewhere.pk}).status_code == 404
    client.post(of("slot_move", slot.pk), {"heat": there.pk})

    assert there.slots.count() == 2


def test_a_rehearsal_is_marked_on_every_page_and_ends(client):
    heat = a_heat()
    as_(client, heat.stage.contest)
    client.post(of("rehearsal", heat.pk))
    session = Session.objects.get(heat=heat)

    pages = [client.get(of(name, heat.pk)).content for name in ("heat", "roster", "jury", "show")]
    client.post(of("rehearsal_end", session.pk))

    assert all(b"rehearsal" in page.lower() for page in pages)
    assert preparing.open_rehearsal(heat) is None


def test_a_helper_is_appointed_by_the_address_of_an_account(client):
    heat = a_heat()
    helper = a_person("timer")
    as_(client, heat.stage.contest)

    client.post(of("crew", heat.pk), {"email": helper.email, "role": "timer"})
    client.post(of("crew", heat.pk), {"email": "nobody@example.org", "role": "timer"})
    (post,) = heat.crew.all()
    client.post(of("crew_end", post.pk))

    assert (post.user, heat.crew.filter(ended_at=None).count()) == (helper, 0)


def test_the_public_sees_announced_heats_and_no_others(client):
    stage = a_live_stage()
    a_heat(stage, number=1, name_zh="", name_en="Told heat")
    a_heat(stage, number=2, name_zh="", name_en="Secret heat", state=HeatState.PLANNED)

    told = client.get(reverse("finals:programme", args=[stage.contest.edition.slug]))

    assert b"Told heat" in told.content and b"Secret heat" not in told.content


def test_the_list_of_heats_asks_as_often_whatever_its_length(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    stage = a_live_stage()
    as_(client, stage.contest)
    addresses = (of("heats", stage.contest_id),
                 reverse("finals:programme", args=[stage.contest.edition.slug]))  # fmt: skip
    counts = []
    for number in (1, 2, 3):
        a_heat(stage, number=number)
        row = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(address)
            row.append(len(asked))
        counts.append(row)

    assert counts[0] == counts[1] == counts[2]


# --- after it


def test_a_result_is_shown_recounted_and_printed(client):
    heat = a_closed_heat()
    result = heat.results.get()
    as_(client, heat.stage.contest)

    shown = client.get(of("result", heat.pk))
    client.post(of("recount", result.pk))
    beside = client.get(of("recount", result.pk))

    assert [row["place"] for row in shown.context["rows"]] == [1, 2]
    assert [row["differs"] for row in beside.context["rows"]] == [False, False]
    for name, pk in (("result_print", result.pk), ("sheets_print", heat.pk)):
        assert b"".join(client.get(of(name, pk)))[:5] == b"%PDF-", name
    client.logout()
    assert str(result.rows[0]["score"]).encode() in client.get(of("public_heat", heat.pk)).content


def test_who_goes_on_is_told_apart_by_the_way_they_came(client):
    heat = a_closed_heat()
    as_(client, heat.stage.contest)

    page = client.get(reverse("finals:promotion", args=[heat.stage_id]))

    found = page.context["found"]
    chosen = [p.entry_id for _heat, places in found.direct for p in places]
    chosen += [p.entry_id for p in found.wild]
    assert len(chosen) == 2 and page.context["open"] == []


def test_supervisors_read_a_result_once_the_hall_has_heard_it(client):
    heat = a_closed_heat()
    as_(client, heat.stage.contest, Role.SUPERVISOR)

    assert client.get(of("result", heat.pk)).status_code == 200
    assert client.get(reverse("finals:promotion", args=[heat.stage_id])).status_code == 403


def test_nobody_who_sits_on_the_jury_reads_marks_of_a_heat_that_goes_on(client):
    session = a_session()
    seat = session.heat.seats.get(number=2)
    appointed(session.heat.stage.contest)
    client.force_login(seat.juror.user)

    assert client.get(of("result", session.heat_id)).status_code == 404
