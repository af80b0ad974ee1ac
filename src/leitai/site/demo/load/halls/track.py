"""The direct track: its rules, its entries and its jurors."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.rules import Rules, Span, presets
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import JurorKind, JurorState
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.site.demo.demands import demands
from leitai.site.demo.entries.build import entries as fiction
from leitai.site.demo.load import checks, entries
from leitai.site.demo.load.cast import mail
from leitai.site.demo.load.diary import Diary
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.names import HOME, Names
from leitai.site.demo.partners import partners
from leitai.site.demo.plan import SCENARIOS, Plan, plan
from leitai.site.demo.shapes import Entry
from leitai.site.demo.story import Story
from leitai.site.demo.words import pair

NAME = pair("创投挑战赛·直通赛道|Venture Challenge, direct track")
ABOUT = pair(
    "合作伙伴与海外合作方推荐的项目直接登台：八个场景、三个海外城市，共十一场阶段赛，正在进行。"
    "|Entries that partners and hosts abroad nominate go straight on stage: eight scenarios and"
    " three cities abroad, eleven stage contests, going on now."
)
ABROAD = ("FR", "IE", "ZA")
HEATS: tuple[tuple[str, str], ...] = (
    *((scenario, "") for scenario in SCENARIOS), *(("", country) for country in ABROAD)
)  # fmt: skip
EACH = 6  # entries in a heat, where there are so many
OFFSET = 6000  # so that no entry's code is that of one in the venture contest
WEEKS = timedelta(days=38)  # this track began so much earlier
BEGUN, LASTS = timedelta(days=6), timedelta(days=21)  # its stage contests


@dataclass(kw_only=True)
class Hall:
    """The track while it is being written."""

    scene: Scene
    stage: Stage
    now: datetime
    rosters: list[list[int]]  # numbers of the story's entries, heat by heat
    panels: list[list[Juror]]

    @property
    def seed(self) -> int:
        return self.scene.story.plan.seed


def write(venture: Scene) -> Hall:
    story = venture.story
    is_small = story.plan.size == "tiny"
    told = _entries(story, is_small=is_small)
    rosters = _rosters(told, is_small=is_small)
    chosen = {number for roster in rosters for number in roster}
    told = _cast(story, [e for e in told if e.number in chosen], rosters)
    by = venture.hands.organiser
    made = stages.open_contest(
        edition=venture.edition, slug="direct", rules=_rules(story.plan), by=by,
        at=_plan(story.plan, is_small=True).when("survey"), name_zh=NAME.zh, name_en=NAME.en,
        about_zh=ABOUT.zh, about_en=ABOUT.en,
    )  # fmt: skip
    at = made.ruleset.made_at + timedelta(days=5)  # type: ignore[union-attr]
    contests.publish_contest(contest=made, by=by, at=at)
    now = story.plan.now
    scene = Scene(
        story=replace(
            story, plan=_plan(story.plan, is_small=True), entries=told, sheets=[], situations=[]
        ),
        edition=venture.edition, contest=made, hands=venture.hands, people=venture.people,
        houses=venture.houses, diary=Diary(), is_over=True,
    )  # fmt: skip
    entries.write(scene, read=())
    checks.write(scene)
    stage = scene.first_stage
    _let_in(scene, stage, at=now - BEGUN - timedelta(days=4))
    panels = _panels(venture, scene, len(rosters))
    return Hall(scene=scene, stage=stage, now=now, rosters=rosters, panels=panels)


def _plan(now: Plan, *, is_small: bool) -> Plan:
    made = plan(size="tiny", seed=now.seed + 50, now=now.now - WEEKS)
    if is_small:
        return made
    return replace(made, submitted=260, drafts=262, merged=0, refused=0, returned=4)


def _entries(story: Story, *, is_small: bool) -> list[Entry]:
    told = _plan(story.plan, is_small=is_small)
    names, asked = Names(), demands(told)
    allies = partners(told, owners={demand.owner for demand in asked}, names=names)
    made = fiction(told, demands=asked, partners=allies, names=names)
    return [
        replace(e, number=e.number + OFFSET, answers=())
        for e in made
        if e.status == "valid" and not e.duplicate_of
    ]


def _rosters(told: list[Entry], *, is_small: bool) -> list[list[int]]:
    """By scenario at home, by city abroad; one team in the second heat joins from elsewhere."""
    kinds = (HEATS[0], HEATS[1]) if is_small else HEATS
    afar = [e.number for e in told if e.country not in (HOME, *ABROAD)]
    rosters = [
        [e.number for e in told if _belongs(e, scenario, country)][: 3 if is_small else EACH]
        for scenario, country in kinds
    ]
    if afar:
        rosters[1][-1:] = [afar[0]]
    return rosters


def _belongs(entry: Entry, scenario: str, country: str) -> bool:
    if country:
        return entry.country == country
    return entry.country == HOME and entry.scenario == scenario


def _cast(story: Story, told: list[Entry], rosters: list[list[int]]) -> list[Entry]:
    """The demo's teams lead an entry here as well: one in the heat that is ready, one abroad."""
    leads = {
        person.email: person
        for person in (e.team[0].person for e in story.entries)
        if person.email in (mail("team"), mail("overseas"))
    }
    places = {mail("team"): rosters[1][0], mail("overseas"): rosters[-1][0]}
    led = {places[email]: person for email, person in leads.items()}
    return [_led(e, led[e.number]) if e.number in led else e for e in told]


def _led(entry: Entry, person: object) -> Entry:
    captain = replace(entry.team[0], person=person)  # type: ignore[arg-type]
    return replace(entry, team=(captain, *entry.team[1:]))


def _rules(now: Plan) -> Rules:
    """The preset without its round on paper."""
    rules = presets.load("venture-2021")
    opens = now.day(62) - BEGUN
    spans = {
        "stage": Span(opens_at=opens, closes_at=opens + LASTS),
        "final": Span(opens_at=opens + LASTS * 2, closes_at=opens + LASTS * 2 + timedelta(days=1)),
    }
    entry = Span(opens_at=now.day(62) - timedelta(days=145), closes_at=opens - timedelta(days=30))
    return rules.model_copy(update={
        "entry": rules.entry.model_copy(update={"span": entry}),
        "stages": tuple(
            s.model_copy(update={"span": spans[s.code]}) for s in rules.stages if s.code in spans
        ),
        "jury": rules.jury.model_copy(update={"names_published": True}),
    })  # fmt: skip


def _let_in(scene: Scene, stage: Stage, *, at: datetime) -> None:
    rows = [scene.entries[e.number] for e in scene.story.entries]
    stages.let_in(stage=stage, entries=rows, by=scene.hands.organiser, at=at)
    stages.open_stage(stage=stage, by=scene.hands.organiser, at=stage.opens_at)


def _panels(venture: Scene, scene: Scene, heats: int) -> list[list[Juror]]:
    """Jurors of the venture contest, in each heat three experts, three investors and one of the
    demand side, of seven houses; nobody in more than two or three heats."""
    known = [j for j in venture.jurors.values() if j.state == JurorState.ACTIVE]
    roles = (mail("juror"), mail("investor"))
    known.sort(key=lambda j: j.email not in roles)
    by_kind = {kind: [j for j in known if j.kind == kind] for kind in JurorKind.values}
    experts, investors = by_kind["technical"], by_kind["investor"]
    sides = experts[-max(1, len(experts) // 6) :]
    experts = [j for j in experts if j not in sides]
    rows = {j.pk: _juror(scene, j, is_side=j in sides) for j in (*experts, *investors, *sides)}
    panels = [
        [
            rows[pk]
            for pk in _houses(
                (_turned(experts, 3 * n), 3), (_turned(investors, 3 * n), 3), (_turned(sides, n), 1)
            )
        ]
        for n in (1, 0, *range(2, heats))[:heats]  # the demo's own jurors sit in the second heat
    ]
    seated = {juror.email for panel in panels for juror in panel}
    pour([row for row in rows.values() if row.email in seated])
    return panels


def _turned(jurors: list[Juror], by: int) -> list[Juror]:
    at = by % len(jurors)
    return jurors[at:] + jurors[:at]


def _houses(*wanted: tuple[list[Juror], int]) -> list[int]:
    """The first of each kind whose houses are not there yet; in a small edition, anybody."""
    chosen: list[Juror] = []
    for jurors, n in wanted:
        full = len(chosen) + n
        for is_choosy in (True, False):
            for juror in jurors:
                there = {j.organisation_id for j in chosen} if is_choosy else set()
                if (
                    len(chosen) < full
                    and juror not in chosen
                    and juror.organisation_id not in there
                ):
                    chosen.append(juror)
    return [juror.pk for juror in chosen]


def _juror(scene: Scene, juror: Juror, *, is_side: bool) -> Juror:
    at = scene.story.plan.now
    return Juror(
        contest=scene.contest, user=juror.user, name=juror.name, email=juror.email,
        kind=JurorKind.DEMAND if is_side else juror.kind, state=JurorState.ACTIVE,
        organisation=juror.organisation, title=juror.title, tags=juror.tags,
        languages=juror.languages, invited_at=at, answered_at=at + timedelta(days=2),
    )  # fmt: skip
