"""Beginning an entry, and writing in its form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, Refusal, require
from leitai.foundation.states import hold
from leitai.rooms.contests.models import Contest, Scenario
from leitai.rooms.contests.rules import State as ContestState
from leitai.rooms.people.models import Organisation, User
from leitai.rooms.submissions import queries, rules
from leitai.rooms.submissions.models import Channel, Entry, FieldChange, Member
from leitai.values.verdict import Verdict, no


class BadAnswer(Refusal):
    """This answer cannot stand in the form; the draft keeps what it had."""

    status = 422


@dataclass(frozen=True)
class Saved:
    """What became of one field: accepted, or the text of whoever was faster."""

    is_accepted: bool
    revision: int
    value: Any
    by: str = ""
    at: datetime | None = None


@transaction.atomic
def begin_entry(
    *,
    contest: Contest,
    kind: str,
    by: User,
    at: datetime,
    scenario: Scenario | None = None,
    organisation: Organisation | None = None,
    channel: Channel | None = None,
) -> Entry:
    """A draft with its number, and whoever begins it as captain."""
    require(may_begin(contest, kind, at=at))
    hold(contest)
    _refuse_endless_drafts(contest, by)
    entry = Entry.objects.create(
        contest=contest, code=give_codes(contest, [scenario])[0], kind=kind, scenario=scenario,
        organisation=organisation, channel=channel, begun_at=at, begun_by=by, changed_at=at,
        draft={"scenario": scenario.code} if scenario else {},
    )  # fmt: skip
    Member.objects.create(
        entry=entry, user=by, name=by.name or str(by), email=by.email,
        role=rules.MemberRole.CAPTAIN, joined_at=at,
    )  # fmt: skip
    journal.write("submissions.entry_begun", about=entry, by=by, at=at, kind=kind)
    return entry


def _refuse_endless_drafts(contest: Contest, by: User) -> None:
    """Numbers are given at the start, so nobody may use them up."""
    drafts = Entry.objects.filter(contest=contest, begun_by=by, state=rules.State.DRAFT)
    if drafts.count() >= rules.MOST_DRAFTS:
        reason = _("You have many drafts here already; please go on with one of them.")
        raise NotPossible(no("too_many_drafts", reason))


def may_begin(contest: Contest, kind: str, *, at: datetime) -> Verdict:
    if contest.state == ContestState.ARCHIVED:
        return no("archived", _("This contest is over."))
    if kind not in contest.rules.entry.kinds:
        return no("kind_not_invited", _("This contest does not invite entrants of this kind."))
    window = contest.rules.entry.span.window
    return rules.may_edit(rules.State.DRAFT, window=window, returned_until=None, at=at)


def give_codes(contest: Contest, scenarios: list[Scenario | None]) -> list[str]:
    """The next codes of a contest that the caller holds: one row of numbers, whatever the
    scenario."""
    last = queries.last_number(contest)
    prefix = contest.slug[:1].upper()
    return [
        f"{scenario.code if scenario else prefix}-{last + i:04d}"
        for i, scenario in enumerate(scenarios, start=1)
    ]


@transaction.atomic
def save_field(*, entry: Entry, key: str, value: Any, base: int, by: User, at: datetime) -> Saved:
    """One answer of the form. `base` is the revision in which the writer last saw this field: if
    somebody changed it since, both texts are kept, and the writer is shown the other one."""
    hold(entry)
    require(entry.may_edit(at))
    value = clean_answer(entry, key, value)
    revision = entry.revisions.get(key, 0)
    if entry.draft.get(key, "") == value:
        return Saved(True, max(revision, base), value)
    if base < revision:
        return _clash(entry, key, value, by=by, at=at)
    revision = queries.revision(entry) + 1
    entry.draft[key], entry.revisions[key] = value, revision
    _keep_scenario(entry, key, value)
    entry.changed_at = at
    entry.save(update_fields=["draft", "revisions", "scenario", "changed_at"])
    _note(entry, key, value, by=by, at=at)
    return Saved(True, revision, value)


def clean_answer(entry: Entry, key: str, value: Any) -> Any:
    field = rules.fields_of(entry.contest.rules.entry, entry.kind).get(key)
    if field is None or field.kind == "file":
        raise BadAnswer(no("no_such_field", _("The form has no such question.")))
    scenarios = (
        [s.code for s in queries.scenarios(entry.contest)] if field.kind == "scenario" else []
    )
    clean, verdict = rules.clean(field, value, scenarios=scenarios)
    if not verdict:
        raise BadAnswer(verdict)
    return clean


def _clash(entry: Entry, key: str, value: Any, *, by: User, at: datetime) -> Saved:
    _note(entry, key, value, by=by, at=at, was_kept=False)
    other = queries.last_change(entry, key)
    return Saved(
        False, entry.revisions.get(key, 0), entry.draft.get(key, ""),
        by=str(other.by) if other and other.by else "", at=other.at if other else None,
    )  # fmt: skip


def _note(
    entry: Entry, key: str, value: Any, *, by: User, at: datetime, was_kept: bool = True
) -> None:
    FieldChange.objects.create(
        entry=entry, key=key, value=value, revision=entry.revisions.get(key, 0),
        was_kept=was_kept, by=by, at=at,
    )  # fmt: skip


def _keep_scenario(entry: Entry, key: str, value: Any) -> None:
    """A draft's scenario counts in the funnel before anything is handed in."""
    if rules.meaning(key) == "scenario" and entry.version == 0:
        entry.scenario = next(
            (s for s in queries.scenarios(entry.contest) if s.code == value), None
        )


@transaction.atomic
def set_kind(*, entry: Entry, kind: str, by: User, at: datetime) -> Entry:
    """Answers to questions that the new kind is not asked stay in the draft, unseen."""
    hold(entry)
    require(entry.may_edit(at))
    if kind not in entry.contest.rules.entry.kinds:
        reason = _("This contest does not invite entrants of this kind.")
        raise NotPossible(no("kind_not_invited", reason))
    entry.kind, entry.changed_at = kind, at
    entry.save(update_fields=["kind", "changed_at"])
    journal.write("submissions.entry_kind_changed", about=entry, by=by, at=at, kind=kind)
    return entry


@transaction.atomic
def show_card(*, entry: Entry, shown: bool, by: User, at: datetime) -> Entry:
    """The team shows or hides its public card; a consent is given or taken back with it."""
    hold(entry)
    entry.shows_card = shown
    entry.save(update_fields=["shows_card"])
    consents = queries.card_consents(entry)
    if shown and entry.version and not consents.exists():
        queries.new_card_consent(entry, by=by, at=at).save()
    if not shown:
        consents.update(withdrawn_at=at)
    journal.write("submissions.card_shown" if shown else "submissions.card_hidden",
                  about=entry, by=by, at=at)  # fmt: skip
    return entry
