"""A certificate is checked by the public key alone: from its PDF, its code, or a file with it."""

import pytest

from leitai.foundation import signing
from leitai.foundation.slips import write
from leitai.rooms.awards import queries
from leitai.rooms.awards.testing import a_judged_contest, issued, published_slate
from leitai.site.cli import main
from leitai.site.verify.tests.test_archives import alone

OTHER = "A" * 43 + "="


@pytest.mark.django_db
def test_a_pdf_its_code_and_a_file_with_it_verify_without_a_database(tmp_path):
    certificate = issued(published_slate(a_judged_contest(slug="papers")))[0]
    key = signing.public_key()
    paper, note = tmp_path / "paper.pdf", tmp_path / "note.txt"
    paper.write_bytes(queries.pdf_of(certificate))
    note.write_text(f"scanned: {certificate.slip}\n")

    done = alone("verify-certificate", paper, "--key", key, "--language", "zh")

    assert (done.returncode, done.stderr) == (0, "")
    assert "签名有效" in done.stdout and certificate.number in done.stdout
    assert main(["verify-certificate", str(note), "--key", key]) == 0
    assert main(["verify-certificate", certificate.slip, "--key", key]) == 0
    assert main(["verify-certificate", certificate.slip, "--key", OTHER]) == 1


def test_other_words_another_key_and_no_code_at_all_are_refused(tmp_path):
    forged = write(
        ["HW-1", "2026-05-04", "E", "C", "First prize", "Me", ""], sign=lambda _: b"0" * 64
    )
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")

    answers = [
        main(["verify-certificate", what, "--key", signing.public_key()])
        for what in (forged, forged[:-9], str(broken), "nothing", "x" * 5000, "\x00")
    ]

    assert answers == [1] * 6
