"""A stage as plain sentences: when, who marks, how scores and places are made, who goes on."""

from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitai.rooms.contests.rules.labels import CHOICES, choice, listed, said
from leitai.rooms.contests.rules.schema import CriterionRule, QuotaRule, StageRule
from leitai.rooms.contests.rules.wording import Section, Table, number, window_words


def stage_section(stage: StageRule, order: int, zone: ZoneInfo) -> Section:
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
    window = window_words(stage.span, zone)
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
    if panel.calibration:
        yield _("Before their own entries, jurors mark sample entries, which are never counted.")


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
            "strict and mild jurors count alike; the score is 50 + 10 × their mean. It is used "
            "only where each juror has at least {n} sheets and the jurors' piles overlap."
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
        "open": _("the others are wild cards, given where jurors sat in several rooms"),
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
