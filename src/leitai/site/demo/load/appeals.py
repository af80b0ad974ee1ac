"""Two objections to last year's result, one upheld and one refused, and feedback to every team."""

from datetime import datetime, timedelta
from typing import Any

from leitai.foundation import journal
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.actions.sheets import total_of
from leitai.rooms.jury.models import Mark, Seal, Sheet
from leitai.rooms.jury.rules import SheetState, plain
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings import queries
from leitai.rooms.standings.models import Appeal, Feedback, Place, Publication
from leitai.rooms.submissions.models import Entry
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.words import child

PANEL = (("温知白", "Zhibai Wen"), ("岑若川", "Ruochuan Cen"), ("祁远山", "Yuanshan Qi"))
SLIP = "纸质评分表上的一项分数录入时少录了。 One mark of a paper sheet was typed too low."
TASTE = "我们认为评委更喜欢别的项目。 We think that the jury liked other projects more."
REFUSED = "没有可核实的事实，不予受理。 No fact that can be checked is given."
HELD = "核对记分员录入的一项分数。 One mark as the scorekeeper typed it is checked."
STATED = "我们同意核对原表。 We agree that the paper sheet is looked at."
FOUND = "原表与录入不符，应予更正。 The paper sheet says otherwise; it is to be corrected."
LETTER = "经复核，异议成立，新版公示已更正。 You are right; a new version corrects it."
MENDED = "更正一处录入差错 A slip of the scorekeeper is corrected"
TITLE = "组委会 Committee"
NO_PASSWORD = "!"  # noqa: S105 - nobody signs in with it


def write(scene: Scene, publication: Publication, signers: list[User]) -> Publication:
    """Within hours of the first version; the version that holds after it."""
    stage = publication.standing.stage
    best, next_ = Place.objects.filter(standing=publication.standing).order_by("rank")[:2]
    _refused(scene, publication, next_.entry)
    appeal = _upheld(scene, publication, best.entry)
    mended = _mended(scene, stage, best.entry, signers, at=publication.at + _minutes(150))
    by, at = scene.hands.organiser, mended.at + _minutes(10)
    standings.link_remedy(appeal=appeal, publication=mended, by=by, at=at)
    return mended


def release_feedback(scene: Scene, publication: Publication, *, at: datetime) -> None:
    """As the deed does; its letters are left out."""
    by, bodies = scene.hands.organiser, queries.bodies(publication)
    pour(
        [
            Feedback(publication=publication, entry_id=entry, body=body, by=by, at=at, told_at=at)
            for entry, body in bodies.items()
        ]
    )
    journal.write("standings.feedback_released", about=publication, by=by, at=at, teams=len(bodies))


def _refused(scene: Scene, publication: Publication, entry: Entry) -> None:
    appeal = _filed(publication, None, _captain(entry), ground="other", text=TASTE, minutes=30)
    by, at = scene.hands.organiser, publication.at + _minutes(60)
    standings.refuse_appeal(appeal=appeal, reply=REFUSED, by=by, at=at)


def _upheld(scene: Scene, publication: Publication, entry: Entry) -> Appeal:
    captain, by, start = _captain(entry), scene.hands.organiser, publication.at
    appeal = _filed(publication, entry, captain, ground="slip", text=SLIP, minutes=40)
    standings.take_up_appeal(appeal=appeal, charge=HELD, by=by, at=start + _minutes(70))
    standings.state_case(
        hearing=appeal.hearing, statement=STATED, by=captain, at=start + _minutes(90)
    )
    for n, (zh, en) in enumerate(PANEL, 1):
        user = User.objects.create(
            email=f"reviewer{n}@example.org", name=zh, name_latin=en, password=NO_PASSWORD
        )  # fmt: skip
        User.objects.filter(pk=user.pk).update(date_joined=start)  # not the clock's own moment
        at = start + _minutes(100 + n)
        panelist = standings.seat_panelist(appeal=appeal, user=user, by=by, at=at)
        standings.vote(panelist=panelist, finding="upheld", reason=FOUND, by=user, at=at)
    standings.decide_appeal(appeal=appeal, reason=FOUND, by=by, at=start + _minutes(130))
    standings.answer_appeal(appeal=appeal, answer=LETTER, by=by, at=start + _minutes(140))
    return appeal


def _filed(
    publication: Publication, entry: Entry | None, by: User, *, minutes: int, **told: Any
) -> Appeal:
    identity = {
        "kind": "person", "name": by.name, "unit": "海湾示范单位 Haiwan Works",
        "contact": "10055550101", "address": "海湾市滨海路1号 1 Seaside Road, Haiwan",
    }  # fmt: skip
    return standings.file_appeal(
        publication=publication, entry=entry, identity=identity, by=by,
        at=publication.at + _minutes(minutes), **told,
    )  # fmt: skip


def _mended(
    scene: Scene, stage: Stage, entry: Entry, signers: list[User], *, at: datetime
) -> Publication:
    """The sheet is opened by two people, mended and sealed; then the usual way to a version."""
    hands = scene.hands
    mark = _low_mark(stage, entry)
    sheet = mark.sheet
    asked = jury.ask_reopening(
        sheet=sheet, why=MENDED, by=hands.organiser, at=at, until=at + timedelta(days=1)
    )
    sheet = jury.confirm_reopening(request=asked, by=hands.secretariat, at=at + _minutes(5))
    field, value = f"mark-{mark.criterion.code}", str(mark.value + mark.criterion.step)
    juror = sheet.juror.user or hands.organiser
    at += _minutes(15)
    jury.save_field(sheet=sheet, field=field, value=value, base=sheet.revision, by=juror, at=at)
    _seal(scene, sheet, by=juror, at=at)
    standing = standings.compute_standing(stage=stage, by=hands.organiser, at=at + _minutes(5))
    for user in signers:
        standings.enter_room(
            stage=stage, name="", title=TITLE, user=user, by=hands.organiser, at=at + _minutes(8)
        )
    decision = standings.decide(
        standing=standing, text=MENDED, by=hands.organiser, at=at + _minutes(10)
    )
    for n, user in enumerate(signers):
        standings.sign(decision=decision, by=user, at=at + _minutes(20 + n))
    held = decision.standing
    held.refresh_from_db()
    return standings.publish(standing=held, reason=MENDED, by=hands.organiser, at=at + _minutes(40))


def _seal(scene: Scene, sheet: Sheet, *, by: User, at: datetime) -> None:
    """As a juror seals, with a salt that is the same each time."""
    marks = sheet.given()
    sheet.total = total_of(sheet, marks)
    sheet.state, sheet.sealed_at, sheet.changed_at = SheetState.SEALED, at, at
    sheet.save(update_fields=["total", "state", "sealed_at", "changed_at"])
    salt = child(scene.story.plan.seed, f"salt/{sheet.entry_id}/{sheet.juror_id}/mended")
    seal = Seal(
        sheet=sheet, number=sheet.seals.count() + 1, total=sheet.total, comment=sheet.comment,
        tags=sheet.tags,
        marks={code: plain(value) for code, value in marks.items()},
        evidence=sheet.told_evidence(), salt=f"{salt.getrandbits(128):032x}", by=by, at=at,
    )  # fmt: skip
    seal.digest = seal.computed_digest()
    seal.save()
    journal.write("jury.sheet_sealed", about=sheet, by=by, at=at, digest=seal.digest)


def _low_mark(stage: Stage, entry: Entry) -> Mark:
    """One that can be a step higher."""
    given = Mark.objects.filter(sheet__in=Sheet.objects.sealed().filter(stage=stage, entry=entry))
    marks = given.select_related("criterion", "sheet__juror__user", "sheet__stage").order_by("pk")
    return next(m for m in marks if m.value + m.criterion.step <= m.criterion.high)


def _captain(entry: Entry) -> User:
    captain = entry.members.filter(role="captain").select_related("user").get()
    assert captain.user is not None
    return captain.user


def _minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
