"""Situations planted among the entries, for demonstrations and tests to find."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from leitai.site.demo.names import HOME, named
from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Demand, Entry, Person, Situation
from leitai.site.demo.words import Text, child, pair

LONG_NAME = Text(
    "海湾新区云帆园星图岛澄穹焊缝检测与注塑工艺参数推荐及设备剩余寿命预测一体化智能制造装备技术研究与服务（集团）有限责任公司",
    "Chengqiong Integrated Weld Inspection, Moulding Advice and Remaining-Life Prediction"
    " Equipment Research and Consulting Services (Group) Co., Ltd.",
)
RARE = Text("𠮷明远", "Mingyuan Ji")
ONE_WORD = Text("Sukarmadi", "Sukarmadi")


class Garden:
    """The entries while situations are planted; each takes entries no other has taken."""

    def __init__(self, plan: Plan, entries: Sequence[Entry]) -> None:
        self.plan = plan
        self.rng = child(plan.seed, "plants")
        self.entries = {entry.number: entry for entry in entries}
        self.planted: list[Situation] = []
        self._order = [entry for entry in entries if entry.status == "valid"]
        self.rng.shuffle(self._order)
        self._used: set[int] = {e.duplicate_of for e in entries if e.duplicate_of}

    def find(self, fits: Callable[[Entry], bool]) -> Entry:
        """The next entry that fits; a tiny edition may have to use one twice."""
        fitting = [entry for entry in self._order if fits(entry)]
        fresh = [entry for entry in fitting if entry.number not in self._used]
        if not fitting:
            raise ValueError(f"No entry of the {self.plan.size} edition fits a planted situation.")
        chosen = (fresh or fitting)[0]
        self._used.add(chosen.number)
        return self.entries[chosen.number]

    def put(self, *changed: Entry) -> None:
        self.entries |= {entry.number: entry for entry in changed}

    def note(
        self,
        key: str,
        title: str,
        *entries: int,
        demands: tuple[int, ...] = (),
        member: int | None = None,
    ) -> None:
        self.planted.append(
            Situation(key, pair(title), entries=entries, demands=demands, member=member)
        )


def plant(
    plan: Plan, *, entries: Sequence[Entry], demands: Sequence[Demand]
) -> tuple[list[Entry], list[Situation]]:
    garden = Garden(plan, entries)
    for sow in (_one_word_name, _same_organisation, _copied_plan, _long_name, _rare_character,
                _last_minute, _erase_request):  # fmt: skip
        sow(garden)
    _masked_demand(garden, demands)
    return [garden.entries[number] for number in sorted(garden.entries)], garden.planted


def _one_word_name(garden: Garden) -> None:
    entry = garden.find(lambda e: e.region == "overseas")
    garden.put(_led_by(entry, garden.rng, ONE_WORD, "XX"))
    garden.note(
        "one_word_name",
        "只有一个词名字的海外负责人|An overseas lead with a one-word name",
        entry.number,
    )


def _rare_character(garden: Garden) -> None:
    entry = garden.find(lambda e: e.country == HOME)
    garden.put(_led_by(entry, garden.rng, RARE, HOME))
    garden.note("rare_character", "姓名含生僻字𠮷|A name with the rare character 𠮷", entry.number)


def _led_by(entry: Entry, rng: Random, name: Text, country: str) -> Entry:
    person: Person = named(rng, name=name, key=f"{entry.number:04d}.0", country=country)
    captain = replace(entry.team[0], person=person)
    return replace(entry, team=(captain, *entry.team[1:]))


def _same_organisation(garden: Garden) -> None:
    one = garden.find(_is_local_firm)
    two = garden.find(lambda e: _is_local_firm(e) and e.number != one.number)
    garden.put(replace(two, entrant=one.entrant))
    garden.note("same_organisation", "一家企业报了两个项目|One firm enters two projects",
                one.number, two.number)  # fmt: skip


def _is_local_firm(entry: Entry) -> bool:
    return entry.entrant.kind == "company" and entry.country == HOME


def _copied_plan(garden: Garden) -> None:
    """The second repeats the first's plan with the product's name exchanged."""
    one = garden.find(lambda e: e.entrant.kind == "company")
    two = garden.find(lambda e: e.scenario == one.scenario and e.entrant.name != one.entrant.name)
    copied = Text(*(words.replace("我们", "本项目组") for words in one.summary))
    garden.put(replace(
        two, summary=copied, innovation=one.innovation, evidence=one.evidence,
        customer=one.customer, subject=one.subject, techniques=one.techniques, layer=one.layer,
    ))  # fmt: skip
    garden.note("copied_plan", "两份计划书几乎相同|Two plans nearly alike", one.number, two.number)


def _long_name(garden: Garden) -> None:
    shared = {n for s in garden.planted for n in s.entries if s.key == "same_organisation"}
    entry = garden.find(lambda e: _is_local_firm(e) and e.number not in shared)
    garden.put(replace(entry, entrant=replace(entry.entrant, name=LONG_NAME)))
    garden.note("long_name", "60 个字的企业名称|A firm's name of 60 characters", entry.number)


def _last_minute(garden: Garden) -> None:
    entry = garden.find(lambda e: e.returned_at is None)
    closes = garden.plan.when("registration_closes")
    handed = tuple(closes - timedelta(seconds=s) for s in (7260, 185, 19))
    started = min(entry.started_at, handed[0] - timedelta(days=2))
    garden.put(replace(entry, started_at=started, handed_in=handed))
    garden.note(
        "last_minute_edit",
        "截止前 19 秒最后一次修改|Edited 19 seconds before the deadline",
        entry.number,
    )


def _erase_request(garden: Garden) -> None:
    entry = garden.find(lambda e: len(e.team) > 2)
    garden.note(
        "erase_request",
        "一名成员要求删除个人信息|A member asks to be erased",
        entry.number,
        member=2,
    )


def _masked_demand(garden: Garden, demands: Sequence[Demand]) -> None:
    hidden = {demand.number for demand in demands if demand.visibility == "masked"}
    answered = [n for e in garden.entries.values() for n in e.answers if n in hidden]
    number = min(answered)
    answerers = [e.number for e in garden.entries.values() if number in e.answers]
    garden.note("masked_demand", "名称不公开却有人作答的榜题|A masked demand with answers",
                *answerers, demands=(number,))  # fmt: skip
