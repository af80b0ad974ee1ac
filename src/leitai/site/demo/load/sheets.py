"""The draw that was deployed, and the jury's sheets as far as they are."""

from datetime import datetime, timedelta
from decimal import Decimal

from leitai.rooms.jury.models import Draw, Mark, Reopening, Seal, Seat, Sheet
from leitai.rooms.jury.rules import DrawState, SheetState
from leitai.rooms.stages.models import Criterion, Participation, Stage
from leitai.rooms.stages.rules import State as StageState
from leitai.site.demo.jury.comments import tags
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.load.seating import Drawn
from leitai.site.demo.shapes import Sheet as Told
from leitai.site.demo.words import child

SLIP = "评委发现录入有误，申请更正 The juror found a slip of the keyboard and asked to mend it"
MENDING = timedelta(minutes=40)


def write(scene: Scene, drawn: Drawn) -> None:
    stage = scene.first_stage
    _open(scene, stage)
    _draw(scene, stage, drawn)
    rows = _sheets(scene, stage, drawn)
    _marks(scene, stage, rows)
    _seals(scene, stage, rows)


def drawn_at(scene: Scene) -> datetime:
    return scene.story.timeline["review_opens"] - timedelta(hours=2)


def _open(scene: Scene, stage: Stage) -> None:
    """Every valid entry takes part; the stage opens when the draw is deployed."""
    at, by = drawn_at(scene) - timedelta(hours=4), scene.hands.organiser
    entries = [scene.entries[e.number] for e in scene.story.entries if e.status == "valid"]
    pour([Participation(stage=stage, entry=entry, at=at) for entry in entries])
    for entry in entries:
        scene.diary.note("stages.entry_let_in", about=entry, by=by, at=at, book=scene.book,
                         stage=stage.pk)  # fmt: skip
    Stage.objects.filter(pk=stage.pk).update(state=StageState.OPEN)


def _draw(scene: Scene, stage: Stage, drawn: Drawn) -> None:
    at, by = drawn_at(scene), scene.hands.organiser
    asked = at - timedelta(hours=1)
    draw = Draw.objects.create(
        stage=stage, number=1, state=DrawState.DEPLOYED, seed=drawn.seed, figures=drawn.figures,
        asked_by=by, asked_at=asked, deployed_at=at,
    )  # fmt: skip
    pour(
        [
            Seat(
                draw=draw, entry=scene.entries[entry], juror=scene.jurors[juror],
                reason=drawn.reasons[entry, juror],
            )
            for entry, juror in _pairs(scene)
        ]
    )  # fmt: skip
    note = scene.diary.note
    note("jury.draw_started", about=draw, by=by, at=asked, book=scene.book, seed=draw.seed)
    note("jury.draw_proposed", about=draw, by=None, at=asked + timedelta(seconds=3),
         book=scene.book, seats=len(scene.story.sheets))  # fmt: skip
    note("jury.draw_deployed", about=draw, by=by, at=at, book=scene.book,
         new=len(scene.story.sheets))  # fmt: skip
    note("stages.stage_opened", about=stage, by=by, at=at, book=scene.book)


def _pairs(scene: Scene) -> list[tuple[int, int]]:
    return [(sheet.entry, sheet.juror) for sheet in scene.story.sheets]


def _sheets(scene: Scene, stage: Stage, drawn: Drawn) -> list[tuple[Told, Sheet]]:
    told = scene.story.sheets
    late = {(tie.entry, tie.juror) for tie in scene.story.conflicts if tie.is_late}
    rows = [_sheet(scene, stage, drawn, one, late) for one in told]
    pour(rows)
    for row in rows:
        scene.diary.note("jury.sheet_assigned", about=row, by=scene.hands.organiser,
                         at=drawn_at(scene), book=scene.book)  # fmt: skip
        if row.state == SheetState.RECUSED:
            scene.diary.note("jury.sheet_recused", about=row, by=row.juror.user, at=row.changed_at,
                             book=scene.book)  # fmt: skip
    return list(zip(told, rows))


def _sheet(
    scene: Scene, stage: Stage, drawn: Drawn, told: Told, late: set[tuple[int, int]]
) -> Sheet:
    at, pair = drawn_at(scene), (told.entry, told.juror)
    row = Sheet(
        stage=stage, entry=scene.entries[told.entry], juror=scene.jurors[told.juror],
        reason=drawn.reasons[pair], assigned_at=at, changed_at=at,
    )  # fmt: skip
    if pair in late and not scene.is_over:
        opens = scene.story.timeline["review_opens"]
        row.state = SheetState.RECUSED
        row.changed_at = opens + (scene.story.plan.now - opens) / 2
    elif sealed := sealed_at(scene, told):
        row.state, row.sealed_at, row.changed_at = SheetState.SEALED, sealed, sealed
        row.total, row.comment = Decimal(sum(told.marks)), _comment(told)
        row.tags = tags(told.marks)
        row.revision = len(told.marks) + bool(row.comment) + len(row.tags)
    elif told.state == "started":
        row.revision = begun(scene, told)
        row.changed_at = at + (scene.story.plan.now - at) * 0.8
    return row


def sealed_at(scene: Scene, told: Told) -> datetime | None:
    """Of an edition that is over, every sheet is sealed in the end."""
    if told.sealed_at or not scene.is_over:
        return told.sealed_at
    return scene.story.timeline["review_closes"] - timedelta(hours=20)


def begun(scene: Scene, told: Told) -> int:
    """How many criteria of a sheet that was only begun have a mark."""
    rng = child(scene.story.plan.seed, f"begun/{told.entry}/{told.juror}")
    return rng.randint(1, len(told.marks) - 1)


def _comment(told: Told) -> str:
    said = (told.comment.strength, told.comment.weakness, told.comment.advice)
    return "\n".join(filter(None, said))


def _marks(scene: Scene, stage: Stage, rows: list[tuple[Told, Sheet]]) -> None:
    criteria = list(Criterion.objects.filter(stage=stage).order_by("order"))
    made = []
    for told, row in rows:
        is_sealed = row.state == SheetState.SEALED
        given = told.marks if is_sealed else told.marks[: row.revision]
        made += [
            Mark(sheet=row, criterion=criterion, value=value)
            for criterion, value in zip(criteria, given)
        ]
    pour(made)


def _seals(scene: Scene, stage: Stage, rows: list[tuple[Told, Sheet]]) -> None:
    """A sheet with a slip was sealed, opened again by the organiser, mended, and sealed anew."""
    codes = list(stage.criteria.order_by("order").values_list("code", flat=True))
    seals, reopenings = [], []
    for told, row in rows:
        if row.state != SheetState.SEALED:
            continue
        number = 1
        if told.slip:
            first, again = row.sealed_at - MENDING, row.sealed_at - MENDING / 2
            seals.append(_seal(scene, row, codes, _slipped(told), number=1, at=first))
            reopenings.append(Reopening(sheet=row, why=SLIP, by=scene.hands.organiser, at=again))
            scene.diary.note("jury.sheet_reopened", about=row, by=scene.hands.organiser, at=again,
                             book=scene.book)  # fmt: skip
            number = 2
        seals.append(_seal(scene, row, codes, told.marks, number=number, at=row.sealed_at))
    pour(seals)
    pour(reopenings)


def _slipped(told: Told) -> tuple[int, ...]:
    criterion, typed = told.slip or (0, 0)
    return (*told.marks[:criterion], typed, *told.marks[criterion + 1 :])


def _seal(
    scene: Scene, row: Sheet, codes: list[str], marks: tuple[int, ...], *, number: int, at: datetime
) -> Seal:
    salt = child(scene.story.plan.seed, f"salt/{row.entry_id}/{row.juror_id}/{number}")
    seal = Seal(
        sheet=row, number=number, marks=dict(zip(codes, map(str, marks))),
        total=Decimal(sum(marks)), comment=row.comment, tags=row.tags,
        salt=f"{salt.getrandbits(128):032x}",
        by=row.juror.user, at=at,
    )  # fmt: skip
    seal.digest = seal.computed_digest()
    scene.diary.note("jury.sheet_sealed", about=row, by=row.juror.user, at=at, book=scene.book,
                     digest=seal.digest)  # fmt: skip
    return seal
