"""The jury: invited, at work, tied to some entries, drawn."""

from datetime import timedelta

from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.jury.rules import ConflictGround, ConflictSource, JurorKind, JurorState
from leitai.rooms.people.models import Holding, User
from leitai.site.demo.jury import conflicts as fiction
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.load.seating import juror_tags
from leitai.site.demo.shapes import Conflict as Tie
from leitai.site.demo.shapes import Juror as Told
from leitai.site.demo.words import child

STATES = {
    "active": JurorState.ACTIVE, "declined": JurorState.DECLINED, "silent": JurorState.INVITED,
    "withdrew": JurorState.LEFT,
}  # fmt: skip
GROUNDS = {
    fiction.SAME_HOUSE: ConflictGround.SAME_ORGANISATION,
    fiction.OWN_DEMAND: ConflictGround.OWN_DEMAND,
    fiction.PORTFOLIO: ConflictGround.PORTFOLIO,
}


def write(scene: Scene) -> None:
    _jurors(scene)
    _holdings(scene)
    _conflicts(scene)


def _jurors(scene: Scene) -> None:
    told = scene.story.jurors
    for one in told:
        scene.houses.add(one.organisation, kind=_kind_of_house(scene, one))
        if one.state in ("active", "withdrew"):
            scene.people.add(one.person)
    scene.houses.save()
    scene.people.save()
    rows = pour([_juror(scene, one) for one in told])
    scene.jurors = {one.number: row for one, row in zip(told, rows)}
    for one, row in zip(told, rows):
        _note(scene, one, row)


def _kind_of_house(scene: Scene, told: Told) -> str:
    kinds = {partner.code: partner.kind for partner in scene.story.partners}
    is_office = told.organisation.en.endswith("Technical Advisers")
    return kinds.get(told.partner) or ("service" if is_office else "institute")


def _juror(scene: Scene, told: Told) -> Juror:
    plan = scene.story.plan
    invited = plan.when("check_opens") + timedelta(
        hours=child(plan.seed, f"asked/{told.number}").uniform(1, 30)
    )
    answered = invited + timedelta(
        hours=child(plan.seed, f"answered/{told.number}").uniform(1, 120)
    )
    has_account = told.state in ("active", "withdrew")
    is_fund = told.kind == "investor"
    return Juror(
        contest=scene.contest, user=scene.people.add(told.person) if has_account else None,
        name=told.person.name.en if told.overseas else told.person.name.zh,
        email=told.person.email, kind=JurorKind(told.kind), state=STATES[told.state],
        organisation=scene.houses[told.organisation], title=_title(told, is_fund=is_fund),
        tags=juror_tags(told), languages=["en", "zh-hans"] if told.overseas else ["zh-hans", "en"],
        invited_at=invited, answered_at=None if told.state == "silent" else answered,
        left_at=plan.when("review_opens") - timedelta(days=1) if told.state == "withdrew" else None,
    )  # fmt: skip


def _title(told: Told, *, is_fund: bool) -> str:
    zh, en = ("投资总监", "Investment director") if is_fund else ("首席专家", "Principal expert")
    return en if told.overseas else zh


def _note(scene: Scene, told: Told, row: Juror) -> None:
    def note(verb: str, by: User | None, at: object, **data: object) -> None:
        scene.diary.note(f"jury.juror_{verb}", about=row, by=by, at=at, book=scene.book, **data)

    note("invited", scene.hands.secretariat, row.invited_at)
    if told.state in ("active", "withdrew"):
        note("accepted", row.user, row.answered_at)
    if told.state == "declined":
        note("declined", None, row.answered_at)
    if told.state == "withdrew":
        note("left", scene.hands.secretariat, row.left_at, open=0)


def _holdings(scene: Scene) -> None:
    """Funds' portfolios, from which conflicts follow."""
    firms = {
        one.entrant.name.zh: one.entrant.name
        for one in scene.story.entries
        if one.entrant.kind != "team"
    }
    pairs = {
        (scene.houses[one.organisation].pk, scene.houses[firms[name]].pk)
        for one in scene.story.jurors
        for name in one.portfolio
    }
    pour(Holding(investor_id=a, firm_id=b) for a, b in sorted(pairs))


def _conflicts(scene: Scene) -> None:
    rows = [_conflict(scene, tie) for tie in scene.story.conflicts]
    rows.sort(key=lambda row: row.at)
    pour(rows)
    derived = [row for row in rows if row.source == ConflictSource.DERIVED]
    if derived:
        scene.diary.note("jury.conflicts_derived", about=scene.contest, by=None, at=derived[0].at,
                         book=scene.book, n=len(derived))  # fmt: skip
    for row in rows:
        if row.source != ConflictSource.DERIVED:
            scene.diary.note(
                f"jury.conflict_{row.source}", about=row, by=row.by, at=row.at, book=scene.book,
                ground=str(row.ground),
            )  # fmt: skip


def _conflict(scene: Scene, tie: Tie) -> Conflict:
    juror, entry = scene.jurors[tie.juror], scene.entries[tie.entry]
    opens, now = scene.story.timeline["review_opens"], scene.story.plan.now
    source = ConflictSource(tie.source)
    is_record = source == ConflictSource.DERIVED
    at = opens - timedelta(hours=10)
    if not is_record:
        rng = child(scene.story.plan.seed, f"tie/{tie.juror}/{tie.entry}")
        at = opens - timedelta(hours=rng.uniform(11, 100))
    if tie.is_late:
        at = opens + (now - opens) / 2
    by = {
        ConflictSource.DERIVED: None, ConflictSource.DECLARED: juror.user,
        ConflictSource.OBJECTED: scene.hands.organiser,
    }  # fmt: skip
    return Conflict(
        juror=juror, entry=entry, source=source, by=by[source], at=at,
        ground=GROUNDS[tie.reason] if is_record else ConflictGround.PERSONAL,
        note="" if is_record else tie.reason.en if juror.languages[0] == "en" else tie.reason.zh,
    )  # fmt: skip
