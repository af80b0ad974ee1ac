"""Earlier editions' figures, and the shell of contest W, the workers' application contest."""

from dataclasses import dataclass

from leitai.site.demo.words import Text, pair, table

CENTS = 1_000_000  # in 10,000 yuan
W_NAME = pair("海湾杯职工人工智能应用创新大赛|Haiwan Workers' AI Application Contest")
W_THEME = pair("让每个岗位都用得上智能|AI within reach of every job")


@dataclass(frozen=True, slots=True)
class PastVenture:
    edition: int
    entries: int
    domestic: int
    demands: int
    shortlisted: int
    finalists: int
    intentions_cents: int
    closed_cents: int
    matched: int
    cooperation_cents: int


@dataclass(frozen=True, slots=True)
class PastWorkers:
    edition: int
    teams: int
    reach: int  # workers reached, which is not workers taking part
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkersTargets:
    teams: int
    scenarios: int
    leading_enterprises: int
    leading_share_percent: int
    launch_day: int  # days after the launch of contest V
    name: Text = W_NAME
    theme: Text = W_THEME


def ventures() -> list[PastVenture]:
    return [PastVenture(**_in_cents(row)) for row in table("past")["V"]]


def _in_cents(row: dict[str, int]) -> dict[str, int]:
    money = ("intentions", "closed", "cooperation")
    return {
        f"{key}_cents" if key in money else key: value * CENTS if key in money else value
        for key, value in row.items()
    }


def workers() -> list[PastWorkers]:
    return [
        PastWorkers(**row | {"scenarios": tuple(row["scenarios"])}) for row in table("past")["W"]
    ]


def targets() -> WorkersTargets:
    return WorkersTargets(**table("past")["W_targets"])
