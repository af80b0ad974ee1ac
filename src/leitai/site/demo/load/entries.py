"""Entries from draft to last version: teams, answers, files, receipts, consents."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from leitai.rooms.people.models import Consent, User
from leitai.rooms.people.rules import Purpose
from leitai.rooms.submissions import actions
from leitai.rooms.submissions.models import Answer, Attachment, Channel, Entry, Member, Version
from leitai.rooms.submissions.queries import new_card_consent
from leitai.rooms.submissions.rules import (
    CONSENT_VERSION,
    DECLARATIONS,
    Layer,
    MemberRole,
    State,
)
from leitai.site.demo.load import forms
from leitai.site.demo.load.papers import LETTER_NAME, SCAN_NAME, Papers
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.registers import country_of
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.shapes import Entry as Told
from leitai.site.demo.words import child, pair

CHANNELS = {
    "partner": ("partners", pair("合作伙伴推荐|Partners")),
    "own_site": ("site", pair("官网报名|Own site")),
    "park": ("parks", pair("园区|Parks")),
    "overseas_host": ("overseas", pair("海外合作方|Overseas hosts")),
    "media": ("media", pair("媒体|Media")),
}
STATES = {
    "draft": State.DRAFT, "valid": State.ACCEPTED, "refused": State.REFUSED,
    "merged": State.WITHDRAWN,
}  # fmt: skip
PROOFS = {"licence": SCAN_NAME, "authorisation": LETTER_NAME}
KEEPS_TO_ITSELF = 37  # every so many-th team shows no public card


def write(scene: Scene, *, read: Collection[int]) -> None:
    """`read` are entries somebody will open; these get a business plan of their own."""
    told = scene.story.entries
    channels = _channels(scene)
    for one in told:
        _register(scene, one)
    scene.people.save()
    scene.houses.save()
    rows = pour([_entry(scene, one, channels) for one in told])
    scene.entries = {one.number: row for one, row in zip(told, rows)}
    _merged(scene)
    members = _members(scene)
    answers = _answers(scene)
    files = _files(scene, read)
    _versions(scene, members, answers, files)
    _consents(scene)


def captain(scene: Scene, told: Told) -> User:
    return scene.people.add(told.team[0].person)


def _channels(scene: Scene) -> dict[str, Channel]:
    rows = pour(
        Channel(contest=scene.contest, code=code, name_zh=name.zh, name_en=name.en)
        for code, name in CHANNELS.values()
    )
    return dict(zip(CHANNELS, rows))


def _register(scene: Scene, told: Told) -> None:
    captain(scene, told)
    who = told.entrant
    if who.kind != "team":
        region = forms.region_of(told)
        scene.houses.add(
            who.name, kind=who.kind, country=told.country, code=who.credit_code, region=region
        )


def _entry(scene: Scene, told: Told, channels: dict[str, Channel]) -> Entry:
    by = captain(scene, told)
    draft = forms.answers(scene.story.plan, told, asked=scene.asked(forms.kind_of(told)))
    if not told.handed_in:
        rng = child(scene.story.plan.seed, f"begun/{told.number}")
        draft = forms.begun(draft, share=rng.uniform(0.15, 0.95))
    last = told.handed_in[-1] if told.handed_in else None
    changed = last or told.started_at + timedelta(hours=1)
    row = Entry(
        contest=scene.contest, code=f"{told.scenario}-{told.number:04d}",
        state=STATES[told.status], kind=forms.kind_of(told),
        scenario=scene.scenarios[told.scenario], channel=channels[told.channel], draft=draft,
        version=len(told.handed_in), begun_at=told.started_at, begun_by=by, changed_at=changed,
        handed_in_at=last, shows_card=told.number % KEEPS_TO_ITSELF > 0,
    )  # fmt: skip
    if last:
        _fill(scene, row, told)
    return row


def _fill(scene: Scene, row: Entry, told: Told) -> None:
    """The columns that a hand-in fills."""
    for name in ("title_zh", "title_en", "line_zh", "line_en", "team_name", "maturity", "tags"):
        setattr(row, name, row.draft[name])
    row.country, row.region = country_of(told.country), forms.region_of(told)
    if told.entrant.kind != "team":
        row.organisation = scene.houses[told.entrant.name]
    row.search = actions.vector_of(row)


def _merged(scene: Scene) -> None:
    late = [one for one in scene.story.entries if one.duplicate_of]
    for one in late:
        scene.entries[one.number].merged_into = scene.entries[one.duplicate_of or 0]
    Entry.objects.bulk_update([scene.entries[one.number] for one in late], ["merged_into"])


def _members(scene: Scene) -> dict[int, list[Member]]:
    rows = {one.number: list(_team(scene, one)) for one in scene.story.entries}
    made = [member for team in rows.values() for member in team]
    pour(made)
    for one in scene.story.entries:
        by, entry = captain(scene, one), scene.entries[one.number]
        note = scene.diary.note
        note("submissions.entry_begun", about=entry, by=by, at=one.started_at, book=scene.book,
             kind=str(entry.kind))  # fmt: skip
        for member in rows[one.number][1:]:
            note("submissions.member_invited", about=member, by=by, at=one.started_at,
                 book=scene.book, role=str(member.role))  # fmt: skip
    return rows


def _team(scene: Scene, told: Told) -> Iterator[Member]:
    """The captain has an account; the others have a letter."""
    by = captain(scene, told)
    for n, one in enumerate(told.team):
        about = " · ".join((forms.spoken(told, one.role), forms.spoken(told, one.background)))
        yield Member(
            entry=scene.entries[told.number], user=None if n else by,
            name=forms.spoken(told, one.person.name), email=one.person.email, about=about,
            role=MemberRole.MEMBER if n else MemberRole.CAPTAIN,
            invited_at=told.started_at if n else None, joined_at=None if n else told.started_at,
        )  # fmt: skip


def _answers(scene: Scene) -> dict[int, list[Answer]]:
    rows: dict[int, list[Answer]] = {}
    for one in scene.story.entries:
        listed = [n for n in one.answers if n in scene.demands]
        rows[one.number] = [_answer(scene, one, number) for number in listed]
    made = [answer for answers in rows.values() for answer in answers]
    pour(made)
    for one in scene.story.entries:
        for answer in rows[one.number]:
            scene.diary.note(
                "submissions.answer_given", about=answer, by=captain(scene, one), at=answer.at,
                book=scene.book, shows=str(answer.shows),
            )  # fmt: skip
    return rows


def _answer(scene: Scene, told: Told, number: int) -> Answer:
    rng = child(scene.story.plan.seed, f"answer/{told.number}/{number}")
    shows = rng.choices((Layer.TEASER, Layer.CONFIDENTIAL, Layer.PUBLIC), (75, 15, 10))[0]
    note = f"{forms.spoken(told, told.one_liner)}\n{forms.spoken(told, told.evidence.deployable)}"
    at = told.handed_in[0] - timedelta(minutes=rng.randint(5, 90))
    return Answer(
        entry=scene.entries[told.number], demand=scene.demands[number], shows=shows, note=note,
        at=max(at, told.started_at),
    )  # fmt: skip


def _files(scene: Scene, read: Collection[int]) -> dict[int, list[Attachment]]:
    papers = Papers()
    rows = {one.number: _attached(scene, one, papers, read) for one in scene.story.entries}
    papers.save()
    made = [attachment for files in rows.values() for attachment in files]
    pour(made)
    for attachment in made:
        scene.diary.note(
            "submissions.attachment_added", about=attachment, by=attachment.by,
            at=attachment.added_at, book=scene.book, field=attachment.field,
        )  # fmt: skip
    return rows


def _attached(scene: Scene, told: Told, papers: Papers, read: Collection[int]) -> list[Attachment]:
    """What the form wants of this entrant; a draft has nothing yet."""
    if not told.handed_in:
        return []
    by, at, found = captain(scene, told), told.handed_in[0] - timedelta(minutes=3), []
    at = max(at, told.started_at)
    asked = scene.asked(forms.kind_of(told))
    for key in ("plan", *PROOFS):
        if key not in asked:
            continue
        is_plan = key == "plan"
        file = (
            papers.plan(told, own=read, by=by, at=at)
            if is_plan
            else papers.proof(told, PROOFS[key], by=by, at=at)
        )
        found.append(
            Attachment(
                entry=scene.entries[told.number], by=by, field=key, file=file, added_at=at,
                layer=asked[key].layer,
            )
        )  # fmt: skip
    return found


def _versions(scene: Scene, members: dict, answers: dict, files: dict) -> None:
    rows = []
    for one in scene.story.entries:
        entry, by = scene.entries[one.number], captain(scene, one)
        body = _body(entry, members[one.number], answers[one.number], files[one.number])
        for number, at in enumerate(one.handed_in, 1):
            is_last = number == len(one.handed_in)
            values = entry.draft if is_last else forms.earlier(entry.draft)
            rows.append(
                Version(
                    entry=entry, number=number, receipt=actions.receipt(entry, number), at=at,
                    body=body | {"values": values}, by=by,
                )
            )  # fmt: skip
            scene.diary.note(
                "submissions.entry_handed_in", about=entry, by=by, at=at, book=scene.book,
                version=number,
            )  # fmt: skip
    pour(rows)


def _body(
    entry: Entry, members: list[Member], answers: list[Answer], files: list[Attachment]
) -> dict[str, Any]:
    """As `submissions.queries.body` makes it, from rows at hand."""
    return {
        "kind": str(entry.kind),
        "values": {},
        "members": [
            {"name": m.name, "role": str(m.role), "about": m.about, "user": m.user_id}
            for m in members
        ],
        "files": [
            {"id": a.pk, "field": a.field, "layer": str(a.layer), "name": a.file.name,
             "sha256": a.file.sha256}
            for a in files
        ],
        "answers": [
            {"demand": a.demand_id, "shows": str(a.shows), "note": a.note}
            for a in sorted(answers, key=lambda a: a.demand_id)
        ],
    }  # fmt: skip


def _consents(scene: Scene) -> None:
    """What a hand-in asks for, and what an answer shows."""
    rows = []
    for one in scene.story.entries:
        if not one.handed_in:
            continue
        entry, by, at = scene.entries[one.number], captain(scene, one), one.handed_in[0]
        rows.append(_consent(by, Purpose.TERMS, entry, sorted(DECLARATIONS), at=at))
        if entry.shows_card:
            rows.append(new_card_consent(entry, by=by, at=at))
    given = Answer.objects.filter(entry__contest=scene.contest).exclude(shows=Layer.PUBLIC)
    for answer in given.select_related("entry__begun_by", "demand").order_by("pk"):
        consent = _consent(
            answer.entry.begun_by, Purpose.DEMAND_OWNER, answer, [answer.shows], at=answer.at
        )
        consent.receiver_id = answer.demand.owner_id
        rows.append(consent)
    pour(rows)


def _consent(by: Any, purpose: Purpose, about: Any, fields: list[str], *, at: datetime) -> Consent:
    return Consent(
        person=by, purpose=purpose, about_type=about._meta.label_lower, about_id=about.pk,
        fields=fields, version=CONSENT_VERSION, given_at=at,
    )  # fmt: skip
