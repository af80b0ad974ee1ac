"""One piece of work in a process of its own, so that its memory can be told."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FORK = multiprocessing.get_context("fork")


def measured(work: Callable[[list[str]], Any], texts: list[str]) -> tuple[Any, float, float, float]:
    """What it found, seconds of the clock and of the processor, and MiB more than before."""
    mine, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_work, args=(work, texts, theirs))
    child.start()
    theirs.close()
    answer = mine.recv()
    child.join()
    if isinstance(answer, Exception):
        raise answer
    return answer


def _work(work: Callable[[list[str]], Any], texts: list[str], door: Any) -> None:
    try:
        before = _now_kib()
        began, used = time.perf_counter(), time.process_time()
        found = work(texts)
        wall, cpu = time.perf_counter() - began, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        door.send((found, wall, cpu, max(peak - before, 0) / 1024))
    except Exception as failure:
        door.send(failure)


def _now_kib() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize() // 1024
