"""Which words of a contest are whose business: a class for each model, and what is plain.

Every column that can hold words is either planted with a canary, under the class of its model, or
stands in `PLAIN` with the reason why nobody minds. A new column of a known model is planted by
itself; a new model, or a new JSON column, fails `test_fields.py` until somebody has decided.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, JSONField, Model, TextField

CODE = "a code, a hash or a number that leads to nobody"
PAGE = "stands on a public page"
RULE = "part of the published rules"
INSIDE = "the platform's own bookkeeping; no page prints it"
PLAIN_MODELS = {
    "foundation.Line": "ids and numbers only, by the journal's own rule",
    "foundation.Digest": "hashes, published daily",
    "foundation.Verification": "numbers of lines",
    "foundation.Job": INSIDE,
    "contests.Programme": PAGE,
    "contests.Edition": PAGE,
    "contests.OrganisationRole": PAGE,
    "contests.Figure": PAGE,
    "contests.Scenario": PAGE,
    "contests.Contest": PAGE,
    "contests.Appointment": "region: a place",
    "stages.Stage": RULE,
    "stages.Criterion": RULE,
    "partners.Partner": PAGE,
    "partners.Commitment": PAGE,
    "partners.Plaque": PAGE,
    "submissions.Channel": "names of ways in",
    "submissions.Viewing": CODE,
    "mailings.Sender": "the names under which everybody is written to",
    "mailings.Undo": CODE,
    "mailings.Preference": CODE,
    "jury.Undertaking": "the text that every juror is shown",
    "jury.Promise": CODE,
    "jury.Change": CODE,
    "jury.ReminderPlan": CODE,
    "jury.Reminder": CODE,
    "jury.Judging": CODE,
    "jury.ConflictSearch": CODE,
    "screening.Echo": CODE,
    "standings.AppealFile": CODE,
    "people.Consent": CODE,
    "awards.Numbering": CODE,
    "foundation.Broadcast": "what a hall shows to everybody; the board's own tests look into it",
    "finals.PracticeSlot": "made up for a rehearsal",
    "finals.PracticeSheet": "marks of what is made up",
}
PLAIN = {
    CODE: """
        foundation.StoredFile.sha256 foundation.StoredFile.kind foundation.Letter.language
        foundation.Letter.message_id foundation.Letter.unsubscribe people.User.password
        people.User.language people.User.time_zone people.Organisation.key
        people.Organisation.country people.Organisation.region
        contests.RuleSet.body contests.RuleDraft.body demands.Demand.cooperation
        demands.Demand.currency demands.Indicator.unit
        submissions.Entry.code submissions.Entry.country submissions.Entry.region
        submissions.Entry.revisions submissions.Entry.external_id
        submissions.FieldChange.key submissions.Version.receipt submissions.Attachment.field
        submissions.Lead.region screening.Check.reasons
        screening.Flag.evidence jury.Expert.languages jury.Juror.languages jury.Sample.marks
        jury.SampleSheet.marks jury.Sheet.reason jury.Sheet.revisions jury.Seal.marks
        jury.Sheet.tags jury.Seal.tags
        jury.Seal.salt jury.Seal.digest jury.Conflict.evidence jury.Draw.asked jury.Draw.figures
        jury.Draw.shortages jury.Seat.reason jury.Repair.was standings.Standing.formula
        standings.Standing.body standings.Standing.quotas standings.Standing.inputs
        standings.Standing.seed standings.Standing.amendments standings.Standing.notes
        standings.Standing.rulings standings.Place.broken_by standings.Decision.particulars
        awards.Slate.vacant awards.Award.code awards.Award.group awards.Certificate.holder_key
        awards.Certificate.code awards.Certificate.number
        standings.Decision.digest standings.Attendee.left_for standings.Feedback.body
        finals.Heat.time_zone finals.Slot.time_zone finals.HallSeat.reason finals.Lot.algorithm
        finals.Lot.commitment finals.Lot.codes finals.Lot.order finals.Order.entries
        finals.Ballot.device finals.Ballot.origin finals.Ballot.flags finals.Diligence.items
        finals.Session.phases finals.Session.shown finals.Session.frozen finals.Session.seen
        finals.TieTalk.order finals.Result.formula finals.Result.inputs finals.Result.rows
        finals.Recount.rows finals.Recount.faults
        mailings.Mailing.audience mailings.Recipient.about mailings.Recipient.language
        mailings.Recipient.values people.Organisation.email_domains
    """,
    "stands on the entry's public card": """
        submissions.Entry.title_zh submissions.Entry.title_en submissions.Entry.line_zh
        submissions.Entry.line_en submissions.Entry.tags
    """,
    "printed in the public notice": """
        standings.Publication.body standings.Publication.reason
    """,
    "a calibration sample: what jurors are given to read": """
        jury.Sample.title_zh jury.Sample.title_en jury.Sample.text_zh jury.Sample.text_en
    """,
}  # fmt: skip
PLAIN_FIELDS = {name: why for why, names in PLAIN.items() for name in names.split()}

# What a row's words are, by model or by column; the words are the lines of `who.ALLOWED`.
CLASSES = {
    "people.User": "person",  # `world` says of what kind
    "people.User.email": "person's address",
    "people.Organisation": "organisation",
    "people.Organisation.code": "registration code",
    "people.Affiliation": "own profile",
    "people.Holding": "holding",
    "contests.RuleSet": "rules' history",
    "contests.RuleDraft": "rules' history",
    "foundation.StoredFile": "file",
    "foundation.Letter": "letter",
    "foundation.Suppression": "blocked address",
    "demands.Demand": "hidden demand",
    "demands.Demand.contact": "demand's contact",
    "demands.Demand.returned_why": "demand's contact",
    "demands.Indicator": "hidden demand",
    "demands.Invitation": "demand's guest",
    "submissions.Entry": "team",
    "submissions.Entry.draft": "draft",
    "submissions.Member": "team",
    "submissions.Member.email": "team's address",
    "submissions.Member.about": "team's background",
    "submissions.FieldChange": "draft",
    "submissions.Withdrawal": "withdrawal",
    "submissions.Version": "paper",
    "submissions.Attachment": "paper",
    "submissions.Answer": "answer",
    "submissions.Lead": "lead",
    "screening.Check": "check",
    "screening.Flag": "check",
    "stages.Participation": "taken out",
    "jury.Expert": "pool",
    "jury.Post": "pool",
    "jury.Juror": "juror's profile",
    "jury.Juror.name": "juror",
    "jury.Juror.email": "juror's address",
    "jury.Juror.declined_why": "juror's address",
    "jury.Sample": "sample's key",
    "jury.SampleSheet": "sample's key",
    "jury.Sheet": "private note",
    "jury.Sheet.comment": "comment",
    "jury.Mark": "evidence",
    "jury.Seal": "evidence",
    "jury.Seal.comment": "comment",
    "jury.Reopening": "reopening",
    "jury.ReopeningRequest": "reopening",
    "jury.Conflict": "conflict",
    "jury.Discussion": "remark",
    "jury.Remark": "remark",
    "jury.MarkChange": "remark",
    "jury.Draw": "draw",
    "jury.Seat": "draw",
    "jury.Quiet": "reminder",
    "jury.Repair": "draw",
    "jury.Colleague": "colleague",
    "jury.DeclaredTie": "tie",
    "jury.Objection": "objection",
    "standings.Standing": "standing",
    "standings.Place": "standing",
    "standings.Publication": "standing",
    "standings.ReleasedComment": "released comment",
    "standings.HeldComment": "held comment",
    "standings.Feedback": "released comment",
    "standings.Appeal": "appeal",
    "standings.Objector": "objector",
    "standings.Hearing": "hearing",
    "standings.Panelist": "vote",
    "standings.Correction": "correction",
    "standings.Decision": "decision",
    "standings.Signature": "decision",
    "standings.Attendee": "decision",
    "standings.SpecialPlace": "special place",
    "standings.Offer": "offer",
    "standings.Extension": "offer",
    "finals.Heat": "heat",
    "finals.Slot": "hall's words",
    "finals.HallSeat": "hall's words",
    "finals.Order": "hall's words",
    "finals.Cue": "hall's words",
    "finals.Session": "hall's words",
    "finals.Lot": "lot's seed",
    "finals.Second": "said in the hall",
    "finals.TieTalk": "said in the hall",
    "finals.Result": "said in the hall",
    "finals.Diligence": "further check",
    "awards.Slate": "awards",
    "awards.Award": "awards",
    "awards.Certificate": "certificate",
    "awards.Revocation": "revocation",
    "mailings.Mailing": "mailing",
    "mailings.Recipient": "mailing",
}
# How a canary is put into a JSON column, so that its page can still read it.
JSONS: dict[str, Callable[[str], Any]] = {
    "submissions.Entry.draft": lambda word: {"title_en": "Weld ears", "summary": word},
    "submissions.FieldChange.value": lambda word: word,
    "submissions.Version.body": lambda word: {
        "kind": "company", "members": [], "files": [], "answers": [],
        "values": {"title_en": "Weld ears", "secret": word},
    },
    "jury.Sample.reasons_zh": lambda word: {"landing": word},
    "jury.Sample.reasons_en": lambda word: {"landing": word},
    "jury.Seal.evidence": lambda word: {"landing": word},
    "awards.Slate.taken_out": lambda word: [{"entry": 0, "why": word}],
    "awards.Certificate.words": lambda word: {
        "kind": "project", "lines": [], "issuers": [], "holder": {"first": word, "second": ""},
        **{key: {"zh": "奖", "en": "Prize"} for key in ("edition", "contest", "award")},
    },
}  # fmt: skip


def models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("leitai."):
            yield model


def holds_words(field: Field) -> bool:
    if isinstance(field, JSONField):
        return True
    if isinstance(field, ArrayField):
        return holds_words(field.base_field)
    return isinstance(field, CharField | TextField) and not field.choices


def name_of(field: Field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def is_plain(field: Field) -> bool:
    return field.model._meta.label in PLAIN_MODELS or name_of(field) in PLAIN_FIELDS


def class_of(field: Field) -> str | None:
    return CLASSES.get(name_of(field)) or CLASSES.get(field.model._meta.label)


def planted_fields(model: type[Model]) -> list[Field]:
    """Columns that get a canary."""
    return [f for f in model._meta.concrete_fields if holds_words(f) and not is_plain(f)]
