"""An export may come from anybody."""

import json
import subprocess
import sys
import zipfile

import pytest

from leitai.site.export import keys
from leitai.site.verify.archive import Archive, Unreadable
from leitai.site.verify.checking import of_archive
from leitai.site.verify.tests import tampering
from leitai.site.verify.tests.conftest import exported
from leitai.site.verify.tests.tampering import check, report

pytestmark = pytest.mark.django_db

ALONE = """
import socket, sys
def no(*args, **kwargs): raise AssertionError("this machine has no network and no database")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = no
from leitai.site.cli import main
sys.exit(main(sys.argv[1:]))
"""


def alone(*words):
    """`leitai` on a machine without database, settings or network."""
    surroundings = {"PATH": "/usr/bin:/bin", "PYTHONPATH": "src", "LEITAI_DATA": "/nonexistent"}
    return subprocess.run([sys.executable, "-c", ALONE, *map(str, words)], env=surroundings,
                          capture_output=True, text=True)  # fmt: skip


def test_an_export_verifies_on_a_machine_without_a_database(export):
    done = alone("verify", export, "--key", keys.public_key())

    assert (done.returncode, done.stderr) == (0, "")
    assert "✓ The raw marks give the places" in done.stdout
    assert "Everything fits" in done.stdout
    assert "Not asked" not in done.stdout


def test_what_does_not_fit_is_said_in_the_readers_language_and_to_machines(members, tmp_path):
    changed = tampering.edited(members, "marks", 3, value="1.000")
    path = tampering.packed(changed, tmp_path / "x.zip")

    people, machines = alone("verify", path, "--language", "zh"), alone("verify", path, "--json")

    assert people.returncode == machines.returncode == 1
    assert "rows/marks.jsonl 第 4 行" in people.stdout
    assert "封存" in people.stdout
    told = json.loads(machines.stdout)
    assert told["first"]["member"] == "rows/marks.jsonl"
    assert told["first"]["line"] == 4
    assert told["holds"] is False


def test_a_public_export_names_nobody_and_still_verifies(contest, tmp_path):
    path = exported(contest, tmp_path / "public.zip", is_public=True)

    told = of_archive(Archive(path))

    assert told.holds, told.first
    assert check(told, "standings").looked_at > 20
    members = {k: v for k, v in tampering.unpacked(path).items() if k != tampering.SIGNATURE}
    everything = b"\n".join(members.values()).decode()
    people = tampering.rows(tampering.unpacked(exported(contest, tmp_path / "w.zip")), "people")
    assert len(people) > 30
    assert [p for p in people if p["name"] in everything or p["email"] in everything] == []
    assert "@example.org" not in everything


def test_the_same_rows_make_the_same_bytes(contest, export, tmp_path):
    again = exported(contest, tmp_path / "again.zip")

    assert again.read_bytes() == export.read_bytes()


@pytest.mark.parametrize("step", range(7))
def test_a_changed_byte_in_any_member_is_caught(members, tmp_path, step):
    for name in sorted(members)[step::7]:
        content = members[name]
        if not content:
            continue
        at = (len(content) * (step + 1)) // 8
        flipped = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        try:
            told = report(members | {name: flipped}, tmp_path)
        except Unreadable:
            continue  # the manifest itself
        assert not told.holds, name
        if name.startswith("rows/"):
            line = content[:at].count(b"\n") + 1
            assert check(told, "members").found[0].where == name
            assert check(told, "members").found[0].line == line


@pytest.mark.parametrize("name", ["rows/marks.jsonl", "README.txt", tampering.SIGNATURE])
def test_a_member_that_was_taken_away_or_put_in_is_named(members, tmp_path, name):
    less = {key: content for key, content in members.items() if key != name}

    taken, put = report(less, tmp_path), report(members | {"more.txt": b"x"}, tmp_path)

    about = "signature" if name == tampering.SIGNATURE else "members"
    assert check(taken, about).found[0].where == name
    assert put.first.where == "more.txt"


def test_the_key_that_was_given_counts(members, tmp_path):
    other = "A" * 43 + "="

    assert report(members, tmp_path, key=keys.public_key()).holds
    assert not check(report(members, tmp_path, key=other), "signature").holds
    assert not check(report(members, tmp_path, key="no key at all"), "signature").holds


def hostile(path, kind, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if kind == "bomb":
            archive.writestr("rows/more.jsonl", b"0" * (200 << 20))
        if kind == "path":
            archive.writestr("../../etc/passwd", b"x")
        if kind == "twice":
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr("rows/marks.jsonl", b"{}")
    if kind == "in front":
        path.write_bytes(b"MZ" + path.read_bytes())
    if kind == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    return path


@pytest.mark.parametrize("kind", ["bomb", "path", "twice", "in front", "cut"])
def test_hostile_archives_are_refused(members, tmp_path, kind):
    with pytest.raises(Unreadable):
        Archive(hostile(tmp_path / "hostile.zip", kind, members))


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"[" * 100_000, b'{"format":"leitai-contest","members":[{}]}']
)
def test_a_manifest_that_says_nothing_is_refused(members, tmp_path, manifest):
    with pytest.raises(Unreadable):
        report(members | {tampering.MANIFEST: manifest}, tmp_path)


def test_what_is_no_archive_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "x.zip").write_text("hello")

    done = alone("verify", tmp_path / "x.zip")

    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
