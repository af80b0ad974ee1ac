"""May rules change while people already go by them?"""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from leitai.rooms.contests.rules.schema import EntryRule, FieldRule, Rules
from leitai.values.verdict import Verdict, no


def objections(
    old: Rules, new: Rules, *, opened: Collection[str], has_entries: bool
) -> list[Verdict]:
    """Everything that forbids going from the old rules to the new; an empty list means it may be.

    A stage that has opened stands as it is, whoever would gain. Once there are entries the form
    may only grow, so that no team loses an answer or lacks one it could not have given.
    """
    found = list(_of_stages(old, new, opened))
    if has_entries:
        found += _of_entry(old.entry, new.entry)
    return found


def _of_stages(old: Rules, new: Rules, opened: Collection[str]) -> Iterator[Verdict]:
    after = {stage.code: stage for stage in new.stages}
    for stage in old.stages:
        if stage.code not in opened:
            continue
        if after.get(stage.code) != stage:
            reason = _(
                "The stage “{stage}” has opened, so its rules stand. Its window can be extended "
                "on the page of the stage, with a reason; all else applies to stages to come."
            )
            yield no("stage_has_opened", reason.format(stage=stage.name.zh or stage.name.en))
    kept = [s.code for s in new.stages if s.code in opened]
    if kept != [s.code for s in old.stages if s.code in opened]:
        yield no("stages_reordered", _("Stages that have opened keep their order."))
    first_new = next((n for n, s in enumerate(new.stages) if s.code not in opened), None)
    if first_new is not None and any(s.code in opened for s in new.stages[first_new:]):
        yield no(
            "stage_before_opened",
            _("A new stage must come after those that have opened; please move it down."),
        )


def _of_entry(old: EntryRule, new: EntryRule) -> Iterator[Verdict]:
    if set(old.kinds) - set(new.kinds):
        yield no("kind_removed", _("Teams have entered; kinds of entrants can only be added."))
    if new.team_min > old.team_min or new.team_max < old.team_max:
        yield no("team_narrower", _("Teams have entered; the size of teams can only be widened."))
    if new.answers_max < old.answers_max:
        yield no("fewer_answers", _("Teams have entered; they may keep the demands they answer."))
    closes, will_close = old.span.closes_at, new.span.closes_at
    if will_close and (closes is None or will_close < closes):
        yield no("closes_earlier", _("Teams have entered; the deadline can only be moved back."))
    yield from _of_fields(old, new)


def _of_fields(old: EntryRule, new: EntryRule) -> Iterator[Verdict]:
    before = {field.key: field for step in old.steps for field in step.fields}
    after = {field.key: field for step in new.steps for field in step.fields}
    for key, field in before.items():
        if key not in after:
            reason = _("Teams have entered, so the question “{field}” cannot be taken away.")
            yield no("field_removed", reason.format(field=_called(field)))
        elif not _only_wider(field, after[key]):
            reason = _(
                "Teams have entered, so the question “{field}” can only become wider: its label "
                "and hint may be reworded, options added, the length raised."
            )
            yield no("field_narrower", reason.format(field=_called(field)))
    for key, field in after.items():
        if key not in before and field.required:
            reason = _("Teams have entered, so the new question “{field}” must be optional.")
            yield no("new_field_required", reason.format(field=_called(field)))


def _only_wider(old: FieldRule, new: FieldRule) -> bool:
    same = (old.kind, old.layer) == (new.kind, new.layer)
    options = {code for code, _words in old.options} <= {code for code, _words in new.options}
    asked = all(old.is_required_of(k) or not new.is_required_of(k) for k in new.entrants)
    accepts = not new.accept or (old.accept and set(old.accept) <= set(new.accept))
    wider = (
        set(old.entrants) <= set(new.entrants)
        and new.max_length >= old.max_length
        and new.max_mb >= old.max_mb
    )
    return bool(same and options and asked and accepts and wider)


def _called(field: FieldRule) -> str:
    return field.label.zh or field.label.en or field.key
