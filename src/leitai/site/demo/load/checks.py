"""The secretariat's checks, and pairs that look double."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from leitai.algorithms import lookalike
from leitai.rooms.screening.models import Check, Flag
from leitai.rooms.screening.queries import sides
from leitai.rooms.screening.rules import Finding, FlagKind, FlagState, Reason
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.shapes import Entry as Told
from leitai.site.demo.words import Text

# What the fiction's sentences come to, by a word of theirs.
REASONS = {
    "与人工智能无关": Reason.OFF_TOPIC, "补正期内未提交": Reason.INCOMPLETE,
    "上一届获奖": Reason.NOT_ELIGIBLE, "知识产权归属": Reason.NOT_ORIGINAL,
    "与材料不符": Reason.NOT_TRUE, "规模超出": Reason.NOT_ELIGIBLE,
    "扫描件不清晰": Reason.FILE_UNREADABLE, "缺少知识产权授权书": Reason.INCOMPLETE,
    "超过字数": Reason.INCOMPLETE, "验收单": Reason.INCOMPLETE,
    "成员信息": Reason.INCOMPLETE, "所属场景": Reason.WRONG_SCENARIO,
}  # fmt: skip
FINDINGS = {"valid": Finding.PASSED, "refused": Finding.REFUSED}
DEEDS = {Finding.PASSED: "accepted", Finding.REFUSED: "refused", Finding.RETURNED: "returned"}
TIME_TO_MEND = timedelta(days=5)


def reason_of(words: Text) -> Reason:
    return next(reason for sign, reason in REASONS.items() if sign in words.zh)


def write(scene: Scene) -> None:
    _checks(scene)
    _flags(scene)


def _checks(scene: Scene) -> None:
    rows = [check for one in scene.story.entries for check in _checks_of(scene, one)]
    pour(rows)
    for row in rows:
        data = {"until": row.resubmit_until.isoformat()} if row.resubmit_until else {}
        note, by = scene.diary.note, row.by
        note(f"submissions.entry_{DEEDS[Finding(row.finding)]}", about=row.entry, by=by, at=row.at,
             book=scene.book, version=row.version, **data)  # fmt: skip
        note(f"screening.entry_{row.finding}", about=row.entry, by=by, at=row.at, book=scene.book,
             version=row.version, reasons=[str(r) for r in row.reasons])  # fmt: skip


def _checks_of(scene: Scene, told: Told) -> list[Check]:
    """A returned entry is looked at twice; one that was merged left before its turn."""
    found = []
    entry, by, last = scene.entries[told.number], scene.hands.secretariat, len(told.handed_in)
    if told.returned_at:
        found.append(
            Check(
                entry=entry, version=last - 1, finding=Finding.RETURNED,
                reasons=[reason_of(told.reason)], note=_note(told), by=by, at=told.returned_at,
                resubmit_until=told.returned_at + TIME_TO_MEND,
            )
        )  # fmt: skip
    if told.status in FINDINGS:
        is_refused = told.status == "refused"
        found.append(
            Check(
                entry=entry, version=last, finding=FINDINGS[told.status], by=by,
                reasons=[reason_of(told.reason)] if is_refused else [],
                note=_note(told) if is_refused else "", at=told.checked_at,
            )
        )  # fmt: skip
    return found


def _note(told: Told) -> str:
    return told.reason.en if told.region == "overseas" else told.reason.zh


def _flags(scene: Scene) -> None:
    """The pairs somebody merged, and the planted ones that wait to be looked at."""
    at = scene.story.timeline["check_opens"] + timedelta(hours=2)
    merged = [
        _flag(scene, FlagKind.SAME_PEOPLE, one.duplicate_of, one.number, shared=["email", "person"])
        for one in scene.story.entries
        if one.duplicate_of
    ]
    waiting = [_planted(scene, s.key, *s.entries) for s in scene.story.situations if s.key in OPEN]
    for flag in merged:
        flag.state, flag.settled_by = FlagState.MERGED, scene.hands.secretariat
    rows = [*merged, *waiting]
    for row in rows:
        row.raised_at = at
    pour(rows)
    for row in rows:
        scene.diary.note("screening.flag_raised", about=row, by=None, at=at, book=scene.book,
                         kind=str(row.kind))  # fmt: skip
    for row in merged:
        _merging(scene, row)


def _merging(scene: Scene, row: Flag) -> None:
    by, late = scene.hands.secretariat, row.other
    at = row.raised_at + timedelta(hours=3, minutes=late.pk % 240)
    scene.diary.note("submissions.entry_merged", about=late, by=by, at=at, book=scene.book,
                     into=row.one_id)  # fmt: skip
    scene.diary.note("screening.flag_settled", about=row, by=by, at=at, book=scene.book,
                     state=str(row.state))  # fmt: skip


OPEN = {"same_organisation": FlagKind.SAME_ORGANISATION, "copied_plan": FlagKind.SAME_TEXT}


def _planted(scene: Scene, key: str, one: int, other: int) -> Flag:
    if key == "same_organisation":
        return _flag(scene, OPEN[key], one, other, shared=["code", "organisation"])
    texts = [_text(scene, number) for number in sorted((one, other))]
    _ones, _others, scores = lookalike.find(texts=texts)
    likeness = Decimal(str(round(float(scores[0]) if len(scores) else 0.9, 3)))
    return _flag(scene, OPEN[key], one, other, likeness=likeness, sides=sides(*texts))


def _text(scene: Scene, number: int) -> str:
    values = scene.entries[number].draft.values()
    return "\n".join(str(value) for value in values if isinstance(value, str) and len(value) > 30)


def _flag(
    scene: Scene, kind: FlagKind, one: int | None, other: int, *, likeness: Decimal = Decimal(1),
    **evidence: list[Any],
) -> Flag:  # fmt: skip
    first, second = sorted((one or 0, other))
    return Flag(
        contest=scene.contest, kind=kind, one=scene.entries[first], other=scene.entries[second],
        likeness=likeness, evidence=evidence,
    )  # fmt: skip
