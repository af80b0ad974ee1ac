"""Certificates: numbered once, signed, printed, revoked, made anew; checked without a database."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from leitai.foundation import signing, slips
from leitai.foundation.files.store import open_kept
from leitai.foundation.models import Job, Letter, Line, StoredFile
from leitai.foundation.refusals import NotPossible
from leitai.rooms.awards import actions, queries, rules
from leitai.rooms.awards.models import Certificate, Numbering
from leitai.rooms.awards.rules import CertificateState
from leitai.rooms.awards.testing import (
    LATER,
    a_judged_contest,
    a_slate,
    approved,
    issued,
    published_slate,
)
from leitai.rooms.contests.rules import State
from leitai.rooms.contests.testing import NOON, appointed
from leitai.rooms.people import actions as people
from leitai.rooms.standings import actions as standings
from leitai.rooms.standings.testing import an_appeal
from leitai.rooms.submissions.models import Member

pytestmark = pytest.mark.django_db


def refusal(act):
    with pytest.raises(NotPossible) as refused:
        act()
    return refused.value.verdict.code


def by(slate):
    return {"by": appointed(slate.contest), "at": LATER}


def renamed(contest, after, *, field="title_zh"):
    """The team asks, the office agrees, and a new notice prints it."""
    entry, office = contest.entries.get(code="MED-0001"), appointed(contest)
    notice = queries.newest_notice(contest)
    asked = standings.ask_correction(
        publication=notice, entry=entry, field=field, after=after, by=entry.begun_by, at=NOON
    )
    standings.decide_correction(correction=asked, is_accepted=True, by=office, at=NOON)
    return standings.print_corrections(contest=contest, by=office, at=NOON)


def test_each_award_gets_the_next_number_and_its_captain_a_letter():
    made = issued()

    assert [c.number for c in made] == [f"HAIWAN-3-000{n}" for n in (1, 2, 3)]
    assert [c.words["award"]["en"] for c in made] == ["First prize", "Second prize", "Second prize"]
    assert [c.holder for c in made] == ["第1个项目", "Team 2", "Team 3"]
    letters = Letter.objects.filter(subject__contains="HAIWAN-3-").order_by("pk")
    assert [letter.to for letter in letters] == [c.entry.begun_by.email for c in made]


def test_asked_twice_nothing_is_made_twice():
    slate = published_slate()
    first = issued(slate)

    assert issued(slate) == first
    assert Numbering.objects.get().last == 3


def test_members_get_one_in_their_own_name():
    slate = published_slate()
    entry = slate.awards.get(code="first").entry
    Member.objects.create(entry=entry, name="Łukasz Đặng", email="l@example.org", joined_at=NOON)

    made = issued(slate, for_members=True)

    holders = [c.holder for c in made if c.entry == entry]
    assert holders == ["第1个项目", entry.begun_by.name, "Łukasz Đặng"]
    assert {c.words["kind"] for c in made} == {"project", "team", "person"}


def test_certificates_wait_for_notice_and_objections():
    slate = published_slate()
    office = appointed(slate.contest)
    early = refusal(lambda: actions.issue_some(slate=slate, for_members=False, by=office, at=NOON))
    an_appeal(slate.publication)

    later = refusal(lambda: actions.ask_bundle(slate=slate, for_members=False, **by(slate)))

    assert (early, later) == ("notice_runs", "objections_open")
    assert not Certificate.objects.exists()


def test_what_is_signed_can_be_checked_by_the_public_key_alone():
    certificate = issued()[0]
    key = signing.public_key()

    assert slips.holds(certificate.slip, key=key)
    assert slips.read(certificate.slip) == [
        "HAIWAN-3-0001", "2026-06-03", "第三届海湾杯", "创投赛", "一等奖  First prize",
        "第1个项目", "Project 1",
    ]  # fmt: skip
    other = slips.write(slips.read(certificate.slip), sign=lambda words: bytes(64))
    assert not slips.holds(other, key=key)


@pytest.mark.parametrize("at", [5, 40, -3])
def test_one_changed_letter_and_it_does_not_hold(at):
    slip = issued()[0].slip
    changed = slip[:at] + ("A" if slip[at] != "A" else "B") + slip[at + 1 or len(slip) :]

    assert queries.check(changed).is_forged
    assert not queries.check(slip).is_forged


def test_the_paper_carries_its_slip_and_its_words():
    certificate = issued()[0]

    content = queries.pdf_of(certificate)
    paper = PdfReader(io.BytesIO(content))

    assert paper.metadata["/Keywords"] == certificate.slip
    assert len(paper.pages) == 1
    width, height = paper.pages[0].mediabox[2:]
    assert width > height
    text = "".join(paper.pages[0].extract_text().split())
    assert all(word in text for word in ("HAIWAN-3-0001", "第1个项目", "一等奖", "Firstprize"))
    assert content == queries.pdf_of(certificate)


HOSTILE = [
    "#panic[x] $1/0$ \\ // /* *b* _i_ <a> @ref `r` ~ -- ---", "}])\"'; DROP TABLE x",
    "名" * 200, "W" * 200, "𬍛㼆 محمد Łukasz Ёлка", "=1+1", "</svg><script>", "a\u202eb\x00c",
]  # fmt: skip


def test_hostile_names_are_printed_as_they_are_on_one_page():
    certificate = issued()[0]

    for name in map(rules.clean, HOSTILE):
        certificate.words["holder"] = {"first": name, "second": name[:150]}
        certificate.words["lines"] = [name[:150]] * 2
        paper = PdfReader(io.BytesIO(queries.pdf_of(certificate)))
        assert len(paper.pages) == 1, name


def test_a_name_no_font_has_is_listed_and_not_printed():
    slate = published_slate()
    entry = slate.awards.get(code="first").entry
    entry.title_zh = "张\ue000三"
    entry.save()

    made = issued(slate)

    assert [c.code for c in made] == ["second", "second"]
    (bad,) = queries.unprintable(slate, for_members=False)
    assert (bad.award.code, bad.missing) == ("first", ["\ue000"])


def test_a_corrected_name_revokes_the_old_number_and_points_to_the_new():
    slate = published_slate()
    old = issued(slate)[0]
    renamed(slate.contest, "正确的名称")

    assert [c.number for c, _now in queries.stale(slate)] == [old.number]
    done = actions.reissue_stale(slate=slate, why="Spelling", **by(slate))

    old.refresh_from_db()
    new = old.revocation.replaced_by
    assert (done, old.state, new.number) == (1, CertificateState.REVOKED, "HAIWAN-3-0004")
    assert (new.holder, queries.stale(slate)) == ("正确的名称", [])
    found = queries.check(old.number)
    assert (found.state, found.certificate.revoked.replaced_by.number) == ("revoked", new.number)


def test_awards_that_change_revoke_what_was_given():
    slate = published_slate()
    first, second, third = issued(slate)
    fresh = a_slate(slate.contest)
    actions.take_out(slate=fresh, entry=first.entry, why="Copied.", **by(slate))

    actions.publish_slate(slate=approved(fresh), **by(slate))

    states = [Certificate.objects.get(pk=c.pk).state for c in (first, second, third)]
    assert states == ["revoked", "revoked", "valid"]  # the second one is the first prize now
    made = issued(fresh)[3:]
    assert [(c.number, c.code) for c in made] == [
        ("HAIWAN-3-0004", "first"), ("HAIWAN-3-0005", "second"),
    ]  # fmt: skip


def test_revoked_once_with_a_reason():
    slate = published_slate()
    certificate = issued(slate)[0]
    told = {"certificate": certificate, "ground": "print", **by(slate)}
    blank = refusal(lambda: actions.revoke(why=" ", **told))

    actions.revoke(why="Smudged", **told)

    assert (blank, refusal(lambda: actions.revoke(why="Again", **told))) == (
        "no_reason", "revoked_already",
    )  # fmt: skip
    assert Line.objects.filter(verb="awards.certificate_revoked").count() == 1


def test_all_in_one_file_and_again_after_a_crash(monkeypatch):
    slate = published_slate()
    real, printed = actions.bundles.queries.pdf_of, []

    def dies(certificate):
        if len(printed) == 2:
            raise OSError("power cut")
        printed.append(certificate.number)
        return real(certificate)

    monkeypatch.setattr(actions.bundles.queries, "pdf_of", dies)
    bundle = actions.ask_bundle(slate=slate, for_members=False, **by(slate))
    bundle.job.refresh_from_db()
    assert (bundle.job.state, Certificate.objects.count()) == ("failed", 3)
    monkeypatch.setattr(
        actions.bundles.queries, "pdf_of", lambda c: (printed.append(c.number), real(c))[1]
    )

    actions.make_bundle(bundle=bundle, tell=lambda share, doing: None, **by(slate))

    assert printed == [f"HAIWAN-3-000{n}" for n in (1, 2, 3)]  # none twice
    bundle.refresh_from_db()
    with zipfile.ZipFile(open_kept(bundle.file)) as archive:
        names = archive.namelist()
        book = load_workbook(io.BytesIO(archive.read("certificates.xlsx")))
    assert [n.split(" ")[0] for n in names] == [*printed, "certificates.xlsx"]
    assert [row[0].value for row in book.active][1:] == printed


def test_of_a_bare_number_only_whether_it_holds():
    certificate = issued()[0]

    known, unknown = queries.check("haiwan-3-0001"), queries.check("HAIWAN-3-9999")

    assert (known.state, known.told) == ("valid", None)
    assert (unknown.state, unknown.certificate) == ("", None)
    certificate.contest.state = State.DRAFT
    certificate.contest.save()
    assert queries.check("HAIWAN-3-0001") == queries.check("HAIWAN-3-0001")
    assert queries.check("HAIWAN-3-0001").state == ""


def test_a_genuine_slip_holds_without_a_row():
    certificate = issued()[0]
    slip = certificate.slip
    certificate.delete()

    found = queries.check(slip)

    assert (found.state, found.told[4], found.is_forged) == ("", "第1个项目", False)


def test_letters_of_an_edition_are_set_once():
    contest = a_judged_contest()
    office = {"by": appointed(contest), "at": NOON}
    actions.set_numbering(edition=contest.edition, prefix="hw 3", **office)
    slate = published_slate(contest)

    assert issued(slate)[0].number == "HW-3-0001"
    again = refusal(lambda: actions.set_numbering(edition=contest.edition, prefix="X", **office))
    assert again == "numbers_given"


def test_whoever_leaves_leaves_no_name_here():
    slate = published_slate()
    person = slate.awards.get(code="first").entry.begun_by
    own = next(c for c in issued(slate, for_members=True) if c.member and c.member.user == person)
    actions.keep_print(certificate=own, **by(slate))

    people.erase_person(person=person, by=person, at=LATER)

    own.refresh_from_db()
    assert (own.state, own.slip, own.file) == ("valid", "", None)
    assert "Captain 1" not in str(list(Certificate.objects.values_list("words", flat=True)))


def test_a_person_takes_away_what_we_know_of_their_certificates():
    person = issued(for_members=True)[0].entry.begun_by

    (told,) = queries.owned_by(person)

    assert (told["state"], told["words"]["holder"]["first"]) == ("valid", person.name)


def test_nothing_is_rendered_before_somebody_asks():
    issued()

    assert not StoredFile.objects.exists()
    assert not Job.objects.exists()
