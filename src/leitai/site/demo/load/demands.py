"""The demands, as their owners posted them and the secretariat vetted them."""

from datetime import datetime, timedelta

from leitai.rooms.demands.models import Demand, Indicator
from leitai.rooms.demands.rules import Cooperation, Ownership, Readiness, State, Visibility
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.shapes import Demand as Told
from leitai.site.demo.words import child

FORMS = {
    "purchase": Cooperation.PURCHASE, "joint_rd": Cooperation.JOINT,
    "license": Cooperation.LICENCE, "invest": Cooperation.INVESTMENT, "poc": Cooperation.PILOT,
}  # fmt: skip
READY = {
    "approved": Readiness.APPROVED, "in_review": Readiness.BUDGETED,
    "not_started": Readiness.EXPLORING,
}  # fmt: skip
RIGHTS = {
    "owner": Ownership.OWNER, "answerer": Ownership.TEAM, "shared": Ownership.SHARED,
    "licence": Ownership.OPEN,
}  # fmt: skip


def write(scene: Scene) -> None:
    told = scene.story.demands
    days = {demand.number: _days(scene, demand) for demand in told}
    made = pour(_demand(scene, one, *days[one.number]) for one in told)
    scene.demands = {one.number: row for one, row in zip(told, made)}
    pour(
        Indicator(
            demand=row, order=order, name_zh=one.name.zh, name_en=one.name.en, unit=one.unit,
            target=_sign(one.target), test_zh=one.method.zh, test_en=one.method.en,
        )
        for demand, row in zip(told, made)
        for order, one in enumerate(demand.indicators)
    )  # fmt: skip
    for demand in told:
        _note(scene, demand, *days[demand.number])


def _days(scene: Scene, told: Told) -> tuple[datetime, datetime]:
    """When it was begun, and when it was published or returned."""
    rng = child(scene.story.plan.seed, f"days/{told.number}")
    begun = scene.story.timeline["survey"] + timedelta(days=rng.uniform(1, 60))
    if told.state == "vetting":  # a late one, so that something waits
        begun = scene.story.plan.now - timedelta(days=rng.uniform(2, 4))
    return begun, begun + timedelta(days=rng.uniform(4, 20))


def _demand(scene: Scene, told: Told, begun: datetime, settled: datetime) -> Demand:
    low, high = told.budget_cents or (None, None)
    is_out = told.state == "published"
    return Demand(
        contest=scene.contest, owner=scene.partners[told.owner],
        posted_by=scene.speakers[told.owner], number=told.number if is_out else None,
        scenario=scene.scenarios[told.scenario], title_zh=told.title.zh, title_en=told.title.en,
        background_zh="\n\n".join(filter(None, (told.background.zh, told.pain.zh))),
        background_en="\n\n".join(filter(None, (told.background.en, told.pain.en))),
        offered_zh=told.data_offered.zh, offered_en=told.data_offered.en,
        visibility=Visibility(told.visibility), cooperation=[FORMS[told.cooperation]],
        budget_low_cents=low, budget_high_cents=high, readiness=READY[told.purchasing],
        ownership=RIGHTS[told.ip_preference], answerers_wanted=told.answerers_wanted,
        deadline_on=told.deadline.date(), state=State(told.state), made_at=begun,
        contact=f"{told.contact.name.zh} {told.contact.phone} {told.contact.email}",
        returned_why=told.reason.zh if told.state == "returned" else "",
        published_at=settled if is_out else None,
    )  # fmt: skip


def _sign(target: str) -> str:
    return target.replace(">=", "≥").replace("<=", "≤")


def _note(scene: Scene, told: Told, begun: datetime, settled: datetime) -> None:
    row, owner = scene.demands[told.number], scene.speakers[told.owner]

    def note(verb: str, by: object, at: datetime, **data: object) -> None:
        scene.diary.note(f"demands.demand_{verb}", about=row, by=by, at=at, book=scene.book, **data)

    note("drafted", owner, begun)
    if told.state == "draft":
        return
    note("sent", owner, begun + timedelta(days=1, hours=3))
    if told.state == "published":
        note("published", scene.hands.secretariat, settled, number=told.number)
    elif told.state == "returned":
        note("returned", scene.hands.secretariat, settled)
    elif told.state == "withdrawn":
        note("withdrawn", owner, settled)
