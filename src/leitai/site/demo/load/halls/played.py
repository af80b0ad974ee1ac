"""A heat that is over: seven jurors' sealed sheets for each entry, and the result made of them."""

from datetime import datetime, timedelta
from decimal import Decimal

from leitai.rooms.finals import actions
from leitai.rooms.finals.models import Heat, Session, Slot
from leitai.rooms.finals.rules import HeatState, Scene, Scoring, SessionState, SlotState
from leitai.rooms.jury.models import Juror, Mark, Seal, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.stages.models import Criterion
from leitai.rooms.submissions.models import Entry
from leitai.site.demo.load.halls.track import Hall
from leitai.site.demo.load.pour import pour
from leitai.site.demo.words import child

TURN = timedelta(minutes=16)


def write(hall: Hall, heat: Heat) -> list[Sheet]:
    """Each entry's marks come when it has pitched."""
    slots = list(heat.slots.select_related("entry"))
    criteria = list(Criterion.objects.filter(stage=hall.stage).order_by("order"))
    told, sheets = {}, []
    for slot in slots:
        at = heat.starts_at + timedelta(minutes=12) + TURN * slot.position
        for juror in hall.panels[heat.number - 1]:
            marks = _marks(hall, slot.entry, juror, criteria)
            sheet = _sheet(hall, heat, slot.entry, juror, marks, at=at)
            told[id(sheet)] = marks
            sheets.append(sheet)
    pour(sheets)
    pour([
        Mark(sheet=sheet, criterion=criterion, value=told[id(sheet)][criterion.code])
        for sheet in sheets
        for criterion in criteria
    ])  # fmt: skip
    pour([_seal(hall, sheet, told[id(sheet)]) for sheet in sheets])
    _on_stage(hall, heat, slots)
    return sheets


def _marks(hall: Hall, entry: Entry, juror: Juror, criteria: list[Criterion]) -> dict[str, Decimal]:
    """Entries differ, and jurors see them a little differently."""
    quality = child(hall.seed, f"quality/{entry.code}").gauss(0.78, 0.07)
    eye = child(hall.seed, f"eye/{entry.code}/{juror.email}")
    return {
        c.code: Decimal(round(min(max(quality + eye.gauss(0, 0.05), 0.4), 1) * float(c.high)))
        for c in criteria
    }


def _sheet(
    hall: Hall, heat: Heat, entry: Entry, juror: Juror, marks: dict[str, Decimal], *, at: datetime
) -> Sheet:
    seconds = child(hall.seed, f"seconds/{entry.code}/{juror.email}").randint(20, 150)
    sealed = at + timedelta(seconds=seconds)
    return Sheet(
        stage=hall.stage, entry=entry, juror=juror, state=SheetState.SEALED, assigned_at=at,
        sealed_at=sealed, changed_at=sealed, total=sum(marks.values()), revision=len(marks),
        reason={"code": "by_hand", "kind": str(juror.kind), "heat": heat.pk, "hall": True},
    )  # fmt: skip


def _seal(hall: Hall, sheet: Sheet, marks: dict[str, Decimal]) -> Seal:
    salt = child(hall.seed, f"salt/{sheet.entry_id}/{sheet.juror_id}")
    seal = Seal(
        sheet=sheet, number=1, marks={code: str(mark) for code, mark in marks.items()},
        total=sheet.total, salt=f"{salt.getrandbits(128):032x}", by=sheet.juror.user,
        at=sheet.sealed_at,
    )  # fmt: skip
    seal.digest = seal.computed_digest()
    note, scene = hall.scene.diary.note, hall.scene
    note("jury.sheet_assigned", about=sheet, by=scene.hands.organiser, at=sheet.assigned_at,
         book=scene.book)  # fmt: skip
    note("jury.sheet_sealed", about=sheet, by=sheet.juror.user, at=sheet.sealed_at, book=scene.book,
         digest=seal.digest)  # fmt: skip
    return seal


def _on_stage(hall: Hall, heat: Heat, slots: list[Slot]) -> None:
    for slot in slots:
        slot.state, slot.scoring = SlotState.DONE, Scoring.CLOSED
        slot.called_at = heat.starts_at + TURN * slot.position
        slot.revealed_at = slot.called_at + TURN
    Slot.objects.bulk_update(slots, ["state", "scoring", "called_at", "revealed_at"])
    Heat.objects.filter(pk=heat.pk).update(state=HeatState.LIVE)


def close(hall: Hall, heat: Heat, sheets: list[Sheet]) -> None:
    """Its session ends as any session ends, and the result is recounted."""
    by, at = hall.scene.hands.organiser, max(sheet.sealed_at for sheet in sheets)
    heat.refresh_from_db()
    live = heat.stage.rule.live
    session = Session.objects.create(
        heat=heat, state=SessionState.OPEN, scene=Scene.RESULTS, opened_by=by,
        opened_at=heat.starts_at, version=180,
        phases=[["pitch", live.pitch_minutes * 60], ["questions", live.questions_minutes * 60]],
    )  # fmt: skip
    made = actions.close_session(session=session, by=by, at=at + timedelta(minutes=9))
    if made is not None:
        actions.recount(result=made, by=by, at=at + timedelta(minutes=14))
