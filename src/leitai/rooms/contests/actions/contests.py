"""Contests and their rules: opened, changed, shown."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold, move
from leitai.rooms.contests.actions.editions import slug_taken
from leitai.rooms.contests.models import Contest, Edition, RuleDraft, RuleSet
from leitai.rooms.contests.rules import MOVES, Rules, State, presets
from leitai.values.verdict import no


@transaction.atomic
def open_contest(
    *,
    edition: Edition,
    slug: str,
    preset: str = "",
    rules: Rules | None = None,
    by: Any,
    at: datetime,
    **fields: Any,
) -> Contest:
    """A draft whose first rules come from a preset, dated by the edition's launch, or are given.

    Its stages are not there yet: `stages.actions.open_contest` does both.
    """
    hold(edition)
    if edition.contests.filter(slug=slug).exists():
        raise slug_taken(slug)
    if rules is None:
        rules = presets.load(preset, launch_at=edition.launch_at, time_zone=edition.time_zone)
    last = edition.contests.aggregate(last=Max("order"))["last"]
    contest = Contest.objects.create(
        edition=edition, slug=slug, order=0 if last is None else last + 1, **fields
    )
    journal.write("contests.contest_opened", about=contest, by=by, at=at, preset=rules.preset)
    write_rules(contest=contest, rules=rules, by=by, at=at)
    return contest


@transaction.atomic
def change_contest(*, contest: Contest, by: Any, at: datetime, **fields: Any) -> Contest:
    hold(contest)
    changed = sorted(key for key, value in fields.items() if getattr(contest, key) != value)
    if changed:
        for key in changed:
            setattr(contest, key, fields[key])
        contest.save(update_fields=changed)
        journal.write("contests.contest_changed", about=contest, by=by, at=at, fields=changed)
    return contest


@transaction.atomic
def write_rules(
    *, contest: Contest, rules: Rules, reason: str = "", by: Any, at: datetime
) -> RuleSet:
    """The next version, in force at once. Whether it may be is asked by the stages room, which
    knows what has opened: call `stages.actions.change_rules` for a contest under way."""
    hold(contest)
    last = contest.rulesets.aggregate(last=Max("version"))["last"] or 0
    ruleset = RuleSet.objects.create(
        contest=contest,
        version=last + 1,
        body=rules.model_dump(mode="json"),
        reason=reason,
        made_by=by,
        made_at=at,
    )
    contest.ruleset = ruleset
    contest.save(update_fields=["ruleset"])
    journal.write("contests.rules_written", about=ruleset, by=by, at=at, version=ruleset.version)
    RuleDraft.objects.filter(contest=contest).delete()
    return ruleset


@transaction.atomic
def keep_draft(
    *, contest: Contest, rules: Rules, revision: int, by: Any, at: datetime
) -> RuleDraft:
    """Keep rules that are being worked on; refused when somebody else saved since `revision`.

    The journal does not tell of drafts: nothing has happened yet.
    """
    hold(contest)
    draft = RuleDraft.objects.filter(contest=contest).first()
    if revision != (draft.revision if draft else 0):
        reason = _(
            "Somebody else has changed the draft meanwhile. Your changes are below; please "
            "open the page anew in another tab, compare, and save again there."
        )
        raise NotPossible(no("draft_changed", reason))
    draft = draft or RuleDraft(contest=contest)
    draft.body = rules.model_dump(mode="json")
    draft.revision = revision + 1
    draft.changed_by, draft.changed_at = by, at
    draft.save()
    return draft


@transaction.atomic
def discard_draft(*, contest: Contest, by: Any, at: datetime) -> None:
    RuleDraft.objects.filter(contest=contest).delete()


@transaction.atomic
def publish_contest(*, contest: Contest, by: Any, at: datetime) -> Contest:
    hold(contest)
    require(contest.may_be_public())
    return _moved(contest, State.PUBLIC, "contests.contest_published", by=by, at=at)


@transaction.atomic
def unpublish_contest(*, contest: Contest, by: Any, at: datetime) -> Contest:
    hold(contest)
    return _moved(contest, State.DRAFT, "contests.contest_unpublished", by=by, at=at)


@transaction.atomic
def archive_contest(*, contest: Contest, by: Any, at: datetime) -> Contest:
    hold(contest)
    return _moved(contest, State.ARCHIVED, "contests.contest_archived", by=by, at=at)


def _moved(contest: Contest, to: State, verb: str, *, by: Any, at: datetime) -> Contest:
    move(contest, to, moves=MOVES)
    journal.write(verb, about=contest, by=by, at=at)
    return contest
