"""Halls, times, juries, lots and runs of show, as far as each heat's day is away."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from leitai.rooms.finals.models import Cue, HallSeat, Heat, Lot, Order, Slot
from leitai.rooms.finals.rules import CueKind, HeatState, hours, lot, shows
from leitai.rooms.jury.models import Conflict
from leitai.rooms.jury.rules import ConflictGround, ConflictSource
from leitai.rooms.stages import actions as stages
from leitai.site.demo.load.halls.track import HEATS, Hall
from leitai.site.demo.load.pour import pour
from leitai.site.demo.words import child, pair

CITIES = {
    "FR": (pair("巴黎站|Paris"), "Europe/Paris", pair("塞纳创新厅|Seine Innovation Hall")),
    "IE": (pair("都柏林站|Dublin"), "Europe/Dublin", pair("利菲厅|Liffey Hall")),
    "ZA": (pair("开普敦站|Cape Town"), "Africa/Johannesburg", pair("桌山厅|Table Mountain Hall")),
}  # fmt: skip
HALLS = (
    pair("云帆园 A 厅|Yunfan Park, hall A"), pair("云帆园 B 厅|Yunfan Park, hall B"),
    pair("临潮港 会议中心|Linchao Harbour, congress centre"),
)  # fmt: skip
DRAWN, SEALED = 3, 6  # heats whose lots are drawn, and those whose seed at least is sealed
TURN = timedelta(minutes=15)
DAYS = (-3, 0, 1, 2, 3, 4, 6, 7, 9, 10, 11)  # from today


def write(hall: Hall) -> list[Heat]:
    scenarios = hall.scene.scenarios
    heats = []
    for n, (scenario, country) in enumerate(HEATS[: len(hall.rosters)], start=1):
        city = CITIES.get(country)
        named = scenarios.get(scenario)
        zone = city[1] if city else "Asia/Shanghai"
        where = city[2] if city else HALLS[n % len(HALLS)]
        heats.append(
            Heat(
                stage=hall.stage, number=n, scenario=named, capacity=20, time_zone=zone,
                name_zh=city[0].zh if city else named.name_zh,
                name_en=city[0].en if city else named.name_en,
                hall_zh=where.zh, hall_en=where.en, starts_at=_begins(hall.now, n, zone),
                state=HeatState.PLANNED if n == 10 else HeatState.READY,
            )
        )  # fmt: skip
    pour(heats)
    _slots(hall, heats)
    _seats(hall, heats)
    _lots(hall, heats)
    _shows(hall, heats)
    _tie(hall, heats)
    return heats


def _begins(now: datetime, n: int, zone: str) -> datetime:
    """The second heat begins with the next full hour, the others at half past nine or at two."""
    if n == 2:
        return (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    day = (now + timedelta(days=DAYS[n - 1])).astimezone(ZoneInfo(zone))
    hour, minute = (9, 30) if n % 2 else (14, 0)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _slots(hall: Hall, heats: list[Heat]) -> None:
    """In the order of the lot where it is drawn, else by code."""
    rows, placed = [], {}
    told = {e.number: e for e in hall.scene.story.entries}
    for heat, roster in zip(heats, hall.rosters):
        entries = [hall.scene.entries[number] for number in roster]
        by_code = {entry.code: entry for entry in entries}
        codes = sorted(by_code)
        if heat.number <= DRAWN:
            codes = lot.order(_seed(hall, heat), codes)
        countries = {hall.scene.entries[n].pk: told[n].country for n in roster}
        for position, code in enumerate(codes, start=1):
            entry = by_code[code]
            zone = hours.zone_of(countries[entry.pk])
            zone = zone if zone != heat.time_zone else ""
            at = heat.starts_at + TURN * (position - 1)
            rows.append(
                Slot(heat=heat, stage=hall.stage, entry=entry, position=position, time_zone=zone,
                     is_out_of_hours=bool(zone) and not hours.is_day(at, zone, lasting=TURN))
            )  # fmt: skip
            placed[entry.pk] = heat.number
    pour(rows)
    stages.place_in_heats(
        stage=hall.stage, heats=placed, by=hall.scene.hands.organiser, at=hall.now
    )


def _seats(hall: Hall, heats: list[Heat]) -> None:
    rows = pour([
        HallSeat(heat=heat, juror=juror, number=n, is_chair=n == 1,
                 reason={"code": "by_hand", "kind": str(juror.kind)})
        for heat, panel in zip(heats, hall.panels)
        for n, juror in enumerate(panel, start=1)
    ])  # fmt: skip
    at, scene = hall.now - timedelta(days=5), hall.scene
    scene.diary.note("finals.heats_planned", about=hall.stage, by=scene.hands.organiser,
                     at=at - timedelta(hours=2), book=scene.book, heats=len(heats))  # fmt: skip
    scene.diary.note("finals.jury_seated", about=hall.stage, by=scene.hands.organiser, at=at,
                     book=scene.book, heats=len(heats), seats=len(rows))  # fmt: skip


def _seed(hall: Hall, heat: Heat) -> str:
    return f"{child(hall.seed, f'lot/{heat.number}').getrandbits(128):032x}"


def _lots(hall: Hall, heats: list[Heat]) -> None:
    scene, by = hall.scene, hall.scene.hands.organiser
    sealed_at, drawn_at = hall.now - timedelta(days=4, hours=20), hall.now - timedelta(days=4)
    lots, orders = [], []
    for heat in heats[:SEALED]:
        slots = list(heat.slots.select_related("entry"))
        codes = sorted(slot.entry.code for slot in slots)
        seed = _seed(hall, heat)
        drawn = lot.order(seed, codes) if heat.number <= DRAWN else []
        lots.append(
            Lot(heat=heat, number=1, algorithm=lot.ALGORITHM, seed=seed, codes=codes, order=drawn,
                commitment=lot.commitment(seed), by=by, at=sealed_at,
                revealed_at=drawn_at if drawn else None)
        )  # fmt: skip
        if drawn:
            entries = {slot.entry.code: slot.entry_id for slot in slots}
            orders.append(
                Order(heat=heat, version=1, entries=[entries[code] for code in drawn], lot=lots[-1],
                      by=by, at=drawn_at)
            )  # fmt: skip
    pour(lots)
    pour(orders)
    for row in lots:
        scene.diary.note("finals.lot_committed", about=row, by=by, at=row.at, book=scene.book,
                         commitment=row.commitment, codes=row.codes)  # fmt: skip
        if row.revealed_at:
            scene.diary.note("finals.lot_revealed", about=row, by=by, at=row.revealed_at,
                             book=scene.book, seed=row.seed, order=row.order)  # fmt: skip


def _shows(hall: Hall, heats: list[Heat]) -> None:
    """Where the order is known; with a film before the first pitch."""
    rows = []
    for heat in heats[:DRAWN]:
        slots = list(heat.slots.values_list("pk", "entry__code"))
        parts = shows.written(slots, turn=15)
        film = shows.CueIn(kind=CueKind.VIDEO.value, zh="海湾新区一分钟", en="One minute of Haiwan",
                           minutes=2)  # fmt: skip
        rows += [
            Cue(heat=heat, position=n, kind=p.kind, title_zh=p.zh, title_en=p.en,
                minutes=p.minutes, slot_id=p.slot)
            for n, p in enumerate([parts[0], film, *parts[1:]], start=1)
        ]  # fmt: skip
    pour(rows)


def _tie(hall: Hall, heats: list[Heat]) -> None:
    """In the heat that is ready one juror has a tie to the last entry, and will not mark it."""
    juror = hall.panels[1][-2]
    entry = heats[1].slots.order_by("-position")[0].entry
    row = Conflict(
        juror=juror, entry=entry, source=ConflictSource.DECLARED, ground=ConflictGround.PERSONAL,
        note="曾任该团队顾问 I advised this team once", by=juror.user,
        at=hall.now - timedelta(days=2),
    )  # fmt: skip
    pour([row])
    hall.scene.diary.note("jury.conflict_declared", about=row, by=juror.user, at=row.at,
                          book=hall.scene.book, ground=str(row.ground))  # fmt: skip
