"""The pool, the undertaking, sample entries, a proposed colleague and two objections."""

import hashlib
from datetime import timedelta
from decimal import Decimal

from leitai.rooms.contests.rules import CriterionRule
from leitai.rooms.jury.actions.pool import KEPT_FIELDS, WORDING
from leitai.rooms.jury.models import (
    Colleague,
    Expert,
    Juror,
    Objection,
    Promise,
    Sample,
    SampleSheet,
    Undertaking,
)
from leitai.rooms.jury.rules import ExpertState, JurorState, ObjectionState
from leitai.rooms.jury.rules.undertaking import STANDARD_EN, STANDARD_ZH
from leitai.rooms.people.models import Consent
from leitai.rooms.people.rules import Purpose
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.names import person
from leitai.site.demo.words import child, pair

NEW_IN_POOL = 24
ABOUT = {
    "technical": pair("人工智能工程化与行业应用|AI engineering and its use in industry"),
    "investor": pair("早期硬科技投资|early investments in deep technology"),
}
# Title, words, and the share of each scale that the sample deserves.
SAMPLES = (
    (pair("样题一：焊缝听诊|Sample one: listening to welds"),
     pair("用超声阵列监听焊接过程，已在两条产线试运行三个月，漏检率由 4% 降到 0.6%，"
          "客户愿付费续用。"
          "|An ultrasonic array listens to welding. Three months on two lines; missed faults fell "
          "from 4 % to 0.6 %, and the customer pays to go on."), Decimal("0.85"),
     pair("有真实产线数据和付费客户。|Real lines, real figures, a paying customer.")),
    (pair("样题二：社区问诊助手|Sample two: an assistant for community clinics"),
     pair("面向社区医院的问诊助手，有一家试点，尚无对照数据，合规路径写得清楚。"
          "|An assistant for community clinics with one pilot, no control group yet, and a clear "
          "account of compliance."), Decimal("0.6"),
     pair("方向对，证据不足。|The right direction, too little evidence.")),
    (pair("样题三：城市大脑平台|Sample three: a platform for the whole city"),
     pair("计划建设覆盖全市的智能平台，无原型、无客户，商业模式待定。"
          "|A platform for the whole city: no prototype, no customer, and a business model to "
          "follow."), Decimal("0.3"),
     pair("只有设想。|A plan and nothing else.")),
)  # fmt: skip


def write(scene: Scene) -> None:
    jurors = list(scene.jurors.values())
    _pool(scene, jurors)
    active = [juror for juror in jurors if juror.state == JurorState.ACTIVE]
    _undertaking(scene, active)
    _samples(scene, active)
    _ready(scene, active)
    _colleague(scene, active)
    _objections(scene, active)


def _pool(scene: Scene, jurors: list[Juror]) -> None:
    """Jurors with an account have agreed; as many new names wait for their yes."""
    programme = scene.edition.programme
    with_account = [juror for juror in jurors if juror.user_id]
    experts = pour([_expert(scene, juror) for juror in with_account])
    consents = pour(
        Consent(
            person_id=expert.user_id, purpose=Purpose.POOL, about_type="jury.expert",
            about_id=expert.pk, fields=list(KEPT_FIELDS), version=WORDING,
            given_at=expert.answered_at,
        )
        for expert in experts
    )  # fmt: skip
    for expert, consent, juror in zip(experts, consents, with_account):
        expert.consent, juror.expert = consent, expert
    Expert.objects.bulk_update(experts, ["consent"], batch_size=500)
    rng, asked_at = child(scene.story.plan.seed, "pool"), scene.story.plan.when("check_opens")
    new = min(NEW_IN_POOL, len(jurors))
    people = [person(rng, key=f"pool{n}") for n in range(new)]
    codes = sorted(scene.scenarios)
    pour(
        Expert(
            programme=programme, name=one.name.zh, email=one.email, asked_at=asked_at,
            kind=rng.choice(["technical", "investor"]), tags=rng.sample(codes, 2),
            languages=["zh-hans"], organisation=rng.choice(with_account).organisation,
        )
        for one in people
    )  # fmt: skip


def _expert(scene: Scene, juror: Juror) -> Expert:
    return Expert(
        programme=scene.edition.programme, user=juror.user, name=juror.name, email=juror.email,
        kind=juror.kind, organisation=juror.organisation, title=juror.title, tags=juror.tags,
        languages=juror.languages, state=ExpertState.KEPT, asked_at=juror.answered_at,
        answered_at=juror.answered_at,
    )  # fmt: skip


def _undertaking(scene: Scene, active: list[Juror]) -> None:
    at = scene.story.plan.when("check_opens") - timedelta(days=1)
    by = scene.hands.organiser
    made = Undertaking.objects.create(
        edition=scene.edition, version=1, text_zh=STANDARD_ZH, text_en=STANDARD_EN, by=by, at=at
    )
    scene.diary.note(
        "jury.undertaking_written", about=made, by=by, at=at, book="platform", version=1
    )
    digests = {
        language: hashlib.sha256(text.encode()).hexdigest()
        for language, text in (("zh-hans", STANDARD_ZH), ("en", STANDARD_EN))
    }
    promises = pour(
        Promise(
            undertaking=made, person=juror.user, language=juror.languages[0],
            digest=digests[juror.languages[0]], at=juror.answered_at + timedelta(minutes=9),
        )
        for juror in active
    )  # fmt: skip
    for promise in promises:
        scene.diary.note("jury.undertaking_accepted", about=promise, by=promise.person,
                         at=promise.at, book="platform", version=1)  # fmt: skip


def _samples(scene: Scene, active: list[Juror]) -> None:
    """Each juror marked them the day before the review opened, near the reference."""
    stage, by = scene.first_stage, scene.hands.organiser
    opens = scene.story.plan.when("review_opens")
    criteria = stage.rule.criteria
    samples = pour(
        Sample(
            stage=stage, number=n, title_zh=title.zh, title_en=title.en, text_zh=text.zh,
            text_en=text.en, marks={c.code: _mark(c, share) for c in criteria},
            reasons_zh={c.code: why.zh for c in criteria},
            reasons_en={c.code: why.en for c in criteria}, by=by, at=opens - timedelta(days=5),
        )
        for n, (title, text, share, why) in enumerate(SAMPLES, 1)
    )  # fmt: skip
    rng = child(scene.story.plan.seed, "samples")
    sheets = pour(
        SampleSheet(
            sample=sample, juror=juror, at=opens - timedelta(hours=30 - sample.number),
            marks={
                c.code: _mark(c, share + Decimal(str(round(rng.gauss(0, 0.08), 3))))
                for c in criteria
            },
        )
        for juror in active
        for sample, (_title, _text, share, _why) in zip(samples, SAMPLES)
    )  # fmt: skip
    for sample in samples:
        scene.diary.note("jury.sample_written", about=sample, by=by, at=sample.at, book=scene.book,
                         number=sample.number)  # fmt: skip
    for sheet in sheets:
        scene.diary.note("jury.sample_marked", about=sheet, by=sheet.juror.user, at=sheet.at,
                         book=scene.book)  # fmt: skip


def _mark(criterion: CriterionRule, share: Decimal) -> str:
    """That share of the scale, on one of its steps."""
    low, high, step = criterion.low, criterion.high, criterion.step
    steps = round(min(max(share, Decimal(0)), Decimal(1)) * (high - low) / step)
    return f"{(low + steps * step).normalize():f}"


def _ready(scene: Scene, active: list[Juror]) -> None:
    """Nearly all have told their field and looked through their ties; some are away for a while."""
    opens, closes = (scene.story.plan.when(f"review_{end}") for end in ("opens", "closes"))
    for n, juror in enumerate(active):
        about = ABOUT[juror.kind]
        juror.about = about.en if juror.languages[0] == "en" else about.zh
        juror.profiled_at = juror.answered_at + timedelta(minutes=12)
        juror.tied_at = None if n % 30 == 17 else juror.answered_at + timedelta(minutes=20)
        if n % 25 == 11:
            juror.free_until = (closes - timedelta(days=2)).date()
        elif n % 9 == 4:
            juror.free_from = (opens - timedelta(days=3)).date()
    fields = ["expert", "about", "profiled_at", "tied_at", "free_from", "free_until"]
    Juror.objects.bulk_update(scene.jurors.values(), fields, batch_size=500)


def _colleague(scene: Scene, active: list[Juror]) -> None:
    declined = [j for j in scene.jurors.values() if j.state == JurorState.DECLINED]
    if not declined:
        return
    juror = declined[0]
    one = person(child(scene.story.plan.seed, "colleague"), key="colleague")
    Juror.objects.filter(pk=juror.pk).update(declined_why="评审期间在国外出差，推荐一位同事。")
    made = Colleague.objects.create(
        juror=juror, name=one.name.zh, email=one.email, kind=juror.kind,
        why="同实验室，做了十年工业视觉，时间充裕。", at=juror.answered_at,
    )  # fmt: skip
    scene.diary.note("jury.colleague_proposed", about=made, by=None, at=made.at, book=scene.book)


def _objections(scene: Scene, active: list[Juror]) -> None:
    """One upheld, which is a conflict as well where the story has one; one refused."""
    tied = [tie for tie in scene.story.conflicts if tie.source == "objected"]
    others = [entry for entry in scene.entries.values() if entry.state == "accepted"]
    if not others:
        return
    upheld = (scene.entries[tied[0].entry], scene.jurors[tied[0].juror]) if tied else None
    refused = (others[len(others) // 2], active[len(active) // 2])
    told = [
        (upheld, ObjectionState.UPHELD, "该评委去年曾任我们竞争对手的顾问。", "属实，予以回避。"),
        (refused, ObjectionState.REFUSED, "该评委曾公开批评我们的技术。", "观点不同不构成回避。"),
    ]
    opens = scene.story.plan.when("review_opens")
    for seat, state, why, answer in told:
        if seat is None:
            continue
        entry, juror = seat
        made = Objection.objects.create(
            entry=entry, juror=juror, why=why, answer=answer, state=state, by=entry.begun_by,
            at=opens - timedelta(days=3), decided_by=scene.hands.organiser,
            decided_at=opens - timedelta(days=2),
        )  # fmt: skip
        scene.diary.note("jury.objection_raised", about=made, by=made.by, at=made.at,
                         book=scene.book)  # fmt: skip
        scene.diary.note(f"jury.objection_{state.value}", about=made, by=made.decided_by,
                         at=made.decided_at, book=scene.book)  # fmt: skip
