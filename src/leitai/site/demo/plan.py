"""How much fiction, and when. Contest V is the same in `demo` and `full`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leitai.site.demo.words import Text, pair

SCENARIOS = {
    "MED": pair("智慧医疗|Smart health"),
    "TRF": pair("智慧交通|Smart transport"),
    "MFG": pair("智能制造|Smart manufacturing"),
    "FIN": pair("智慧金融|Smart finance"),
    "EDU": pair("智慧教育|Smart education"),
    "COM": pair("智慧商业（含文旅）|Smart commerce and culture"),
    "GOV": pair("城市治理与政务|City and public services"),
    "SAF": pair("公共安全与智慧社区|Public safety and community"),
}
NAME = pair("海湾杯人工智能创新挑战与应用大赛|Haiwan AI Challenge")
LAUNCH_TO_NOW = 62  # days: the first round is under way

# Days from the launch, in the order they come.
DAYS: dict[str, tuple[int, Text]] = {
    "survey": (-90, pair("需求调研|Demand survey")),
    "registration_opens": (-45, pair("报名开放|Registration opens")),
    "launch": (0, pair("启动|Launch")),
    "registration_closes": (35, pair("报名截止|Registration closes")),
    "check_opens": (36, pair("资格审查|Formal check")),
    "check_closes": (46, pair("审查结束|Formal check ends")),
    "review_opens": (46, pair("初评|First round")),
    "band_opens": (60, pair("临界复评|Borderline re-review")),
    "review_closes": (67, pair("初评截止|First round closes")),
    "shortlist": (70, pair("入围名单|Shortlist")),
    "heats_open": (75, pair("阶段赛|Stage contests")),
    "meeting_day": (100, pair("对接日|Meeting day")),
    "heats_close": (126, pair("阶段赛结束|Stage contests end")),
    "finals_list": (135, pair("决赛名单|Finals list")),
    "finals": (150, pair("总决赛|Finals")),
    "diligence_opens": (151, pair("尽职调查|Due diligence")),
    "notice_opens": (166, pair("公示|Public notice")),
    "notice_closes": (173, pair("公示结束|Public notice ends")),
    "awards": (180, pair("颁奖|Awards")),
}

# How 8.2 shares the submitted entries; smaller plans share in the same proportion.
MARGINS: dict[str, dict[str, int]] = {
    "scenario": {
        "MED": 300,
        "TRF": 250,
        "MFG": 330,
        "FIN": 180,
        "EDU": 160,
        "COM": 210,
        "GOV": 190,
        "SAF": 180,
    },
    "maturity": {"seed": 900, "early": 594, "growth": 306},
    "kind": {"company": 1224, "team": 432, "institute": 144},
    "region": {
        "haiwan": 576,
        "shanghai": 396,
        "delta": 324,
        "mainland": 252,
        "hmt": 36,
        "overseas": 216,
    },
    "country": {
        "FR": 50,
        "IE": 34,
        "ZA": 32,
        "SG": 22,
        "DE": 20,
        "US": 20,
        "GB": 18,
        "IL": 10,
        "XX": 10,
    },
    "channel": {"partner": 684, "own_site": 432, "park": 360, "overseas_host": 180, "media": 144},
}

# Places on the shortlist: domestic entries by scenario, overseas entries by host city.
SHORTLIST = {"MED": 15, "TRF": 13, "MFG": 17, "FIN": 9, "EDU": 9, "COM": 11, "GOV": 10, "SAF": 10}
SHORTLIST_OVERSEAS = {"Paris": 11, "Dublin": 10, "CapeTown": 10}
RUBRIC = (
    ("technology", pair("技术|Technology"), 30),
    ("market", pair("市场|Market"), 20),
    ("model", pair("商业模式|Business model"), 20),
    ("team", pair("团队|Team"), 20),
    ("fit", pair("与需求或产业链的契合|Fit with a demand or the chain"), 10),
)


@dataclass(frozen=True, slots=True)
class Plan:
    size: str
    seed: int
    now: datetime
    drafts: int
    submitted: int
    merged: int
    refused: int
    returned: int
    at_launch: int  # opened before the launch
    answering: int
    answers: int
    unanswered: tuple[int, ...]
    crowded: tuple[tuple[int, int], ...]  # demand and its answers, each above 15
    demands: tuple[int, ...]
    partners: int
    plaques: int
    technical: int
    investors: int
    overseas_jurors: int
    declined: int
    derived: int
    declared: int
    objected: int

    @property
    def valid(self) -> int:
        return self.submitted - self.merged - self.refused

    def day(self, day: float) -> datetime:
        """Midnight of a day counted from the launch, where the clock of `now` stands."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=day - LAUNCH_TO_NOW)

    def when(self, name: str) -> datetime:
        return self.day(DAYS[name][0])


_FULL = {
    "drafts": 2140, "submitted": 1800, "merged": 40, "refused": 120, "returned": 210,
    "at_launch": 930,
    "answering": 240, "answers": 310, "unanswered": (31, 36, 48),
    "crowded": ((17, 22), (1, 20), (43, 18), (37, 17), (49, 16)),
    "demands": tuple(range(1, 63)), "partners": 86, "plaques": 30,
    "technical": 46, "investors": 44, "overseas_jurors": 14, "declined": 6,
    "derived": 180, "declared": 110, "objected": 20,
}  # fmt: skip
_TINY = {
    "drafts": 26, "submitted": 22, "merged": 1, "refused": 1, "returned": 2, "at_launch": 11,
    "answering": 8, "answers": 9, "unanswered": (36,), "crowded": (),
    "demands": (1, 7, 9, 17, 26, 33, 36, 37, 43, 49, 56, 57, 62), "partners": 14, "plaques": 3,
    "technical": 5, "investors": 4, "overseas_jurors": 2, "declined": 1,
    "derived": 4, "declared": 2, "objected": 1,
}  # fmt: skip
SIZES = {"tiny": _TINY, "demo": _FULL, "full": _FULL}


def plan(*, size: str = "demo", seed: int = 3, now: datetime) -> Plan:
    if size not in SIZES:
        raise ValueError(f"There is no size {size!r}; choose one of {', '.join(SIZES)}.")
    return Plan(size=size, seed=seed, now=now, **SIZES[size])
