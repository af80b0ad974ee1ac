"""The parts of dev.py that decide something."""

import os
import socket
import sys
import time
from pathlib import Path

import pytest
from workshop import checks, marks, messages, setting_up, starting, testing
from workshop.processes import Child, end, look_after
from workshop.steps import Stop, run


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v18.20.4", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("", False),
    ],
)
def test_node_is_new_enough_for_vite(version, enough):
    assert setting_up.is_new_enough(version) is enough


def test_a_fingerprint_knows_names_and_contents(tmp_path):
    (tmp_path / "a").write_text("1")
    first = marks.fingerprint([tmp_path])

    assert marks.fingerprint([tmp_path]) == first
    (tmp_path / "a").write_text("2")
    second = marks.fingerprint([tmp_path])
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, marks.fingerprint([tmp_path])}) == 3


def test_what_is_marked_done_is_done_until_something_changes(tmp_path):
    mark = tmp_path / "deep" / "mark"

    assert not marks.is_done(mark, "one")
    marks.set_done(mark, "one")
    assert marks.is_done(mark, "one")
    assert not marks.is_done(mark, "two")


def test_a_taken_port_is_refused_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Stop, match=f"Port {port} is taken.*--port {port + 10}"):
            starting.refuse_taken("127.0.0.1", port)
        assert starting.free_port("127.0.0.1", port) > port


@pytest.mark.parametrize(("host", "demo"), [("127.0.0.1", "1"), ("0.0.0.0", None)])
def test_one_click_sign_in_is_for_this_machine_only(monkeypatch, tmp_path, host, demo):
    monkeypatch.delenv("LEITAI_DEMO", raising=False)
    args = type("Args", (), {"host": host, "port": 18_000})

    assert starting.surroundings(args, tmp_path).get("LEITAI_DEMO") == demo


def test_what_the_person_has_set_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("LEITAI_DEMO", "0")
    args = type("Args", (), {"host": "127.0.0.1", "port": 18_000})

    assert starting.surroundings(args, tmp_path)["LEITAI_DEMO"] == "0"


def test_a_failing_command_shows_its_last_words_and_ours():
    with pytest.raises(Stop, match=r"(?s)no such thing.*Please mend it\."):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], trouble="Please mend it.")


def test_without_a_browser_the_command_that_mends_it_is_named(monkeypatch):
    monkeypatch.delenv("LEITAI_CHROMIUM", raising=False)
    monkeypatch.setattr(testing.shutil, "which", lambda name: None)
    monkeypatch.setattr(testing, "ON_A_MAC", testing.ON_A_MAC / "nowhere")

    with pytest.raises(Stop, match="apt-get install -y chromium"):
        testing.find_browser()


def a_child(code: str) -> Child:
    return Child("child", [sys.executable, "-c", code], os.environ)


def until(truth, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not truth() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert truth()


def test_who_ends_by_itself_is_started_again_later_each_time(capsys):
    child = a_child("raise SystemExit(3)")
    look_after([child])
    child.process.wait()

    look_after([child])

    assert "child ended by itself (exit 3); starting it again in 1 s." in capsys.readouterr().out
    assert (child.process, child.pause) == (None, 2.0)
    child.again_at = 0
    look_after([child])
    assert child.process is not None
    end([child])


def test_ending_reaches_the_children_of_children(tmp_path):
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    child = a_child(code)
    look_after([child])
    until(lambda: note.exists() and note.read_text())

    end([child])

    assert not child.is_alive()
    until(lambda: not is_running(int(note.read_text())))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # An orphan that nobody has buried yet has ended all the same.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_placeholders_must_be_the_same_in_chinese():
    assert messages._blanks("%(count)d of {total}") == messages._blanks("{total} 中的 %(count)s")
    assert messages._blanks("{name}") != messages._blanks("%(name)s")


def test_texts_in_templates_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    home = tmp_path / "rooms" / "jury"
    home.mkdir(parents=True)
    (home / "page.html").write_text(
        "  {% load i18n %}\n"
        '<p>{% translate "Seal" %} {% translate "May" context "month" %}\n'
        "{% blocktranslate count n=n %}one mark{% plural %}{{ n }} marks{% endblocktranslate %}\n"
    )
    (home / "rules.py").write_text('def f():\n    return _("closed")\n')

    found = {(want.key, want.words) for want in messages.wanted(home)}

    assert found == {
        ((None, "closed"), "closed"),
        ((None, "Seal"), "Seal"),
        (("month", "May"), "May"),
        ((None, "one mark"), ("one mark", "%(n)s marks")),
    }


def test_registry_hosts_are_noticed(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("get it from https://" + "py" + "pi.org/simple")
    (tmp_path / "b.txt").write_text("nothing here")
    monkeypatch.setattr(checks, "PROJECT", tmp_path)
    monkeypatch.setattr(checks, "_our_files", lambda: ["a.txt", "b.txt"])

    assert checks.file_faults() == ["a.txt names the host of a package registry"]
