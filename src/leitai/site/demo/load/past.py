"""Earlier editions: what they report, and the second one's small contest with its result."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from leitai.foundation.models import Letter, LetterState
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.models import Edition, Programme
from leitai.rooms.contests.rules import QuotaRule, Rules
from leitai.rooms.people.models import User
from leitai.rooms.stages import actions as stages
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings.models import Offer
from leitai.site.demo.load import (
    appeals,
    checks,
    discussions,
    entries,
    jury,
    prizes,
    programme,
    sheets,
)
from leitai.site.demo.load.diary import Diary
from leitai.site.demo.load.registers import NO_PASSWORD, Houses, People
from leitai.site.demo.load.scene import Hands, Scene
from leitai.site.demo.load.seating import Drawn
from leitai.site.demo.names import HOME
from leitai.site.demo.past import PastVenture, PastWorkers
from leitai.site.demo.plan import Plan, plan
from leitai.site.demo.shapes import Entry, Member
from leitai.site.demo.story import Story, write
from leitai.site.demo.words import pair

# Key, unit, name, definition; the same in all editions, so that they add up.
FIGURES = {
    "entries": ("", pair("参赛项目|entries"),
                pair("创投赛截止时有效提交的项目数|Entries handed in by the deadline")),
    "matched": ("", pair("对接成功项目|projects matched"),
                pair("签订合作文件的项目数|Projects that signed a cooperation paper")),
    "intentions": ("CNY", pair("意向投资|investment intended"),
                   pair("投资意向书金额合计，未交割|Sum of letters of intent, not paid in")),
    "closed": ("CNY", pair("已完成投资|investment closed"),
               pair("已交割金额合计，不与意向重复相加|Sum paid in; never added to intentions")),
    "cooperation": ("CNY", pair("合作金额|cooperation"),
                    pair("已签合作合同金额合计|Sum of signed cooperation contracts")),
    "teams": ("", pair("职工参赛团队|workers' teams"),
              pair("职工应用赛的参赛团队数|Teams in the workers' contest")),
    "reach": ("", pair("覆盖职工|workers reached"),
              pair("收到赛事信息的职工人次，不等于参赛人数|Workers who were told of it")),
}  # fmt: skip
SIGNERS = (  # with accounts of their own
    ("韩松年", "Songnian Han", "组委会主任 Chair of the committee"),
    ("陆清和", "Qinghe Lu", "监督员 Supervisor"),
)
NOTARY = ("公证员闻远 Yuan Wen", "公证员 Notary")
REASONS = "评委打分离散度正常，名额按规则分配。 The jury agreed well; places follow the rules."
DECISION = "组委会审议通过初评结果，按规则公示。 The committee accepts the first round as computed."


PLACES, RESERVES = 6, 2
CENTS = 100
MOST_SEEDS = 50
RELEASED = 24  # comments that reached their teams


def earlier(now: Plan, number: int) -> Plan:
    """The plan of an earlier edition: a year of weeks back for each, and small."""
    back = programme.YEAR * (3 - number)
    return plan(size="tiny", seed=now.seed + 100 * number, now=now.now - back)


def edition(
    brand: Programme, plan: Plan, told: PastVenture, crew: PastWorkers, *, by: User
) -> Edition:
    made = programme.edition(brand, plan, told.edition, by=by)
    values = {
        "entries": told.entries, "matched": told.matched,
        "intentions": told.intentions_cents // CENTS, "closed": told.closed_cents // CENTS,
        "cooperation": told.cooperation_cents // CENTS, "teams": crew.teams, "reach": crew.reach,
    }  # fmt: skip
    programme.figures(made, [(key, values[key], *FIGURES[key]) for key in FIGURES])
    return made


def shell(made: Edition, plan: Plan, *, by: User) -> None:
    """A contest of which only the rules are kept here."""
    over = plan.when("awards") + timedelta(days=30)
    contest = programme.venture(made, plan, by=by)
    contests.archive_contest(contest=contest, by=by, at=over)
    contests.archive_edition(edition=made, by=by, at=over)


def played(
    made: Edition, plan: Plan, *, lead: Member, hands: Hands, people: People, houses: Houses
) -> None:
    """A small contest from its first entry to the public notice; `lead` led the best entry."""
    story, drawn = _told(plan)
    story = _led(story, lead)
    by = hands.organiser
    contest = programme.venture(made, plan, rules=_rules(plan), by=by)
    scene = Scene(
        story=story, edition=made, contest=contest, hands=hands, people=people, houses=houses,
        diary=Diary(), is_over=True,
    )  # fmt: skip
    entries.write(scene, read=())
    checks.write(scene)
    jury.write(scene)
    sheets.write(scene, drawn)
    scene.diary.close()
    _result(scene)
    over = plan.when("awards") + timedelta(days=30)
    contests.archive_contest(contest=contest, by=by, at=over)
    contests.archive_edition(edition=made, by=by, at=over)


def _told(plan: Plan) -> tuple[Story, Drawn]:
    """A few entries do not always hold every situation, so the next seeds are tried."""
    for more in range(MOST_SEEDS):
        drawn = Drawn()
        try:
            return write(replace(plan, seed=plan.seed + more), seater=drawn), drawn
        except ValueError:
            continue
    raise ValueError(f"No small edition can be told from seed {plan.seed}; try another one.")


def _led(story: Story, lead: Member) -> Story:
    totals: dict[int, int] = defaultdict(int)
    for sheet in story.sheets:
        totals[sheet.entry] += sum(sheet.marks)
    doubled = {one.duplicate_of for one in story.entries}
    able = [e for e in story.entries if is_at_home(e) and e.number not in doubled]
    best = max(able, key=lambda e: totals[e.number])
    led = replace(best, team=(lead, *best.team[1:]))
    return replace(story, entries=[led if e is best else e for e in story.entries])


def is_at_home(entry: Entry) -> bool:
    return entry.status == "valid" and entry.country == HOME


def _rules(plan: Plan) -> Rules:
    """One round on paper; by the plain mean, as so few sheets do not tell severity."""
    rules = programme.venture_rules(plan)
    quota = QuotaRule(total=PLACES, reserves=RESERVES)
    tie_breaks = ("untrimmed_mean", "criterion:technology", "criterion:market", "handed_in_first")
    first = rules.stage("first").model_copy(
        update={"quota": quota, "formula": "mean", "tie_breaks": tie_breaks}
    )
    return prizes.fewer(rules).model_copy(update={"stages": (first,)})


def _result(scene: Scene) -> None:
    """Computed, decided, signed and published, by the same deeds as in any contest."""
    by, when = scene.hands.organiser, scene.story.timeline
    stage = stages.close_stage(stage=scene.first_stage, by=by, at=when["review_closes"])
    discussions.write(scene, at=when["review_closes"] + _hours(4))
    at = when["shortlist"]
    standing = standings.compute_standing(stage=stage, by=by, at=at)
    signers = _committee(scene, stage, at=at)
    decision = standings.decide(
        standing=standing, text=DECISION, reasons=REASONS, by=by, at=at + _hours(2)
    )
    for n, user in enumerate(signers, 3):
        standings.sign(decision=decision, by=user, at=at + _hours(n))
    standing.refresh_from_db()
    publication = standings.publish(standing=standing, by=by, at=at + _hours(24))
    publication = appeals.write(scene, publication, signers)
    told = [sheet for sheet in stage.sheets.order_by("pk") if sheet.comment][:RELEASED]
    standings.release_comments(publication=publication, sheets=told, by=by, at=at + _hours(30))
    appeals.release_feedback(scene, publication, at=at + _hours(31))
    _answers(stage)
    prizes.write(scene, second=signers[1], at=when["awards"])
    _delivered()


def _committee(scene: Scene, stage: Stage, *, at: datetime) -> list[User]:
    """Two with accounts, who sign, and a notary."""
    by = scene.hands.organiser
    users = [
        User.objects.create(
            email=f"committee{n}@example.org", name=zh, name_latin=en, password=NO_PASSWORD,
            date_joined=at,
        )
        for n, (zh, en, _title) in enumerate(SIGNERS, 1)
    ]  # fmt: skip
    User.objects.filter(pk__in=[user.pk for user in users]).update(date_joined=at)
    for user, (_zh, _en, title) in zip(users, SIGNERS):
        standings.enter_room(stage=stage, name="", title=title, user=user, by=by, at=at + _hours(1))
    standings.enter_room(stage=stage, name=NOTARY[0], title=NOTARY[1], by=by, at=at + _hours(1))
    return users


def _answers(stage: Stage) -> None:
    """All but one accept; the silent one's place goes to the first reserve, who accepts."""
    offers = list(stage.offers.select_related("entry").order_by("pk"))
    for n, offer in enumerate(offers[:-1], 1):
        standings.accept_place(offer=offer, by=_captain(offer), at=offer.at + _hours(5 * n))
    late = offers[-1].until
    standings.fill_places(stage=stage, by=None, at=late)
    for offer in stage.offers.filter(state="waiting"):
        standings.accept_place(offer=offer, by=_captain(offer), at=late + _hours(20))


def _delivered() -> None:
    """Its letters arrived long ago; their numbers are the same each time."""
    letters = list(Letter.objects.filter(state=LetterState.WAITING))
    for letter in letters:
        letter.state, letter.sent_at = LetterState.SENT, letter.written_at
        letter.message_id = f"<past.{letter.pk}@example.org>"
    Letter.objects.bulk_update(letters, ["state", "sent_at", "message_id"])


def _captain(offer: Offer) -> User | None:
    captain = offer.entry.members.filter(role="captain").select_related("user").first()
    return captain.user if captain else None


def _hours(n: int) -> timedelta:
    return timedelta(hours=n)
