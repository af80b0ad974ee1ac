"""A rule set as plain sentences; the public page of the rules is made of exactly this.

Written in the active language, so that one rule set prints itself in both.
"""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitai.rooms.contests.rules.labels import choice, listed, said
from leitai.rooms.contests.rules.printing_notice import of_appeals, of_feedback
from leitai.rooms.contests.rules.printing_stages import stage_section
from leitai.rooms.contests.rules.schema import (
    DecisionRule,
    EntryRule,
    JuryRule,
    Rules,
)
from leitai.rooms.contests.rules.wording import Section, window_words


def printed(rules: Rules, *, time_zone: str = "Asia/Shanghai") -> list[Section]:
    zone = ZoneInfo(time_zone)
    return [
        _entry(rules.entry, zone),
        _form(rules.entry),
        *[stage_section(stage, n, zone) for n, stage in enumerate(rules.stages, start=1)],
        Section(_("The jury"), "jury", tuple(_of_jury(rules.jury))),
        Section(_("The committee's decision"), "decision", tuple(_of_decision(rules.decision))),
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


# --- entering


def _entry(entry: EntryRule, zone: ZoneInfo) -> Section:
    return Section(_("Entering"), "entry", tuple(_of_entry(entry, zone)))


def _of_entry(entry: EntryRule, zone: ZoneInfo) -> Iterator[str]:
    if window := window_words(entry.span, zone):
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


# --- afterwards


def _result(rules: Rules) -> Section:
    return Section(_("Notice, awards and fairness"), "result", tuple(_of_result(rules)))


def _of_jury(jury: JuryRule) -> Iterator[str]:
    years = jury.conflict_years
    if not years:
        yield _("A tie between juror and team counts as long as it lasts.")
    text = ngettext(
        "A tie between juror and team counts until {n} year after it ended.",
        "A tie between juror and team counts until {n} years after it ended.",
        years,
    )
    if years:
        yield text.format(n=years)
    if jury.names_published and jury.objections_max:
        most = jury.objections_max
        text = ngettext(
            "Teams see who is on the jury; before the marking each may object to {n} juror and "
            "says why.",
            "Teams see who is on the jury; before the marking each may object to {n} jurors and "
            "says why.",
            most,
        )
        yield text.format(n=most)
    if tags := (*jury.strengths, *jury.weaknesses):
        yield _(
            "Beside the comment jurors may tick what is strong and what is weak; the team reads it "
            "with its feedback: {tags}."
        ).format(tags=listed(said(words) for _code, words in tags))
    who = choice("reopening_second", jury.reopening_second)
    yield _("A sealed sheet is opened again with a reason, and when {who} confirms it.").format(
        who=who
    )


def _of_decision(rule: DecisionRule) -> Iterator[str]:
    text = ngettext(
        "A decision holds when {n} person who was present has signed it, with an own account.",
        "A decision holds when {n} people who were present have signed it, each with an own "
        "account.",
        rule.signatures,
    )
    yield text.format(n=rule.signatures)
    yield _(
        "Whoever has a tie to an entry leaves the room when it is spoken of, and does not sign."
    )
    yield _("A place may stay empty; the reason is published.")
    yield from _special(rule)
    if rule.accept_days:
        text = ngettext(
            "Whoever is chosen accepts the place within {n} day; after that, or when a team "
            "withdraws, the first reserve moves up, of the same group where it would be short.",
            "Whoever is chosen accepts the place within {n} days; after that, or when a team "
            "withdraws, the first reserve moves up, of the same group where it would be short.",
            rule.accept_days,
        )
        yield text.format(n=rule.accept_days)


def _special(rule: DecisionRule) -> Iterator[str]:
    """Places beside the quota."""
    if rule.nominations:
        yield _(
            "Owners of demands may nominate one entry in all, which answers a demand of theirs."
        )
    if rule.wild_cards:
        text = ngettext(
            "The committee may give {n} wild card at each stage.",
            "The committee may give up to {n} wild cards at each stage.",
            rule.wild_cards,
        )
        yield text.format(n=rule.wild_cards)
    if rule.direct_entries:
        text = ngettext(
            "{n} earlier winner may go straight on, if listed before entering closes.",
            "Up to {n} earlier winners may go straight on, if listed before entering closes.",
            rule.direct_entries,
        )
        yield text.format(n=rule.direct_entries)
    if rule.nominations or rule.wild_cards or rule.direct_entries:
        yield _(
            "Such a place is voted on, comes on top of the others, is published with its reason, "
            "and stays empty when it becomes free."
        )


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
    yield from of_appeals(rules.notice.appeals)
    yield from of_feedback(rules.feedback)
    if rules.diligence_percent:
        yield _(
            "Facts are checked of at least {n} % of those in line for a prize; who refuses has "
            "withdrawn, and who misstated is disqualified."
        ).format(n=rules.diligence_percent)
    for award in rules.awards:
        text = _("{name}: {n} in each scenario.") if award.per_scenario else _("{name}: {n}.")
        yield text.format(name=said(award.name), n=award.count)
        if award.named:
            yield _("{name} is given by the committee, beside any award by place.").format(
                name=said(award.name)
            )
    if rules.compliance == "union-2026":
        yield _(
            "Taking part is voluntary: nothing is counted by attendance, time on line, shares or "
            "likes, and no unit is ranked by them."
        )
    yield _("Marks are kept for ever; a correction is a new version with its reason.")
