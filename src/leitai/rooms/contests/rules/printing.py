"""A rule set as plain sentences; the public page of the rules is made of exactly this.

Written in the active language, so that one rule set prints itself in both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitai.rooms.contests.rules.labels import CHOICES, choice, listed, said
from leitai.rooms.contests.rules.schema import (
    CriterionRule,
    EntryRule,
    QuotaRule,
    Rules,
    Span,
    StageRule,
)


@dataclass(frozen=True, slots=True)
class Table:
    """A criterion's bands: marks beside what deserves them."""

    title: str
    note: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences, and what stands below it."""

    title: str
    anchor: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    steps: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


def printed(rules: Rules, *, time_zone: str = "Asia/Shanghai") -> list[Section]:
    zone = ZoneInfo(time_zone)
    return [
        _entry(rules.entry, zone),
        _form(rules.entry),
        *[_stage(stage, n, zone) for n, stage in enumerate(rules.stages, start=1)],
        _result(rules),
    ]


def plain_text(sections: Iterable[Section]) -> str:
    """The same as one text, for files and for comparing by eye."""
    lines: list[str] = []
    for section in sections:
        lines += ["", section.title, *section.sentences]
        lines += [f"{name}: {listed(questions)}" for name, questions in section.steps]
        for table in section.tables:
            lines += [table.title, *[f"  {marks}  {text}" for marks, text in table.rows]]
            lines += [f"  {table.note}"] if table.note else []
    return "\n".join(lines).strip() + "\n"


def moment(at: datetime, zone: ZoneInfo, *, end: bool = False) -> str:
    """A deadline at midnight reads as 24:00 of the day before, as it is announced."""
    local = at.astimezone(zone)
    clock = f"{local:%H:%M}"
    if end and clock == "00:00":
        local, clock = local - timedelta(days=1), "24:00"
    offset = local.utcoffset() or timedelta()
    hours, rest = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "−" if offset < timedelta() else "+"
    shift = f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}"
    day = date_format(local, _("j F Y"))
    return f"{day} {clock} ({shift})"


def number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _window(span: Span, zone: ZoneInfo) -> str:
    opens = moment(span.opens_at, zone) if span.opens_at else ""
    closes = moment(span.closes_at, zone, end=True) if span.closes_at else ""
    if opens and closes:
        return _("from {opens} to {closes}").format(opens=opens, closes=closes)
    if opens:
        return _("from {opens}").format(opens=opens)
    return _("until {closes}").format(closes=closes) if closes else ""


# --- entering


def _entry(entry: EntryRule, zone: ZoneInfo) -> Section:
    return Section(_("Entering"), "entry", tuple(_of_entry(entry, zone)))


def _of_entry(entry: EntryRule, zone: ZoneInfo) -> Iterator[str]:
    if window := _window(entry.span, zone):
        yield _("Entries are taken {window}. The server's clock counts.").format(window=window)
    else:
        yield _("The time for entering will be announced.")
    kinds = listed(choice("entrants", kind) for kind in entry.kinds)
    yield _("Open to: {kinds}.").format(kinds=kinds)
    if entry.team_min == entry.team_max:
        text = ngettext("A team has {n} member.", "A team has {n} members.", entry.team_max)
        yield text.format(n=entry.team_max)
    else:
        text = _("A team has {least} to {most} members.")
        yield text.format(least=entry.team_min, most=entry.team_max)
    if entry.answers_max:
        text = ngettext(
            "An entry may answer {n} published demand, or none.",
            "An entry may answer up to {n} published demands, or none.",
            entry.answers_max,
        )
        yield text.format(n=entry.answers_max)
    text = ngettext(
        "An entry that is returned for correction may be handed in again within {n} day.",
        "An entry that is returned for correction may be handed in again within {n} days.",
        entry.resubmit_days,
    )
    yield text.format(n=entry.resubmit_days)
    yield _("What was handed in may be changed until the deadline; the last version counts.")


def _form(entry: EntryRule) -> Section:
    steps = tuple(
        (said(step.name), tuple(_question(said(f.label), f.required) for f in step.fields))
        for step in entry.steps
        if step.fields
    )
    sentences = (
        (_("Questions marked with * must be answered before handing in."),)
        if steps
        else (_("The entry form has no questions yet."),)
    )
    return Section(_("What is asked"), "form", sentences, steps=steps)


def _question(label: str, required: bool) -> str:
    return f"{label} *" if required else label


# --- stages


def _stage(stage: StageRule, order: int, zone: ZoneInfo) -> Section:
    title = _("Stage {n}: {name}").format(n=order, name=said(stage.name) or stage.code)
    sentences = (
        *_when(stage, zone),
        *_panel(stage),
        *_score(stage),
        *_ties(stage),
        *_quota(stage.quota),
    )
    tables = tuple(_criterion(c, stage) for c in stage.criteria)
    return Section(title, f"stage-{stage.code}", sentences, tables)


def _when(stage: StageRule, zone: ZoneInfo) -> Iterator[str]:
    window = _window(stage.span, zone)
    if stage.kind == "live":
        text = _("Entries are presented on stage {window}.") if window else ""
        yield text.format(window=window) if text else _("Entries are presented on stage.")
    else:
        text = _("Entries are judged on paper {window}.") if window else ""
        yield text.format(window=window) if text else _("Entries are judged on paper.")
    if live := stage.live:
        if live.questions_minutes:
            text = _("Each has {pitch} minutes to pitch and {questions} minutes for questions.")
        else:
            text = _("Each has {pitch} minutes to pitch.")
        yield text.format(pitch=live.pitch_minutes, questions=live.questions_minutes)
        yield {
            "lot": _("The order of appearance is drawn by lot."),
            "list": _("The order of appearance follows the published list."),
        }[live.order]
        if live.rooms > 1:
            yield _("It is held in {n} rooms.").format(n=live.rooms)
        if live.filmed:
            yield _("Every pitch is filmed and kept with its scores.")
        yield {
            "on_the_spot": _("Scores are shown on the spot."),
            "after_close": _("Scores are shown after the stage has closed."),
        }[live.shown]
    if stage.publish_days:
        text = ngettext(
            "The standing is on the site within {n} working day.",
            "The standing is on the site within {n} working days.",
            stage.publish_days,
        )
        yield text.format(n=stage.publish_days)


def _panel(stage: StageRule) -> Iterator[str]:
    panel = stage.panel
    text = ngettext("{n} juror marks each entry", "{n} jurors mark each entry", panel.per_entry)
    mix = listed(
        _("{n} {kind}").format(n=n, kind=choice("jurors", kind))
        for kind, n in panel.mix.items()
        if n
    )
    text = text.format(n=panel.per_entry)
    if mix:
        yield _("{jurors}, at least: {mix}.").format(jurors=text, mix=mix)
    else:
        yield _("{jurors}.").format(jurors=text)
    yield _(
        "A juror with a conflict of interest never marks the entry; each juror has at most {n} "
        "entries."
    ).format(n=panel.load_max)
    if panel.one_per_organisation:
        yield _("No two jurors of one entry come from the same organisation.")
    if panel.blind:
        yield _("Jurors see neither the names of people nor of organisations.")


def _score(stage: StageRule) -> Iterator[str]:
    if stage.total == "sum":
        text = _("A juror's total is the sum of the marks, from {low} to {high}.")
        low, high = sum(c.low for c in stage.criteria), sum(c.high for c in stage.criteria)
        yield text.format(low=number(Decimal(low)), high=number(Decimal(high)))
    else:
        yield _("A juror's total is the weighted mean of the marks.")
    yield {
        "up": _("High marks are good."),
        "down": _("Low marks are good: the best mark is the lowest."),
    }[stage.direction]
    yield _formula(stage)
    text = ngettext(
        "Scores are rounded to {n} decimal, half upwards, and ranked as published.",
        "Scores are rounded to {n} decimals, half upwards, and ranked as published.",
        stage.places,
    )
    yield text.format(n=stage.places)
    if stage.range_flag:
        text = _("Where totals of one entry differ by {n} or more, it is looked at again.")
        yield text.format(n=number(stage.range_flag))
    if stage.band_factor and stage.quota.total:
        ranks = int(stage.band_factor * stage.quota.total)
        yield _("Ranks 1 to {n} are read by further jurors before the decision.").format(n=ranks)
    yield (
        _("The score is carried over to the next stage.")
        if stage.carries_over
        else _("The score decides this stage only and is not carried over.")
    )


def _formula(stage: StageRule) -> str:
    return {
        "mean": _("The score is the mean of all totals."),
        "drop_high_low": _(
            "The highest and the lowest total are left out; the score is the mean of the others. "
            "With fewer than four totals all count."
        ),
        "z_mean": _(
            "Each juror's totals are standardised by that juror's own mean and spread, so that "
            "strict and mild jurors count alike; the score is the mean. It is used only where "
            "each juror has at least {n} sheets and the jurors' piles overlap."
        ).format(n=stage.min_sheets_for_z),
        "median": _("The score is the median of the totals."),
    }[stage.formula]


def _ties(stage: StageRule) -> Iterator[str]:
    if not stage.tie_breaks:
        yield _("Entries with equal scores share a place.")
        return
    chain = listed(tie_break(key, stage) for key in stage.tie_breaks)
    yield _("Equal scores are parted, in this order, by: {chain}.").format(chain=chain)
    if "lot" in stage.tie_breaks:
        yield _("The seed of the lot is published beforehand, so that anyone can draw it again.")


def tie_break(key: str, stage: StageRule) -> str:
    code = key.removeprefix("criterion:")
    if code == key:
        return str(CHOICES["tie_breaks"][key])
    name = next((said(c.name) for c in stage.criteria if c.code == code), code)
    return _("the mark for “{criterion}”").format(criterion=name)


def _quota(quota: QuotaRule) -> Iterator[str]:
    if not quota.total:
        yield _("Nobody is cut at this stage.")
        return
    text = ngettext("{n} entry goes on.", "{n} entries go on.", quota.total)
    yield text.format(n=quota.total)
    if quota.by:
        yield _shares(quota)
    if quota.reserves:
        text = ngettext(
            "{n} reserve moves up when a place becomes free.",
            "{n} reserves move up, in their order, when a place becomes free.",
            quota.reserves,
        )
        yield text.format(n=quota.reserves)


def _shares(quota: QuotaRule) -> str:
    by = {"scenario": _("each scenario"), "heat": _("each room")}[quota.by]
    floor = ngettext(
        "{by} has at least {n} place, as far as it has candidates",
        "{by} has at least {n} places, as far as it has candidates",
        quota.floor,
    ).format(by=by, n=quota.floor)
    rest = {
        "proportional": _("the others are shared out in proportion, by the largest remainder"),
        "best": _("the others go to the best of those left, as wild cards"),
    }[quota.rest]
    if not quota.floor:
        rest = _("places are shared out in proportion, by the largest remainder")
        return _("By {by}: {rest}.").format(by=choice("by", quota.by), rest=rest)
    text = _("{floor}; {rest}.").format(floor=floor, rest=rest)
    return text[0].upper() + text[1:]


def _criterion(criterion: CriterionRule, stage: StageRule) -> Table:
    scale = _("{low} to {high}").format(low=number(criterion.low), high=number(criterion.high))
    if criterion.step != 1:
        scale += _(", in steps of {step}").format(step=number(criterion.step))
    if stage.total == "weighted_mean":
        scale += _(", weight {weight}").format(weight=number(criterion.weight))
    if criterion.optional:
        scale += _(", may be left blank")
    title = _("{name} ({scale})").format(name=said(criterion.name), scale=scale)
    evidence = said(criterion.evidence)
    note = _("Evidence: {evidence}").format(evidence=evidence) if evidence else ""
    bands = sorted(criterion.bands, key=lambda band: band.low, reverse=stage.direction == "up")
    rows = tuple((_marks(b.low, b.high), said(b.text)) for b in bands)
    return Table(title, note, rows)


def _marks(low: Decimal, high: Decimal) -> str:
    return number(low) if low == high else f"{number(low)}–{number(high)}"


# --- afterwards


def _result(rules: Rules) -> Section:
    return Section(_("Notice, awards and fairness"), "result", tuple(_of_result(rules)))


def _of_result(rules: Rules) -> Iterator[str]:
    if days := rules.notice.days:
        text = (
            ngettext(
                "Results are under public notice for {n} working day.",
                "Results are under public notice for {n} working days.",
                days,
            )
            if rules.notice.working_days
            else ngettext(
                "Results are under public notice for {n} day.",
                "Results are under public notice for {n} days.",
                days,
            )
        )
        yield text.format(n=days)
    else:
        yield _("Results stand as soon as they are published.")
    if rules.notice.mask_names:
        yield _("Notices mask the names of people, and never show telephone or identity numbers.")
    if rules.diligence_percent:
        yield _(
            "Facts are checked of at least {n} % of those in line for a prize; who refuses has "
            "withdrawn, and who misstated is disqualified."
        ).format(n=rules.diligence_percent)
    for award in rules.awards:
        text = _("{name}: {n} in each scenario.") if award.per_scenario else _("{name}: {n}.")
        yield text.format(name=said(award.name), n=award.count)
    if rules.compliance == "union-2026":
        yield _(
            "Taking part is voluntary: nothing is counted by attendance, time on line, shares or "
            "likes, and no unit is ranked by them."
        )
    yield _("Marks are kept for ever; a correction is a new version with its reason.")
