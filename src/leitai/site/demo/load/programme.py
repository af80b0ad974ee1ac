"""The programme, its three editions, and their contests with rules."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.models import Contest, Edition, Figure, Programme
from leitai.rooms.contests.rules import Role, Rules, Span, StageRule, presets
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.site.demo.plan import DAYS, NAME, SCENARIOS, Plan
from leitai.site.demo.words import Text, pair, table

ZONE = "Asia/Shanghai"
YEAR = timedelta(days=364)
V_NAME = pair("创投挑战赛|Venture Challenge")
V_ABOUT = pair(
    "面向全球征集人工智能项目，可应答企业榜题：三位评委交叉初评，十一场阶段赛，二十八个项目进总决赛。"
    "|A worldwide call for projects in artificial intelligence that may answer companies' demands:"
    " three crossed jurors on paper, eleven stage contests, twenty-eight projects in the final."
)
THEME = pair("让问题遇见答案|Where questions meet answers")
ABOUT = pair(
    "海湾杯以真实需求为题：企业张榜，全球团队应答，评审全程可核验，赛后对接到落地。"
    "赛事由海湾新区主办，设创投挑战赛与职工应用赛两项。"
    "|The Haiwan AI Challenge starts from real demands: firms post them, teams from all over the"
    " world answer, every step of the judging can be checked, and matching goes on until things"
    " are in use. Hosted by the Haiwan New Area, with a venture challenge and a workers' contest."
)
PLACE = pair("海湾新区 · 云帆园|Yunfan Park, Haiwan New Area")
NUMBERS = {1: pair("第一届|1st"), 2: pair("第二届|2nd"), 3: pair("第三届|3rd")}
W_ABOUT = pair(
    "面向区内职工与一线班组，看重可落地、可复制、可推广：自己提出，自己做出来，在岗位上用起来。"
    "目标：参赛团队 {teams} 支以上，覆盖场景 {scenarios} 个，{leading_enterprises} 家重点企业中"
    " {leading_share_percent} % 参与。"
    "|For workers and shop-floor crews of the district; what counts is whether it is deployable,"
    " replicable and scalable. Targets: {teams} teams or more, {scenarios} scenarios, and"
    " {leading_share_percent} % of {leading_enterprises} leading firms taking part."
)


def found(*, by: User, at: datetime) -> Programme:
    return contests.found_programme(slug="haiwan", name_zh=NAME.zh, name_en=NAME.en, by=by, at=at)


def edition(
    programme: Programme, plan: Plan, number: int, *, by: User, place: Text = PLACE
) -> Edition:
    """A draft, launched on the plan's day 0; its scenarios go by the fiction's names."""
    at, launch = plan.when("survey") - timedelta(days=30), plan.when("launch")
    ordinal = NUMBERS[number]
    made = contests.found_edition(
        programme=programme, slug=f"haiwan-{number}", year=launch.year, number=number, by=by, at=at,
        name_zh=f"{ordinal.zh}{NAME.zh}", name_en=f"{ordinal.en} {NAME.en}",
        theme_zh=THEME.zh, theme_en=THEME.en, about_zh=ABOUT.zh, about_en=ABOUT.en,
        place_zh=place.zh, place_en=place.en, time_zone=ZONE, launch_at=launch,
    )  # fmt: skip
    scenarios = [(code, name.zh, name.en) for code, name in SCENARIOS.items()]
    contests.set_scenarios(edition=made, scenarios=scenarios, by=by, at=at)
    contests.publish_edition(edition=made, by=by, at=at + timedelta(days=9))
    return made


def staffed(edition: Edition, people: dict[str, User], *, by: User, at: datetime) -> None:
    for role in (Role.SECRETARIAT, Role.SUPERVISOR):
        contests.appoint(edition=edition, user=people[role.value], role=role, by=by, at=at)


def venture(edition: Edition, plan: Plan, *, rules: Rules | None = None, by: User) -> Contest:
    at = plan.when("survey") - timedelta(days=25)
    made = stages.open_contest(
        edition=edition, slug="venture", rules=rules or venture_rules(plan), by=by, at=at,
        name_zh=V_NAME.zh, name_en=V_NAME.en, about_zh=V_ABOUT.zh, about_en=V_ABOUT.en,
    )  # fmt: skip
    return contests.publish_contest(contest=made, by=by, at=at + timedelta(days=5))


def venture_rules(plan: Plan) -> Rules:
    """The preset, with its windows where the fiction's timeline has them."""
    rules = presets.load("venture-2021")
    spans = {
        "first": span(plan, "review_opens", "review_closes"),
        "stage": span(plan, "heats_open", "heats_close"),
        "final": Span(opens_at=plan.when("finals"), closes_at=plan.day(DAYS["finals"][0] + 1)),
    }
    return rules.model_copy(update={
        "entry": rules.entry.model_copy(
            update={"span": span(plan, "registration_opens", "registration_closes")}
        ),
        "stages": tuple(_staged(s, spans[s.code]) for s in rules.stages),
        "jury": rules.jury.model_copy(update={"names_published": True}),
    })  # fmt: skip


def _staged(stage: StageRule, span: Span) -> StageRule:
    """The paper round begins with sample entries."""
    panel = stage.panel.model_copy(update={"calibration": stage.code == "first"})
    return stage.model_copy(update={"span": span, "panel": panel})


def span(plan: Plan, opens: str, closes: str) -> Span:
    return Span(opens_at=plan.when(opens), closes_at=plan.when(closes))


def workers(edition: Edition, plan: Plan, targets: Any, *, by: User) -> Contest:
    """The workers' contest before anybody has entered: its rules, and what it aims at."""
    launch = plan.day(targets.launch_day)
    aims = {key: getattr(targets, key) for key in table("past")["W_targets"]}
    about = W_ABOUT.fill(**aims)
    at = plan.when("launch") + timedelta(days=20)
    made = stages.open_contest(
        edition=edition, slug="workers", by=by, at=at,
        rules=presets.load("application-3k", launch_at=launch, time_zone=ZONE),
        name_zh=targets.name.zh, name_en=targets.name.en, about_zh=about.zh, about_en=about.en,
    )  # fmt: skip
    return contests.publish_contest(contest=made, by=by, at=at + timedelta(days=5))


def figures(edition: Edition, rows: list[tuple[str, int, str, Text, Text]]) -> None:
    """Key, value, unit, name, definition; in this order on the page."""
    Figure.objects.bulk_create(
        Figure(
            edition=edition, order=order, key=key, value=Decimal(value), unit=unit,
            name_zh=name.zh, name_en=name.en, definition_zh=said.zh, definition_en=said.en,
        )
        for order, (key, value, unit, name, said) in enumerate(rows)
    )  # fmt: skip
