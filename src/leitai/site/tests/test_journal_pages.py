"""The journal on its pages: histories, verification, exports, digests, each for its readers."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from leitai.foundation import journal
from leitai.foundation.models import Digest, Job, Line, StoredFile, Verification
from leitai.rooms.contests.rules import Role, State
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.jury import actions as jury
from leitai.rooms.jury.testing import a_juror, a_sheet, reopened, sealed
from leitai.rooms.people.testing import a_person
from leitai.rooms.submissions import actions as submissions
from leitai.rooms.submissions.testing import a_draft, handed_in
from leitai.site.export import keys, work
from leitai.site.verify.archive import Archive
from leitai.site.verify.checking import of_archive

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def english(client):
    client.cookies["leitai_language"] = "en"
    return client


@pytest.fixture
def entry():
    return handed_in(a_draft())


def page(client, user, name, *args, **options):
    client.force_login(user)
    return client.get(reverse(name, args=args), **options).content.decode()


def a_sealed_sheet(entry, name="Jo Juror"):
    juror = a_juror(name, contest=entry.contest)
    return sealed(a_sheet(juror=juror, entry=entry), 7, 8)


# --- histories


def test_a_team_reads_its_own_deeds_and_nothing_of_its_jurors(english, entry):
    ada, ora = entry.begun_by, appointed(entry.contest, name="Ora")
    sheet = a_sealed_sheet(entry)
    submissions.note_viewing(entry=entry, as_role="juror", by=sheet.juror.user, at=NOON)
    journal.write("submissions.card_hidden", about=entry, by=ora, at=NOON)

    told = page(english, ada, "site:entry_history", entry.pk)

    assert "handed an entry in" in told and "version 1" in told and "Ada" in told
    assert "the organisers" in told
    assert [word for word in ("Ora", "Jo Juror", "sealed", "looked at") if word in told] == []


def test_organisers_read_all_of_an_entry_and_supervisors_nothing_of_its_jury(english, entry):
    a_sealed_sheet(entry)

    told = page(english, appointed(entry.contest), "site:entry_history", entry.pk)
    seen = page(english, appointed(entry.contest, Role.SUPERVISOR), "site:entry_history", entry.pk)

    assert "sealed a sheet" in told and "Jo Juror" in told
    assert "handed an entry in" in seen
    assert "sealed" not in seen and "Jo Juror" not in seen


def test_a_draft_has_no_history_for_those_who_run_the_contest(english):
    draft = a_draft()
    english.force_login(appointed(draft.contest))

    assert english.get(reverse("site:entry_history", args=[draft.pk])).status_code == 403


def test_a_sheet_tells_what_was_sealed_before_and_after(english, entry):
    sheet = a_sealed_sheet(entry)
    ora, jo = appointed(entry.contest, name="Ora"), sheet.juror.user
    reopened(sheet, why="A slip.", by=ora, at=NOON, until=NOON + DAY)
    jury.save_field(sheet=sheet, field="mark-landing", value="9", base=99, by=jo, at=NOON)
    jury.seal_sheet(sheet=sheet, by=jo, at=NOON)

    told = page(english, ora, "site:sheet_history", sheet.pk)
    own = page(english, jo, "site:sheet_history", sheet.pk)

    for words in ("Deployable: 7 → 9", "15 → 17", "A slip.", "Ora"):
        assert words in told
    assert "A slip." in own and "Jo Juror" in own
    assert "Ora" not in own and "the organisers" in own


@pytest.mark.parametrize("name", ["site:entry_history", "site:sheet_history"])
def test_histories_are_not_there_for_others(english, entry, name):
    sheet = a_sealed_sheet(entry)
    other = a_juror("Kim", contest=entry.contest).user
    pk = entry.pk if name == "site:entry_history" else sheet.pk

    for stranger in (other, a_person("Nobody"), appointed(a_contest("other"), name="Elsewhere")):
        english.force_login(stranger)
        assert english.get(reverse(name, args=[pk])).status_code == 404


def test_a_long_history_has_pages_and_opens_in_place(english, entry):
    for n in range(60):
        verb = "submissions.card_hidden" if n % 2 else "submissions.card_shown"
        journal.write(verb, about=entry, by=entry.begun_by, at=NOON)
    english.force_login(entry.begun_by)

    part = english.get(
        reverse("site:entry_history", args=[entry.pk]), headers={"HX-Request": "true"}
    )
    first = part.content.decode()

    assert "<html" not in first and first.count("<tr>") == 51
    later = first.partition("?cursor=")[2].partition('"')[0]
    rest = page(english, entry.begun_by, "site:entry_history", entry.pk,
                query_params={"cursor": later})  # fmt: skip
    assert rest.count("<tr>") == 1 + Line.objects.filter(book__startswith="contest").count() - 50


# --- verification


def test_whoever_oversees_has_the_journal_verified_and_sees_how_far(english, entry):
    watcher = appointed(entry.contest, Role.SUPERVISOR)
    english.force_login(watcher)

    english.post(reverse("site:verification", args=[entry.contest_id]))
    told = page(english, watcher, "site:journal", entry.contest_id)

    last = Verification.objects.get()
    assert last.by == watcher
    assert last.number == Line.objects.filter(book=last.book).count()
    assert last.hash in told and "Last verified" in told


def test_only_organisers_read_which_rows_do_not_fit(english, entry):
    contest = entry.contest
    sheet = a_sealed_sheet(entry)
    type(sheet.marks.first()).objects.filter(sheet=sheet).update(value=1)
    work.verify(contest, by=None, at=NOON)

    told = page(english, appointed(contest), "site:journal", contest.pk)
    seen = page(english, appointed(contest, Role.SUPERVISOR), "site:journal", contest.pk)

    assert "the sheet was sealed with" in told
    assert "do not fit" in seen and "sealed with" not in seen


def test_verification_is_closed_to_others(english, entry):
    english.force_login(a_person("Nobody"))

    for method in (english.get, english.post):
        assert method(reverse("site:verification", args=[entry.contest_id])).status_code == 404


def test_at_night_what_is_new_is_verified_once(entry):
    assert work.verify_what_is_new(at=NOON) == 1
    assert work.verify_what_is_new(at=NOON) == 0


# --- exports


def test_an_organiser_exports_downloads_and_both_are_written_down(english, entry):
    contest, ora = entry.contest, appointed(entry.contest, name="Ora")
    english.force_login(ora)

    english.post(reverse("site:exports", args=[contest.pk]), {"what": "public"})
    job = Job.objects.get(kind="site.export")
    told = page(english, ora, "site:exports", contest.pk)
    taken = english.post(reverse("site:export_taken", args=[contest.pk, job.pk]), follow=True)

    assert "The record for everybody" in told and "Download" in told
    content = b"".join(taken.streaming_content)
    assert content[:2] == b"PK" and taken["Content-Disposition"].startswith("attachment")
    verbs = Line.objects.filter(verb__startswith="contests.export").order_by("number")
    assert [line.verb for line in verbs] == ["contests.export_asked", "contests.export_taken"]
    assert {line.by_id for line in verbs} == {ora.pk}


def test_an_export_with_files_holds_them_under_their_hash(entry, tmp_path):
    stored = StoredFile.objects.count()
    job = Job.objects.create(kind="site.export", asked_at=NOON)
    work.write(entry.contest, job, is_public=False, with_files=True,
               tell=lambda share, doing: None, at=NOON)  # fmt: skip

    job.refresh_from_db()
    kept = StoredFile.objects.get(pk=job.result["file"])
    (tmp_path / "x.zip").write_bytes(BytesIO(work.store.open_kept(kept).read()).getvalue())
    told = of_archive(Archive(tmp_path / "x.zip"), key=keys.public_key())
    assert [c.name for c in told.checks[:3] if not c.holds] == []
    assert StoredFile.objects.count() == stored + 1

    Job.objects.update(ended_at=NOON)
    assert work.forget_old(at=NOON + 8 * DAY) == 1
    assert not StoredFile.objects.filter(pk=kept.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_a_worker_exports_is_not_in_the_export(tmp_path):
    entry = handed_in(a_draft())
    job = Job.objects.create(kind="site.export", asked_at=NOON)
    said = []

    def tell(share, doing):
        """On a connection of its own, so others hear it at once."""
        said.append(share)
        journal.write("submissions.card_hidden", about=entry, by=None, at=NOON)

    work.write(entry.contest, job, is_public=False, with_files=False, tell=tell, at=NOON)

    job.refresh_from_db()
    written = Line.objects.filter(verb="submissions.card_hidden").count()
    book = Line.objects.filter(book=f"contest:{entry.contest_id}").count()
    assert written == len(said) > 40
    assert job.result["lines"] == book - written + 1  # told once before the first row was read


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.SUPERVISOR])
def test_nobody_but_organisers_exports(english, entry, role):
    english.force_login(appointed(entry.contest, role))
    job = Job.objects.create(kind="site.export", asked_at=NOON,
                             ids={"contest_id": entry.contest_id})  # fmt: skip

    asked = english.post(reverse("site:exports", args=[entry.contest_id]), {"what": "all"})
    taken = english.post(reverse("site:export_taken", args=[entry.contest_id, job.pk]))

    assert (asked.status_code, taken.status_code) == (403, 403)
    assert Job.objects.count() == 1


def test_an_export_of_another_contest_is_not_there(english, entry):
    job = Job.objects.create(kind="site.export", asked_at=NOON, ids={"contest_id": 0},
                             result={"file": 1})  # fmt: skip
    english.force_login(appointed(entry.contest))

    for name in ("site:export", "site:export_taken"):
        address = reverse(name, args=[entry.contest_id, job.pk])
        assert english.post(address).status_code == 404


# --- digests


def test_each_days_last_hash_is_public_for_open_contests_alone(english, entry):
    hidden = a_contest("secret", state=State.DRAFT, name_en="Nobody knows")
    journal.write("contests.contest_changed", about=hidden, by=None, at=NOON)

    assert work.note_digests(at=NOON) >= 2
    assert work.note_digests(at=NOON + DAY) == 0
    told = english.get(reverse("site:digests")).content.decode().replace("<wbr>", "")

    kept = Digest.objects.get(book=f"contest:{entry.contest_id}")
    assert kept.hash in told and keys.public_key() in told
    assert "Nobody knows" not in told
    assert Digest.objects.get(book=f"contest:{hidden.pk}").hash not in told
