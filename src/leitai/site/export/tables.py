"""Which rows an export holds. A model of a room stands in `TABLES` or, with a reason, in
`LEFT_OUT`; a test of the house asks.

In a public export, words are blank unless their column is named in `open`: a column that somebody
adds tomorrow stays private until somebody says otherwise. Numbers, dates, codes of states and
references to other rows are shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from leitai.rooms.contests.models import Contest
from leitai.site.export import public

Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One member of the archive: `rows/<kind>.jsonl`."""

    kind: str
    model: str
    where: str | Callable[[Contest], Q]
    """The way from a row to its contest, or the rows themselves."""
    never: Words = ()
    """Columns that no export holds, not even the organiser's own."""
    open: Words = ()
    """Columns with words that a public export shows."""
    names: Words = ()
    """Columns with a name, for which a public export puts a stable other one."""
    made_public: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    """Columns of which a public export shows a part."""
    only: Q = field(default_factory=Q)
    """Rows that may leave the desk they are written on."""
    as_told: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    """What is left of a row of which only a part may."""
    by: str = "pk"

    @property
    def rows_of(self) -> type[Model]:
        return apps.get_model(self.model)

    def query(self, contest: Contest) -> QuerySet:
        rows = self.rows_of._default_manager.order_by(self.by)
        wanted = self.where if callable(self.where) else Q(**{self.where: contest})
        return rows.filter(self.only, wanted(contest) if callable(wanted) else wanted)


def _handed_in(path: str) -> Callable[[Contest], Q]:
    """A draft belongs to its team alone; organisers learn that there is one, and no more."""
    entry = f"{path}__" if path else ""
    return lambda contest: Q(**{f"{entry}contest": contest, f"{entry}version__gt": 0})


SENT = ~Q(state="draft")
SENT_DEMAND = ~Q(demand__state="draft")

TABLES = (
    Table(kind="programme", model="contests.Programme",
          where=lambda c: Q(pk=c.edition.programme_id), open=("slug", "name_zh", "name_en")),
    Table(kind="edition", model="contests.Edition", where=lambda c: Q(pk=c.edition_id),
          open=("slug", "name_zh", "name_en", "time_zone")),
    Table(kind="contest", model="contests.Contest", where=lambda c: Q(pk=c.pk),
          open=("slug", "name_zh", "name_en")),
    Table(kind="scenarios", model="contests.Scenario",
          where=lambda c: Q(edition=c.edition_id), open=("code", "name_zh", "name_en")),
    Table(kind="appointments", model="contests.Appointment",
          where=lambda c: Q(contest=c) | Q(edition=c.edition_id, contest=None)),
    Table(kind="rules", model="contests.RuleSet", where="contest", open=("body",)),
    Table(kind="demands", model="demands.Demand", where="contest", only=SENT, open=("currency",)),
    Table(kind="indicators", model="demands.Indicator", where="demand__contest", only=SENT_DEMAND),
    Table(kind="demand_invitations", model="demands.Invitation",
          where="demand__contest", only=SENT_DEMAND),
    Table(kind="channels", model="submissions.Channel", where="contest", open=("code",)),
    Table(kind="leads", model="submissions.Lead", where="contest"),
    Table(kind="entries", model="submissions.Entry", where="contest",
          never=("draft", "revisions", "search"), open=("code",), names=("team_name",)),
    Table(kind="members", model="submissions.Member", where=_handed_in("entry"), names=("name",)),
    Table(kind="versions", model="submissions.Version", where="entry__contest"),
    Table(kind="attachments", model="submissions.Attachment", where=public.of_versions,
          open=("field",)),
    Table(kind="withdrawals", model="submissions.Withdrawal", where=_handed_in("entry")),
    Table(kind="answers", model="submissions.Answer", where=_handed_in("entry")),
    Table(kind="viewings", model="submissions.Viewing", where="entry__contest",
          open=("as_role",)),
    Table(kind="checks", model="screening.Check", where="entry__contest", open=("reasons",)),
    Table(kind="flags", model="screening.Flag", where="contest"),
    Table(kind="echoes", model="screening.Echo", where="entry__contest"),
    Table(kind="stages", model="stages.Stage", where="contest",
          open=("code", "name_zh", "name_en", "body")),
    Table(kind="criteria", model="stages.Criterion", where="stage__contest",
          open=("code", "name_zh", "name_en", "bands", "evidence_zh", "evidence_en")),
    Table(kind="participations", model="stages.Participation", where="stage__contest"),
    Table(kind="jurors", model="jury.Juror", where="contest", names=("name",),
          open=("languages",)),
    Table(kind="colleagues", model="jury.Colleague", where="juror__contest", names=("name",)),
    Table(kind="ties", model="jury.DeclaredTie", where="juror__contest"),
    Table(kind="objections", model="jury.Objection", where="entry__contest"),
    Table(kind="conflicts", model="jury.Conflict", where="juror__contest"),
    Table(kind="samples", model="jury.Sample", where="stage__contest", open=("marks",)),
    Table(kind="sample_sheets", model="jury.SampleSheet", where="sample__stage__contest",
          open=("marks",)),
    Table(kind="draws", model="jury.Draw", where="stage__contest", open=("figures",)),
    Table(kind="seats", model="jury.Seat", where="draw__stage__contest"),
    Table(kind="sheets", model="jury.Sheet", where="stage__contest",
          never=("note", "revisions"), as_told=public.without_draft),
    Table(kind="marks", model="jury.Mark", where="sheet__stage__contest",
          only=Q(sheet__state="sealed")),
    Table(kind="seals", model="jury.Seal", where="sheet__stage__contest",
          open=("marks", "digest")),
    Table(kind="reopening_requests", model="jury.ReopeningRequest",
          where="sheet__stage__contest"),
    Table(kind="repairs", model="jury.Repair", where="stage__contest"),
    Table(kind="reminders", model="jury.Reminder", where="stage__contest"),
    Table(kind="judgings", model="jury.Judging", where="stage__contest"),
    Table(kind="discussions", model="jury.Discussion", where="stage__contest"),
    Table(kind="remarks", model="jury.Remark", where="discussion__stage__contest"),
    Table(kind="mark_changes", model="jury.MarkChange", where="sheet__stage__contest"),
    Table(kind="reopenings", model="jury.Reopening", where="sheet__stage__contest"),
    Table(kind="standings", model="standings.Standing", where="stage__contest",
          open=("formula", "body", "quotas", "inputs", "seed"),
          made_public=dict.fromkeys(
              ("notes", "rulings", "amendments"), public.without_words)),
    Table(kind="places", model="standings.Place", where="standing__stage__contest",
          open=("broken_by",), made_public={"why": public.whether}),
    Table(kind="decisions", model="standings.Decision", where="standing__stage__contest",
          open=("digest",)),
    Table(kind="signatures", model="standings.Signature",
          where="decision__standing__stage__contest", names=("name",)),
    Table(kind="attendees", model="standings.Attendee", where="stage__contest",
          names=("name",), open=("left_for",)),
    Table(kind="special_places", model="standings.SpecialPlace", where="stage__contest",
          names=("proposer",)),
    Table(kind="publications", model="standings.Publication", where="contest",
          made_public={"body": public.outcomes}),
    Table(kind="released_comments", model="standings.ReleasedComment",
          where="sheet__stage__contest"),
    Table(kind="held_comments", model="standings.HeldComment", where="sheet__stage__contest"),
    Table(kind="feedback", model="standings.Feedback", where="publication__contest"),
    Table(kind="corrections", model="standings.Correction", where="entry__contest"),
    # What an objector wrote or was written may say who it was.
    Table(kind="appeals", model="standings.Appeal", where="publication__contest",
          never=("text", "source", "reply", "asked_for", "answer")),
    Table(kind="hearings", model="standings.Hearing", where="appeal__publication__contest"),
    Table(kind="panelists", model="standings.Panelist", where="appeal__publication__contest"),
    Table(kind="offers", model="standings.Offer", where="stage__contest"),
    Table(kind="extensions", model="standings.Extension", where="offer__stage__contest"),
    Table(kind="mailings", model="mailings.Mailing", where="contest", open=("audience",)),
    Table(kind="recipients", model="mailings.Recipient", where="mailing__contest",
          names=("name",)),
    Table(kind="heats", model="finals.Heat", where="stage__contest",
          open=("name_zh", "name_en", "time_zone")),
    Table(kind="slots", model="finals.Slot", where="stage__contest", open=("time_zone",)),
    Table(kind="hall_seats", model="finals.HallSeat", where="heat__stage__contest"),
    # The seed of a lot that is drawn stands in the journal; of any other, nowhere.
    Table(kind="lots", model="finals.Lot", where="heat__stage__contest", never=("seed",),
          open=("algorithm", "commitment", "codes", "order")),
    Table(kind="orders", model="finals.Order", where="heat__stage__contest", open=("entries",)),
    Table(kind="orders_seen", model="finals.OrderSeen", where="order__heat__stage__contest"),
    Table(kind="seconds", model="finals.Second", where="heat__stage__contest"),
    Table(kind="tie_talks", model="finals.TieTalk", where="heat__stage__contest",
          open=("order",)),
    Table(kind="heat_results", model="finals.Result", where="heat__stage__contest",
          open=("formula", "inputs", "rows")),
    Table(kind="recounts", model="finals.Recount", where="result__heat__stage__contest",
          open=("rows", "faults")),
    Table(kind="polls", model="finals.Poll", where="heat__stage__contest"),
    Table(kind="diligences", model="finals.Diligence", where="stage__contest"),
    # A list of awards leaves the desk when it is published.
    Table(kind="slates", model="awards.Slate", where="contest", only=Q(published_at__isnull=False),
          made_public=dict.fromkeys(("taken_out", "vacant"), public.without_words)),
    Table(kind="awards", model="awards.Award", where="slate__contest",
          only=Q(slate__published_at__isnull=False), open=("code", "name_zh", "name_en", "group")),
    Table(kind="approvals", model="awards.Approval", where="slate__contest",
          only=Q(slate__published_at__isnull=False)),
    Table(kind="certificates", model="awards.Certificate", where="contest",
          open=("code", "number")),
    Table(kind="revocations", model="awards.Revocation", where="certificate__contest"),
    Table(kind="journal", model="foundation.Line",
          where=lambda c: Q(book=f"contest:{c.pk}"),
          open=("book", "verb", "about_type", "data", "hash"), by="number"),
)  # fmt: skip

# Rows that others point to: only those, and of people only who they are.
POINTED_AT = (
    Table(kind="people", model="people.User", where=lambda c: Q(), names=("name",),
          never=("password", "last_login", "is_superuser", "is_staff", "is_host", "is_active",
                 "language", "time_zone", "date_joined")),
    Table(kind="organisations", model="people.Organisation", where=lambda c: Q(),
          names=("name_zh", "name_en")),
    Table(kind="files", model="foundation.StoredFile", where=lambda c: Q(),
          open=("sha256", "kind")),
)  # fmt: skip

LEFT_OUT = {
    "contests.Figure": "figures of the edition, not of a contest",
    "contests.OrganisationRole": "who stands behind the edition, not a contest",
    "contests.RuleDraft": "binds nobody until it is put into force",
    "partners.Partner": "belongs to the edition",
    "partners.Commitment": "belongs to the edition",
    "partners.Plaque": "belongs to the edition",
    "people.Affiliation": "where people work is their own affair; conflicts tell what follows",
    "people.Holding": "who owns what is no contest's affair; conflicts tell what follows",
    "people.Consent": "a person's own record, given and withdrawn on their own page",
    "submissions.FieldChange": "drafts; versions hold what was handed in",
    "standings.Objector": "who objects to a result is known to those alone who hear the case",
    "standings.AppealFile": "names and contents of evidence may tell who objects",
    "mailings.Sender": "belongs to the edition",
    "mailings.Undo": "belongs to the edition",
    "mailings.Preference": "how somebody wants their mail is their own affair",
    "jury.Change": "what browsers sent; seals hold what counts",
    "jury.Quiet": "when somebody wants no reminders is their own affair",
    "jury.ReminderPlan": "how the machine is set; reminders tell what was sent",
    "jury.ConflictSearch": "how far a search of the machine has come",
    "jury.Expert": "belongs to the programme, over all its years",
    "jury.Post": "belongs to the programme, over all its years",
    "finals.Crew": "who helped in a hall; the journal tells who did what",
    "finals.Cue": "the run of show binds nobody",
    "finals.Session": "how a board and a clock stood; the journal tells what was done",
    "finals.Arrival": "what devices sent; seals hold what counts",
    "finals.Ballot": "how somebody of the audience voted is their own affair",
    "finals.PracticeSlot": "made up for a rehearsal",
    "finals.PracticeSheet": "made up for a rehearsal",
    "awards.Numbering": "belongs to the edition",
    "awards.Bundle": "how far the machine has come; certificates tell what was made",
    "jury.Undertaking": "belongs to the edition",
    "jury.Promise": "belongs to the edition",
}
