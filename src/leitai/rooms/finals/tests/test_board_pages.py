"""The board and the page for phones: who sees them, and that nothing hidden is in them."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from leitai.foundation import live
from leitai.foundation.files import store
from leitai.foundation.files.testing import a_picture
from leitai.foundation.models import StoredFile
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Heat
from leitai.rooms.finals.testing import a_heat, a_session, on_stage, scored
from leitai.rooms.finals.views.board import derive
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db
DOORS = ("board", "board_snapshot", "hall", "hall_snapshot")


def door(name, session, **query):
    return reverse(f"finals:{name}", args=[session.pk], query=query or None)


def answers(client, session, **query):
    return [client.get(door(name, session, **query)).status_code for name in DOORS]


def test_a_frozen_board_has_no_mark_in_any_of_its_bytes(client):
    session = a_session()
    by = appointed(session.heat.stage.contest)
    on_stage(session, 1)
    scored(session, *["13.5"] * 5)
    actions.reveal_result(session=session, by=by, at=NOON)
    actions.freeze(session=session, by=by, at=NOON)
    on_stage(session, 2)
    scored(session, "18.5", "17.5", "16.5", "18.5", "17.5")

    during = [client.get(door(name, session)).content.decode() for name in DOORS]
    actions.show_scene(session=session, scene="standing", by=by, at=NOON)
    frozen = [client.get(door(name, session)).content.decode() for name in DOORS]

    assert all("13.50" in page for page in frozen)  # the standing as it was frozen
    for page in during + frozen:
        for secret in ("18.5", "17.5", "16.5", "17.83", '"marks":', '"result":'):
            assert secret not in page


def test_marks_that_were_not_revealed_are_not_in_the_page(client):
    session = on_stage(a_session())
    by = appointed(session.heat.stage.contest)
    scored(session, "11.5", "12.5", "13.5", "14.5", "15.5")
    actions.reveal_marks(session=session, by=by, at=NOON)

    pages = [client.get(door(name, session)).content.decode() for name in DOORS]

    assert all("11.5" in page for page in pages)
    assert not any(secret in page for page in pages for secret in ("12.5", "13.5", "14.5", "15.5"))


def test_a_hall_is_public_and_a_rehearsal_is_not(client):
    heat = a_heat()
    session = a_session(heat)
    rehearsal = a_session(a_heat(heat.stage, number=2), is_rehearsal=True)

    assert answers(client, session) == [200] * 4
    assert answers(client, rehearsal) == [404] * 4
    client.force_login(appointed(heat.stage.contest))
    assert answers(client, rehearsal) == [200] * 4


def test_the_board_opens_with_a_ticket_on_a_computer_nobody_signed_in_on(client):
    rehearsal = a_session(is_rehearsal=True)
    now = timezone.now()
    good = live.token(rehearsal.topic("board"), now)
    old = live.token(rehearsal.topic("board"), now - timedelta(days=1))

    assert answers(client, rehearsal, token=good) == [200, 200, 404, 404]
    for bad in (old, live.token(rehearsal.topic("public"), now), "1.2", "x"):
        assert answers(client, rehearsal, token=bad) == [404] * 4


def test_who_knows_the_newest_snapshot_is_not_sent_it_again(client):
    session = a_session()
    first = client.get(door("board_snapshot", session))

    again = client.get(door("board_snapshot", session), headers={"If-None-Match": first["ETag"]})
    actions.bring_on_stage(
        session=session, slot=session.heat.slots.first(),
        by=appointed(session.heat.stage.contest), at=NOON,
    )  # fmt: skip
    newer = client.get(door("board_snapshot", session), headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert json.loads(newer.content)["v"] > json.loads(first.content)["v"]


def test_a_board_wears_the_colour_of_its_edition(client):
    heat = a_heat()
    heat.stage.contest.edition.accent = "#1A4FA0"
    heat.stage.contest.edition.save()

    body = json.loads(client.get(door("board_snapshot", a_session(heat))).content)

    assert body["theme"] == {"accent": "#1A4FA0"}


def test_the_halls_of_an_edition_are_listed_with_what_is_on_first(client):
    session = a_session()
    a_session(a_heat(session.heat.stage, number=2), is_rehearsal=True)
    edition = session.heat.stage.contest.edition

    page = client.get(reverse("finals:halls", args=[edition.slug])).content.decode()

    assert page.count(reverse("finals:hall", args=[session.pk])) == 1
    assert page.count("/finals/live/") == 1


def test_what_follows_from_a_snapshot():
    order = [
        {"number": n, "code": f"E-{n}", "title": {"zh": "", "en": ""}, "state": state}
        for n, state in enumerate(("done", "on_stage", "absent", "waiting"), 1)
    ]
    lines = [{"place": n, "score": "1", "entry": {"code": f"E-{n}"}} for n in (1, 2)]
    counts = [{"number": 2, "votes": 31}]

    told = derive(
        {"v": 1, "entry": {"code": "E-2"}, "order": order, "standing": lines, "seats": 5,
         "marks": [], "audience": {"open": False, "counts": counts}}
    )  # fmt: skip

    assert [row["on"] for row in told["standing"]] == ["", "on"]
    assert [row["votes"] for row in told["order"]] == [None, 31, None, None]
    assert (told["next"], told["of"], told["waiting"]) == (order[3], 3, True)


def test_a_picture_stands_on_the_board_for_those_who_see_the_heat(client):
    heat = a_heat()
    slot = heat.slots.get(position=1)
    sha256, size = store.write(BytesIO(a_picture()))
    slot.picture = StoredFile.objects.create(
        sha256=sha256, size=size, kind="image/png", name="ears.png", stored_at=NOON
    )
    slot.save(update_fields=["picture"])
    session = on_stage(a_session(heat), 1)
    address = reverse("finals:picture", args=[slot.pk])

    assert address in client.get(door("board", session)).content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    client.force_login(a_person("Passer-by"))
    without = reverse("finals:picture", args=[heat.slots.get(position=2).pk])
    assert client.get(without).status_code == 404

    Heat.objects.filter(pk=heat.pk).update(state="planned")
    assert client.get(address).status_code == 404
    client.force_login(heat.seats.first().juror.user)
    assert client.get(address).status_code == 200
