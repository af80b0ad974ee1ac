"""What happens to rules that stages follow, and to the stages themselves."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, hold_all, move
from leitai.rooms.contests import actions as contests
from leitai.rooms.contests.models import Contest, Edition, Programme, RuleDraft, RuleSet
from leitai.rooms.contests.rules import Rules, StageRule
from leitai.rooms.contests.rules.changes import objections
from leitai.rooms.contests.rules.documents import EditionDocument
from leitai.rooms.contests.rules.schema import Span
from leitai.rooms.contests.rules.states import State as ContestState
from leitai.rooms.stages import queries
from leitai.rooms.stages.models import Criterion, Participation, Stage
from leitai.rooms.stages.rules import MOVES, State
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import State as EntryState
from leitai.values.verdict import no

# --- rules, and the stages made of them


@transaction.atomic
def open_contest(*, edition: Edition, slug: str, by: Any, at: datetime, **fields: Any) -> Contest:
    """A contest with its stages; `fields` as in the contests room's action of this name."""
    contest = contests.open_contest(edition=edition, slug=slug, by=by, at=at, **fields)
    _adopt_first(contest, by=by, at=at)
    return contest


@transaction.atomic
def copy_edition(*, edition: Edition, slug: str, by: Any, at: datetime) -> Edition:
    copied = contests.copy_edition(edition=edition, slug=slug, by=by, at=at)
    _adopt_all(copied, by=by, at=at)
    return copied


@transaction.atomic
def import_edition(
    *, programme: Programme, document: EditionDocument, slug: str = "", by: Any, at: datetime
) -> Edition:
    edition = contests.import_edition(
        programme=programme, document=document, slug=slug, by=by, at=at
    )
    _adopt_all(edition, by=by, at=at)
    return edition


@transaction.atomic
def change_rules(
    *, contest: Contest, rules: Rules, reason: str = "", by: Any, at: datetime
) -> RuleSet:
    """Put other rules into force, as the next version, unless somebody already goes by them."""
    hold(contest)
    hold_all(contest.stages.all())
    if rules == contest.rules:
        raise NotPossible(no("nothing_changed", _("These are the rules in force already.")))
    if refused := objections_to(contest, rules):
        raise NotPossible(no(refused[0].code, " ".join(str(v.reason) for v in refused)))
    if contest.state == ContestState.PUBLIC and not reason.strip():
        text = _("The contest is public, so please say why its rules change; it will be shown.")
        raise NotPossible(no("reason_missing", text))
    ruleset = contests.write_rules(
        contest=contest, rules=rules, reason=reason.strip(), by=by, at=at
    )
    adopt_rules(contest=contest, ruleset=ruleset, by=by, at=at)
    return ruleset


def objections_to(contest: Contest, rules: Rules) -> list[Any]:
    """Why these rules may not follow those in force; empty when they may."""
    return objections(
        contest.rules,
        rules,
        opened=queries.opened_codes(contest),
        has_entries=queries.has_entries(contest),
    )


@transaction.atomic
def adopt_rules(*, contest: Contest, ruleset: RuleSet, by: Any, at: datetime) -> list[Stage]:
    """Make the stages what the rule set says. Stages that have opened are left as they are."""
    hold(contest)
    rules = ruleset.rules
    known = {stage.code: stage for stage in contest.stages.select_for_update(no_key=True)}
    _drop(contest, keep={rule.code for rule in rules.stages})
    for order, rule in enumerate(rules.stages, start=1):
        stage = known.get(rule.code) or Stage(contest=contest, code=rule.code)
        if stage.state == State.PLANNED:
            _follow(stage, rule, ruleset=ruleset, order=order)
    journal.write("stages.rules_adopted", about=ruleset, by=by, at=at, version=ruleset.version)
    return list(contest.stages.all())


def _adopt_first(contest: Contest, *, by: Any, at: datetime) -> None:
    assert contest.ruleset is not None
    adopt_rules(contest=contest, ruleset=contest.ruleset, by=by, at=at)


def _adopt_all(edition: Edition, *, by: Any, at: datetime) -> None:
    for contest in edition.contests.select_related("ruleset"):
        _adopt_first(contest, by=by, at=at)


def _drop(contest: Contest, *, keep: set[str]) -> None:
    try:
        contest.stages.filter(state=State.PLANNED).exclude(code__in=keep).delete()
    except ProtectedError:
        reason = _("A stage with entries or a jury cannot be removed; rename it instead.")
        raise NotPossible(no("stage_in_use", reason)) from None


def _follow(stage: Stage, rule: StageRule, *, ruleset: RuleSet, order: int) -> None:
    stage.ruleset, stage.order = ruleset, order
    stage.name_zh, stage.name_en = rule.name.zh, rule.name.en
    stage.opens_at, stage.closes_at = rule.span.opens_at, rule.span.closes_at
    stage.body = rule.model_dump(mode="json")
    stage.__dict__.pop("rule", None)
    stage.save()
    stage.criteria.exclude(code__in=[c.code for c in rule.criteria]).delete()
    Criterion.objects.bulk_create(
        [
            Criterion(
                stage=stage, code=c.code, order=n, name_zh=c.name.zh, name_en=c.name.en,
                low=c.low, high=c.high, step=c.step, weight=c.weight,
                bands=[band.model_dump(mode="json") for band in c.bands],
                evidence_zh=c.evidence.zh, evidence_en=c.evidence.en,
            )
            for n, c in enumerate(rule.criteria)
        ],
        update_conflicts=True,
        unique_fields=["stage", "code"],
        update_fields=[
            "order", "name_zh", "name_en", "low", "high", "step", "weight", "bands",
            "evidence_zh", "evidence_en",
        ],
    )  # fmt: skip


# --- a stage's life


@transaction.atomic
def open_stage(*, stage: Stage, by: Any, at: datetime) -> Stage:
    """From here on the stage's rules stand."""
    hold(stage)
    require(stage.may_open(at))
    move(stage, State.OPEN, moves=MOVES)
    journal.write("stages.stage_opened", about=stage, by=by, at=at)
    return stage


@transaction.atomic
def close_stage(*, stage: Stage, by: Any, at: datetime) -> Stage:
    hold(stage)
    require(stage.may_close())
    move(stage, State.CLOSED, moves=MOVES)
    journal.write("stages.stage_closed", about=stage, by=by, at=at)
    return stage


@transaction.atomic
def extend_window(*, stage: Stage, until: datetime, reason: str, by: Any, at: datetime) -> Stage:
    """Move the end of the stage later: a new version of the rules, with the reason, so that the
    rules people read stay true. A draft somebody is working on gets the new end as well."""
    contest = stage.contest
    hold(contest)
    hold(stage)
    require(stage.may_extend(until, at=at))
    if not reason.strip():
        raise NotPossible(no("reason_missing", _("Please say why; it will be shown.")))
    draft = RuleDraft.objects.filter(contest=contest).first()
    before = stage.closes_at
    ruleset = contests.write_rules(
        contest=contest, rules=_with_end(contest.rules, stage.code, until),
        reason=reason.strip(), by=by, at=at,
    )  # fmt: skip
    rule = ruleset.rules.stage(stage.code)
    stage.closes_at, stage.body, stage.ruleset = until, rule.model_dump(mode="json"), ruleset
    stage.__dict__.pop("rule", None)
    stage.save(update_fields=["closes_at", "body", "ruleset"])
    if draft:
        draft.body = _with_end(draft.rules, stage.code, until).model_dump(mode="json")
        draft.pk = None
        draft.save()
    journal.write(
        "stages.window_extended", about=stage, by=by, at=at,
        before=before.isoformat() if before else None, until=until.isoformat(),
    )  # fmt: skip
    return stage


def _with_end(rules: Rules, code: str, until: datetime) -> Rules:
    stages = tuple(
        s.model_copy(update={"span": Span(opens_at=s.span.opens_at, closes_at=until)})
        if s.code == code
        else s
        for s in rules.stages
    )
    return rules.model_copy(update={"stages": stages})


# --- who takes part


@transaction.atomic
def let_in(*, stage: Stage, entries: Iterable[Entry], by: Any, at: datetime) -> int:
    """Let these entries take part; who is in already stays in. Returns how many are new."""
    hold(stage)
    require(stage.may_let_in())
    entries = list(entries)
    _require_fit(stage, entries)
    inside = set(stage.participations.filter(taken_out_at=None).values_list("entry_id", flat=True))
    coming = [entry for entry in entries if entry.pk not in inside]
    Participation.objects.bulk_create(
        [Participation(stage=stage, entry=entry, at=at) for entry in coming],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["stage", "entry"],
        update_fields=["at", "taken_out_at"],
    )
    _tell("stages.entry_let_in", stage, coming, by=by, at=at)
    return len(coming)


@transaction.atomic
def let_in_all_accepted(*, stage: Stage, by: Any, at: datetime) -> int:
    """Every valid entry of the contest; for the first stage, which nobody was cut from."""
    accepted = Entry.objects.filter(contest=stage.contest_id, state=EntryState.ACCEPTED)
    return let_in(stage=stage, entries=accepted.order_by("pk"), by=by, at=at)


@transaction.atomic
def take_out(*, stage: Stage, entry: Entry, reason: str, by: Any, at: datetime) -> Participation:
    """The entry takes part no longer. Its marks stay, and no longer count."""
    hold(stage)
    if not reason.strip():
        raise NotPossible(no("reason_missing", _("Please say why the entry is taken out.")))
    found = stage.participations.select_for_update(no_key=True).filter(
        entry=entry, taken_out_at=None
    )
    participation = found.first()
    if participation is None:
        raise NotPossible(no("not_inside", _("This entry does not take part in the stage.")))
    participation.taken_out_at, participation.reason = at, reason.strip()
    participation.save(update_fields=["taken_out_at", "reason"])
    _tell("stages.entry_taken_out", stage, [entry], by=by, at=at)
    return participation


@transaction.atomic
def place_in_heats(*, stage: Stage, heats: Mapping[int, int | None], by: Any, at: datetime) -> None:
    """In which heat each entry pitches: quotas may go by it. Whoever plans heats tells of it."""
    hold(stage)
    rows = list(stage.participations.filter(entry__in=heats))
    for row in rows:
        row.heat = heats[row.entry_id]
    Participation.objects.bulk_update(rows, ["heat"], batch_size=2000)


def _require_fit(stage: Stage, entries: list[Entry]) -> None:
    if any(entry.contest_id != stage.contest_id for entry in entries):
        raise NotPossible(no("other_contest", _("An entry belongs to another contest.")))
    unfit = [entry.code for entry in entries if entry.state != EntryState.ACCEPTED]
    if unfit:
        reason = _("Only valid entries can be let in; please check these first: {codes}.")
        raise NotPossible(no("not_valid", reason.format(codes=", ".join(unfit[:5]))))


def _tell(verb: str, stage: Stage, entries: list[Entry], *, by: Any, at: datetime) -> None:
    book = journal.book_of(stage)
    lines = [
        journal.compose(verb, about=entry, by=by, at=at, book=book, stage=stage.pk)
        for entry in entries
    ]
    if lines:
        journal.append(book, lines)
