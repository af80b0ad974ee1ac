"""Whatever people read, they can read in Chinese, and nothing tells of where it was written."""

import re
import subprocess
import sys

from tests.house.reading import PROJECT, SOURCE

# Spelled in pieces, since this file is looked through as well.
PLACES = re.compile(
    "|".join([r"(?<![\w.])/wo" + r"rk/", r"(?<![\w.])/ro" + r"ot/", r"/home/" + r"\w"])
)
HOST = re.compile(r"""(?:https?:|["'(=\s])//([a-z0-9-]+(?:\.[a-z0-9-]+)+)""", re.IGNORECASE)
OURS = {"www.w3.org", "example.org", "leitai.example.org", "127.0.0.1"}  # names, never fetched


def ours() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in done.stdout.split("\0") if name]


def read(name: str) -> str:
    try:
        return (PROJECT / name).read_text()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return ""


def test_every_text_has_its_chinese():
    done = subprocess.run(
        [sys.executable, "-m", "workshop.messages", "check"],
        cwd=PROJECT, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


def test_pages_scripts_and_styles_name_no_other_host():
    files = [*SOURCE.rglob("templates/**/*.*"), *(PROJECT / "frontend").rglob("*.*")]
    named = {
        f"{file.relative_to(PROJECT)}: {host}"
        for file in files
        if file.suffix in {".html", ".txt", ".js", ".css", ".svg"}
        for host in HOST.findall(file.read_text())
        if host.lower() not in OURS
    }

    assert len(files) > 100
    assert named == set()


def test_no_file_tells_of_the_machine_it_was_written_on():
    assert [name for name in ours() if PLACES.search(read(name))] == []
