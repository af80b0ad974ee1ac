"""A stage's judging moves on: the jury talks where it differs, and then it is closed."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal, live
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.actions.veil import lift_veil
from leitai.rooms.jury import notices, queries, rules
from leitai.rooms.jury.actions.sheets import total_of, write_seal
from leitai.rooms.jury.models import Discussion, Judging, Juror, Mark, MarkChange, Remark, Sheet
from leitai.rooms.jury.rules import DiscussionState, JudgingState
from leitai.rooms.stages.models import Criterion, Stage
from leitai.rooms.submissions.models import Entry
from leitai.values.verdict import Verdict, no


@transaction.atomic
def appoint_chair(*, stage: Stage, juror: Juror, by: Any, at: datetime) -> Judging:
    """Who leads the discussions of a stage, those that are open already included."""
    judging = _judging(stage)
    require(rules.may_appoint_chair(judging.state))
    _require_free(juror, queries.free_chairs(stage))
    judging.chair = juror
    judging.save(update_fields=["chair"])
    journal.write("jury.chair_appointed", about=judging, by=by, at=at, juror=juror.pk)
    for discussion in stage.discussions.filter(state=DiscussionState.OPEN):
        _lead(discussion, _chair_of(judging, discussion.entry_id))
    return judging


@transaction.atomic
def appoint_stand_in(*, discussion: Discussion, juror: Juror, by: Any, at: datetime) -> Discussion:
    """Somebody else leads this one: the chair has a tie to the entry, or is away."""
    hold(discussion)
    if discussion.state != DiscussionState.OPEN:
        raise NotPossible(no("discussion_closed", _("This discussion is closed.")))
    _require_free(juror, queries.free_chairs(discussion.stage, entry=discussion.entry_id))
    _lead(discussion, juror)
    journal.write("jury.stand_in_appointed", about=discussion, by=by, at=at, juror=juror.pk)
    return discussion


@transaction.atomic
def begin_discussion(*, stage: Stage, by: Any, at: datetime) -> Judging:
    """The independent phase is over. Every entry on which the jury differs is opened for
    discussion, and each of its jurors gets one letter, however many they are to talk about."""
    judging = _judging(stage)
    require(queries.may_begin(stage, at=at))
    flagged = list(queries.flagged(stage))
    _move(judging, JudgingState.DISCUSSION, at=at)
    opened = Discussion.objects.bulk_create(
        Discussion(
            stage=stage, entry=row.entry, low=row.low, high=row.high, opened_at=at,
            chair=_chair_of(judging, row.entry_id),
        )
        for row in flagged
    )  # fmt: skip
    lines = [
        journal.compose("jury.discussion_begun", about=judging, by=by, at=at, n=len(opened)),
        *(_opened_line(discussion, by=by, at=at) for discussion in opened),
    ]
    journal.append(lines[0].book, lines)
    notices.discussions_opened(stage, opened, at=at)
    return judging


@transaction.atomic
def open_discussion(*, stage: Stage, entry: Entry, by: Any, at: datetime) -> Discussion:
    """One more entry, though its totals lie closer together."""
    judging = _judging(stage)
    sealed = Sheet.objects.sealed().filter(stage=stage, entry=entry)
    known = stage.discussions.filter(entry=entry).exists()
    require(rules.may_open_discussion(judging.state, sealed=sealed.count(), is_known=known))
    ends = sealed.aggregate(low=Min("total"), high=Max("total"))
    discussion = Discussion.objects.create(
        stage=stage, entry=entry, opened_at=at, chair=_chair_of(judging, entry.pk), **ends
    )
    line = _opened_line(discussion, by=by, at=at)
    journal.append(line.book, [line])
    notices.discussions_opened(stage, [discussion], at=at)
    return discussion


@transaction.atomic
def write_remark(
    *, discussion: Discussion, juror: Juror, text: str, by: Any, at: datetime
) -> Remark:
    """What was said stays."""
    hold(discussion)
    text = text.replace("\0", "").replace("\r\n", "\n")
    require(rules.may_speak(discussion.state, text=text))
    remark = Remark.objects.create(discussion=discussion, juror=juror, text=text.strip(), at=at)
    journal.write("jury.remark_written", about=remark, by=by, at=at, book=_book(discussion),
                  discussion=discussion.pk)  # fmt: skip
    _tell(discussion)
    return remark


@transaction.atomic
def change_marks(
    *, discussion: Discussion, sheet: Sheet, marks: Mapping[str, str], why: str, by: Any,
    at: datetime,
) -> list[MarkChange]:  # fmt: skip
    """A juror changes marks of a sealed sheet, and says why. The marks before stay in their own
    seal and beside the new ones; the sheet is sealed anew in the same moment."""
    hold(discussion)
    hold(sheet)
    changes = _changes(sheet, marks)
    told = {c.code: ends for c, ends in changes.items()}
    require(rules.may_change_marks(discussion.state, sheet=sheet.state, why=why, changes=told))
    for criterion, (_before, after) in changes.items():
        Mark.objects.update_or_create(sheet=sheet, criterion=criterion, defaults={"value": after})
    given = sheet.given()
    sheet.total, sheet.sealed_at, sheet.changed_at = total_of(sheet, given), at, at
    sheet.save(update_fields=["total", "sealed_at", "changed_at"])
    seal = write_seal(sheet=sheet, marks=given, by=by, at=at)
    made = MarkChange.objects.bulk_create(
        MarkChange(
            discussion=discussion, sheet=sheet, criterion=criterion, before=before, after=after,
            why=why.strip()[:500], seal=seal.number, by=by, at=at,
        )
        for criterion, (before, after) in changes.items()
    )  # fmt: skip
    # Supervisors read the journal: that marks changed and where, not which marks.
    journal.write("jury.marks_changed", about=sheet, by=by, at=at, digest=seal.digest,
                  discussion=discussion.pk, criteria=sorted(told))  # fmt: skip
    _tell(discussion)
    return made


@transaction.atomic
def close_discussion(*, discussion: Discussion, summary: str, by: Any, at: datetime) -> Discussion:
    """The chair sums up. From here on the marks of this entry stand still."""
    hold(discussion)
    summary = summary.replace("\0", "").replace("\r\n", "\n").strip()
    require(
        rules.may_end_discussion(
            discussion.state, summary=summary, has_chair=discussion.chair_id is not None
        )
    )
    move(discussion, DiscussionState.CLOSED, moves=rules.DISCUSSION_MOVES)
    discussion.summary, discussion.closed_at = summary[:4000], at
    discussion.save(update_fields=["summary", "closed_at"])
    journal.write("jury.discussion_closed", about=discussion, by=by, at=at)
    _tell(discussion)
    return discussion


@transaction.atomic
def close_judging(*, stage: Stage, by: Any, at: datetime) -> Judging:
    """Decided. Nobody discusses any more; where the panel was blind, names may be shown again."""
    hold(stage.contest)
    judging = _judging(stage)
    require(queries.may_close(stage))
    _move(judging, JudgingState.CLOSED, at=at)
    journal.write("jury.judging_closed", about=judging, by=by, at=at)
    if stage.rule.panel.blind:
        lift_veil(contest=stage.contest, stage=stage.code, by=by, at=at)
    return judging


@transaction.atomic
def note_marks_read(*, stage: Stage, by: Any, at: datetime) -> None:
    """Somebody reads or takes away jurors' marks before the judging is closed. Allowed, and known
    to all who read the journal."""
    if queries.phase(stage) != JudgingState.CLOSED:
        journal.write("jury.marks_read", about=stage, by=by, at=at)


def _judging(stage: Stage) -> Judging:
    """The held row; the stage is held first, so that two do not make it at once."""
    hold(stage)
    judging, _made = Judging.objects.get_or_create(stage=stage)
    hold(judging)
    stage.judging = judging
    return judging


def _move(judging: Judging, to: str, *, at: datetime) -> None:
    move(judging, to, moves=rules.JUDGING_MOVES)
    judging.moved_at = at
    judging.save(update_fields=["moved_at"])


def _require_free(juror: Juror, free: Any) -> None:
    if not free.filter(pk=juror.pk).exists():
        reason = _("This person is not on the jury, or has a conflict with the entry.")
        raise NotPossible(no("no_chair_possible", reason))


def _chair_of(judging: Judging, entry: int) -> Juror | None:
    """Nobody, when the chair has a tie to the entry: then a stand-in is appointed."""
    chair = judging.chair
    return None if chair is None or queries.has_conflict(chair, entry) else chair


def _lead(discussion: Discussion, juror: Juror | None) -> None:
    discussion.chair = juror
    discussion.save(update_fields=["chair"])


def _opened_line(discussion: Discussion, *, by: Any, at: datetime) -> Any:
    return journal.compose("jury.discussion_opened", about=discussion, by=by, at=at)


def _changes(
    sheet: Sheet, marks: Mapping[str, str]
) -> dict[Criterion, tuple[Decimal | None, Decimal]]:
    """Criteria whose mark would be another one; a blank field leaves its mark as it is."""
    now = sheet.given()
    found: dict[Criterion, tuple[Decimal | None, Decimal]] = {}
    for criterion in sheet.stage.criteria.all():
        words = marks.get(criterion.code, "").strip()
        if not words:
            continue
        mark = rules.read_mark(words, criterion.scale(sheet.stage.rule.direction))
        if isinstance(mark, Verdict):
            raise NotPossible(mark)
        if mark != now.get(criterion.code):
            found[criterion] = (now.get(criterion.code), mark)
    return found


def _tell(discussion: Discussion) -> None:
    discussion.version += 1
    discussion.save(update_fields=["version"])
    live.announce(discussion.topic, discussion.version)


def _book(discussion: Discussion) -> str:
    return journal.book_of(discussion)
