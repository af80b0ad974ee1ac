"""Who may not mark what: derived from what is on record, declared by jurors, objected by teams."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Conflict, Demand, Entry, Juror
from leitai.site.demo.words import Text, child, pair, pairs

SAME_HOUSE = pair("与参赛单位同属一个机构|Same organisation as the entrant")
OWN_DEMAND = pair("任职单位是所答榜题的需求方|Employed by the owner of the demand it answers")
PORTFOLIO = pair("所在基金已投资参赛企业|The juror's fund holds the firm")
DECLARED = pairs([
    "三年内担任过该企业顾问|Advised this firm within three years",
    "与负责人是师生关系|Teacher and student with the team lead",
    "亲属在该企业任职|A relative works at this firm",
    "正在与该团队洽谈合作|In talks with this team",
    "曾参与该项目的立项评审|Reviewed this project's funding",
])  # fmt: skip
OBJECTED = pairs([
    "团队提出：评委任职企业与我方存在竞争|The team objects: the juror's firm competes with ours",
    "团队提出：双方曾有合同纠纷|The team objects: there was a contract dispute",
])  # fmt: skip


def settle(
    plan: Plan, *, jurors: Sequence[Juror], entries: Sequence[Entry], demands: Sequence[Demand]
) -> tuple[list[Juror], list[Conflict]]:
    """Jurors with their portfolios, and every conflict; one of the declared is found too late."""
    rng = child(plan.seed, "conflicts")
    active = [juror for juror in jurors if juror.state == "active"]
    valid = [entry for entry in entries if entry.status == "valid"]
    found = _on_record(active, valid, demands)
    held = _portfolios(plan.derived, found, active, valid, rng)
    jurors = [replace(juror, portfolio=tuple(held.get(juror.number, ()))) for juror in jurors]
    late = True
    for source, count, reasons in (
        ("declared", plan.declared, DECLARED), ("objected", plan.objected, OBJECTED),
    ):  # fmt: skip
        for juror, entry in _fresh_pairs(count, found, active, valid, rng):
            found[juror, entry] = Conflict(juror, entry, source, rng.choice(reasons), late)
            late = False
    return jurors, list(found.values())


def _on_record(
    jurors: Sequence[Juror], entries: Sequence[Entry], demands: Sequence[Demand]
) -> dict[tuple[int, int], Conflict]:
    owner = {demand.number: demand.owner for demand in demands}
    found: dict[tuple[int, int], Conflict] = {}

    def add(juror: Juror, entry: Entry, reason: Text) -> None:
        found[juror.number, entry.number] = Conflict(
            juror.number, entry.number, "derived", reason, False
        )

    for entry in entries:
        owners = {owner[demand] for demand in entry.answers}
        for juror in jurors:
            if juror.partner and juror.partner in owners:
                add(juror, entry, OWN_DEMAND)
            elif entry.entrant.kind == "institute" and entry.entrant.name == juror.organisation:
                add(juror, entry, SAME_HOUSE)
    return found


def _portfolios(
    total: int, found: dict, jurors: Sequence[Juror], entries: Sequence[Entry], rng: Random
) -> dict[int, list[str]]:
    """Funds hold firms among the entrants until the derived conflicts reach their number."""
    partners: dict[str, list[int]] = {}
    for juror in jurors:
        if juror.kind == "investor":
            partners.setdefault(juror.partner, []).append(juror.number)
    held: dict[int, list[str]] = {}
    firms = [entry for entry in entries if entry.entrant.kind == "company"]
    rng.shuffle(firms)
    while (left := total - len(found)) > 0:
        small = [fund for fund in partners.values() if len(fund) <= left]
        if not small:  # a tiny edition, where every fund sends two
            break
        fund = rng.choice(small)
        firm = firms.pop()
        for number in fund:
            held.setdefault(number, []).append(firm.entrant.name.zh)
            found[number, firm.number] = Conflict(number, firm.number, "derived", PORTFOLIO, False)
    return held


def _fresh_pairs(
    count: int, found: dict, jurors: Sequence[Juror], entries: Sequence[Entry], rng: Random
) -> list[tuple[int, int]]:
    chosen: dict[tuple[int, int], None] = {}
    while len(chosen) < count:
        couple = rng.choice(jurors).number, rng.choice(entries).number
        if couple not in found:
            chosen[couple] = None
    return list(chosen)
