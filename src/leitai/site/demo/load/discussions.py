"""What the jury of the earlier edition talked about before it decided."""

from datetime import datetime, timedelta

from leitai.foundation import journal
from leitai.rooms.jury import actions, queries
from leitai.rooms.jury.models import Discussion, Judging, Juror, Sheet
from leitai.rooms.jury.rules import JudgingState
from leitai.site.demo.load.scene import Scene

MOST = 3
ASKED = "请打分最高和最低的两位先说说依据。 Would the highest and the lowest mark please say why?"
SAID = "试运行的数据我看过，比文稿写得好。 I saw the trial: nearer to use than the paper says."
WHY = "看到试运行数据后调整。 After the trial's data."
SUMMED = "分歧在试运行数据；一位评委调整，其余维持。 About the trial: one moved, others stand."


def write(scene: Scene, *, at: datetime) -> None:
    """The widest entries, each with a question, an answer, a changed mark and a summary. Written
    as rows where a letter would go out, and by the actions where none does."""
    stage, by = scene.first_stage, scene.hands.organiser
    widest = list(queries.spread_of(stage).order_by("-spread", "pk")[:MOST])
    tied = {row.entry_id for row in widest}
    chairs = queries.free_chairs(stage).exclude(conflicts__entry__in=tied)
    chair = chairs.filter(user__isnull=False).order_by("pk").first()
    if chair is None or not widest:
        return
    judging = Judging.objects.create(
        stage=stage, state=JudgingState.DISCUSSION, chair=chair, moved_at=at
    )
    lines = [
        journal.compose("jury.chair_appointed", about=judging, by=by, at=at, juror=chair.pk),
        journal.compose("jury.discussion_begun", about=judging, by=by, at=at, n=len(widest)),
    ]
    journal.append(scene.book, lines)
    for row in widest:
        talk = Discussion.objects.create(
            stage=stage, entry=row.entry, chair=chair, low=row.low, high=row.high, opened_at=at
        )
        opened = journal.compose("jury.discussion_opened", about=talk, by=by, at=at)
        journal.append(scene.book, [opened])
        _talk(talk, chair, at=at)


def _talk(talk: Discussion, chair: Juror, *, at: datetime) -> None:
    lowest = queries.panel(talk).order_by("total", "pk").first()
    assert lowest is not None
    _say(talk, chair, ASKED, at=at + timedelta(hours=2))
    _say(talk, lowest.juror, SAID, at=at + timedelta(hours=5))
    _move(talk, lowest, at=at + timedelta(hours=6))
    actions.close_discussion(
        discussion=talk, summary=SUMMED, by=chair.user, at=at + timedelta(hours=9)
    )


def _say(talk: Discussion, juror: Juror, text: str, *, at: datetime) -> None:
    actions.write_remark(discussion=talk, juror=juror, text=text, by=juror.user, at=at)


def _move(talk: Discussion, sheet: Sheet, *, at: datetime) -> None:
    """One step up on the first criterion that has room."""
    given = sheet.given()
    for criterion in talk.stage.criteria.all():
        higher = given[criterion.code] + criterion.step
        if higher <= criterion.high:
            marks = {criterion.code: str(higher)}
            actions.change_marks(
                discussion=talk, sheet=sheet, marks=marks, why=WHY, by=sheet.juror.user, at=at
            )
            return
