"""Leitai's own PostgreSQL: from nothing, twice, far down the tree, and after a crash."""

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from leitai.foundation import postgres
from leitai.foundation.postgres import SOCKET_FILE, SOCKET_PATH_LIMIT, Cluster, Trouble


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Far down the tree, with a blank and a quote in the way."""
    deep = tmp_path_factory.mktemp("a folder") / "it's far down" / ("long" * 30)
    cluster = Cluster(folder=deep / "pg", fast=True)
    cluster.start()
    yield cluster
    cluster.stop()
    assert not cluster.is_running()
    for left in cluster.socket_folder.iterdir():
        left.unlink()
    cluster.socket_folder.rmdir()


def ask(cluster: Cluster, question: str):
    with psycopg.connect(cluster.url) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def pid(cluster: Cluster) -> int:
    return int((cluster.folder / "postmaster.pid").read_text().splitlines()[0])


def test_it_speaks_utf8_and_knows_our_extensions(cluster):
    assert ask(cluster, "SHOW server_encoding") == [("UTF8",)]
    assert ask(cluster, "SELECT similarity('擂台赛', '擂台')")[0][0] > 0
    names = {name for (name,) in ask(cluster, "SELECT extname FROM pg_extension")}
    assert names >= {"pg_trgm", "btree_gin", "unaccent"}


def test_a_socket_with_a_long_path_finds_a_shorter_place(cluster):
    assert len(os.fsencode(cluster.folder.parent / SOCKET_FILE)) > SOCKET_PATH_LIMIT
    assert len(os.fsencode(cluster.socket_folder / SOCKET_FILE)) <= SOCKET_PATH_LIMIT
    assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700


def test_nobody_can_reach_it_over_the_network(cluster):
    assert ask(cluster, "SHOW listen_addresses") == [("",)]


def test_starting_twice_starts_once(cluster):
    before = pid(cluster)

    assert cluster.start() is False
    assert pid(cluster) == before


def test_of_two_who_start_together_one_does(cluster):
    cluster.stop()

    with ThreadPoolExecutor(2) as pool:
        started = list(pool.map(lambda _: cluster.start(), range(2)))

    assert sorted(started) == [False, True]


def test_after_a_crash_it_starts_although_its_old_number_is_taken(cluster):
    ask(cluster, "CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS one")
    ask(cluster, "CHECKPOINT")  # a fast cluster would forget what it wrote last
    old = cluster.folder / "postmaster.pid"
    lines = old.read_text().splitlines()
    os.kill(pid(cluster), signal.SIGKILL)
    wait_until_gone(int(lines[0]))
    old.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert not cluster.is_running()
    assert cluster.start() is True
    assert ask(cluster, "SELECT one FROM kept") == [(1,)]


def wait_until_gone(number: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)


def test_an_interrupted_creation_is_begun_again(tmp_path):
    half = tmp_path / "pg.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    cluster = Cluster(folder=tmp_path / "pg", fast=True)

    cluster.start()

    assert ask(cluster, "SELECT 1") == [(1,)]
    cluster.stop()


def test_where_it_cannot_run_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(Trouble, match="set DATABASE_URL"):
        Cluster(folder=tmp_path / "pg").start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a user namespace")
def test_root_without_namespaces_hears_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "OTHER_SELF", "false")

    with pytest.raises(Trouble, match="as an ordinary user, or set DATABASE_URL"):
        Cluster(folder=tmp_path / "pg").start()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path):
    cluster = Cluster(folder=tmp_path / "pg")
    (tmp_path / "elsewhere").mkdir()
    cluster.socket_folder.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Trouble, match="belongs to somebody else"):
        postgres._own_folder(cluster.socket_folder)


def test_the_command_tells_the_state(cluster):
    words = [sys.executable, "-m", "leitai.foundation.postgres", "status", str(cluster.folder)]

    done = subprocess.run(words, capture_output=True, text=True)

    assert (done.stdout, done.returncode) == ("running\n", 0)


def test_the_socket_is_where_the_url_says(cluster):
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(cluster.socket_folder / SOCKET_FILE))
