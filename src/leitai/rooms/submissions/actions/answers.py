"""An entry answers demands, each with what its owner may see."""

from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.demands.models import Demand
from leitai.rooms.demands.rules import State as DemandState
from leitai.rooms.people.models import Consent, User
from leitai.rooms.people.rules import Purpose
from leitai.rooms.submissions import queries, rules
from leitai.rooms.submissions.models import Answer, Entry
from leitai.values.verdict import no


@transaction.atomic
def answer_demand(
    *, entry: Entry, demand: Demand, shows: str, note: str, by: User, at: datetime
) -> Answer:
    """Answer it, or change the answer. What its owner may see beyond the public card is a
    consent to that organisation."""
    hold(entry)
    require(entry.may_edit(at))
    _refuse_unfit(entry, demand)
    answer, _made = Answer.objects.update_or_create(
        entry=entry, demand=demand,
        defaults={"shows": rules.Layer(shows), "note": rules.tidy(note)[:2000], "at": at},
    )  # fmt: skip
    _consent(answer, by=by, at=at)
    _touch(entry, at)
    journal.write("submissions.answer_given", about=answer, by=by, at=at, shows=answer.shows)
    return answer


def _refuse_unfit(entry: Entry, demand: Demand) -> None:
    if demand.contest_id != entry.contest_id or demand.state != DemandState.PUBLISHED:
        raise NotPossible(no("demand_not_open", _("This demand cannot be answered.")))
    most = entry.contest.rules.entry.answers_max
    if entry.answers.exclude(demand=demand).count() >= most:
        reason = format_lazy(_("An entry may answer at most {most} demands."), most=most)
        raise NotPossible(no("too_many_answers", reason))


def _consent(answer: Answer, *, by: User, at: datetime) -> None:
    """One row for what is agreed now; an earlier, different one is taken back and stays on
    record."""
    wanted = [] if answer.shows == rules.Layer.PUBLIC else [answer.shows]
    held = queries.answer_consents(answer)
    if wanted and held.filter(fields=wanted).exists():
        return
    held.update(withdrawn_at=at)
    if wanted:
        Consent.objects.create(
            person=by, purpose=Purpose.DEMAND_OWNER, receiver_id=answer.demand.owner_id,
            about_type=answer._meta.label_lower, about_id=answer.pk, fields=wanted,
            version=rules.CONSENT_VERSION, given_at=at,
        )  # fmt: skip


@transaction.atomic
def take_back_consent(*, answer: Answer, by: User, at: datetime) -> Answer:
    """At any time, also after the deadline: the owner sees no more than everybody."""
    hold(answer)
    answer.shows = rules.Layer.PUBLIC
    answer.save(update_fields=["shows"])
    queries.answer_consents(answer).update(withdrawn_at=at)
    journal.write("submissions.answer_consent_taken_back", about=answer, by=by, at=at)
    return answer


@transaction.atomic
def remove_answer(*, answer: Answer, by: User, at: datetime) -> None:
    entry = answer.entry
    hold(entry)
    require(entry.may_edit(at))
    hold(answer)
    queries.answer_consents(answer).update(withdrawn_at=at)
    journal.write(
        "submissions.answer_removed", about=answer, by=by, at=at,
        demand=answer.demand_id, entry=entry.pk,
    )  # fmt: skip
    answer.delete()
    _touch(entry, at)


def _touch(entry: Entry, at: datetime) -> None:
    entry.changed_at = at
    entry.save(update_fields=["changed_at"])
