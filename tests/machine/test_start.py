"""python3 dev.py start, as a person does it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from workshop.starting import health

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not (PROJECT / "build/static/manifest.json").exists(), reason="needs the built front end"
)


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def surroundings() -> dict[str, str]:
    """As in a fresh shell."""
    ours = ("LEITAI_", "DATABASE_URL", "DJANGO_", "PYTEST_")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


def launch(data: Path, port: int) -> tuple[subprocess.Popen, Path]:
    log = data.parent / f"start-{time.monotonic_ns()}.log"
    command = [sys.executable, "dev.py", "start", "--size", "tiny", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--data", str(data)],
            cwd=PROJECT,
            env=surroundings(),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return process, log


def wait_for(text: str, log: Path, process: subprocess.Popen, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if text in log.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def living(data: Path) -> list[str]:
    """Everything that still runs with this data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            about = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            ended = (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except (OSError, IndexError):
            continue
        if str(data).encode() in about and not ended:
            found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


def test_it_starts_serves_keeps_its_data_and_ends_without_a_trace(tmp_path):
    data, port = tmp_path / "data", a_free_port()
    address = f"http://127.0.0.1:{port}"

    process, log = launch(data, port)
    wait_for(f"Leitai is ready: {address}/\n", log, process)
    facts = health(f"{address}/healthz")
    with urllib.request.urlopen(f"{address}/account/login/") as page:
        body = page.read().decode()
        policy = page.headers["Content-Security-Policy"]
    style = re.search(r'href="(/static/assets/[^"]+\.css)"', body)
    with urllib.request.urlopen(address + style[1]) as answer:
        kept = answer.headers["Cache-Control"]
    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 0
    assert {facts[part] for part in ("status", "database", "worker", "live")} == {"ok"}
    assert "unsafe" not in policy
    assert "immutable" in kept
    assert living(data) == []

    process, log = launch(data, port)
    wait_for("Leitai is ready", log, process)
    second, refusal = launch(data, a_free_port())
    assert second.wait(60) == 1
    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 0
    assert living(data) == []
    assert "start --port 8010 --data .data2" in refusal.read_text()
