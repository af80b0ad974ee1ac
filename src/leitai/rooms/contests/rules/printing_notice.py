"""Objections and feedback as participants read them in the rules."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitai.rooms.contests.rules.schema import AppealRule, FeedbackRule


def of_appeals(rule: AppealRule) -> Iterator[str]:
    yield _(
        "While the notice runs, any unit or person may object by real name. The name is kept from "
        "everybody but the panel and the organisers who run the case."
    )
    yield _(
        "An objection is taken up or refused within {reply} working days; evidence that is asked "
        "for is due within {evidence}, and the team is heard, for which it has {statement}; the "
        "decision follows within {decision}, and the answer {letter} after that."
    ).format(
        reply=rule.reply_days, evidence=rule.evidence_days, statement=rule.statement_days,
        decision=rule.decision_days, letter=rule.letter_days,
    )  # fmt: skip
    text = ngettext(
        "{n} person decides, who did not mark the entry and has no tie to it.",
        "{n} people decide, who did not mark the entry and have no tie to it.",
        rule.panel_size,
    )
    yield text.format(n=rule.panel_size)
    if rule.outsiders_only:
        yield _("Nobody who works for the contest sits on that panel.")


def of_feedback(rule: FeedbackRule) -> Iterator[str]:
    yield _("Every team whose entry was marked gets feedback, whether it goes on or not.")
    if rule.in_bands:
        yield _(
            "It says in coarse bands where the entry stands; in fields of fewer than {n} entries "
            "there are none."
        ).format(n=rule.least_group)
